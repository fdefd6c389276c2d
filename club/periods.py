"""From which day to which day a figure counts.

Calendar periods end with the month. Report periods are cut as administrative reporting
cuts them (Decree 09/2019/NĐ-CP): a month runs from the 15th of the month before to the
14th; six months, nine months and the year all begin on 15 December of the year before.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LAST_REPORT_DAY = 14
_FIRST_YEAR, _LAST_YEAR = 2021, 2100


class Cut(StrEnum):
    CALENDAR = "calendar"
    REPORT = "report"


class PeriodRefusal(StrEnum):
    NOT_A_DAY = "Write days as year-month-day, such as 2026-01-31."
    REVERSED = "The first day is after the last one. Swap them."
    TOO_LONG = "Choose at most fifteen years."
    CUT = "Write the cut as calendar or report."
    UNKNOWN = "Write a period as 2026, 2026-Q1, 2026-6M, 2026-9M or 2026-03."


class PeriodError(Exception):
    def __init__(self, refusal: PeriodRefusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(frozen=True)
class Period:
    """Both days belong to it."""

    first: date
    last: date
    cut: Cut = Cut.CALENDAR
    #: How it was named, such as ``2026-Q1``; empty for days chosen freely.
    name: str = ""


def period_of_days(first: str, last: str) -> Period:
    """A period between two ISO days; raises ``PeriodError``."""
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError as error:
        raise PeriodError(PeriodRefusal.NOT_A_DAY) from error
    if period.first > period.last:
        raise PeriodError(PeriodRefusal.REVERSED)
    if (period.last - period.first).days > 15 * 366:
        raise PeriodError(PeriodRefusal.TOO_LONG)
    return period


def named_period(name: str, cut: Cut) -> Period:
    """``2026``, ``2026-Q2``, ``2026-6M``, ``2026-9M`` or ``2026-03``; raises ``PeriodError``."""
    match = re.fullmatch(r"(\d{4})(?:-(Q[1-4]|[69]M|0[1-9]|1[0-2]))?", name.upper())
    if match is None or not _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR:
        raise PeriodError(PeriodRefusal.UNKNOWN)
    return part_of_time(name, cut)


def part_of_time(name: str, cut: Cut) -> Period:
    """A year, quarter or month as figures name it, of any year that the calendar has."""
    number, _, part = name.upper().partition("-")
    first_month, last_month = _months(part)
    year = int(number)
    if cut is Cut.CALENDAR:
        return Period(date(year, first_month, 1), _end_of_month(year, last_month), cut, name)
    day_before = date(year, first_month, 1) - timedelta(days=1)
    first = day_before.replace(day=LAST_REPORT_DAY + 1)
    last = date(year, last_month, LAST_REPORT_DAY)
    return Period(first, last, cut, name)


def month_number(day: date, cut: Cut) -> int:
    """The month a day counts in, numbered from January of year 0."""
    in_next = cut is Cut.REPORT and day.day > LAST_REPORT_DAY
    return day.year * 12 + day.month - 1 + in_next


def months_of(period: Period) -> range | None:
    """The months of a period that is a month, quarter, half or whole of a calendar year; January
    is 0.
    """
    first, last = period.first, period.last
    months = range(first.month - 1, last.month)
    is_whole = first.day == 1 and last == _end_of_month(first.year, last.month)
    is_part = len(months) in {1, 3, 6, 12} and months.start % len(months) == 0
    return months if is_whole and is_part else None


def _months(part: str) -> tuple[int, int]:
    """First and last month of a named part of the year."""
    if not part:
        return 1, 12
    if part.startswith("Q"):
        quarter = int(part[1])
        return quarter * 3 - 2, quarter * 3
    if part.endswith("M"):
        return 1, int(part[0])
    return int(part), int(part)


def _end_of_month(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def a_year_after(day: date) -> date:
    """The usual time until something is compared with its sources again."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # the 29th of February
        return date(day.year + 1, 3, 1)


def next_check(checked_on: date, *, chosen: date | None) -> date:
    """When that is done again: on the chosen day, unless it has been done since, else after the
    usual time.
    """
    return chosen if chosen and chosen > checked_on else a_year_after(checked_on)
