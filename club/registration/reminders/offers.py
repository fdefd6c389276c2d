"""Reminding somebody of an offered place before it goes to the next in line, once."""

from collections.abc import Callable
from datetime import datetime

from club.accounts import readers
from club.db import db, transaction
from club.outbox.telling import tell_all
from club.registration import line
from club.registration.held import holding_run_of
from club.registration.letters import Event, letter_of, read_at
from club.registration.reminders.rules import OF_OFFERS


def remind_of_offers(
    *, now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False
) -> None:
    """The worker's round, by day only: at night nobody could answer before the morning."""
    moment = now()
    due = [
        offer.registration_id
        for offer in line.offers_that_end(before=moment + OF_OFFERS.longest_notice, now=moment)
        if OF_OFFERS.is_due(offer.made_at, offer.expires_at, at=moment)
    ]
    db.session.rollback()
    for registration_id in due:
        if not stopped():
            remind_of_offer(registration_id, now=now())


def remind_of_offer(registration_id: int, *, now: datetime) -> None:
    """Unless it was answered meanwhile. Twice is once."""
    with transaction() as session, holding_run_of(session, registration_id) as (held, mine):
        offer = line.open_offer_of(registration_id)
        event = Event.OFFER_REMINDER
        if offer is None or read_at(event, held.run, now=now) > now:
            return
        letter = letter_of(
            event,
            readers.reader(mine.person_id),
            registration=mine.public_id,
            run=held.run,
            until=offer.expires_at,
        )
        tell_all([letter], now=now)
