"""Reminding holders that their certificates end."""

from collections.abc import Callable
from datetime import datetime
from itertools import chain

from sqlalchemy import insert

from club.accounts.readers import readers_of
from club.certification.expiry import queries
from club.certification.expiry.models import ExpiryReminder
from club.certification.expiry.rules import reminder_due
from club.certification.models import ExpertCertificate
from club.certification.schemes.models import REMINDER_DAYS
from club.clock import local_day
from club.db import db, transaction
from club.outbox.operations import LetterParts
from club.outbox.telling import Reader, letter_to, tell_all

_AT_A_TIME = 50


def remind_of_ends(*, now: datetime, stopped: Callable[[], bool] = lambda: False) -> int:
    """Write the reminders that are due; returns how many."""
    due, written = _due(now=now), 0
    for begin in range(0, len(due), _AT_A_TIME):
        if stopped():
            break
        written += _remind(dict(due[begin : begin + _AT_A_TIME]), now=now)
    return written


def _due(*, now: datetime) -> list[tuple[int, int]]:
    """Certificates, each with the reminder that is due, in days before its end."""
    today, planned = local_day(now), queries.planned_days()
    furthest = max([*REMINDER_DAYS, *chain(*planned.values())])
    ending = queries.ending_certificates(today=today, within=furthest)
    sent = queries.days_sent([one.id for one in ending])
    db.session.rollback()
    found = [
        (
            one.id,
            reminder_due(
                one.expires_on,
                planned=planned.get(one.scheme_id, REMINDER_DAYS),
                sent=sent[one.id, one.expires_on],
                today=today,
            ),
        )
        for one in ending
    ]
    return [(certificate_id, days) for certificate_id, days in found if days is not None]


def _remind(due: dict[int, int], *, now: datetime) -> int:
    """What was withdrawn or followed by another certificate since is left out, and who can be
    reached in no way: the list of ends shows the coordinators that nobody reminded them.
    """
    with transaction() as session:
        ending = queries.still_ending(due)
        readers = readers_of({certificate.person_id for certificate in ending})
        reached = [one for one in ending if _can_be_reached(readers[one.person_id])]
        if not reached:
            return 0
        reminders = [
            {"certificate_id": one.id, "expires_on": one.expires_on, "days": due[one.id], "at": now}
            for one in reached
        ]
        session.execute(insert(ExpiryReminder), reminders)
        letters = [_letter(readers[one.person_id], one, due[one.id], now=now) for one in reached]
        tell_all(letters, now=now)
        return len(letters)


def _can_be_reached(reader: Reader) -> bool:
    return reader.email is not None or reader.signs_in


def _letter(
    reader: Reader, certificate: ExpertCertificate, days: int, *, now: datetime
) -> LetterParts:
    assert certificate.expires_on is not None
    return letter_to(
        reader,
        "certification.certificate_ends",
        event=f"{certificate.public_id}:{certificate.expires_on}:{days}d",
        words={
            "certificate": certificate,
            "left": (certificate.expires_on - local_day(now)).days,
            "signs_in": reader.signs_in,
        },
    )
