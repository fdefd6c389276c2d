"""How far a target is, and how far it should be. Pure: facts in, verdict out."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from club.plan.models import TargetKind

#: A day so far away that naming it would only look exact.
LATEST_SAID = date(2100, 12, 31)
_DAYS_OF_A_YEAR = Decimal("365.25")


class ProgressState(StrEnum):
    #: The day lies before the plan.
    BEFORE = "before"
    REACHED = "reached"
    #: Not reached, but at least where a straight line would be.
    ON_LINE = "on_line"
    BELOW_LINE = "below_line"
    #: The plan's year is over and the target was not reached.
    OVER = "over"
    #: Measured above the city, which only contributes.
    NOT_OURS = "not_ours"
    #: The plan names no number, so there is no line to it.
    NO_NUMBER = "no_number"
    #: Nobody has entered a figure with a source.
    NO_FIGURE = "no_figure"


@dataclass(frozen=True)
class Course:
    """From where to where a target leads: its value when the plan began, and the one wanted."""

    begins_on: date
    ends_on: date
    at_begin: Decimal
    wanted: Decimal


@dataclass(frozen=True)
class Progress:
    """``None`` where the state says why there is none."""

    state: ProgressState
    #: Where a straight line from the beginning to the end would be that day.
    expected: Decimal | None = None
    #: What is left to the target.
    missing: Decimal | None = None
    #: Won a year since the beginning, and needed a year from now on.
    pace: Decimal | None = None
    needed: Decimal | None = None
    #: When the target is reached if it goes on as it did since the beginning; ``None``: at that
    #: pace never, or not in a time that can be named.
    reached_on: date | None = None


def progress_of(
    kind: TargetKind, course: Course | None, value: Decimal | None, *, on: date
) -> Progress:
    """``course`` is ``None`` where the plan names no number."""
    if kind is TargetKind.CONTRIBUTORY:
        return Progress(ProgressState.NOT_OURS)
    if value is None:
        return Progress(ProgressState.NO_FIGURE)
    if course is None:
        return Progress(ProgressState.NO_NUMBER)
    if on < course.begins_on:
        return Progress(ProgressState.BEFORE)
    expected, missing = expected_on(course, on), course.wanted - value
    if missing <= 0:
        return Progress(ProgressState.REACHED, expected, Decimal(0))
    return Progress(
        _state(course, value, expected, on),
        expected,
        missing,
        pace=_pace(course, value, on),
        needed=_needed(course, missing, on),
        reached_on=reached_on(course, value, on=on),
    )


def expected_on(course: Course, day: date) -> Decimal:
    """On a straight line; before it begins, its beginning, and after its end, what is wanted."""
    if day >= course.ends_on:
        return course.wanted
    gone = max((day - course.begins_on).days, 0)
    whole = (course.ends_on - course.begins_on).days
    return course.at_begin + (course.wanted - course.at_begin) * gone / whole


def reached_on(course: Course, value: Decimal, *, on: date) -> date | None:
    """When the rest is won at the pace since the beginning; a day once begun counts whole."""
    gone, won = (on - course.begins_on).days, value - course.at_begin
    if gone <= 0 or won <= 0:
        return None
    left = (course.wanted - value) * gone / won
    days = int(left.to_integral_value(rounding=ROUND_CEILING))
    return on + timedelta(days=days) if days <= (LATEST_SAID - on).days else None


def _state(course: Course, value: Decimal, expected: Decimal, on: date) -> ProgressState:
    if on > course.ends_on:
        return ProgressState.OVER
    return ProgressState.ON_LINE if value >= expected else ProgressState.BELOW_LINE


def _pace(course: Course, value: Decimal, on: date) -> Decimal | None:
    gone = (on - course.begins_on).days
    return (value - course.at_begin) * _DAYS_OF_A_YEAR / gone if gone > 0 else None


def _needed(course: Course, missing: Decimal, on: date) -> Decimal | None:
    left = (course.ends_on - on).days
    return missing * _DAYS_OF_A_YEAR / left if left > 0 else None
