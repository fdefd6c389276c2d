"""The club's side of an assessment: asking assessors, seeing what they found, deciding."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.certification.assessment import queries
from club.certification.assessment.conflicts import conflict_with, conflicts_with
from club.certification.assessment.deciders import Deciders, parts_in, who_can_decide
from club.certification.assessment.forms import (
    AskForm,
    DecisionForm,
    TakeBackForm,
    VoteForm,
)
from club.certification.assessment.hindrances import hindrances_of
from club.certification.assessment.models import Choice
from club.certification.assessment.operations import asking, deciding
from club.certification.assessment.permissions import may_run_assessments, may_see_assessment
from club.certification.assessment.rounds import round_facts
from club.certification.assessment.rules import AssessmentRefusal, Round
from club.certification.assessment.verdicts import findings_on
from club.certification.awards.operations import renewing
from club.certification.candidacy import queries as candidacies
from club.certification.candidacy.models import Candidate, CandidateState
from club.certification.candidacy.rules import Conflict
from club.certification.views.assessment.blueprint import PANEL, STAFF, bp
from club.web.access import open_to, permit
from club.web.forms import ClubForm, follow
from club.web.keeping import kept_or_again

_Kind = TypeVar("_Kind", bound=ClubForm)
#: Days within which an assessor is asked to judge, unless somebody says otherwise.
_USUAL_DAYS = 14


@bp.get("/candidacies/<uuid:public_id>/assessment")
@open_to(*PANEL)
@shows_person("candidate", "public_id")
def assessment(public_id: UUID) -> str:
    return _page(_candidate(public_id))


@bp.post("/candidacies/<uuid:public_id>/assessors")
@open_to(*STAFF)
def ask(public_id: UUID) -> ResponseReturnValue:
    candidate, form = _candidate(public_id), _form(AskForm)
    _offer_assessors(candidate, form)

    def keep() -> None:
        asking.ask_assessor(
            candidate.id,
            int(form.assessor.data),
            due_on=form.due_on.data,
            by=current_user.id,
            now=clock.now(),
        )

    return _kept(public_id, form, keep, gettext("The assessor has been asked by letter."))


@bp.post("/candidacies/<uuid:public_id>/assessors/withdrawal")
@open_to(*STAFF)
def take_back(public_id: UUID) -> ResponseReturnValue:
    candidate, form = _candidate(public_id), _form(TakeBackForm)
    form.offer(queries.standing_tasks(candidate.id))

    def keep() -> None:
        asking.take_back(
            int(form.task.data), reason=form.remark.data, by=current_user.id, now=clock.now()
        )

    said = gettext("The task has been taken back; the assessor is told.")
    return _kept(public_id, form, keep, said)


@bp.post("/candidacies/<uuid:public_id>/vote")
@open_to(*PANEL)
def vote(public_id: UUID) -> ResponseReturnValue:
    candidate, form = _candidate(public_id), _form(VoteForm)

    def keep() -> None:
        deciding.vote(
            candidate.id,
            Choice(form.choice.data),
            remark=form.remark.data or None,
            by=current_user.id,
            now=clock.now(),
            seen=form.seen.data or None,
        )

    return _kept(public_id, form, keep, gettext("Your vote has been kept."))


@bp.post("/candidacies/<uuid:public_id>/decision")
@open_to(*STAFF)
def decide(public_id: UUID) -> ResponseReturnValue:
    candidate, form = _candidate(public_id), _form(DecisionForm)
    form.offer(candidate)

    def keep() -> None:
        renews = candidate.state is CandidateState.RENEWAL_UNDER_ASSESSMENT
        decide_it = renewing.decide_renewal if renews else deciding.decide
        decide_it(candidate.id, form.ruling(), by=current_user.id, now=clock.now())

    said = gettext("The decision has been kept; the candidate is told.")
    return _kept(public_id, form, keep, said)


def _kept(
    public_id: UUID, form: ClubForm, keep: Callable[[], None], said: str
) -> ResponseReturnValue:
    return kept_or_again(
        form,
        keep,
        lambda: _page(_candidate(public_id), form),
        said=said,
        to=f"/candidacies/{public_id}/assessment",
    )


def _candidate(public_id: UUID) -> Candidate:
    candidate = candidacies.candidate_by_public_id(public_id) or abort(404)
    permit(may_see_assessment(current_user, candidate))
    return candidate


def _form(kind: type[_Kind]) -> _Kind:
    """Several forms of the page have a field of the same name."""
    return kind(prefix=kind.__name__.removesuffix("Form").lower())


def _offer_assessors(candidate: Candidate, form: AskForm) -> dict[str, Conflict]:
    """Who cannot be asked, by name, with the reason."""
    accounts = queries.assessors()
    conflicts = conflicts_with(candidate, accounts, on=clock.today())
    asked = {task.assessor_id for task in queries.standing_tasks(candidate.id)}
    form.offer(accounts, conflicts, asked)
    return {
        one.person.full_name: found for one in accounts if (found := conflicts[one.id]) is not None
    }


def _others(
    candidate: Candidate, facts: Round | None, conflict: Conflict | None, *, on: date
) -> Deciders:
    """Who can decide where the reader, whose role it is, must not."""
    if not may_run_assessments(current_user) or not candidate.state.is_being_assessed:
        return {}
    parts = parts_in(facts) if facts else {}
    is_hindered = conflict is not None or current_user.id in parts
    return who_can_decide(candidate, parts, on=on) if is_hindered else {}


def _page(candidate: Candidate, sent: ClubForm | None = None) -> str:
    """``sent``: the form that is to be mended."""
    today = clock.today()
    ask, taking_back, voting, decision = (
        sent if isinstance(sent, kind) else _form(kind)
        for kind in (AskForm, TakeBackForm, VoteForm, DecisionForm)
    )
    excluded = _offer_assessors(candidate, ask)
    decision.offer(candidate)
    if ask is not sent:
        ask.due_on.data = today + timedelta(days=_USUAL_DAYS)
    standing = queries.standing_tasks(candidate.id)
    taking_back.offer(standing)
    round_ = queries.round_of(candidate.id)
    facts = round_facts(candidate, round_, on=today) if round_ else None
    conflict = conflict_with(candidate, current_user, on=today)
    for form in (voting, decision):
        follow(form.seen, facts.mark if facts else "")
    return render_template(
        "certification/assessment/running.html",
        candidate=candidate,
        level=candidate.level,
        facts=facts,
        round=round_,
        tasks=queries.tasks_of(candidate.id),
        hindrances=hindrances_of(candidate, standing, on=today),
        findings=findings_on([candidate.id]).get(candidate.id, {}),
        votes=queries.votes_in(round_.id) if round_ else [],
        conflict=conflict,
        runs=may_run_assessments(current_user),
        deciders=_others(candidate, facts, conflict, on=today),
        excluded=excluded,
        accepted_it=AssessmentRefusal.ACCEPTED_IT,
        today=today,
        ask=ask,
        taking_back=taking_back,
        voting=voting,
        decision=decision,
        form=sent,
    )
