"""Evidence: handing it in, using it for requirements, looking at it, taking it back."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.certification.assessment.deciders import who_can_decide
from club.certification.candidacy import queries, rules
from club.certification.candidacy.acceptance import refusal_to_undo
from club.certification.candidacy.forms import JudgementForm, RemarkForm, UseForm
from club.certification.candidacy.models import Candidate, Evidence, EvidenceUse, UseState
from club.certification.candidacy.operations import evidence as operations
from club.certification.candidacy.operations import undoing
from club.certification.candidacy.operations.evidence import HandedIn
from club.certification.candidacy.permissions import (
    may_see_candidacy,
    may_see_evidence,
    owns_evidence,
)
from club.certification.candidacy.project_forms import ProjectUseForm
from club.certification.candidacy.rules import CandidacyRefusal
from club.certification.candidacy.tie_queries import tie_with
from club.certification.schemes.models import Requirement, RequirementKind
from club.certification.schemes.rules import is_held_by_assessors
from club.certification.schemes.settings import CreditCategory
from club.certification.views.candidacy.blueprint import address_of, bp, own_or_404
from club.files import accepting
from club.files.forms import say_not_stored
from club.files.receiving import ReceivedFile
from club.files.serving import personal_file_response
from club.files.storage import StorageError
from club.pilots.queries import projects_with
from club.refusal import RefusedError
from club.web.access import Audience, open_to, permit
from club.web.forms import ClubForm, show_refusal
from club.web.keeping import kept_or_again
from club.web.uploads import takes_files

LARGEST_EVIDENCE = 20 * accepting.MIB


@bp.get("/me/certification/evidence")
@open_to(Audience.SIGNED_IN)
def my_evidence() -> str:
    return render_template(
        "certification/candidacy/my_evidence.html",
        papers=queries.evidence_of(current_user.person_id),
        form=RemarkForm(),
    )


@bp.get("/candidacies/<uuid:public_id>/requirements/<string:key>/evidence")
@open_to(Audience.SIGNED_IN)
def new_evidence(public_id: UUID, key: str) -> str:
    candidate = own_or_404(public_id)
    requirement = _requirement_or_404(candidate, key)
    return _form_page(candidate, requirement, _form_for(candidate, requirement))


@bp.post("/candidacies/<uuid:public_id>/requirements/<string:key>/evidence")
@open_to(Audience.SIGNED_IN)
@takes_files(at_most=LARGEST_EVIDENCE)
def hand_in_evidence(public_id: UUID, key: str) -> ResponseReturnValue:
    candidate = own_or_404(public_id)
    form = _form_for(candidate, _requirement_or_404(candidate, key))
    is_valid = form.validate()
    try:
        received = form.received()
        if is_valid:
            _keep(candidate.id, form, received)
            flash(gettext("Handed in. It counts once somebody has looked at it."), "success")
            return redirect(f"/candidacies/{public_id}#{key}")
    except StorageError:
        say_not_stored(form)
    except RefusedError as refused:
        show_refusal(form, refused)
    again = own_or_404(public_id)
    return _form_page(again, _requirement_or_404(again, key), form), form.answer_status


@bp.get("/evidence/<uuid:public_id>/file")
@open_to(Audience.SIGNED_IN)
@shows_person("evidence", "public_id")
def evidence_file(public_id: UUID) -> Response:
    evidence = queries.evidence_by_public_id(public_id) or abort(404)
    permit(may_see_evidence(current_user, evidence))
    try:
        return personal_file_response(evidence.file or abort(404))
    except StorageError:
        abort(503)


@bp.post("/evidence/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def withdraw_evidence(public_id: UUID) -> ResponseReturnValue:
    evidence, form = queries.evidence_by_public_id(public_id) or abort(404), RemarkForm()
    permit(owns_evidence(current_user, evidence))
    if not form.validate():
        abort(422)
    operations.withdraw_evidence(
        evidence.id, reason=form.remark.data, by=current_user.id, now=clock.now()
    )
    flash(gettext("The paper has been taken back; it counts nowhere any more."), "success")
    return redirect("/me/certification/evidence")


@bp.post("/evidence-uses/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def take_use_back(public_id: UUID) -> ResponseReturnValue:
    use = queries.use_by_public_id(public_id) or abort(404)
    permit(owns_evidence(current_user, use.evidence))
    operations.take_use_back(use.id, by=current_user.id, now=clock.now())
    flash(gettext("The paper no longer counts for this requirement."), "success")
    return redirect(address_of(use.candidate))


@bp.get("/evidence-uses/<uuid:public_id>")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
@shows_person(
    "candidate", "public_id", called=lambda use_id: _use_or_404(use_id).candidate.public_id
)
def use(public_id: UUID) -> str:
    return _use_page(_use_or_404(public_id))


@bp.post("/evidence-uses/<uuid:public_id>/judgement")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def judge(public_id: UUID) -> ResponseReturnValue:
    found, form = _use_or_404(public_id), JudgementForm()
    return kept_or_again(
        form,
        lambda: operations.judge_use(
            found.id, form.judgement(), by=current_user.id, now=clock.now()
        ),
        lambda: _use_page(_use_or_404(public_id), form=form),
        said=gettext("Your judgement has been kept."),
        to=f"{address_of(found.candidate)}#{found.requirement.key}",
    )


@bp.post("/evidence-uses/<uuid:public_id>/undoing")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def undo_acceptance(public_id: UUID) -> ResponseReturnValue:
    found, form = _use_or_404(public_id), RemarkForm(prefix="undoing")
    return kept_or_again(
        form,
        lambda: undoing.undo_acceptance(
            found.id, reason=form.remark.data, by=current_user.id, now=clock.now()
        ),
        lambda: _use_page(_use_or_404(public_id), undoing=form),
        said=gettext("The paper waits to be looked at anew; the candidate is told."),
        to=f"{address_of(found.candidate)}#{found.requirement.key}",
    )


def _keep(candidate_id: int, form: UseForm, received: ReceivedFile | None) -> None:
    by, now, chosen = current_user.id, clock.now(), form.chosen()
    if chosen:
        operations.use_evidence(chosen.id, candidate_id, form.claim(), by=by, now=now)
    else:
        assert received
        brought = HandedIn(form.paper(), received)
        operations.hand_in_for(candidate_id, brought, form.claim(), by=by, now=now)


def _use_or_404(public_id: UUID) -> EvidenceUse:
    found = queries.use_by_public_id(public_id) or abort(404)
    permit(may_see_candidacy(current_user, found.candidate))
    return found


def _use_page(use: EvidenceUse, **sent: ClubForm) -> str:
    """``sent``: a form that is to be mended, under the name that the template knows it by."""
    tie = tie_with(use.candidate, current_user, on=clock.today())
    is_accepted = use.state is UseState.ACCEPTED
    return render_template(
        "certification/candidacy/use.html",
        use=use,
        category=CreditCategory(use.category) if use.category else None,
        is_accepted=is_accepted,
        refusal=refusal_to_undo(use.candidate, use, tie)
        if is_accepted
        else rules.refusal_to_judge_use(use, tie),
        deciders=who_can_decide(use.candidate, on=clock.today()) if tie else {},
        undone=queries.undone_of(use),
        form=sent.get("form") or JudgementForm(),
        undoing=sent.get("undoing") or RemarkForm(prefix="undoing"),
    )


def _requirement_or_404(candidate: Candidate, key: str) -> Requirement:
    found = (one for one in candidate.level.requirements if one.key == key)
    return next(found, None) or abort(404)


def _papers(candidate: Candidate) -> list[Evidence]:
    """What the candidate may use once more."""
    papers = queries.evidence_of(candidate.person_id)
    return [paper for paper in papers if paper.withdrawn_at is None]


def _form_for(candidate: Candidate, requirement: Requirement) -> UseForm:
    if requirement.kind is not RequirementKind.PROJECT:
        form = UseForm()
    else:
        form = ProjectUseForm()
        form.offer_pilots(projects_with(candidate.person_id))
    form.offer(requirement, _papers(candidate))
    return form


def _form_page(candidate: Candidate, requirement: Requirement, form: UseForm) -> str:
    refusal = None if candidate.state.takes_evidence else CandidacyRefusal.NO_EVIDENCE_NOW
    if is_held_by_assessors(requirement):
        refusal = CandidacyRefusal.HELD_BY_ASSESSORS
    return render_template(
        "certification/candidacy/evidence_form.html",
        candidate=candidate,
        requirement=requirement,
        form=form,
        refusal=refusal,
    )
