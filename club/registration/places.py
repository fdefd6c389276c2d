"""Coming onto a run's list and leaving it. Everything here happens while the run is held."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, insert

from club.db import plainly
from club.people.models import AudienceKind
from club.refusal import RefusedError
from club.registration import line
from club.registration.held import Held, seating, step
from club.registration.letters import Event, tell_of
from club.registration.models import (
    NoRoom,
    OfferAnswer,
    Registration,
    RegistrationState,
    RegistrationStep,
    StepReason,
)
from club.registration.offering import close_offer, offer_free_places
from club.registration.registrants import Registrant, placing_facts
from club.registration.rules import leaving
from club.registration.rules.seating import quota_of

#: Built once: both are run while others wait for the lock.
_INSERT_REGISTRATION = insert(cast("Table", Registration.__table__)).returning(Registration.id)
_INSERT_STEP = insert(cast("Table", RegistrationStep.__table__))


@dataclass(frozen=True)
class Wishes:
    """What somebody who may have to wait asks for."""

    #: A place that falls free in the last hours is wanted at once, without being asked.
    takes_late_place: bool = False
    #: Any run of the course will do.
    any_run: bool = False


NO_WISHES = Wishes()


@dataclass(frozen=True)
class Comes:
    """As whom somebody comes."""

    audience: AudienceKind
    organisation_id: int | None
    wishes: Wishes = NO_WISHES


@dataclass(frozen=True)
class Taken:
    """How a registration stands after registering."""

    id: int
    public_id: uuid.UUID
    state: RegistrationState
    #: The place in the waiting list, for who waits.
    position: int | None
    #: ``False``: the person was registered already and nothing changed.
    is_new: bool


def enter(held: Held, registrant: Registrant, comes: Comes, *, by: int, now: datetime) -> Taken:
    """A place where there is room, else the end of the line."""
    let_the_line_go_first(held, now=now)
    quota_id = group_of(held, registrant.person_id, comes, now=now)
    no_room = seating(held, at=now).lack_of_room(quota_id, comes.organisation_id)
    state = RegistrationState.WAITING if no_room else RegistrationState.CONFIRMED
    reason = StepReason.LIST_FULL if no_room else StepReason.REGISTERED
    entry = _Entry(registrant, comes, quota_id, state, reason, no_room)
    registration_id, public_id = _put_on_list(held, entry, by=by, now=now)
    position = last_position(held, quota_id, now=now) if no_room else None
    event = Event.WAITING if no_room else Event.CONFIRMED
    tell_of(event, registrant, registration=public_id, run=held.run, position=position, now=now)
    return Taken(registration_id, public_id, state, position, is_new=True)


def ask(held: Held, registrant: Registrant, comes: Comes, *, by: int, now: datetime) -> Taken:
    """A request, which takes no seat; once granted it counts from the moment it was made."""
    quota_id = group_of(held, registrant.person_id, comes, now=now)
    state = RegistrationState.REQUESTED
    entry = _Entry(registrant, comes, quota_id, state, StepReason.ASKED)
    registration_id, public_id = _put_on_list(held, entry, by=by, now=now)
    tell_of(Event.REQUEST_RECEIVED, registrant, registration=public_id, run=held.run, now=now)
    return Taken(registration_id, public_id, state, None, is_new=True)


def let_the_line_go_first(held: Held, *, now: datetime) -> None:
    """Who has waited comes before a newcomer, also where the worker has not been round yet."""
    if held.waiting and held.taken < held.run.seats:
        offer_free_places(held, reason=StepReason.SEAT_FELL_FREE, by=None, now=now)


@dataclass(frozen=True)
class _Entry:
    """Who comes onto the list how, and why so."""

    registrant: Registrant
    comes: Comes
    quota_id: int | None
    state: RegistrationState
    reason: StepReason
    no_room: NoRoom | None = None


def _put_on_list(held: Held, entry: _Entry, *, by: int, now: datetime) -> tuple[int, uuid.UUID]:
    """Plain rows: others wait for the lock, and nobody needs these as objects here."""
    public_id, registrant, comes = uuid.uuid4(), entry.registrant, entry.comes
    # The order of the line is that of the lock, whatever two clocks said before it was held.
    waits_since = max(now, registrant.line_ends_at or now)
    registration = {
        "public_id": public_id, "run_id": held.run.id, "person_id": registrant.person_id,
        "state": entry.state, "queue_number": registrant.last_queue_number + 1,
        "audience": comes.audience, "organisation_id": comes.organisation_id,
        "registered_at": now, "waits_since": waits_since, "quota_id": entry.quota_id,
        "takes_late_place": comes.wishes.takes_late_place, "any_run": comes.wishes.any_run,
    }  # fmt: skip
    rows = plainly(held.session)
    registration_id = rows.execute(_INSERT_REGISTRATION, registration).scalar_one()
    held.count(None, entry.state)
    first_step = {
        "registration_id": registration_id, "to_state": entry.state, "at": now, "by_id": by,
        "reason": entry.reason, "no_room": entry.no_room,
    }  # fmt: skip
    rows.execute(_INSERT_STEP, first_step)
    return registration_id, public_id


def leave(
    held: Held,
    registration: Registration,
    *,
    reason: StepReason,
    remark: str | None = None,
    by: int | None,
    now: datetime,
) -> None:
    """Take a name off the list; a seat that it took goes on to the next in line."""
    if refusal := leaving.refusal_to_leave(registration, at=now):
        raise RefusedError(refusal)
    answer = OfferAnswer.DECLINED if reason is StepReason.OFFER_DECLINED else OfferAnswer.TAKEN_BACK
    vacancy = close_offer(held, registration, answer, now=now)
    step(held, registration, RegistrationState.WITHDRAWN, reason, remark=remark, by=by, now=now)
    fell_free = StepReason.SEAT_FELL_FREE
    offer_free_places(held, reason=fell_free, vacancy=vacancy, by=None, now=now)


def group_of(held: Held, person_id: int, comes: Comes, *, now: datetime) -> int | None:
    """The id of the group whose seats the person could have; ``None``: the general ones only."""
    if not held.quotas:
        return None
    facts = placing_facts([person_id], comes.audience, comes.organisation_id, at=now)
    return quota_of(held.quotas, facts[person_id])


def last_position(held: Held, quota_id: int | None, *, now: datetime) -> int:
    """The place in line of who has just come to its end."""
    if held.quotas and held.terms.keep_quotas(at=now):
        return line.count_waiting(held.run.id, quota_id=quota_id)
    return held.waiting
