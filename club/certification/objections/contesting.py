"""What a candidate can appeal against on a day, as the page shows it and the operation asks it."""

from dataclasses import dataclass
from datetime import date

from club.certification.candidacy.models import Candidate, CandidateStep, StepReason
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
        last_day=rules.last_day(told_on(step), days_to_appeal(version)),
        by_another_body=version.deciding is Deciding.BODY,
        appealed_already=any(one.reason is StepReason.APPEAL_MADE for one in since),
        on_another_way=not candidate.state.is_open and queries.is_on_another_way(candidate),
    )
    return Contest(step, facts)


def refusal_to_appeal(contest: Contest | None, *, today: date) -> AppealRefusal | None:
    return rules.refusal_to_appeal(contest.facts if contest else None, today=today)
