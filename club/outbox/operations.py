"""Writing letters. They join the caller's transaction and are delivered afterwards."""

import uuid
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from club.audit.operations import record
from club.db import db, transaction
from club.outbox import queries
from club.outbox.kinds import Kind, kind_called
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
_LET_GO = update(Letter).where(*_WAITS_FOR_MORNING).values(next_attempt_at=bindparam("now"))


def write_letter(  # noqa: PLR0913  a letter has this many parts
    *,
    kind: str,
    event_key: str,
    person_id: int | None,
    recipient: str | None,
    language: str,
    subject: str,
    body_text: str,
    body_html: str | None = None,
    calendar: str | None = None,
    about: datetime | None = None,
    now: datetime,
) -> uuid.UUID | None:
    """Tell somebody something, or nothing if one with this ``event_key`` is there.
    Returns the letter's public id.

    ``person_id`` finds it on the site as a notice, where ``kinds`` says so. Without a
    ``recipient``, or where the person turned letters of this matter off, it is a notice only.
    ``about``: when what it tells of takes place, which decides whether it may wait for the
    morning. The texts are the letter's own words; salutation of the club, signature and the
    HTML form are added when it is delivered. Two callers at once write one letter.
    """
    is_sent = recipient is not None and _is_wanted(kind_called(kind), person_id)
    due = goes_out_at(kind_called(kind), about=about, now=now)
    letter = {
        "public_id": uuid.uuid4(), "kind": kind, "event_key": event_key,
        "person_id": person_id, "recipient": None if recipient is None else tidy_line(recipient),
        "language": language, "subject": tidy_line(subject), "body_text": body_text,
        "body_html": body_html, "calendar": calendar,
        "state": LetterState.WAITING if is_sent else LetterState.IN_SITE,
        "attempts": 0, "created_at": now, "next_attempt_at": due,
        "in_site": kind_called(kind).in_site and person_id is not None,
    }  # fmt: skip
    with transaction() as session:
        _keep_the_order(session, letter, due=due, now=now)
        return session.execute(_INSERT[db.engine.dialect.name], letter).scalar_one_or_none()


def _is_wanted(kind: Kind, person_id: int | None) -> bool:
    if person_id is None or not kind.matter.is_optional:
        return True
    return queries.wants_letters(person_id, kind.matter)


def _keep_the_order(
    session: Session, letter: dict[str, object], *, due: datetime, now: datetime
) -> None:
    """Who gets a letter at night gets what waited for the morning, too: old news never comes
    after new. Nothing waits by day, so nothing is asked then.
    """
    is_at_night = due == now and letter["person_id"] is not None and morning_after(now)
    if is_at_night and letter["state"] is LetterState.WAITING:
        session.execute(_LET_GO, {"person": letter["person_id"], "now": now})


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
