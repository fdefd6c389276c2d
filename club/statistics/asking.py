"""Reads what an address asks for: which period, by which dimensions, as of when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from club import clock
from club.refusal import RefusedError
from club.statistics.dimensions import PER_YEAR, Dimension
from club.statistics.periods import (
    Cut,
    Period,
    PeriodError,
    months_of,
    named_period,
    period_of_days,
)

MOST_DIMENSIONS = 3

#: What an address may ask for, as the description of the site's data says it.
ARGUMENTS = {
    "period": "2026, 2026-Q1, 2026-6M, 2026-9M or 2026-03; the present year without it",
    "cut": "calendar, or report (from the 15th to the 14th; officials only)",
    "from": "First day, instead of period; the public gets whole calendar periods only",
    "to": "Last day",
    "as_of": "A day or moment: what the records said then (officials only)",
}
BY = (
    f"Up to {MOST_DIMENSIONS} of {', '.join(Dimension)}, with commas between; the public gets one "
    "beside year, quarter and month"
)


class AskingRefusal(StrEnum):
    DIMENSION = "This table cannot be cut that way. Choose from the list."
    TOO_MANY = "Choose at most three dimensions."
    NOT_A_WHOLE_PERIOD = (
        "In public, figures are given for whole months, quarters, half-years and years of the "
        "calendar. Choose one of them, or sign in as an official."
    )
    ONE_AT_A_TIME = (
        "In public, figures are cut one way at a time, beside years, quarters and months. Choose "
        "one dimension, or sign in as an official."
    )
    ONLY_NOW = (
        "In public, figures are given as the records stand now. Sign in as an official to see "
        "them as of a day."
    )
    AS_OF = "Write the day of the records as year-month-day, such as 2026-01-31."


@dataclass(frozen=True)
class Question:
    period: Period
    by: tuple[Dimension, ...]
    as_of: datetime
    #: Whether the answer is how things stand now, rather than at a past moment.
    is_current: bool


def question_of(arguments: Mapping[str, str], *, now: datetime, cut: Cut) -> Question:
    """What ``from to period cut by as_of`` ask for; the present year where they say nothing.

    Raises ``RefusedError`` or ``PeriodError`` naming what cannot be read.
    """
    as_of = _as_of(arguments.get("as_of"))
    return Question(
        period=_period(arguments, now=now, cut=cut),
        by=_dimensions(arguments.get("by", "")),
        as_of=as_of or now,
        is_current=as_of is None,
    )


def refusal_to_tell_outsiders(question: Question) -> AskingRefusal | None:
    """Why outsiders get no answer: comparing such answers would tell what single people did."""
    if months_of(question.period) is None:
        return AskingRefusal.NOT_A_WHOLE_PERIOD
    if not question.is_current:
        return AskingRefusal.ONLY_NOW
    beside_time = [dimension for dimension in question.by if dimension not in PER_YEAR]
    return AskingRefusal.ONE_AT_A_TIME if len(beside_time) > 1 else None


def _period(arguments: Mapping[str, str], *, now: datetime, cut: Cut) -> Period:
    first, last = arguments.get("from"), arguments.get("to")
    if first or last:
        today = clock.local_day(now)
        return period_of_days(first or f"{today.year}-01-01", last or f"{today.year}-12-31")
    try:
        cut = Cut(arguments.get("cut") or cut)
    except ValueError:
        cut = Cut.CALENDAR
    return named_period(arguments.get("period") or str(report_year(now, cut)), cut)


def report_year(now: datetime, cut: Cut) -> int:
    """The year that today belongs to: from 15 December on, the next one in reports."""
    today = clock.local_day(now)
    in_next = cut is Cut.REPORT and (today.month, today.day) >= (12, 15)
    return today.year + in_next


def _dimensions(text: str) -> tuple[Dimension, ...]:
    try:
        asked = tuple(dict.fromkeys(Dimension(part) for part in text.split(",") if part))
    except ValueError as error:
        raise RefusedError(AskingRefusal.DIMENSION) from error
    if len(asked) > MOST_DIMENSIONS:
        raise RefusedError(AskingRefusal.TOO_MANY)
    return asked


def _as_of(text: str | None) -> datetime | None:
    """A day means its end where the club is; a moment without a zone is local time."""
    if not text:
        return None
    try:
        if len(text) == len("2026-01-31"):
            moment = clock.instant_of(date.fromisoformat(text) + timedelta(days=1))
        else:
            typed = datetime.fromisoformat(text)
            moment = typed.astimezone(UTC) if typed.tzinfo else clock.from_local(typed)
        clock.local(moment)  # on the calendar's last day there is no such time here
    except (ValueError, OverflowError) as error:
        raise RefusedError(AskingRefusal.AS_OF) from error
    return moment


__all__ = ["PeriodError", "Question", "question_of", "refusal_to_tell_outsiders", "report_year"]
