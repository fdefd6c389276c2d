"""When a calendar address answers. Pure: facts in, verdict out."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from club.calendar.models import CalendarFeed

MOST_FEEDS = 10


class FeedRefusal(StrEnum):
    TOO_MANY = "You have ten calendar addresses. Revoke one you no longer use."
    REVOKED = "This calendar address has already been revoked."


def refusal_to_open_feed(*, open_feeds: int) -> FeedRefusal | None:
    return FeedRefusal.TOO_MANY if open_feeds >= MOST_FEEDS else None


class End(Protocol):
    """Of a membership."""

    @property
    def last_day(self) -> date: ...
    @property
    def decided_at(self) -> datetime | None: ...


def feed_answers(
    feed: CalendarFeed, *, created_on: date, membership_ends: Iterable[End], today: date
) -> bool:
    """Whether the address still works.

    It dies for ever when it is revoked and when a membership ends after it was made, be it
    by a decision that came afterwards and named an earlier day; joining again needs a new
    address.
    """
    if feed.revoked_at is not None:
        return False
    return not any(
        end.last_day <= today
        and (
            created_on <= end.last_day
            or (end.decided_at is not None and feed.created_at <= end.decided_at)
        )
        for end in membership_ends
    )


def window_start(now: datetime) -> datetime:
    """How far back a feed reaches: cancelled sessions stay for more than a year."""
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months = first.year * 12 + first.month - 1 - 13
    return first.replace(year=months // 12, month=months % 12 + 1)
