from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.certification.progress.months import first_day_within, joined, months_after, months_in

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
SPANS = st.tuples(DAYS, st.integers(0, 900)).map(lambda s: (s[0], s[0] + timedelta(days=s[1])))


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 8, 31), 1, date(2025, 9, 30)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 5, 15), 0, date(2025, 5, 15)),
        (date(9999, 1, 1), 12, date.max),
        (date(1, 1, 1), -1, date.min),
    ],
)
def test_a_time_ends_with_the_same_day_or_the_last_of_its_month(first, months, last):
    assert months_after(first, months) == last


@given(DAYS, st.integers(1, 120))
def test_the_first_day_within_is_the_first_whose_time_still_runs(on, months):
    first = first_day_within(months, on=on)
    assert months_after(first, months) >= on > months_after(first - timedelta(days=1), months)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), "12.0"),
        (date(2023, 2, 10), date(2024, 2, 9), "12.0"),
        (date(2024, 2, 29), date(2025, 2, 27), "12.0"),
        (date(2025, 8, 31), date(2026, 2, 27), "6.0"),
        (date(2025, 1, 16), date(2025, 1, 31), "0.5"),
        (date(2025, 2, 28), date(2025, 8, 27), "6.0"),
        (date(2025, 1, 1), date(2025, 1, 1), "0.0"),
    ],
)
def test_months_of_days(first, last, months):
    assert months_in([(first, last)]) == Decimal(months)


@given(DAYS, st.integers(1, 240))
def test_every_time_of_so_many_months_is_so_many(first, months):
    last = months_after(first, months)
    assert months_in([(first, last - timedelta(days=1))]) == months


@given(st.lists(SPANS, max_size=6))
def test_joined_spans_are_the_same_days_once(spans):
    days = [
        first + timedelta(days=n) for first, last in spans for n in range((last - first).days + 1)
    ]
    once = [
        first + timedelta(days=n)
        for first, last in joined(spans)
        for n in range((last - first).days + 1)
    ]
    assert once == sorted(set(days))


@given(st.lists(SPANS, max_size=6), SPANS)
def test_more_days_are_never_fewer_months(spans, more):
    assert months_in([*spans, more]) >= months_in(spans)
