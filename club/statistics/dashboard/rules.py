"""With what a period is compared, in how fine steps it is drawn, and what can be saved. Pure."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import replace
from datetime import MINYEAR, date
from enum import StrEnum

from club.periods import Period, month_number
from club.statistics.dimensions import Dimension

#: The longest periods that are drawn month by month, and quarter by quarter.
_MONTHS_DRAWN, _QUARTERS_DRAWN = 24 * 31, 8 * 366


MOST_VIEWS = 20


class ViewRefusal(StrEnum):
    NAME_TAKEN = "You have saved a view under this name already. Choose another one."
    TOO_MANY = "You have saved 20 views. Remove one of them first."


def refusal_to_save(name: str, *, beside: Collection[str]) -> ViewRefusal | None:
    """``beside``: the names of the person's other views."""
    if name in beside:
        return ViewRefusal.NAME_TAKEN
    return ViewRefusal.TOO_MANY if len(beside) >= MOST_VIEWS else None


def year_before(period: Period) -> Period:
    """The same period a year earlier. What ends with a month ends with one there, too."""
    last = _a_year_earlier(period.last)
    if _is_end_of_month(period.last):
        last = last.replace(day=monthrange(last.year, last.month)[1])
    return replace(period, first=_a_year_earlier(period.first), last=last, name="")


def until(period: Period, day: date) -> Period:
    """What has passed of a period on a day; the whole of one that is over or has not begun."""
    if not period.first <= day < period.last:
        return period
    return replace(period, last=day, name="")


def is_running(period: Period, *, on: date) -> bool:
    return period.first <= on < period.last


def steps_of(period: Period) -> Dimension:
    """Months, quarters or years, so that a picture of the period stays readable."""
    days = (period.last - period.first).days
    if days <= _MONTHS_DRAWN:
        return Dimension.MONTH
    return Dimension.QUARTER if days <= _QUARTERS_DRAWN else Dimension.YEAR


def year_of(period: Period) -> int:
    """The year, of the calendar or of reports, that its last day belongs to."""
    return month_number(period.last, period.cut) // 12


def share(part: int, whole: int) -> float | None:
    """In percent; ``None`` of nothing."""
    return round(100 * part / whole, 1) if whole else None


def _is_end_of_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _a_year_earlier(day: date) -> date:
    year = max(day.year - 1, MINYEAR)
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))
