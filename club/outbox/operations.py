"""Writing letters. They join the caller's transaction and are delivered afterwards."""

import uuid
from datetime import datetime
from typing import cast

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from club.audit.operations import record
from club.db import db, transaction
from club.outbox.models import Letter, LetterState
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


def write_letter(  # noqa: PLR0913  a letter has this many parts
    *,
    kind: str,
    event_key: str,
    person_id: int | None,
    recipient: str,
    language: str,
    subject: str,
    body_text: str,
    body_html: str | None = None,
    calendar: str | None = None,
    now: datetime,
) -> uuid.UUID | None:
    """Put a letter into the outbox, or nothing if one with this ``event_key`` is there.
    Returns the letter's public id.

    The texts are the letter's own words; salutation of the club, signature and the HTML
    form are added when it is delivered. Two callers at once write one letter.
    """
    with transaction() as session:
        letter = {
            "public_id": uuid.uuid4(),
            "kind": kind,
            "event_key": event_key,
            "person_id": person_id,
            "recipient": tidy_line(recipient),
            "language": language,
            "subject": tidy_line(subject),
            "body_text": body_text,
            "body_html": body_html,
            "calendar": calendar,
            "state": LetterState.WAITING,
            "attempts": 0,
            "created_at": now,
            "next_attempt_at": now,
        }
        return session.execute(_INSERT[db.engine.dialect.name], letter).scalar_one_or_none()


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
