"""The worker's round of offers: what ran out is ended, and what is free is given out."""

from collections.abc import Callable
from datetime import datetime

from club.db import db, transaction
from club.registration import line
from club.registration.held import holding, holding_run_of, step
from club.registration.letters import Event, tell_one
from club.registration.models import OfferAnswer, RegistrationState, StepReason
from club.registration.offering import close_offer, offer_free_places


def go_round(*, now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False) -> None:
    """End what has run out, fill what is free. Each is a transaction of its
    own, so that a round that breaks off leaves nothing half done.
    """
    due, free = line.due_offers(now=now()), line.runs_with_free_places(now=now())
    db.session.rollback()
    for registration_id in due:
        if not stopped():
            lapse(registration_id, now=now())
    for run_id in free:
        if not stopped():
            fill(run_id, now=now())


def lapse(registration_id: int, *, now: datetime) -> None:
    """End an offer that ran out unanswered; the vacancy goes on. Twice is once."""
    with transaction() as session, holding_run_of(session, registration_id) as (held, mine):
        offer = line.open_offer_of(registration_id)
        if offer is None or now < offer.expires_at:
            return
        close_offer(held, mine, OfferAnswer.LAPSED, now=now)
        lapsed = StepReason.OFFER_LAPSED
        step(held, mine, RegistrationState.LAPSED, lapsed, by=None, now=now)
        tell_one(Event.OFFER_LAPSED, mine, now=now)
        fell_free = StepReason.SEAT_FELL_FREE
        offer_free_places(held, reason=fell_free, vacancy=offer.vacancy, by=None, now=now)


def fill(run_id: int, *, now: datetime) -> None:
    """Give the free places of a run to those who wait, where that was not done yet: groups'
    seats have been opened to all, or the last hours have begun.
    """
    with transaction() as session, holding(session, run_id) as held:
        offer_free_places(held, reason=StepReason.SEAT_FELL_FREE, by=None, now=now)
