from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased, joinedload

from club.db import db
from club.people.models import AudienceKind
from club.periods import Period
from club.statistics.elsewhere.models import ReportedTraining
from club.units.models import Unit

_WITH_NAMES = (joinedload(ReportedTraining.unit), joinedload(ReportedTraining.topic))


def reported_in(period: Period) -> list[ReportedTraining]:
    """What holds now of training that ended in the period, without what was taken back: by unit,
    then by day.
    """
    query = (
        select(ReportedTraining)
        .join(ReportedTraining.unit)
        .where(
            ReportedTraining.last_day.between(period.first, period.last),
            ReportedTraining.turns > 0,
            _holds(),
        )
        .options(*_WITH_NAMES)
        .order_by(Unit.name, ReportedTraining.last_day, ReportedTraining.id)
    )
    return list(db.session.scalars(query))


def history_of(public_id: UUID) -> list[ReportedTraining]:
    """All that was said of the same, the latest last; empty where there is no such."""
    query = (
        select(ReportedTraining)
        .where(ReportedTraining.public_id == public_id)
        .options(*_WITH_NAMES, joinedload(ReportedTraining.entered_by))
        .order_by(ReportedTraining.number)
    )
    return list(db.session.scalars(query))


def reasons_of(codes: Collection[str]) -> dict[str, str]:
    """Why each was last corrected or taken back, by public id; without those that never were."""
    query = (
        select(ReportedTraining.public_id, ReportedTraining.reason)
        .where(
            ReportedTraining.public_id.in_([UUID(code) for code in codes]),
            ReportedTraining.reason.is_not(None),
        )
        .order_by(ReportedTraining.number)
    )
    return {str(code): reason or "" for code, reason in db.session.execute(query)}


def same_report(
    *, unit_id: int, topic_id: int, audience: AudienceKind, days: Period
) -> ReportedTraining | None:
    """What holds of the same unit, topic, group and days."""
    query = select(ReportedTraining).where(
        ReportedTraining.unit_id == unit_id,
        ReportedTraining.topic_id == topic_id,
        ReportedTraining.audience == audience,
        ReportedTraining.first_day == days.first,
        ReportedTraining.last_day == days.last,
        ReportedTraining.turns > 0,
        _holds(),
    )
    return db.session.scalars(query).first()


def _holds() -> ColumnElement[bool]:
    later = aliased(ReportedTraining)
    return ~exists().where(
        later.public_id == ReportedTraining.public_id, later.number > ReportedTraining.number
    )
