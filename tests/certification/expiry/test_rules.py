from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.certification.expiry.rules import reminder_due

LAST, PLANNED = date(2027, 2, 28), (180, 90, 30, 7)


def due(left, sent=(), planned=PLANNED):
    return reminder_due(LAST, planned=planned, sent=sent, today=LAST - timedelta(days=left))


@pytest.mark.parametrize(
    ("left", "reminder"),
    [
        (181, None),
        (180, 180),
        (166, 180),
        (165, None),
        (90, 90),
        (30, 30),
        (7, 7),
        (0, 7),
        (-1, None),
    ],
)
def test_the_nearest_that_has_come_is_due_unless_it_is_late(left, reminder):
    assert due(left) == reminder


def test_each_is_written_once():
    assert due(175, sent={180}) is None
    assert due(90, sent={180}) == 90


def test_what_was_missed_is_not_made_up_for():
    assert due(5) == 7
    assert due(5, sent={7}) is None


def test_a_clock_that_went_ahead_and_back_takes_no_later_reminder_away():
    assert due(90, sent={7}) == 90
    assert due(7, sent={7, 90}) is None


def test_a_scheme_that_plans_none_reminds_nobody():
    assert due(1, planned=()) is None


@given(st.lists(st.integers(-400, 400), max_size=60), st.sets(st.integers(0, 365), max_size=6))
def test_wherever_the_clock_goes_each_planned_reminder_comes_once_at_most(walk, planned):
    sent = []
    for left in walk:
        reminder = due(left, sent, planned)
        if reminder is not None:
            sent.append(reminder)
            assert due(left, sent, planned) is None
    assert len(sent) == len(set(sent))
    assert set(sent) <= planned
