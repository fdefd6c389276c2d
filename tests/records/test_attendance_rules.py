from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.courses.models import Run, RunState, Session, SessionState
from club.records.attendance.models import Mark
from club.records.attendance.rules import (
    HeldSession,
    Presence,
    Refusal,
    attendance,
    attended_minutes,
    person_days,
    refusal_of_minutes,
    refusal_to_mark,
)
from tests.support.factories import NOW

DAY = date(2026, 3, 3)
marks = st.sampled_from(Mark)
minutes = st.none() | st.integers(0, 1000)


@st.composite
def held_and_marked(draw):
    """Sessions of a run and one person's marks in some of them."""
    lengths = draw(st.lists(st.integers(1, 600), min_size=1, max_size=8))
    days = draw(st.lists(st.integers(0, 3), min_size=len(lengths), max_size=len(lengths)))
    sessions = [
        HeldSession(n, DAY + timedelta(days=day), length)
        for n, (day, length) in enumerate(zip(days, lengths, strict=True))
    ]
    presences = [
        Presence(s.id, draw(marks), draw(minutes)) for s in sessions if draw(st.booleans())
    ]
    return sessions, presences


@given(held_and_marked())
def test_the_share_is_never_below_nothing_or_above_everything(case):
    result = attendance(*case)
    assert 0 <= result.share <= 1
    assert 0 <= result.attended_minutes <= result.planned_minutes


@given(held_and_marked())
def test_one_more_present_mark_never_lowers_anything(case):
    sessions, presences = case
    marked = {p.session_id for p in presences}
    less = attendance(sessions, presences)
    for session in sessions:
        if session.id not in marked:
            more = attendance(sessions, [*presences, Presence(session.id, Mark.PRESENT)])
            assert more.attended_minutes == less.attended_minutes + session.minutes
            assert more.person_days >= less.person_days


@given(held_and_marked())
def test_late_weighs_as_present_and_excused_as_absent(case):
    sessions, presences = case
    swap = {
        Mark.PRESENT: Mark.LATE,
        Mark.LATE: Mark.PRESENT,
        Mark.ABSENT: Mark.EXCUSED,
        Mark.EXCUSED: Mark.ABSENT,
    }
    swapped = [Presence(p.session_id, swap[p.mark], p.minutes) for p in presences]
    assert attendance(sessions, presences) == attendance(sessions, swapped)


@given(held_and_marked(), st.integers(1, 100), st.integers(1, 100))
def test_whoever_reaches_a_threshold_reaches_every_lower_one(case, one, other):
    result = attendance(*case)
    low, high = sorted((one, other))
    assert result.reaches(low) or not result.reaches(high)


@given(st.integers(1, 100), st.integers(1, 50))
def test_thresholds_are_inclusive_to_the_minute(threshold, hundreds):
    planned = hundreds * 100
    enough = threshold * hundreds
    session = [HeldSession(1, DAY, planned)]
    assert attendance(session, [Presence(1, Mark.LATE, enough)]).reaches(threshold)
    assert not attendance(session, [Presence(1, Mark.LATE, enough - 1)]).reaches(threshold)


def test_a_mark_in_a_session_that_was_not_held_weighs_nothing():
    assert attendance([HeldSession(1, DAY, 60)], [Presence(2, Mark.PRESENT)]).attended_minutes == 0


def test_nobody_reaches_a_threshold_of_a_run_without_sessions():
    nothing = attendance([], [])
    assert (nothing.share, nothing.reaches(1)) == (0, False)


@pytest.mark.parametrize(
    ("mark", "stated", "counted"),
    [
        (Mark.PRESENT, None, 240),
        (Mark.LATE, None, 240),
        (Mark.LATE, 100, 100),
        (Mark.PRESENT, 0, 0),
        (Mark.PRESENT, 999, 240),
        (Mark.ABSENT, None, 0),
        (Mark.EXCUSED, None, 0),
    ],
)
def test_stated_minutes_decide_up_to_the_length_of_the_session(mark, stated, counted):
    assert attended_minutes(Presence(1, mark, stated), 240) == counted


@pytest.mark.parametrize(
    ("minutes_a_day", "days"),
    [
        ([], "0"),
        ([179], "0"),
        ([180], "0.5"),
        ([359], "0.5"),
        ([360], "1"),
        ([900], "1"),
        ([360, 180, 179], "1.5"),
    ],
)
def test_a_day_counts_from_six_hours_and_a_half_day_from_three(minutes_a_day, days):
    by_day = {DAY + timedelta(days=n): m for n, m in enumerate(minutes_a_day)}
    assert person_days(by_day) == Decimal(days)


def test_two_sessions_of_one_day_make_one_person_day():
    morning, afternoon = HeldSession(1, DAY, 180), HeldSession(2, DAY, 180)
    both = attendance([morning, afternoon], [Presence(1, Mark.PRESENT), Presence(2, Mark.PRESENT)])
    assert both.person_days == 1
    other_day = HeldSession(2, DAY + timedelta(days=1), 180)
    split = attendance([morning, other_day], [Presence(1, Mark.PRESENT), Presence(2, Mark.PRESENT)])
    assert split.person_days == 1
    assert attendance([morning, afternoon], [Presence(1, Mark.PRESENT)]).person_days == Decimal(
        "0.5"
    )


def a_run(state=RunState.PUBLISHED, **given):
    session = Session(
        **{
            "starts_at": NOW - timedelta(hours=4),
            "ends_at": NOW,
            "state": SessionState.PLANNED,
        }
        | given
    )
    return Run(state=state, sessions=[session]), session


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (RunState.PUBLISHED, None),
        (RunState.DRAFT, Refusal.RUN_NOT_PUBLISHED),
        (RunState.CANCELLED, Refusal.RUN_CANCELLED),
        (RunState.CLOSED, Refusal.RUN_CLOSED),
    ],
)
def test_only_a_published_run_takes_marks(state, refusal):
    assert refusal_to_mark(*a_run(state), now=NOW) is refusal


@pytest.mark.parametrize(
    ("ahead", "refusal"),
    [
        (timedelta(minutes=60), None),
        (timedelta(minutes=60, seconds=1), Refusal.NOT_BEGUN),
        (timedelta(days=1), Refusal.NOT_BEGUN),
        (timedelta(days=-400), None),
    ],
)
def test_the_list_opens_one_hour_before_the_session(ahead, refusal):
    run, session = a_run(starts_at=NOW + ahead, ends_at=NOW + ahead + timedelta(hours=4))
    assert refusal_to_mark(run, session, now=NOW) is refusal


def test_a_cancelled_session_takes_no_marks():
    run, session = a_run(state=RunState.PUBLISHED, starts_at=NOW)
    session.state = SessionState.CANCELLED
    assert refusal_to_mark(run, session, now=NOW) is Refusal.SESSION_CANCELLED


@pytest.mark.parametrize(
    ("mark", "stated", "refusal"),
    [
        (Mark.LATE, None, None),
        (Mark.LATE, 0, None),
        (Mark.LATE, 240, None),
        (Mark.LATE, -1, Refusal.MINUTES_NEGATIVE),
        (Mark.LATE, 241, Refusal.MINUTES_TOO_MANY),
        (Mark.ABSENT, 10, Refusal.MINUTES_WITHOUT_PRESENCE),
    ],
)
def test_minutes_must_fit_the_session_and_the_mark(mark, stated, refusal):
    _run, session = a_run()
    assert refusal_of_minutes(mark, stated, session) is refusal
