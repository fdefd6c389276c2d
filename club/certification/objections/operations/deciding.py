"""The club's side of an appeal: decided, or put off once, by somebody who had no part in it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from club import clock
from club.accounts.models import Account
from club.certification.candidacy.held import Step, take
from club.certification.candidacy.models import Candidate, StepReason
from club.certification.candidacy.operations.applying import note
from club.certification.candidacy.rules import stood_when_appealed
from club.certification.objections import rules
from club.certification.objections.days import days_to_answer
from club.certification.objections.independence import why_not_decide
from club.certification.objections.letters import AppealEvent, tell_appellant
from club.certification.objections.models import (
    Appeal,
    AppealState,
    AppealStepKind,
    Remedy,
)
from club.certification.objections.operations.appealing import held_open, write_down
from club.certification.objections.rules import AppealRefusal
from club.db import transaction
from club.refusal import RefusedError

_GRANTED = (AppealEvent.GRANTED, StepReason.APPEAL_GRANTED, AppealStepKind.GRANTED)
_REFUSED = (AppealEvent.REFUSED, StepReason.APPEAL_REFUSED, AppealStepKind.REFUSED)


@dataclass(frozen=True)
class Ruling:
    #: What granting it leads to; ``None``: it is refused.
    remedy: Remedy | None
    #: What the candidate reads.
    reason: str | None


def decide(appeal_id: int, ruling: Ruling, *, by: int, now: datetime) -> Appeal:
    """Granted or refused, always with a reason. The candidate is told."""
    with transaction() as session:
        appeal, candidate = _in_hands_of(session, appeal_id, by=by, now=now)
        remedies = rules.remedies_of(appeal.step.reason, appeal.step.to_state)
        if ruling.remedy is not None and ruling.remedy not in remedies:
            raise RefusedError(AppealRefusal.OTHER_REMEDY, field="outcome")
        if not ruling.reason:
            raise RefusedError(AppealRefusal.REASON_MISSING, field="reason")
        appeal.closed_at, appeal.remedy = now, ruling.remedy
        appeal.state = AppealState.GRANTED if ruling.remedy else AppealState.REFUSED
        if ruling.remedy:
            event, why, kind = _GRANTED
            after = rules.where_it_leads(ruling.remedy, stood_before=appeal.step.from_state)
        else:
            event, why, kind = _REFUSED
            after = stood_when_appealed(candidate.steps)
        told = tell_appellant(appeal, event, reason=ruling.reason, now=now)
        take(candidate, Step(after, why, by, now, remark=ruling.reason, told=told))
        write_down(appeal, kind, by=by, reason=ruling.reason, told=told, now=now)
        note(f"certification.{event.name.lower()}_appeal", candidate, by=by, now=now)
        return appeal


def extend(appeal_id: int, *, reason: str | None, by: int, now: datetime) -> Appeal:
    """Once, by as many days as there were, and before they are over. The candidate reads why."""
    with transaction() as session:
        appeal, candidate = _in_hands_of(session, appeal_id, by=by, now=now)
        if refusal := rules.refusal_to_extend(appeal, today=clock.local_day(now)):
            raise RefusedError(refusal)
        if not reason:
            raise RefusedError(AppealRefusal.REASON_MISSING, field="reason")
        appeal.due_on = rules.last_day(appeal.due_on, days_to_answer(candidate.level.version))
        told = tell_appellant(appeal, AppealEvent.EXTENDED, reason=reason, now=now)
        write_down(appeal, AppealStepKind.EXTENDED, by=by, reason=reason, told=told, now=now)
        note("certification.extend_appeal", candidate, by=by, now=now, reason=reason)
        return appeal


def _in_hands_of(
    session: Session, appeal_id: int, *, by: int, now: datetime
) -> tuple[Appeal, Candidate]:
    appeal, candidate = held_open(session, appeal_id)
    account = session.get_one(Account, by)
    if why_not := why_not_decide(candidate, [account], on=clock.local_day(now))[by]:
        raise RefusedError(why_not)
    return appeal, candidate
