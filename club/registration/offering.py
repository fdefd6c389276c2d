"""Giving free places to those who wait, strictly in order, while the run is held.

A place is offered until a moment; who declines it or lets it lapse leaves the line, and the
vacancy goes to the next who has not had it. In the last hours there is no time for that: a
place goes at once to the first who asked for it, and is otherwise for whoever takes it first.
"""

import uuid
from datetime import datetime

from club.accounts.readers import readers_of
from club.outbox.telling import Reader
from club.registration import line
from club.registration.held import Held, seating, step
from club.registration.letters import Event, read_at, tell_of
from club.registration.models import (
    Offer,
    OfferAnswer,
    Registration,
    RegistrationState,
    StepReason,
)
from club.registration.rules import offers
from club.registration.rules.offers import Gets


def offer_free_places(
    held: Held,
    *,
    reason: StepReason,
    vacancy: uuid.UUID | None = None,
    by: int | None,
    now: datetime,
) -> int:
    """Hand the free places to those who wait; returns how many got one or an offer.

    ``vacancy`` is one that somebody has just declined or let lapse.
    """
    run = held.run
    free = offers.places_to_fill(run, taken=held.taken, waiting=held.waiting, at=now)
    if not free:
        return 0
    assert run.starts_at
    expires_at = offers.expiry_of_offer(
        run.starts_at, held.terms, at=read_at(Event.OFFERED, run, now=now)
    )
    waiting = line.waiting_line(run.id)
    given = offers.who_gets(
        waiting,
        seating(held, at=now),
        late=offers.is_late(run.starts_at, at=now),
        can_offer=expires_at is not None,
        had_it=line.people_offered(vacancy) if vacancy else None,
    )
    _hand_out(held, given, reason, vacancy, expires_at, by=by, now=now)
    if expires_at is None and held.taken < run.seats:
        _tell_of_late_places(held, waiting, now=now)
    return len(given)


def close_offer(
    held: Held, registration: Registration, answer: OfferAnswer, *, now: datetime
) -> uuid.UUID | None:
    """Note what came of the offer, if there is one; returns its vacancy."""
    if registration.state is not RegistrationState.OFFERED:
        return None
    offer = line.open_offer_of(registration.id)
    assert offer
    offer.answer, offer.answered_at = answer, now
    held.session.flush()
    return offer.vacancy


def _hand_out(  # noqa: PLR0913  to whom, and what goes into each offer
    held: Held,
    given: list[tuple[Registration, Gets]],
    reason: StepReason,
    vacancy: uuid.UUID | None,
    expires_at: datetime | None,
    *,
    by: int | None,
    now: datetime,
) -> None:
    readers = readers_of({registration.person_id for registration, _ in given})
    for registration, gets in given:
        reader = readers[registration.person_id]
        if gets is Gets.PLACE:
            _give(held, registration, reader, by=by, now=now)
            continue
        assert expires_at
        goes_round = vacancy if gets is Gets.VACANCY else None
        held.session.add(
            Offer(
                registration=registration,
                person_id=registration.person_id,
                vacancy=goes_round or uuid.uuid4(),
                made_at=now,
                expires_at=expires_at,
            )
        )
        step(held, registration, RegistrationState.OFFERED, reason, by=by, now=now)
        tell_of(
            Event.OFFERED, reader, registration=registration.public_id, run=held.run,
            until=expires_at, now=now,
        )  # fmt: skip


def _give(
    held: Held, registration: Registration, reader: Reader, *, by: int | None, now: datetime
) -> None:
    late = StepReason.LATE_PLACE
    step(held, registration, RegistrationState.CONFIRMED, late, by=by, now=now)
    tell_of(Event.PROMOTED, reader, registration=registration.public_id, run=held.run, now=now)


def _tell_of_late_places(held: Held, waiting: list[Registration], *, now: datetime) -> None:
    """Everybody who could take the free place is told once that it is there to be taken."""
    seats = seating(held, at=now)
    could = [
        registration
        for registration in waiting
        if registration.state is RegistrationState.WAITING
        and seats.has_room(registration.quota_id, registration.organisation_id)
    ]
    readers = readers_of({registration.person_id for registration in could})
    for registration in could:
        reader = readers[registration.person_id]
        tell_of(
            Event.LATE_PLACE, reader, registration=registration.public_id, run=held.run, now=now
        )
