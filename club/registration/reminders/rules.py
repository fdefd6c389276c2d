"""When a reminder is due, and when it comes too late to be one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from club.courses.models import Run
from club.registration.rules.terms import is_over

#: Two days and two hours before the first session, unless staff plan otherwise.
USUAL_HOURS = (48, 2)
LONGEST = 14 * 24
_MOST = 4


@dataclass(frozen=True)
class Recall:
    """What waits for somebody's answer is recalled once, in the last quarter of its time."""

    #: So long before its end at most.
    longest_notice: timedelta
    #: What had less time than this was just said.
    worth_it: timedelta

    def is_due(self, since: datetime, until: datetime, *, at: datetime) -> bool:
        time_given = until - since
        notice = min(time_given / 4, self.longest_notice)
        return time_given >= self.worth_it and until - notice <= at < until


OF_OFFERS = Recall(timedelta(hours=12), worth_it=timedelta(hours=12))
#: From the invitation until registration ends.
OF_INVITATIONS = Recall(timedelta(days=2), worth_it=timedelta(days=1))
#: From the oldest request until the class begins.
OF_REQUESTS = Recall(timedelta(days=2), worth_it=timedelta(hours=12))


class ReminderRefusal(StrEnum):
    NOT_HOURS = "Write whole hours with commas between them, for example 48, 2."
    OUT_OF_RANGE = "Each reminder is between 1 and 336 hours (14 days) before the start."
    RUN_NOT_ALIVE = "Nobody is reminded of a cancelled or closed class."
    TOO_MANY = "Four reminders are the most that a class can have."


def hours_in(typed: str) -> list[int] | ReminderRefusal:
    """The hours somebody typed, the longest first, each once; nothing typed is no reminder."""
    words = [word for word in re.split(r"[\s,;]+", typed.strip()) if word]
    if not all(word.isascii() and word.isdecimal() and len(word) < 6 for word in words):
        return ReminderRefusal.NOT_HOURS
    hours = sorted({int(word) for word in words}, reverse=True)
    return refusal_to_plan(hours) or hours


def refusal_to_plan(hours: Sequence[int]) -> ReminderRefusal | None:
    if not all(1 <= number <= LONGEST for number in hours):
        return ReminderRefusal.OUT_OF_RANGE
    return ReminderRefusal.TOO_MANY if len(hours) > _MOST else None


def refusal_to_remind_of(run: Run) -> ReminderRefusal | None:
    return ReminderRefusal.RUN_NOT_ALIVE if is_over(run) else None


def moment_of(starts_at: datetime, hours: int) -> datetime:
    return starts_at - timedelta(hours=hours)


def is_due(first: datetime, *, starts_at: datetime, at: datetime) -> bool:
    """``first``: the reminder's moment, or the morning after where that lies at night.

    Past by more than half of the time that was left it is no reminder any more, so a worker
    that was away for a day, or a clock that jumped, causes no flood.
    """
    return first <= at < first + (starts_at - first) / 2
