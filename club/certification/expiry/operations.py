"""Reminding holders that their certificates and recognitions end."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import insert

from club.accounts.readers import readers_of
from club.certification.expiry import queries
from club.certification.expiry.certificates import CERTIFICATES
from club.certification.expiry.recognitions import RECOGNITIONS
from club.certification.expiry.rules import reminder_due
from club.certification.expiry.sources import Held, Source
from club.clock import local_day
from club.db import db, transaction
from club.outbox.operations import LetterParts
from club.outbox.telling import Reader, letter_to, tell_all

_AT_A_TIME = 50


def remind_of_ends(*, now: datetime, stopped: Callable[[], bool] = lambda: False) -> int:
    """Write the reminders that are due; returns how many."""
    written = 0
    for source in (CERTIFICATES, RECOGNITIONS):
        due = _due(source, now=now)
        for begin in range(0, len(due), _AT_A_TIME):
            if stopped():
                return written
            written += _remind(source, dict(due[begin : begin + _AT_A_TIME]), now=now)
    return written


def _due(source: Source, *, now: datetime) -> list[tuple[int, int]]:
    """What ends, each with the reminder that is due, in days before its end."""
    today = local_day(now)
    ending = source.ending(today)
    sent = queries.days_sent(source, [one.id for one in ending])
    db.session.rollback()
    found = [
        (
            one.id,
            reminder_due(
                one.expires_on,
                planned=one.planned,
                sent=sent[one.id, one.expires_on],
                today=today,
            ),
        )
        for one in ending
    ]
    return [(ending_id, days) for ending_id, days in found if days is not None]


def _remind(source: Source, due: dict[int, int], *, now: datetime) -> int:
    """What was withdrawn or followed by another one since is left out, and who can be reached in
    no way: the list of ends shows the coordinators that nobody reminded them.
    """
    with transaction() as session:
        ending = _not_yet_written(source, source.still_ending(due), due)
        readers = readers_of({held.person_id for held in ending})
        reached = [one for one in ending if _can_be_reached(readers[one.person_id])]
        if not reached:
            return 0
        reminders = [
            {source.key.key: one.id, "expires_on": one.expires_on, "days": due[one.id], "at": now}
            for one in reached
        ]
        session.execute(insert(source.reminders), reminders)
        tell_all(
            [_letter(source, readers[one.person_id], one, due[one.id], now=now) for one in reached],
            now=now,
        )
        return len(reached)


def _not_yet_written(source: Source, ending: Sequence[Held], due: dict[int, int]) -> list[Held]:
    """Asked once more under their locks: another worker may have been here."""
    sent = queries.days_sent(source, [one.id for one in ending])
    return [one for one in ending if due[one.id] not in sent[one.id, one.expires_on]]


def _can_be_reached(reader: Reader) -> bool:
    return reader.email is not None or reader.signs_in


def _letter(source: Source, reader: Reader, held: Held, days: int, *, now: datetime) -> LetterParts:
    left = (held.expires_on - local_day(now)).days
    return letter_to(
        reader,
        source.letter,
        event=f"{held.name}:{held.expires_on}:{days}d",
        words={**held.words, "left": left, "signs_in": reader.signs_in},
    )
