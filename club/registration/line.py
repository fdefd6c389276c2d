"""The waiting list: its order, places in it, and the offers made to it."""

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from club.courses.models import Run, RunState
from club.db import db
from club.registration.models import (
    Offer,
    Registration,
    RegistrationState,
    RunTerms,
)

_WAITS = Registration.state == RegistrationState.WAITING
#: The order of the line: by the moment that counts, then by arrival.
ORDER = (Registration.waits_since, Registration.queue_number)


def waiting_line(run_id: int) -> list[Registration]:
    """Everybody who waits, in order, read anew: the caller holds the run."""
    query = select(Registration).where(Registration.run_id == run_id, _WAITS).order_by(*ORDER)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def count_waiting(run_id: int, *, quota_id: int | None) -> int:
    """How many wait for the seats of a group; ``None``: for the general ones."""
    query = select(func.count()).where(
        Registration.run_id == run_id, _WAITS, Registration.quota_id.is_not_distinct_from(quota_id)
    )
    return db.session.scalar(query) or 0


def count_waiting_by_group(run_id: int) -> Counter[int | None]:
    """The same for every group at once, by its id."""
    query = select(Registration.quota_id, func.count()).where(Registration.run_id == run_id, _WAITS)
    found = db.session.execute(query.group_by(Registration.quota_id))
    return Counter({row[0]: row[1] for row in found})


def position_of(registration: Registration, *, now: datetime) -> int | None:
    """The place in the waiting list, within the own group while groups have seats of their own,
    counted from 1; ``None`` for who does not wait.
    """
    return positions([registration], now=now).get(registration.id)


def positions(registrations: Iterable[Registration], *, now: datetime) -> dict[int, int]:
    """The places in their lists of those who wait, by id, in one statement."""
    waiting = [r.id for r in registrations if r.state is RegistrationState.WAITING]
    if not waiting:
        return {}
    found = db.session.execute(_POSITIONS, {"waiting": waiting, "now": now})
    return {row[0]: row[1] for row in found}


def _is_at_or_ahead(one: Any, other: Any) -> ColumnElement[bool]:
    return or_(
        one.waits_since < other.waits_since,
        and_(one.waits_since == other.waits_since, one.queue_number <= other.queue_number),
    )


def _positions_statement() -> Select[Any]:
    ahead = aliased(Registration)
    opened = exists().where(
        RunTerms.run_id == Registration.run_id, RunTerms.quotas_open_at <= bindparam("now")
    )
    place = (
        select(func.count())
        .where(
            ahead.run_id == Registration.run_id,
            ahead.state == RegistrationState.WAITING,
            or_(opened, ahead.quota_id.is_not_distinct_from(Registration.quota_id)),
            _is_at_or_ahead(ahead, Registration),
        )
        .correlate(Registration)
        .scalar_subquery()
    )
    waiting: BindParameter[list[int]] = bindparam("waiting", expanding=True)
    return select(Registration.id, place).where(Registration.id.in_(waiting))


#: Built once: every page of a class asks it, and building it costs more than running it.
_POSITIONS = _positions_statement()


def people_offered(vacancy: uuid.UUID) -> set[int]:
    """Who has been offered a vacancy."""
    return set(db.session.scalars(select(Offer.person_id).where(Offer.vacancy == vacancy)))


def open_offer_of(registration_id: int) -> Offer | None:
    query = select(Offer).where(
        Offer.registration_id == registration_id, Offer.answered_at.is_(None)
    )
    return db.session.scalars(query).one_or_none()


def open_offers_of(registrations: Iterable[Registration]) -> dict[int, Offer]:
    """The open offers by the id of their registration."""
    offered = [r.id for r in registrations if r.state is RegistrationState.OFFERED]
    if not offered:
        return {}
    query = select(Offer).where(Offer.registration_id.in_(offered), Offer.answered_at.is_(None))
    return {offer.registration_id: offer for offer in db.session.scalars(query)}


def offers_that_end(*, before: datetime, now: datetime) -> list[Offer]:
    """Offers that are open still and run out soon, the first first."""
    query = select(Offer).where(
        Offer.answered_at.is_(None), Offer.expires_at > now, Offer.expires_at <= before
    )
    return list(db.session.scalars(query.order_by(Offer.expires_at, Offer.id)))


def due_offers(*, now: datetime) -> list[int]:
    """Ids of the registrations whose offer has run out, the first first."""
    query = select(Offer.registration_id).where(
        Offer.answered_at.is_(None), Offer.expires_at <= now
    )
    return list(db.session.scalars(query.order_by(Offer.expires_at, Offer.id)))


def runs_with_free_places(*, now: datetime) -> list[int]:
    """Ids of runs ahead where people wait although seats are free."""
    query = select(Run.id).where(
        Run.state == RunState.PUBLISHED,
        Run.starts_at > now,
        Run.waiting_count > 0,
        Run.places_taken < Run.seats,
    )
    return list(db.session.scalars(query))
