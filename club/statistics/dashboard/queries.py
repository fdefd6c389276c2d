"""How full the classes were; what pages are kept by; the views that people saved."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from club.courses.models import Run
from club.db import db
from club.periods import Period
from club.records.models import TrainingRecord
from club.statistics.dashboard.models import SavedView

_TAKEN_OUT = TrainingRecord.superseded_at
#: Put together once: it is asked for each time that the page is opened.
_LATEST_CHANGE = select(
    select(func.max(TrainingRecord.id)).scalar_subquery(),
    select(func.max(_TAKEN_OUT)).where(_TAKEN_OUT.is_not(None)).scalar_subquery(),
)


@dataclass(frozen=True)
class Seats:
    """Of the classes that ended in a period. Those from before this site kept no places."""

    classes: int
    offered: int
    #: By people who had a place when the class was closed.
    taken: int
    #: Of these, people who were there for a part at least.
    came: int

    @property
    def stayed_away(self) -> int:
        return self.taken - self.came


def seats_of(period: Period) -> Seats:
    """A class that nobody had a place in left no record, and does not count here."""
    record = TrainingRecord
    runs = (
        select(
            record.run_id,
            func.count().label("taken"),
            func.sum(case((record.attended_minutes > 0, 1), else_=0)).label("came"),
        )
        .where(record.day.between(period.first, period.last), record.superseded_at.is_(None))
        .group_by(record.run_id)
        .subquery()
        .c
    )
    query = (
        select(func.count(), func.sum(Run.seats), func.sum(runs.taken), func.sum(runs.came))
        .join(Run, Run.id == runs.run_id)
        .where(Run.is_earlier.is_(False))
    )
    return Seats(*(int(found or 0) for found in db.session.execute(query).one()))


def latest_change() -> tuple[int | None, datetime | None]:
    """Differs whenever a class was closed, closed again or taken out of the figures."""
    found = db.session.execute(_LATEST_CHANGE).one()
    return found[0], found[1]


def views_of(person_id: int) -> list[SavedView]:
    """By name, as it is written."""
    query = select(SavedView).where(SavedView.person_id == person_id)
    return list(db.session.scalars(query.order_by(SavedView.name)))


def view_by_public_id(public_id: UUID) -> SavedView | None:
    query = select(SavedView).where(SavedView.public_id == public_id)
    return db.session.scalars(query.options(joinedload(SavedView.person))).one_or_none()
