"""When a run can be closed and opened again, and what its records come to.

A participation counts from the run's counting threshold and is completed from its
completion threshold, both inclusive.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from club.courses.models import Run, RunState
from club.records.attendance.rules import Refusal as AttendanceRefusal
from club.records.attendance.rules import refusal_to_take_attendance
from club.records.models import TrainingRecord
from club.units.models import Unit


class Refusal(StrEnum):
    ALREADY_CLOSED = "This class is closed already."
    NO_SESSIONS = "This class has no session that was held, so there is nothing to close."
    NOT_OVER = "The last session has not ended yet."
    SESSIONS_UNMARKED = (
        "In some sessions nobody was marked. Mark them, or confirm that nobody was there."
    )
    NOT_CLOSED = "This class is not closed, so there is nothing to reopen."
    EARLIER = "This class came with a list of earlier years. Undo that import to correct it."
    REASON_MISSING = "Write the reason."


def field_of(refusal: Refusal) -> str | None:
    """The form field in which a refusal about a reason can be mended."""
    return "reason" if refusal is Refusal.REASON_MISSING else None


def refusal_to_close(run: Run, *, now: datetime) -> Refusal | AttendanceRefusal | None:
    if run.state is RunState.CLOSED:
        return Refusal.ALREADY_CLOSED
    if run.state is not RunState.PUBLISHED:
        return refusal_to_take_attendance(run)
    if not run.held_sessions:
        return Refusal.NO_SESSIONS
    if now < max(session.ends_at for session in run.held_sessions):
        return Refusal.NOT_OVER
    return None


def refusal_of_unmarked(unmarked: Collection[int], accepted: Collection[int]) -> Refusal | None:
    """Sessions without any mark must have been seen and confirmed, each of them."""
    return None if set(unmarked) <= set(accepted) else Refusal.SESSIONS_UNMARKED


def refusal_to_reopen(run: Run, reason: str | None) -> Refusal | None:
    if run.state is not RunState.CLOSED:
        return Refusal.NOT_CLOSED
    if run.is_earlier:
        return Refusal.EARLIER
    return None if reason else Refusal.REASON_MISSING


@dataclass(frozen=True)
class YearOfLearning:
    """One calendar year of a person's records."""

    year: int
    minutes: int
    #: Minutes by topic key, the largest first.
    by_topic: dict[str, int]


def hours_by_year(records: Iterable[TrainingRecord]) -> list[YearOfLearning]:
    """Attended time by year and topic, the latest year first; time that counted or not."""
    years: dict[int, Counter[str]] = defaultdict(Counter)
    for record in records:
        years[record.day.year][record.topic_key] += record.attended_minutes
    return [
        YearOfLearning(year, topics.total(), dict(topics.most_common()))
        for year, topics in sorted(years.items(), reverse=True)
    ]


def unit_on(unit: Unit | None, day: date) -> Unit | None:
    """The unit that ``unit`` was on ``day``: itself, or what it wholly went into.

    A unit that was split, or of which no source says what it became, stays itself.
    """
    while unit and unit.valid_to and unit.valid_to < day:
        into = [s for s in unit.successions if s.on_day <= day]
        if len(into) != 1 or into[0].in_part:
            break
        unit = into[0].successor
    return unit
