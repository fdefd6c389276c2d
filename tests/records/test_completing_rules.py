from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.records.attendance.rules import Attendance
from club.records.results.completing import Demands, Part, Shortfall, shortfalls
from club.records.results.facts import Result, Scale

ALL_THE_TIME = Attendance(480, 480, Decimal(1))
SCALE = Scale(post_test=Decimal(20), assignment=Decimal(50))
attendances = st.integers(0, 480).map(lambda minutes: Attendance(480, minutes, Decimal(0)))
shares = st.none() | st.integers(1, 100)
demands = st.builds(Demands, st.integers(1, 100), shares, shares, st.booleans())
results = st.builds(
    Result,
    post_test=st.none() | st.decimals(0, 20, places=2),
    assignment=st.none() | st.decimals(0, 50, places=2),
    confirmed=st.booleans(),
)


def lacking(demands, result, attendance=ALL_THE_TIME, scale=SCALE):
    return [
        (lack.part, lack.reached, lack.needed)
        for lack in shortfalls(demands, attendance, result, scale)
    ]


@pytest.mark.parametrize(
    ("score", "lack"),
    [
        (None, [(Part.POST_TEST, None, 60)]),
        ("11", [(Part.POST_TEST, Decimal("55.0"), 60)]),
        ("11.99", [(Part.POST_TEST, Decimal("59.9"), 60)]),
        ("12", []),
    ],
)
def test_the_test_at_the_end_is_measured_in_percent_of_its_maximum(score, lack):
    result = Result(post_test=score and Decimal(score))
    assert lacking(Demands(80, post_test=60), result) == lack


@pytest.mark.parametrize(("judged", "completes"), [(None, False), (0, False), (1, True)])
@pytest.mark.parametrize("needed", [1, 60, 100])
def test_an_assignment_without_points_is_passed_or_not(judged, completes, needed):
    result = Result(assignment=judged if judged is None else Decimal(judged))
    lacks = lacking(Demands(80, assignment=needed), result, scale=Scale())
    assert (lacks == []) == completes


def test_everything_that_is_lacking_is_said():
    absent = Attendance(480, 379, Decimal(0))
    found = lacking(Demands(80, 60, 50, confirmation=True), Result(), attendance=absent)
    assert found == [
        (Part.ATTENDANCE, Decimal("78.9"), 80),
        (Part.POST_TEST, None, 60),
        (Part.ASSIGNMENT, None, 50),
        (Part.CONFIRMATION, None, None),
    ]


@given(asked=demands, attended=attendances, result=results)
def test_a_run_that_asks_for_no_results_looks_at_attendance_alone(asked, attended, result):
    lacks = shortfalls(Demands(asked.attended), attended, result, SCALE)
    assert (lacks == ()) == attended.reaches(asked.attended)


@given(asked=demands, attended=attendances, result=results)
def test_asking_for_less_never_makes_anybody_fail(asked, attended, result):
    lacks = shortfalls(asked, attended, result, SCALE)
    for less in (
        replace(asked, post_test=None),
        replace(asked, assignment=None),
        replace(asked, confirmation=False),
        replace(asked, attended=1),
    ):
        assert set(kinds(shortfalls(less, attended, result, SCALE))) <= set(kinds(lacks))


@given(asked=demands, attended=attendances, result=results)
def test_a_better_result_never_makes_anybody_fail(asked, attended, result):
    better = replace(result, post_test=Decimal(20), assignment=Decimal(50), confirmed=True)
    left = kinds(shortfalls(asked, attended, better, SCALE))
    assert set(left) <= {Part.ATTENDANCE}
    assert set(left) <= set(kinds(shortfalls(asked, attended, result, SCALE)))


@given(asked=demands, attended=attendances, result=results)
def test_what_was_reached_never_reads_like_what_is_needed(asked, attended, result):
    for lack in shortfalls(asked, attended, result, SCALE):
        assert lack.reached is None or lack.reached < lack.needed


def kinds(lacks: tuple[Shortfall, ...]):
    return [lack.part for lack in lacks]
