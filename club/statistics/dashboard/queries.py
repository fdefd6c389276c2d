"""What pages are kept by, and the views that people saved."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import joinedload

from club.db import db
from club.records.models import TrainingRecord
from club.statistics.dashboard.models import SavedView
from club.statistics.weekly.models import WeeklyFigures


@dataclass(frozen=True)
class Letter:
    """The week's figures that a reader gets: ``asked`` as in the dashboard's address."""

    asked: str
    #: Empty where it is of no view.
    view_name: str


@dataclass(frozen=True)
class Opening:
    """What is looked up each time that the dashboard is opened."""

    #: Differs whenever a class was closed, closed again or taken out of the figures.
    latest_change: tuple[int | None, datetime | None]
    letter: Letter | None
    #: The reader's own by name, as it is written.
    views: tuple[tuple[UUID, str], ...]


_READER = select(bindparam("person", type_=Integer).label("person_id")).subquery()
_TAKEN_OUT = TrainingRecord.superseded_at
# One statement, put together once: most of what a page costs that is kept.
_OPENING = (
    select(
        select(func.max(TrainingRecord.id)).scalar_subquery(),
        select(func.max(_TAKEN_OUT)).where(_TAKEN_OUT.is_not(None)).scalar_subquery(),
        WeeklyFigures.asked,
        WeeklyFigures.view_name,
        SavedView.public_id,
        SavedView.name,
    )
    .select_from(_READER)
    .outerjoin(WeeklyFigures, WeeklyFigures.person_id == _READER.c.person_id)
    .outerjoin(SavedView, SavedView.person_id == _READER.c.person_id)
    .order_by(SavedView.name)
)


def opening_for(person_id: int) -> Opening:
    rows = db.session.execute(_OPENING, {"person": person_id}).all()
    latest_record, latest_end, asked, view_name, *_view = rows[0]
    letter = None if asked is None else Letter(asked, view_name)
    views = tuple((public_id, name) for *_rest, public_id, name in rows if public_id)
    return Opening((latest_record, latest_end), letter, views)


def view_names_of(person_id: int) -> set[str]:
    return set(db.session.scalars(select(SavedView.name).where(SavedView.person_id == person_id)))


def view_by_public_id(public_id: UUID) -> SavedView | None:
    query = select(SavedView).where(SavedView.public_id == public_id)
    return db.session.scalars(query.options(joinedload(SavedView.person))).one_or_none()
