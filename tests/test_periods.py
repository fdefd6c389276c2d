from datetime import date

import pytest

from club.periods import (
    Cut,
    PeriodError,
    PeriodRefusal,
    named_period,
    period_of_days,
)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-6M", date(2026, 1, 1), date(2026, 6, 30)),
    ],
)
def test_calendar_periods_end_with_the_month(name, first, last):
    period = named_period(name, Cut.CALENDAR)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026", date(2025, 12, 15), date(2026, 12, 14)),
        ("2026-6M", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026-9M", date(2025, 12, 15), date(2026, 9, 14)),
        ("2026-Q2", date(2026, 3, 15), date(2026, 6, 14)),
        ("2026-01", date(2025, 12, 15), date(2026, 1, 14)),
        ("2026-03", date(2026, 2, 15), date(2026, 3, 14)),
    ],
)
def test_report_periods_are_cut_on_the_fourteenth(name, first, last):
    period = named_period(name, Cut.REPORT)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "name", ["", "26", "2026-13", "2026-Q5", "2026-3M", "1999", "2026-00", "x"]
)
def test_an_unreadable_period_is_refused(name):
    with pytest.raises(PeriodError) as refused:
        named_period(name, Cut.CALENDAR)
    assert refused.value.refusal is PeriodRefusal.UNKNOWN


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        ("2026-02-30", "2026-03-01", PeriodRefusal.NOT_A_DAY),
        ("2026-03-02", "2026-03-01", PeriodRefusal.REVERSED),
        ("2000-01-01", "2026-03-01", PeriodRefusal.TOO_LONG),
    ],
)
def test_days_that_make_no_period_are_refused(first, last, refusal):
    with pytest.raises(PeriodError) as refused:
        period_of_days(first, last)
    assert refused.value.refusal is refusal


def test_a_period_may_be_one_day():
    period = period_of_days("2028-02-29", "2028-02-29")
    assert period.first == period.last == date(2028, 2, 29)
