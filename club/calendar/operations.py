"""What people do with their calendar addresses. Each function is one transaction."""

import hashlib
import secrets
from datetime import datetime

from club import clock
from club.calendar import queries, rules
from club.calendar.models import CalendarFeed, FeedKind
from club.calendar.rules import Opener
from club.db import transaction
from club.people.models import Person
from club.refusal import RefusedError

_TOKEN_BYTES = 24  # 192 random bits


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_feed(
    person_id: int,
    *,
    name: str,
    language: str,
    kind: FeedKind = FeedKind.PERSON,
    organisation_id: int | None = None,
    now: datetime,
) -> tuple[CalendarFeed, str]:
    """Make an address; the token that is returned here is never shown again."""
    with transaction() as session:
        # Two at once would both count the addresses of before.
        session.get_one(Person, person_id, with_for_update=True)
        today, mandate = clock.local_day(now), None
        if organisation_id is not None:
            mandate = queries.mandate_of(person_id, organisation_id, today=today)
        opener = Opener(
            open_feeds=len(queries.working_feeds_of(person_id, today=today)),
            is_trainer=queries.is_trainer(person_id),
            represents=mandate is not None,
        )
        if refusal := rules.refusal_to_open_feed(kind, opener):
            raise RefusedError(refusal, field="name" if refusal.name == "TOO_MANY" else "shows")
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        feed = CalendarFeed(
            person_id=person_id,
            kind=kind,
            employment_id=mandate.id if mandate else None,
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
        feed = session.get_one(CalendarFeed, feed_id, with_for_update=True, populate_existing=True)
        today = clock.local_day(now)
        if feed not in queries.working_feeds_of(feed.person_id, today=today):
            raise RefusedError(rules.FeedRefusal.REVOKED)
        feed.revoked_at = now
        session.flush()
        return open_feed(
            feed.person_id,
            name=feed.name,
            language=feed.language,
            kind=feed.kind,
            organisation_id=feed.organisation.id if feed.organisation else None,
            now=now,
        )
