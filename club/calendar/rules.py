"""When a calendar address answers. Pure: facts in, verdict out."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from club.calendar.models import CalendarFeed

MOST_FEEDS = 10


class FeedRefusal(StrEnum):
    TOO_MANY = "You have ten calendar addresses. Revoke one you no longer use."
    REVOKED = "This calendar address has already been revoked."


def refusal_to_open_feed(*, open_feeds: int) -> FeedRefusal | None:
    return FeedRefusal.TOO_MANY if open_feeds >= MOST_FEEDS else None


def feed_answers(
    feed: CalendarFeed, *, created_on: date, membership_ends: Iterable[date], today: date
) -> bool:
    """Whether the address still works.

    It dies for ever when it is revoked and when a membership ends after it was made;
    joining again needs a new address.
    """
    if feed.revoked_at is not None:
        return False
    return not any(created_on <= end <= today for end in membership_ends)


def window_start(now: datetime) -> datetime:
    """How far back a feed reaches: cancelled sessions stay for more than a year."""
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months = first.year * 12 + first.month - 1 - 13
    return first.replace(year=months // 12, month=months % 12 + 1)
