"""What pages are kept by; the views that people saved."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from club.db import db
from club.records.models import TrainingRecord
from club.statistics.dashboard.models import SavedView

_TAKEN_OUT = TrainingRecord.superseded_at
# Put together once: they are asked each time that the page is opened.
_LATEST_CHANGE = select(
    select(func.max(TrainingRecord.id)).scalar_subquery(),
    select(func.max(_TAKEN_OUT)).where(_TAKEN_OUT.is_not(None)).scalar_subquery(),
)
_VIEWS = (
    select(SavedView).where(SavedView.person_id == bindparam("person")).order_by(SavedView.name)
)


def latest_change() -> tuple[int | None, datetime | None]:
    """Differs whenever a class was closed, closed again or taken out of the figures."""
    found = db.session.execute(_LATEST_CHANGE).one()
    return found[0], found[1]


def views_of(person_id: int) -> list[SavedView]:
    """By name, as it is written."""
    return list(db.session.scalars(_VIEWS, {"person": person_id}))


def view_by_public_id(public_id: UUID) -> SavedView | None:
    query = select(SavedView).where(SavedView.public_id == public_id)
    return db.session.scalars(query.options(joinedload(SavedView.person))).one_or_none()
