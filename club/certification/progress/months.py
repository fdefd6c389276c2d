"""Months on the calendar: when a time ends, and how many months a stretch of days is.

A time of so many months from a day ends with the same day of its last month; where that month has
no such day, with its last one. So 29 February 2024 and twelve months end with 28 February 2025,
31 January and one month with the last day of February. That is how the Civil Code (2015) counts
times, articles 147 and 148; the end is not put off over weekends and holidays, because a
certificate stands on them too.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from club.records.certificates.rules import months_later


def months_after(day: date, months: int) -> date:
    """The last day of a time of ``months`` that runs from ``day``; before it, if negative. The
    calendar's own ends hold times that would leave it.
    """
    try:
        return months_later(day, months)
    except ValueError:
        return date.max if months > 0 else date.min


def first_day_within(months: int, *, on: date) -> date:
    """The first day from which a time of ``months`` still runs on the day ``on``."""
    day = months_after(on, -months)
    return day if months_after(day, months) >= on else day + timedelta(days=1)


Span = tuple[date, date]


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same days without overlaps, in order."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and (first - found[-1][1]).days <= 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def months_in(spans: Iterable[Span]) -> Decimal:
    """How many months the days of ``spans`` are, each day once: of every month the share that is
    covered, in tenths, rounded down; from nine tenths on it is a whole month, because months are
    not equally long. So a time of so many months from any day on is so many, and more days are
    never fewer months.
    """
    total = sum((_months_of(first, last) for first, last in joined(spans)), Fraction())
    whole, tenths = divmod(int(total * 10), 10)
    return Decimal(whole + 1) if tenths == 9 else Decimal(whole) + Decimal(tenths) / 10


def _months_of(first: date, last: date) -> Fraction:
    """From the share of the first month to that of the last one."""
    months = (last.year - first.year) * 12 + last.month - first.month
    before = Fraction(first.day - 1, monthrange(first.year, first.month)[1])
    within = Fraction(last.day, monthrange(last.year, last.month)[1])
    return months + within - before
