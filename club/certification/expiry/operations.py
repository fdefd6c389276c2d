"""Reminding holders that their certificates and recognitions end: one letter to each, whether about
one end or several.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from club.accounts.readers import readers_of
from club.certification.expiry import queries
from club.certification.expiry.certificates import CERTIFICATES
from club.certification.expiry.recognitions import RECOGNITIONS
from club.certification.expiry.rules import reminder_due
from club.certification.expiry.sources import Ending, Held, Source
from club.clock import local_day
from club.db import db, transaction
from club.outbox.operations import LetterParts
from club.outbox.telling import Reader, letter_to, tell_all

_PEOPLE_AT_A_TIME = 50
#: In the order in which they are locked.
_SOURCES = (CERTIFICATES, RECOGNITIONS)
#: The kind of a letter about several ends.
_SEVERAL = "certification.several_end"
#: By source, what is to be reminded of, with the reminder that is due: in days before its end.
_Due = Sequence[dict[int, int]]


@dataclass(frozen=True)
class _Reminded:
    """What is reminded of now."""

    source: Source
    held: Held
    days: int


def remind_of_ends(*, now: datetime, stopped: Callable[[], bool] = lambda: False) -> int:
    """Write the reminders that are due; returns how many."""
    written = 0
    by_person = _due_by_person(now=now)
    people = list(by_person)
    for begin in range(0, len(people), _PEOPLE_AT_A_TIME):
        if stopped():
            return written
        some = people[begin : begin + _PEOPLE_AT_A_TIME]
        written += _remind(_joined(by_person[person_id] for person_id in some), now=now)
    return written


def _due_by_person(*, now: datetime) -> dict[int, _Due]:
    found: defaultdict[int, list[dict[int, int]]] = defaultdict(lambda: [{} for _ in _SOURCES])
    for number, source in enumerate(_SOURCES):
        for ending, days in _due(source, now=now):
            found[ending.person_id][number][ending.id] = days
    return dict(found)


def _joined(of_people: Iterable[_Due]) -> _Due:
    joined: list[dict[int, int]] = [{} for _ in _SOURCES]
    for due in of_people:
        for number, known in enumerate(due):
            joined[number] |= known
    return joined


def _due(source: Source, *, now: datetime) -> list[tuple[Ending, int]]:
    """What ends, each with the reminder that is due, in days before its end."""
    today = local_day(now)
    ending = source.ending(today)
    sent = queries.days_sent(source, [one.id for one in ending])
    db.session.rollback()
    found = [
        (
            one,
            reminder_due(
                one.expires_on,
                planned=one.planned,
                sent=sent[one.id, one.expires_on],
                today=today,
            ),
        )
        for one in ending
    ]
    return [(one, days) for one, days in found if days is not None]


def _remind(due: _Due, *, now: datetime) -> int:
    """What was withdrawn or followed by another one since is left out, and who can be reached in
    no way: the list of ends shows the coordinators that nobody reminded them.
    """
    with transaction() as session:
        ending = [
            _Reminded(source, held, known[held.id])
            for source, known in zip(_SOURCES, due, strict=True)
            for held in (_not_yet_written(source, known) if known else ())
        ]
        readers = readers_of({one.held.person_id for one in ending})
        reached = [one for one in ending if _can_be_reached(readers[one.held.person_id])]
        _keep(session, reached, now=now)
        of_people: defaultdict[int, list[_Reminded]] = defaultdict(list)
        for one in reached:
            of_people[one.held.person_id].append(one)
        tell_all(
            [_letter(readers[person_id], told, now=now) for person_id, told in of_people.items()],
            now=now,
        )
        return len(reached)


def _not_yet_written(source: Source, due: dict[int, int]) -> list[Held]:
    """Asked once more under their locks: another worker may have been here."""
    ending = source.still_ending(due)
    sent = queries.days_sent(source, [one.id for one in ending])
    return [one for one in ending if due[one.id] not in sent[one.id, one.expires_on]]


def _keep(session: Session, reminded: Iterable[_Reminded], *, now: datetime) -> None:
    """That they were reminded of it, so that nobody is twice."""
    for source in _SOURCES:
        rows = [
            {
                source.key.key: one.held.id,
                "expires_on": one.held.expires_on,
                "days": one.days,
                "at": now,
            }
            for one in reminded
            if one.source is source
        ]
        if rows:
            session.execute(insert(source.reminders), rows)


def _can_be_reached(reader: Reader) -> bool:
    return reader.email is not None or reader.signs_in


def _letter(reader: Reader, reminded: Sequence[_Reminded], *, now: datetime) -> LetterParts:
    """One about what ends, whether it is one thing or several."""
    told = [f"{one.held.name}:{one.held.expires_on}:{one.days}d" for one in reminded]
    if len(reminded) == 1:
        (one,) = reminded
        left = (one.held.expires_on - local_day(now)).days
        kind, words = one.source.letter, {**one.held.words, "left": left}
    else:
        in_order = sorted(reminded, key=lambda one: one.held.expires_on)
        kind, words = _SEVERAL, {"ends": [one.held for one in in_order]}
    words |= {"signs_in": reader.signs_in}
    return letter_to(reader, kind, event=" ".join(told), words=words)
