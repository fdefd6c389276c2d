"""Closed classes of a period, each with what its records come to, as they stand now.

Several figures are about whole classes: the records of a year are gone through once for all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Integer,
    Select,
    and_,
    case,
    cast,
    extract,
    func,
    select,
)

from club.courses.models import Run, Session, SessionState
from club.db import db
from club.people.models import AudienceKind
from club.periods import Period
from club.records.models import TrainingRecord


@dataclass(frozen=True, slots=True)
class ClosedClass:
    run_id: int
    code: str
    #: From before this site, which kept neither its sessions nor its places.
    is_earlier: bool
    seats: int
    #: How long its sessions are together now.
    held_minutes: int
    #: When it was closed.
    planned_minutes: int
    #: How many have a record.
    listed: int
    #: Of these, who was there for a part at least.
    came: int
    #: Of these, whose turns count.
    counting: int
    #: Of the turns that count, those of people who came for an organisation that is not known.
    without_organisation: int
    without_ward: int

    @property
    def others(self) -> int:
        """Who has a record that does not count."""
        return self.listed - self.counting


@dataclass(frozen=True)
class Seats:
    """Of classes that kept places."""

    classes: int
    offered: int
    #: By people who had a place when the class was closed.
    taken: int
    #: Of these, people who were there for a part at least.
    came: int

    @property
    def stayed_away(self) -> int:
        return self.taken - self.came


def seats_of(classes: Iterable[ClosedClass]) -> Seats:
    kept = [one for one in classes if not one.is_earlier]
    return Seats(
        len(kept),
        sum(one.seats for one in kept),
        sum(one.listed for one in kept),
        sum(one.came for one in kept),
    )


def closed_classes(period: Period) -> list[ClosedClass]:
    """A class of which nobody has a record is none of them."""
    by_day = _day_by_day(period).subquery()
    of_run, _day, planned, *counted = by_day.c
    added_up = (func.sum(column).label(column.name) for column in counted)
    whole = select(of_run, func.max(planned).label("planned"), *added_up).group_by(of_run)
    classes, held = whole.subquery(), _held_minutes().subquery()
    minutes = func.coalesce(held.c.minutes, 0)
    _run_id, *sums = classes.c
    query = (
        select(Run.id, Run.code, Run.is_earlier, Run.seats, minutes, *sums)
        .join(classes, classes.c.run_id == Run.id)
        .outerjoin(held, held.c.run_id == Run.id)
    )
    return [ClosedClass(*row) for row in db.session.execute(query)]


def _day_by_day(period: Period) -> Select[*tuple[Any, ...]]:
    """A class ends on one day, as a rule; an index has them in this order, so none are sorted."""
    record = TrainingRecord
    for_somebody = and_(
        record.audience != AudienceKind.INDIVIDUAL, record.organisation_id.is_(None)
    )
    return (
        select(
            record.run_id,
            record.day,
            func.max(record.planned_minutes).label("planned"),
            func.count().label("listed"),
            _how_many(record.attended_minutes > 0).label("came"),
            _how_many(record.counts).label("counting"),
            _how_many(record.counts, for_somebody).label("without_organisation"),
            _how_many(record.counts, record.unit_id.is_(None)).label("without_ward"),
        )
        .where(record.day.between(period.first, period.last), record.superseded_at.is_(None))
        .group_by(record.day, record.run_id)
    )


def _held_minutes() -> Select[int, Any]:
    seconds = extract("epoch", Session.ends_at) - extract("epoch", Session.starts_at)
    return (
        select(Session.run_id, (func.sum(cast(seconds, Integer)) / 60).label("minutes"))
        .where(Session.state != SessionState.CANCELLED)
        .group_by(Session.run_id)
    )


def _how_many(*conditions: ColumnExpressionArgument[bool]) -> ColumnElement[int]:
    return func.sum(case((and_(*conditions), 1), else_=0))
