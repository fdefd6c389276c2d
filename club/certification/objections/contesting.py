"""What a candidate can appeal against on a day, as the page shows it and the operation asks it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from club.certification.candidacy.letters import Event, Told
from club.certification.candidacy.models import (
    Candidate,
    CandidateState,
    CandidateStep,
    StepReason,
)
from club.certification.objections import queries, rules
from club.certification.objections.days import days_to_appeal, told_on
from club.certification.objections.rules import AppealRefusal, Contested
from club.certification.schemes.models import Deciding


@dataclass(frozen=True)
class Contest:
    """The last decision about a candidate that can be appealed."""

    step: CandidateStep
    facts: Contested


def contest_of(candidate: Candidate) -> Contest | None:
    steps = candidate.steps
    step = next((one for one in reversed(steps) if rules.is_contestable(one.reason)), None)
    if step is None:
        return None
    since = steps[steps.index(step) :]
    version = step.level.version
    facts = Contested(
        state=candidate.state,
        reason=step.reason,
        led_to=step.to_state,
        last_day=rules.last_day(told_on(step.at), days_to_appeal(version)),
        by_another_body=version.deciding is Deciding.BODY,
        appealed_already=any(one.reason is StepReason.APPEAL_MADE for one in since),
        tries_on=any(one.reason is StepReason.HANDED_IN for one in since),
    )
    return Contest(step, facts)


def refusal_to_appeal(
    candidate: Candidate, contest: Contest | None, *, today: date
) -> AppealRefusal | None:
    """Whoever has begun the way anew is asked for last, because it takes another question."""
    facts = contest.facts if contest else None
    refusal = rules.refusal_to_appeal(facts, today=today)
    if refusal or facts is None or candidate.state.is_open:
        return refusal
    anew = replace(facts, on_another_way=queries.is_on_another_way(candidate))
    return rules.refusal_to_appeal(anew, today=today)


#: What a letter tells, as the step that it tells of; a decision leads where its outcome says.
_TOLD: dict[StrEnum, tuple[StepReason, CandidateState]] = {
    Event.NOT_ADMITTED: (StepReason.NOT_ADMITTED, CandidateState.REFUSED),
    Event.SUSPENDED: (StepReason.SUSPENDED, CandidateState.SUSPENDED),
    Event.RECOGNITION_WITHDRAWN: (StepReason.RECOGNITION_WITHDRAWN, CandidateState.WITHDRAWN),
}


def appealable_until(candidate: Candidate, told: Told, now: datetime) -> date | None:
    """The last day to appeal against what a letter tells; ``None``: against that nobody can."""
    version = candidate.level.version
    step = _TOLD.get(told.event)
    if told.event is Event.DECIDED and told.outcome and version.deciding is not Deciding.BODY:
        step = StepReason.DECIDED, CandidateState(told.outcome)
    if step is None or not rules.remedies_of(*step):
        return None
    return rules.last_day(told_on(now), days_to_appeal(version))
