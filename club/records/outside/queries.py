from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from club.db import db
from club.records.outside.models import OutsideState, OutsideTraining
from club.web.pages import Page

_PER_PAGE = 50


def outside_training_of(person_id: int) -> list[OutsideTraining]:
    """Everything that a person entered, the latest training first."""
    query = (
        select(OutsideTraining)
        .where(OutsideTraining.person_id == person_id)
        .order_by(OutsideTraining.to_day.desc(), OutsideTraining.id.desc())
        .options(joinedload(OutsideTraining.topic))
    )
    return list(db.session.scalars(query))


def training_by_public_id(public_id: UUID) -> OutsideTraining | None:
    """With its story."""
    query = (
        select(OutsideTraining)
        .where(OutsideTraining.public_id == public_id)
        .options(
            joinedload(OutsideTraining.person),
            joinedload(OutsideTraining.topic),
            joinedload(OutsideTraining.evidence),
            selectinload(OutsideTraining.steps),
        )
    )
    return db.session.scalars(query).one_or_none()


def training_in(states: Collection[OutsideState], *, page: int) -> Page[OutsideTraining]:
    """With who took it, the longest untouched first."""
    query = select(OutsideTraining).where(OutsideTraining.state.in_(states))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = db.session.scalars(
        query.order_by(OutsideTraining.changed_at, OutsideTraining.id)
        .limit(_PER_PAGE)
        .offset((page - 1) * _PER_PAGE)
        .options(joinedload(OutsideTraining.person), joinedload(OutsideTraining.topic))
    ).all()
    return Page(rows, page, _PER_PAGE, total)


def decided_lately(*, limit: int = 10) -> list[OutsideTraining]:
    """What coordinators decided last, the latest first."""
    decided = (OutsideState.ACCEPTED, OutsideState.RETURNED, OutsideState.REFUSED)
    query = (
        select(OutsideTraining)
        .where(OutsideTraining.state.in_(decided))
        .order_by(OutsideTraining.changed_at.desc(), OutsideTraining.id.desc())
        .limit(limit)
        .options(joinedload(OutsideTraining.person))
    )
    return list(db.session.scalars(query))
