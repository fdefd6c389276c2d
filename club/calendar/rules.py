"""When a calendar address may be made, and when it answers. Pure: facts in, verdict out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import zip_longest

from club.calendar.models import FeedKind
from club.courses.calendar_entries import Standing
from club.documents.icalendar import EventStatus

MOST_FEEDS = 10


class FeedRefusal(StrEnum):
    TOO_MANY = "You have ten calendar addresses. Revoke one you no longer use."
    REVOKED = "This calendar address no longer works. Make a new one."
    NOT_A_TRAINER = "Only trainers have a calendar of what they teach."
    NO_REPRESENTATIVE = "Only who represents an organisation has its calendar."


@dataclass(frozen=True)
class Opener:
    """Who makes an address, on the day it is made."""

    open_feeds: int
    is_trainer: bool
    #: The organisation that the address is to be about.
    represents: bool


def refusal_to_open_feed(kind: FeedKind, opener: Opener) -> FeedRefusal | None:
    if kind is FeedKind.TEACHING and not opener.is_trainer:
        return FeedRefusal.NOT_A_TRAINER
    if kind is FeedKind.ORGANISATION and not opener.represents:
        return FeedRefusal.NO_REPRESENTATIVE
    return FeedRefusal.TOO_MANY if opener.open_feeds >= MOST_FEEDS else None


@dataclass(frozen=True)
class FeedLife:
    """Everything that can end an address."""

    kind: FeedKind
    created_at: datetime
    #: The day of that moment where the club is.
    created_on: date
    revoked_at: datetime | None
    account_is_active: bool
    #: When the account last lost what the address hangs on: itself, or the role it needs.
    access_ended_at: datetime | None
    #: The latest last day, not after today, of a membership of the person or organisation.
    membership_ended_on: date | None
    #: When the latest end of such a membership was decided.
    membership_end_decided_at: datetime | None
    #: Whether the work under which it was made goes on, and lets speak for the organisation.
    mandate_goes_on: bool


def feed_answers(life: FeedLife) -> bool:
    """Whether the address still works.

    It dies for ever when what it hangs on ends after it was made, be it by a decision that
    came afterwards and named an earlier day; having it again needs a new address.
    """
    if life.revoked_at is not None or not life.account_is_active:
        return False
    if life.access_ended_at is not None and life.access_ended_at >= life.created_at:
        return False
    if life.membership_ended_on is not None and (
        life.created_on <= life.membership_ended_on
        or (
            life.membership_end_decided_at is not None
            and life.created_at <= life.membership_end_decided_at
        )
    ):
        return False
    return life.mandate_goes_on or life.kind is not FeedKind.ORGANISATION


def window_start(now: datetime) -> datetime:
    """How far back a feed reaches: cancelled sessions stay for more than a year."""
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months = first.year * 12 + first.month - 1 - 13
    return first.replace(year=months // 12, month=months % 12 + 1)


@dataclass(frozen=True)
class Listed:
    """How a run stood towards the conditions of a calendar, from a moment until the next one."""

    at: datetime
    meets: bool
    #: Where the conditions hold only for a time by themselves: while registration is open.
    begins: datetime | None = None
    ends: datetime | None = None


def times_shown(listed: Sequence[Listed]) -> list[tuple[datetime, datetime | None]]:
    """When a calendar showed the run: from when until when; ``None``: until today."""
    found: list[tuple[datetime, datetime | None]] = []
    for one, following in zip_longest(listed, listed[1:]):
        begins = max(one.at, one.begins or one.at)
        ends = min((end for end in (following and following.at, one.ends) if end), default=None)
        if not one.meets or (ends is not None and ends <= begins):
            continue
        if found and found[-1][1] == begins:
            begins = found.pop()[0]
        found.append((begins, ends))
    return found


def standing_by(listed: Sequence[Listed], *, now: datetime) -> Standing | None:
    """How the run stands in a calendar with conditions; ``None``: it was never there.

    What has left the calendar is cancelled in it, and SEQUENCE counts how often it left and
    came back.
    """
    # What is written down has happened, whatever the clocks of two processes say.
    now = max(now, listed[-1].at)
    begun = [(came, left) for came, left in times_shown(listed) if came <= now]
    if not begun:
        return None
    came, left = begun[-1]
    if left is not None and left <= now:
        return Standing(EventStatus.CANCELLED, 2 * len(begun) - 1, left)
    again = len(begun) > 1
    return Standing(changes=2 * len(begun) - 2, changed_at=came if again else None)
