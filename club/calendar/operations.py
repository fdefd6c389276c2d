"""What people do with their calendar addresses. Each function is one transaction."""

import hashlib
import secrets
from datetime import datetime

from club.calendar import queries, rules
from club.calendar.models import CalendarFeed
from club.db import transaction
from club.refusal import RefusedError

_TOKEN_BYTES = 24  # 192 random bits


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_feed(
    person_id: int, *, name: str, language: str, now: datetime
) -> tuple[CalendarFeed, str]:
    """Make an address; the token that is returned here is never shown again."""
    with transaction() as session:
        refusal = rules.refusal_to_open_feed(open_feeds=queries.count_open_feeds(person_id))
        if refusal:
            raise RefusedError(refusal)
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        feed = CalendarFeed(
            person_id=person_id,
            name=name,
            language=language,
            token_hash=token_hash(token),
            created_at=now,
        )
        session.add(feed)
    return feed, token


def revoke_feed(feed_id: int, *, now: datetime) -> None:
    """The address answers 404 from now on; revoking twice is harmless."""
    with transaction() as session:
        feed = session.get_one(CalendarFeed, feed_id, with_for_update=True)
        feed.revoked_at = feed.revoked_at or now


def replace_feed(feed_id: int, *, now: datetime) -> tuple[CalendarFeed, str]:
    """A new address in place of one that leaked; the old one dies in the same moment."""
    with transaction() as session:
        feed = session.get_one(CalendarFeed, feed_id, with_for_update=True)
        if feed.revoked_at is not None:
            raise RefusedError(rules.FeedRefusal.REVOKED)
        feed.revoked_at = now
        session.flush()
        return open_feed(feed.person_id, name=feed.name, language=feed.language, now=now)
