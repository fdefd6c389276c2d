"""Writing letters. They join the caller's transaction and are delivered afterwards."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from club.audit.operations import record
from club.db import plainly, transaction
from club.outbox import queries
from club.outbox.kinds import Matter, kind_called
from club.outbox.models import Letter, LetterState
from club.outbox.quiet_hours import goes_out_at, morning_after
from club.outbox.rules import refusal_to_resend
from club.refusal import RefusedError
from club.vietnamese import tidy_line

#: Built once, and of plain rows: letters are written while others wait for a lock.
_LETTERS = cast("Table", Letter.__table__)
_INSERT = {
    "postgresql": postgresql.insert(_LETTERS)
    .on_conflict_do_nothing(index_elements=[Letter.event_key])
    .returning(Letter.public_id),
    "sqlite": sqlite.insert(_LETTERS)
    .on_conflict_do_nothing(index_elements=[Letter.event_key])
    .returning(Letter.public_id),
}
_WAITS_FOR_MORNING = (
    Letter.person_id == bindparam("person"),
    Letter.state == LetterState.WAITING,
    Letter.attempts == 0,
    Letter.next_attempt_at > bindparam("now"),
)
_LET_GO = update(_LETTERS).where(*_WAITS_FOR_MORNING).values(next_attempt_at=bindparam("now"))


class LetterParts(TypedDict):
    """What a letter is made of. ``person_id`` finds it on the site as a notice, where ``kinds``
    says so; without a ``recipient``, or where the person turned letters of this matter off, it is
    a notice only. ``about``: when what it tells of takes place, which decides whether it may wait
    for the morning. The texts are the letter's own words; salutation of the club, signature and
    the HTML form are added when it is delivered.
    """

    kind: str
    event_key: str
    person_id: int | None
    recipient: str | None
    language: str
    subject: str
    body_text: str
    body_html: NotRequired[str | None]
    calendar: NotRequired[str | None]
    about: NotRequired[datetime | None]


def write_letter(*, now: datetime, **parts: Unpack[LetterParts]) -> uuid.UUID | None:
    """Tell somebody something, or nothing if one with this ``event_key`` is there.
    Returns the letter's public id. Two callers at once write one letter.
    """
    [letter] = _rows([parts], now=now)
    with transaction() as session:
        _keep_the_order(session, [letter], now=now)
        rows = plainly(session)
        return rows.execute(_INSERT[rows.dialect.name], letter).scalar_one_or_none()


def write_letters(letters: Sequence[LetterParts], *, now: datetime) -> None:
    """The same for many people at once, in a fixed number of statements."""
    if not letters:
        return
    rows = _rows(letters, now=now)
    with transaction() as session:
        _keep_the_order(session, rows, now=now)
        connection = plainly(session)
        connection.execute(_INSERT[connection.dialect.name], rows)


def _rows(letters: Sequence[LetterParts], *, now: datetime) -> list[dict[str, object]]:
    choosers = {
        person_id
        for parts in letters
        if (person_id := parts["person_id"]) is not None and _matter(parts).is_optional
    }
    turned_off = queries.letters_turned_off(choosers) if choosers else set()
    return [
        _row(parts, is_wanted=(parts["person_id"], _matter(parts)) not in turned_off, now=now)
        for parts in letters
    ]


def _matter(parts: LetterParts) -> Matter:
    return kind_called(parts["kind"]).matter


def _row(parts: LetterParts, *, is_wanted: bool, now: datetime) -> dict[str, object]:
    kind, person_id, recipient = kind_called(parts["kind"]), parts["person_id"], parts["recipient"]
    is_sent = recipient is not None and is_wanted
    return {
        "public_id": uuid.uuid4(), "kind": parts["kind"], "event_key": parts["event_key"],
        "person_id": person_id, "recipient": None if recipient is None else tidy_line(recipient),
        "language": parts["language"], "subject": tidy_line(parts["subject"]),
        "body_text": parts["body_text"], "body_html": parts.get("body_html"),
        "calendar": parts.get("calendar"),
        "state": LetterState.WAITING if is_sent else LetterState.IN_SITE,
        "attempts": 0, "created_at": now,
        "next_attempt_at": goes_out_at(kind, about=parts.get("about"), now=now),
        "in_site": kind.in_site and person_id is not None,
    }  # fmt: skip


def _keep_the_order(
    session: Session, letters: Sequence[dict[str, object]], *, now: datetime
) -> None:
    """Who gets a letter at night gets what waited for the morning, too: old news never comes
    after new. Nothing waits by day, so nothing is asked then.
    """
    if not morning_after(now):
        return
    let_go = [
        {"person": letter["person_id"], "now": now}
        for letter in letters
        if letter["next_attempt_at"] == now
        and letter["state"] is LetterState.WAITING
        and letter["person_id"] is not None
    ]
    if let_go:
        plainly(session).execute(_LET_GO, let_go)


def resend(public_id: uuid.UUID, *, by: int, now: datetime) -> Letter:
    """Send a letter that got stuck at the next round, with all its attempts before it."""
    with transaction() as session:
        letter = session.scalars(
            select(Letter).where(Letter.public_id == public_id).with_for_update()
        ).one()
        if refusal := refusal_to_resend(letter.state, letter.last_error):
            raise RefusedError(refusal)
        letter.state, letter.attempts, letter.next_attempt_at = LetterState.WAITING, 0, now
        record("outbox.resend", subject_kind="letter", subject_id=public_id, by=by, now=now)
        return letter
