from datetime import timedelta

import pytest

from club.courses.models import RunState, SessionState
from club.records.attendance.rules import Refusal as AttendanceRefusal
from club.records.rules import Refusal, refusal_of_unmarked, refusal_to_close, refusal_to_reopen
from tests.records.test_attendance_rules import a_run
from tests.support.factories import NOW


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (RunState.PUBLISHED, None),
        (RunState.CLOSED, Refusal.ALREADY_CLOSED),
        (RunState.DRAFT, AttendanceRefusal.RUN_NOT_PUBLISHED),
        (RunState.CANCELLED, AttendanceRefusal.RUN_CANCELLED),
    ],
)
def test_only_a_published_run_is_closed(state, refusal):
    run, _session = a_run(state)
    assert refusal_to_close(run, now=NOW) is refusal


def test_a_run_is_closed_from_the_moment_its_last_session_ends():
    run, _session = a_run()
    assert refusal_to_close(run, now=NOW) is None
    assert refusal_to_close(run, now=NOW - timedelta(seconds=1)) is Refusal.NOT_OVER


def test_a_run_whose_sessions_were_all_cancelled_is_not_closed():
    run, session = a_run()
    session.state = SessionState.CANCELLED
    assert refusal_to_close(run, now=NOW) is Refusal.NO_SESSIONS


def test_every_session_without_marks_must_be_confirmed():
    assert refusal_of_unmarked({1, 2}, {1}) is Refusal.SESSIONS_UNMARKED
    assert refusal_of_unmarked({1}, {1, 2}) is None
    assert refusal_of_unmarked(set(), set()) is None


def test_reopening_needs_a_closed_run_and_a_reason():
    closed, _session = a_run(RunState.CLOSED)
    published, _session = a_run()
    assert refusal_to_reopen(closed, "Nhầm người") is None
    assert refusal_to_reopen(closed, None) is Refusal.REASON_MISSING
    assert refusal_to_reopen(published, "Nhầm người") is Refusal.NOT_CLOSED
