"""Taking a place from the line: the offered one, or a free one of the last hours, and wishing for
the latter beforehand.
"""

from datetime import datetime

from club.db import transaction
from club.refusal import RefusedError
from club.registration import line
from club.registration.held import holding_run_of, seating, step
from club.registration.letters import Event, tell_one
from club.registration.models import OfferAnswer, RegistrationState, StepReason
from club.registration.offering import close_offer, offer_free_places
from club.registration.rules import leaving, offers


def accept(registration_id: int, *, by: int | None, now: datetime) -> bool:
    """Take the offered place, or the free one of the last hours. Twice is once: returns whether
    it was taken only now. ``by`` is ``None`` for who answers by the link in a letter.
    """
    with transaction() as session, holding_run_of(session, registration_id) as (held, mine):
        if mine.state is RegistrationState.CONFIRMED and leaving.is_ahead(mine, at=now):
            return False
        if mine.state is RegistrationState.WAITING:
            room = seating(held, at=now).has_room(mine.quota_id, mine.organisation_id)
            refusal = offers.refusal_to_take_late_place(mine, held.terms, has_room=room, at=now)
            reason = StepReason.LATE_PLACE_TAKEN
        else:
            refusal = offers.refusal_to_accept(mine, line.open_offer_of(mine.id), at=now)
            reason = StepReason.OFFER_ACCEPTED
        if refusal:
            raise RefusedError(refusal)
        close_offer(held, mine, OfferAnswer.ACCEPTED, now=now)
        step(held, mine, RegistrationState.CONFIRMED, reason, by=by, now=now)
        tell_one(Event.CONFIRMED, mine, now=now)
        return True


def ask_for_late_place(registration_id: int, *, now: datetime) -> None:
    """From now on a place of the last hours is given without asking first."""
    _wish(registration_id, takes_late_place=True, now=now)


def be_asked_for_late_place(registration_id: int, *, now: datetime) -> None:
    _wish(registration_id, takes_late_place=False, now=now)


def _wish(registration_id: int, *, takes_late_place: bool, now: datetime) -> None:
    with transaction() as session, holding_run_of(session, registration_id) as (held, mine):
        if refusal := offers.refusal_to_wish(mine, at=now):
            raise RefusedError(refusal)
        mine.takes_late_place = takes_late_place
        session.flush()
        offer_free_places(held, reason=StepReason.SEAT_FELL_FREE, by=None, now=now)
