from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.plan.models import TargetKind
from club.plan.progress.rules import (
    LATEST_SAID,
    Course,
    Progress,
    ProgressState,
    expected_on,
    progress_of,
    reached_on,
)

#: A line of 100 days from nought to ten.
BEGIN = date(2024, 1, 1)
TEN_IN_100_DAYS = Course(BEGIN, BEGIN + timedelta(days=100), Decimal(0), Decimal(10))
COUNTED = TargetKind.COUNTED


def progress(value, days, course=TEN_IN_100_DAYS, kind=COUNTED):
    given = None if value is None else Decimal(value)
    return progress_of(kind, course, given, on=BEGIN + timedelta(days=days))


@pytest.mark.parametrize(
    ("value", "days", "state"),
    [
        (0, -1, ProgressState.BEFORE),
        (0, 0, ProgressState.ON_LINE),
        (4, 50, ProgressState.BELOW_LINE),
        (5, 50, ProgressState.ON_LINE),
        (9, 100, ProgressState.BELOW_LINE),
        (9, 101, ProgressState.OVER),
        (10, 3, ProgressState.REACHED),
        (11, 500, ProgressState.REACHED),
    ],
)
def test_where_a_target_stands(value, days, state):
    assert progress(value, days).state is state


@pytest.mark.parametrize(
    ("kind", "course", "value", "state"),
    [
        (TargetKind.CONTRIBUTORY, TEN_IN_100_DAYS, 3, ProgressState.NOT_OURS),
        (TargetKind.ENTERED, None, 3, ProgressState.NO_NUMBER),
        (TargetKind.ENTERED, None, None, ProgressState.NO_FIGURE),
        (COUNTED, TEN_IN_100_DAYS, None, ProgressState.NO_FIGURE),
    ],
)
def test_what_cannot_be_said_is_not_said(kind, course, value, state):
    assert progress(value, 50, course, kind) == Progress(state)


def test_half_way_at_half_the_pace_takes_twice_as_long():
    found = progress(Decimal("2.5"), 50)
    assert found.expected == 5
    assert found.missing == Decimal("7.5")
    assert found.reached_on == BEGIN + timedelta(days=200)
    assert found.pace == Decimal("2.5") * Decimal("365.25") / 50
    assert found.needed == Decimal("7.5") * Decimal("365.25") / 50


def test_without_any_pace_no_day_is_named():
    assert progress(0, 50).reached_on is None
    assert progress(0, 50).pace == 0


def test_a_target_that_goes_backwards_is_never_reached():
    falling = Course(BEGIN, TEN_IN_100_DAYS.ends_on, Decimal(3), Decimal(10))
    found = progress(2, 50, falling)
    assert found.reached_on is None
    assert found.pace < 0


def test_on_the_first_day_there_is_no_pace_yet():
    found = progress(0, 0)
    assert (found.pace, found.reached_on, found.expected) == (None, None, 0)


def test_on_the_last_day_nothing_can_be_asked_of_the_time_left():
    assert progress(9, 100).needed is None
    assert progress(9, 99).needed == Decimal("365.25")


def test_after_the_end_the_whole_is_expected_and_the_pace_goes_on():
    found = progress(5, 200)
    assert (found.expected, found.missing) == (10, 5)
    assert found.reached_on == BEGIN + timedelta(days=400)


def test_a_day_too_far_away_is_not_named():
    assert progress(Decimal("0.0001"), 50).reached_on is None


def test_the_29th_of_february_is_a_day_like_any_other():
    leap = Course(date(2024, 2, 28), date(2024, 3, 1), Decimal(0), Decimal(2))
    assert expected_on(leap, date(2024, 2, 29)) == 1
    assert reached_on(leap, Decimal(1), on=date(2024, 2, 29)) == date(2024, 3, 1)


def test_the_plans_own_line():
    pilots = Course(date(2021, 11, 18), date(2030, 12, 31), Decimal(0), Decimal(2))
    found = progress_of(COUNTED, pilots, Decimal(1), on=date(2026, 11, 30))
    assert round(found.expected, 2) == Decimal("1.10")
    assert found.state is ProgressState.BELOW_LINE
    assert found.reached_on == date(2031, 12, 12)


days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
numbers = st.decimals(0, 10_000, places=2)


@st.composite
def courses(draw):
    begins = draw(days)
    ends = begins + timedelta(days=draw(st.integers(1, 10_000)))
    at_begin = draw(numbers)
    return Course(begins, ends, at_begin, at_begin + draw(st.decimals("0.01", 10_000, places=2)))


@given(courses(), days, days)
def test_the_line_never_falls_and_stays_between_its_ends(course, one, other):
    early, late = sorted((one, other))
    assert course.at_begin <= expected_on(course, early) <= expected_on(course, late)
    assert expected_on(course, late) <= course.wanted
    assert expected_on(course, course.begins_on) == course.at_begin
    assert expected_on(course, course.ends_on) == course.wanted


@given(courses(), numbers, days)
def test_who_is_on_the_line_is_done_in_time_and_who_is_below_is_not(course, value, on):
    found = progress_of(COUNTED, course, value, on=on)
    if found.reached_on is None:
        return
    assert on <= found.reached_on <= LATEST_SAID
    if found.state is ProgressState.ON_LINE:
        assert found.reached_on <= course.ends_on
    if found.reached_on < course.ends_on:
        assert found.state is ProgressState.ON_LINE


@given(courses(), numbers, numbers, days)
def test_more_is_never_later(course, one, other, on):
    less, more = sorted((one, other))
    later = reached_on(course, less, on=on)
    sooner = reached_on(course, more, on=on)
    if later is not None and more < course.wanted:
        assert sooner is not None
        assert sooner <= later


@given(courses(), numbers, days)
def test_what_is_there_and_what_is_missing_make_the_target(course, value, on):
    found = progress_of(COUNTED, course, value, on=on)
    if found.missing is not None:
        assert found.missing == max(course.wanted - value, Decimal(0))
        assert (found.missing == 0) is (found.state is ProgressState.REACHED)
