"""What readers do: open what they were told, and say which letters they want."""

import uuid
from datetime import datetime

from sqlalchemy import update

from club.db import transaction
from club.outbox import queries
from club.outbox.kinds import Matter
from club.outbox.models import Channel, Letter, LetterChoice
from club.outbox.rules import refusal_to_turn_off
from club.refusal import RefusedError


def mark_read(person_id: int, public_id: uuid.UUID, *, now: datetime) -> None:
    """Twice is once: the first opening counts."""
    _mark(person_id, Letter.public_id == public_id, now=now)


def mark_all_read(person_id: int, *, up_to: int, now: datetime) -> None:
    """Those with numbers up to ``up_to``: what came in since the page was shown stays unread."""
    _mark(person_id, Letter.id <= up_to, now=now)


def _mark(person_id: int, *which: object, now: datetime) -> None:
    with transaction() as session:
        session.execute(
            update(Letter)
            .where(Letter.person_id == person_id, Letter.in_site, Letter.read_at.is_(None), *which)  # type: ignore[arg-type]
            .values(read_at=now)
        )


def choose_letters(
    person_id: int, matter: Matter, *, wants: bool, channel: Channel, now: datetime
) -> None:
    """Turn letters of a matter on or off. A choice that changes nothing leaves no row."""
    with transaction() as session:
        if not wants and (refusal := refusal_to_turn_off(matter)):
            raise RefusedError(refusal)
        if queries.wants_letters(person_id, matter) is wants:
            return
        session.add(
            LetterChoice(
                person_id=person_id, matter=matter.value, wants=wants, channel=channel, at=now
            )
        )


def choose_all(person_id: int, wanted: dict[Matter, bool], *, now: datetime) -> None:
    """The whole page of switches at once."""
    with transaction():
        for matter, wants in wanted.items():
            choose_letters(person_id, matter, wants=wants, channel=Channel.SETTINGS, now=now)
