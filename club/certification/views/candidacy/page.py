"""The page of a candidacy: the path, its story, and what can be done next."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.certification.assessment.deciders import who_can_decide
from club.certification.candidacy import queries, rules
from club.certification.candidacy.bars import bars_of
from club.certification.candidacy.forms import (
    AdmissionForm,
    ApplicationForm,
    EndingForm,
    RemarkForm,
)
from club.certification.candidacy.labels import WHAT_NOW
from club.certification.candidacy.models import (
    Candidate,
    CandidateState,
    CandidateStep,
    EvidenceUse,
    StepReason,
)
from club.certification.candidacy.operations import admitting, applying, going_on
from club.certification.candidacy.operations.signing import sign_statement
from club.certification.candidacy.path import PathPart, path_of
from club.certification.candidacy.permissions import is_candidate, may_keep_candidacies
from club.certification.candidacy.snapshots import Difference, differences
from club.certification.candidacy.standing import (
    is_only_counted,
    progress_of,
    purpose_of,
    still_missing,
)
from club.certification.candidacy.tie_queries import tie_with
from club.certification.progress.facts import Progress
from club.certification.schemes.models import Purpose, Requirement
from club.certification.views.candidacy.blueprint import (
    address_of,
    bp,
    candidate_or_404,
    own_or_404,
)
from club.files.storage import StorageError
from club.web.access import Audience, open_to
from club.web.forms import ClubForm, follow
from club.web.keeping import kept_or_again
from club.web.page_parts import PageOf, page_parts

#: What can be sent from the page, by the name that its template knows it by, which is also the
#: prefix of its fields: several have one of the same name.
_FORMS: dict[str, type[ClubForm]] = {
    "answer": ApplicationForm,
    "declining": RemarkForm,
    "admission": AdmissionForm,
    "returning": RemarkForm,
    "ending": EndingForm,
}


@bp.get("/candidacies/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
@shows_person("candidate", "public_id")
def candidacy(public_id: UUID) -> str:
    return candidacy_page(candidate_or_404(public_id))


@bp.post("/candidacies/<uuid:public_id>/agreement")
@open_to(Audience.SIGNED_IN)
def agree(public_id: UUID) -> ResponseReturnValue:
    candidate, form = own_or_404(public_id), ApplicationForm(prefix="answer")
    return _kept_or_again(
        candidate,
        lambda: applying.agree(
            candidate.id, motivation=form.motivation.data, by=current_user.id, now=clock.now()
        ),
        gettext("You have agreed. The club has your application now."),
        answer=form,
    )


@bp.post("/candidacies/<uuid:public_id>/refusal")
@open_to(Audience.SIGNED_IN)
def decline(public_id: UUID) -> ResponseReturnValue:
    candidate, form = own_or_404(public_id), RemarkForm(prefix="declining")
    return _kept_or_again(
        candidate,
        _with_remark(applying.decline, candidate, form),
        gettext("You have declined the nomination."),
        declining=form,
    )


@bp.post("/candidacies/<uuid:public_id>/admission")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def decide_on_admission(public_id: UUID) -> ResponseReturnValue:
    candidate, form = candidate_or_404(public_id), AdmissionForm(prefix="admission")
    decide = admitting.admit if form.decision.data == AdmissionForm.ADMIT else admitting.turn_down
    return _kept_or_again(
        candidate,
        _with_remark(decide, candidate, form),
        gettext("The decision has been kept; the candidate is told."),
        admission=form,
    )


@bp.post("/candidacies/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def withdraw(public_id: UUID) -> ResponseReturnValue:
    candidate, form = own_or_404(public_id), EndingForm(prefix="ending")
    return _kept_or_again(
        candidate,
        lambda: going_on.withdraw(
            candidate.id,
            remark=form.remark.data,
            by=current_user.id,
            now=clock.now(),
            seen=form.seen.data,
        ),
        gettext("You have withdrawn. What you handed in stays yours."),
        ending=form,
    )


@bp.post("/candidacies/<uuid:public_id>/end")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def end(public_id: UUID) -> ResponseReturnValue:
    candidate, form = candidate_or_404(public_id), EndingForm(prefix="ending")
    return _kept_or_again(
        candidate,
        _with_remark(going_on.withdraw_on_behalf, candidate, form),
        gettext("The candidacy is over; the person is told."),
        ending=form,
    )


@bp.post("/candidacies/<uuid:public_id>/return")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def send_back(public_id: UUID) -> ResponseReturnValue:
    candidate, form = candidate_or_404(public_id), RemarkForm(prefix="returning")
    return _kept_or_again(
        candidate,
        _with_remark(going_on.send_back, candidate, form),
        gettext("The candidate has been asked to add something."),
        returning=form,
    )


@bp.post("/candidacies/<uuid:public_id>/assessment")
@open_to(Audience.SIGNED_IN)
def hand_in(public_id: UUID) -> ResponseReturnValue:
    candidate = own_or_404(public_id)
    going_on.hand_in(candidate.id, by=current_user.id, now=clock.now())
    flash(gettext("Everything has been handed in and is being assessed."), "success")
    return redirect(address_of(candidate))


@bp.post("/candidacies/<uuid:public_id>/requirements/<string:key>/signature")
@open_to(Audience.SIGNED_IN)
def sign(public_id: UUID, key: str) -> ResponseReturnValue:
    candidate = own_or_404(public_id)
    try:
        sign_statement(candidate.id, key, by=current_user.id, now=clock.now())
    except StorageError:
        abort(503)
    flash(gettext("You have signed the statement."), "success")
    return redirect(f"{address_of(candidate)}#{key}")


@bp.post("/candidacies/<uuid:public_id>/another-try")
@open_to(Audience.SIGNED_IN)
def try_again(public_id: UUID) -> ResponseReturnValue:
    candidate = own_or_404(public_id)
    going_on.try_again(candidate.id, by=current_user.id, now=clock.now())
    flash(gettext("You are collecting again. What was accepted stays accepted."), "success")
    return redirect(address_of(candidate))


def _with_remark(
    operation: Callable[..., object], candidate: Candidate, form: RemarkForm
) -> Callable[[], object]:
    return lambda: operation(
        candidate.id, remark=form.remark.data, by=current_user.id, now=clock.now()
    )


def _kept_or_again(
    candidate: Candidate, keep: Callable[[], object], said: str, **form: ClubForm
) -> ResponseReturnValue:
    """``form``: under the name that the page knows it by."""
    public_id = candidate.public_id
    [sent] = form.values()
    return kept_or_again(
        sent,
        keep,
        lambda: candidacy_page(candidate_or_404(public_id), **form),
        said=said,
        to=address_of(candidate),
    )


def candidacy_page(candidate: Candidate, **sent: ClubForm) -> str:
    """``sent``: a form that is to be mended, under the name that the template knows it by."""
    is_own = is_candidate(current_user, candidate)
    state, uses, now = candidate.state, queries.uses_in(candidate.id), clock.now()
    story = queries.story_of(candidate)
    on, requirements = clock.local_day(now), candidate.level.requirements
    progress = progress_of(candidate, uses, on=on)
    not_handed_in = rules.refusal_to_hand_in(
        state,
        is_something_missing=bool(still_missing(progress, requirements)),
        is_only_counted=is_only_counted(candidate),
    )
    forms = {name: sent.get(name) or kind(prefix=name) for name, kind in _FORMS.items()}
    follow(forms["ending"]["seen"], state)
    own = {"may_end": rules.refusal_to_withdraw(state) is None}
    return render_template(
        "certification/candidacy/candidacy.html",
        candidate=candidate,
        level=candidate.level,
        progress=progress,
        bars=bars_of(progress, requirements),
        renews=purpose_of(candidate) is Purpose.RENEWAL,
        path=_path(candidate, progress, uses, now=now),
        story=story,
        kept=_kept(story, progress, requirements),
        may_hand_in=is_own and rules.after(state, StepReason.HANDED_IN) is not None,
        not_handed_in=not_handed_in,
        is_own=is_own,
        whose_turn=WHAT_NOW.get(state),
        may_bring=is_own and state.takes_evidence,
        may_answer=is_own and state is CandidateState.NOMINATED,
        may_try_again=is_own and state is CandidateState.NOT_YET,
        more=page_parts(PageOf.CANDIDACY, candidate, account=current_user, now=now),
        form=next(iter(sent.values()), None),
        **forms | (own if is_own else _of_keepers(candidate, on=on)),
    )


def _of_keepers(candidate: Candidate, *, on: date) -> dict[str, Any]:
    """What whoever keeps candidacies can do; nobody does anything of it about an own one."""
    if not may_keep_candidacies(current_user):
        return {}
    state, ends = candidate.state, StepReason.WITHDRAWN_BY_CLUB
    decides = state is CandidateState.APPLIED
    tie = tie_with(candidate, current_user, on=on) if decides else None
    return {
        "keeps": True,
        "tie": tie,
        "deciders": who_can_decide(candidate, on=on) if tie else {},
        "may_decide": decides,
        "may_send_back": state.is_being_assessed,
        "may_end": rules.refusal_to_withdraw(state, ends) is None,
        "may_move": rules.refusal_to_move(state) is None,
    }


def _path(
    candidate: Candidate, progress: Progress, uses: Sequence[EvidenceUse], *, now: datetime
) -> list[PathPart]:
    return path_of(
        progress,
        candidate.level.requirements,
        uses,
        person_id=candidate.person_id,
        now=now,
        is_over=not (candidate.state.is_open or candidate.state.takes_evidence),
    )


def _kept(
    story: Sequence[tuple[CandidateStep, str | None]],
    progress: Progress,
    requirements: Sequence[Requirement],
) -> tuple[CandidateStep, list[Difference]] | None:
    """The last step that rests on how everything stood, and what has changed since."""
    for step, _name in reversed(story):
        if step.progress is not None:
            return step, differences(step.progress, progress, requirements)
    return None
