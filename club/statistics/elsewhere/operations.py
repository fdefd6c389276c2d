"""Entering what others reported, and correcting it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from club import clock
from club.audit.operations import record
from club.db import transaction
from club.people.models import AudienceKind
from club.periods import Period
from club.refusal import RefusedError
from club.statistics.elsewhere import queries
from club.statistics.elsewhere.models import ReportedTraining
from club.statistics.elsewhere.rules import ElsewhereRefusal, refusals, refusals_to_correct
from club.units.models import Unit


@dataclass(frozen=True)
class Reported:
    unit_id: int
    first_day: date
    last_day: date
    topic_id: int
    audience: AudienceKind
    turns: int
    minutes: int | None
    source: str


def enter(facts: Reported, *, by: int | None, now: datetime) -> ReportedTraining:
    """Raises ``RefusedError``."""
    with transaction() as session:
        _hold_unit(session, facts)
        _refuse(refusals(facts.first_day, facts.last_day, facts.turns, today=clock.local_day(now)))
        _refuse_twice(facts, but=None)
        return _kept(session, facts, ReportedTraining(), by=by, now=now)


def correct(
    public_id: UUID,
    facts: Reported,
    *,
    seen: int,
    reason: str | None,
    by: int | None,
    now: datetime,
) -> ReportedTraining:
    """A new row in place of number ``seen``, which stays; no turns take the report back. Raises
    ``RefusedError``.
    """
    with transaction() as session:
        today = clock.local_day(now)
        _refuse(refusals_to_correct(facts.first_day, facts.last_day, reason=reason, today=today))
        _hold_unit(session, facts)
        of_the_same = ReportedTraining.public_id == public_id
        first = select(ReportedTraining.id).where(of_the_same, ReportedTraining.number == 1)
        session.scalars(first.with_for_update()).one()
        # Asked once the lock is held: what somebody else added meanwhile counts.
        if session.scalar(select(func.max(ReportedTraining.number)).where(of_the_same)) != seen:
            raise RefusedError(ElsewhereRefusal.CORRECTED)
        if facts.turns:
            _refuse_twice(facts, but=public_id)
        row = ReportedTraining(public_id=public_id, number=seen + 1, reason=reason)
        return _kept(session, facts, row, by=by, now=now)


def _kept(
    session: Session, facts: Reported, row: ReportedTraining, *, by: int | None, now: datetime
) -> ReportedTraining:
    for name, value in asdict(facts).items():
        setattr(row, name, value)
    row.entered_at, row.entered_by_id = now, by
    session.add(row)
    session.flush()
    record(
        "statistics.correct_elsewhere" if row.reason else "statistics.enter_elsewhere",
        subject_kind="reported_training",
        subject_id=row.public_id,
        by=by,
        now=now,
        detail={"turns": row.turns} | ({"reason": row.reason} if row.reason else {}),
    )
    return row


def _hold_unit(session: Session, facts: Reported) -> None:
    """The unit's row is the lock under which its reports are compared: none is entered twice."""
    session.get_one(Unit, facts.unit_id, with_for_update=True)


def _refuse(found: Mapping[str, ElsewhereRefusal]) -> None:
    for field, refusal in found.items():
        raise RefusedError(refusal, field=field)


def _refuse_twice(facts: Reported, *, but: UUID | None) -> None:
    same = queries.same_report(
        unit_id=facts.unit_id,
        topic_id=facts.topic_id,
        audience=facts.audience,
        days=Period(facts.first_day, facts.last_day),
    )
    if same and same.public_id != but:
        raise RefusedError(ElsewhereRefusal.KNOWN)
