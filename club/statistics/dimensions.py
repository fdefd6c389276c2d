"""By what figures can be cut, and how files and addresses write each value."""

from enum import Enum, StrEnum
from typing import Any

from club.periods import Period, month_number


class Dimension(StrEnum):
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    AUDIENCE = "audience"
    TOPIC = "topic"
    COURSE = "course"
    UNIT = "unit"
    SECTOR = "sector"
    SEX = "sex"
    FUNDING = "funding"
    RESULT = "result"


#: The values of ``Dimension.RESULT``.
COMPLETED, NOT_COMPLETED = "completed", "not_completed"
#: The dimensions of time, and how many of each a year has.
PER_YEAR = {Dimension.YEAR: 1, Dimension.QUARTER: 4, Dimension.MONTH: 12}


def key(dimension: Dimension, value: Any) -> str | None:
    """A value as files and addresses write it: 2026, 2026-Q1, 2026-03, enterprise."""
    if value is None:
        return None
    if dimension in PER_YEAR:
        return time_key(dimension, value)
    if dimension is Dimension.RESULT:
        return COMPLETED if value else NOT_COMPLETED
    return str(value.value if isinstance(value, Enum) else value)


def times(period: Period, dimension: Dimension) -> list[str]:
    """Every year, quarter or month of a period, whether anybody was trained in it or not."""
    months = 12 // PER_YEAR[dimension]
    first, last = (month_number(day, period.cut) // months for day in (period.first, period.last))
    return [time_key(dimension, number) for number in range(first, last + 1)]


def time_key(dimension: Dimension, number: int) -> str:
    """``number`` counts years, quarters or months from year 0."""
    year, part = divmod(number, PER_YEAR[dimension])
    return {
        Dimension.YEAR: f"{year}",
        Dimension.QUARTER: f"{year}-Q{part + 1}",
        Dimension.MONTH: f"{year}-{part + 1:02d}",
    }[dimension]
