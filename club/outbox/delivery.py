"""The worker's part: claim a letter, hand it over, note what came of it.

No request does any of this. Two workers never hold the same letter: claiming moves its next
attempt ahead, under the row's lock, before anything is sent.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

from flask import current_app
from sqlalchemy import select

from club.config import Settings
from club.db import db, transaction
from club.outbox import rules
from club.outbox.composing import composed
from club.outbox.models import Letter, LetterState
from club.outbox.posting import (
    NeverError,
    NotNowError,
    Post,
    ServerAwayError,
    post_office,
)

log = logging.getLogger("club.outbox")

#: How long a claimed letter is nobody else's: longer than a mail server can keep a worker.
CLAIM = timedelta(minutes=5)


@dataclass
class Sent:
    """What became of the letters that were due."""

    sent: int = 0
    later: int = 0
    failed: int = 0


def send_due_letters(
    *, now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False
) -> Sent:
    """Send what is due, oldest first, until nothing is left or the mail server is away."""
    settings: Settings = current_app.extensions["club.settings"]
    came_to = Sent()
    with post_office(settings.mail_url) as post:
        while not stopped():
            letter_id = _claim(now=now())
            if letter_id is None or not _deliver(letter_id, post, came_to, now=now):
                break
    return came_to


def _claim(*, now: datetime) -> int | None:
    """The next due letter, kept from other workers for a while."""
    with transaction() as session:
        letter = session.scalars(
            select(Letter)
            .where(Letter.state == LetterState.WAITING, Letter.next_attempt_at <= now)
            .order_by(Letter.next_attempt_at, Letter.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).one_or_none()
        if letter is None:
            return None
        letter.attempts += 1
        letter.next_attempt_at = now + CLAIM
        return letter.id


def _deliver(letter_id: int, post: Post, came_to: Sent, *, now: Callable[[], datetime]) -> bool:
    """Returns whether it is worth going on with the next letter."""
    try:
        post.hand_over(_message(letter_id))
    except NotNowError as error:
        if _note_trouble(letter_id, str(error), now=now()) is LetterState.FAILED:
            came_to.failed += 1
        else:
            came_to.later += 1
        return not isinstance(error, ServerAwayError)
    except (NeverError, ValueError) as error:
        _note_failure(letter_id, str(error))
        came_to.failed += 1
    else:
        _note_sent(letter_id, now=now())
        came_to.sent += 1
    return True


def _message(letter_id: int) -> EmailMessage:
    try:
        return composed(db.session.get_one(Letter, letter_id))
    finally:
        # No transaction stays open while a mail server takes its time.
        db.session.rollback()


def _note_sent(letter_id: int, *, now: datetime) -> None:
    with transaction() as session:
        letter = session.get_one(Letter, letter_id)
        letter.state, letter.sent_at, letter.last_error = LetterState.SENT, now, None
        log.info("sent letter %s (%s)", letter.public_id, letter.kind)


def _note_trouble(letter_id: int, error: str, *, now: datetime) -> LetterState:
    with transaction() as session:
        letter = session.get_one(Letter, letter_id)
        pause = rules.pause_after(letter.attempts)
        letter.last_error = rules.kept_error(error)
        if pause is None:
            letter.state = LetterState.FAILED
        else:
            letter.next_attempt_at = now + pause
        log.warning("letter %s not sent: %s", letter.public_id, letter.last_error)
        return letter.state


def _note_failure(letter_id: int, error: str) -> None:
    with transaction() as session:
        letter = session.get_one(Letter, letter_id)
        letter.state, letter.last_error = LetterState.FAILED, rules.kept_error(error)
        log.warning("letter %s failed for good: %s", letter.public_id, letter.last_error)
