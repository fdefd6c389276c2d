from dataclasses import replace
from datetime import timedelta

import pytest

from club.courses import rules
from club.courses.completion import CompletionRefusal
from club.courses.models import Run, RunForm, RunState, Session, SessionState
from club.courses.rules import CourseRefusal, RunFacts, RunRefusal, SessionRefusal, Slot
from club.courses.standing import RunStanding, standing_of
from tests.support.factories import NOW

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
GOOD = RunFacts(seats=20, place="Hội trường")


def slot(begins, hours=4, **given):
    return Slot(NOW + begins, NOW + begins + hours * HOUR, **given)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"seats": 0}, RunRefusal.SEATS),
        ({"seats": -5}, RunRefusal.SEATS),
        ({"seats": 2001}, RunRefusal.SEATS),
        ({"price_vnd": -1}, RunRefusal.PRICE),
        ({"counting_threshold": 0}, RunRefusal.COUNTING_THRESHOLD),
        ({"completion_threshold": 101}, RunRefusal.COMPLETION_THRESHOLD),
        ({"post_test_minimum": 0}, CompletionRefusal.POST_TEST_MINIMUM),
        ({"assignment_minimum": 101}, CompletionRefusal.ASSIGNMENT_MINIMUM),
        ({"counting_threshold": 90}, RunRefusal.COMPLETION_THRESHOLD),
        ({"online_link": "javascript:alert(1)"}, RunRefusal.LINK),
        ({"online_link": "meet.example.vn/abc"}, RunRefusal.LINK),
        (
            {"registration_opens_at": NOW, "registration_closes_at": NOW},
            RunRefusal.WINDOW_ORDER,
        ),
        ({"registration_opens_at": NOW.replace(year=202)}, RunRefusal.WINDOW_YEAR),
    ],
)
def test_facts_that_cannot_be(change, problem):
    assert rules.problems_of_facts(replace(GOOD, **change)) == [problem]


def test_sensible_facts_have_no_problem():
    facts = replace(
        GOOD,
        online_link="https://meet.example.vn/abc?x=1",
        registration_opens_at=NOW,
        registration_closes_at=NOW + HOUR,
    )
    assert rules.problems_of_facts(facts) == []


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({}, []),
        ({"place": None}, [RunRefusal.NO_PLACE]),
        ({"place": None, "form": RunForm.ONLINE}, [RunRefusal.NO_LINK]),
        ({"place": None, "form": RunForm.ONLINE, "online_link": "https://x.vn/1"}, []),
        ({"place": None, "form": RunForm.BLENDED}, [RunRefusal.NO_PLACE, RunRefusal.NO_LINK]),
        ({"place": None, "form": RunForm.IN_COMPANY, "host_id": 1}, []),
        ({"registration_opens_at": NOW + DAY}, [RunRefusal.OPENS_TOO_LATE]),
        ({"registration_closes_at": NOW + DAY}, []),
        ({"registration_closes_at": NOW + DAY + HOUR}, [RunRefusal.CLOSES_TOO_LATE]),
    ],
)
def test_what_a_published_run_needs(change, problems):
    assert rules.problems_in_public(replace(GOOD, **change), starts_at=NOW + DAY) == problems


def test_a_run_without_sessions_cannot_be_published():
    assert rules.problems_in_public(GOOD, starts_at=None) == [RunRefusal.NO_SESSIONS]


def a_run(state, **given):
    defaults = vars(GOOD) | {"state": state, "starts_at": NOW + DAY, "ends_at": NOW + 2 * DAY}
    return Run(**defaults | {"places_taken": 0, "waiting_count": 0} | given)


def test_thresholds_and_seats_of_a_published_run_stay():
    run = a_run(RunState.PUBLISHED)
    assert rules.problems_with_change(run, replace(GOOD, completion_threshold=90)) == [
        RunRefusal.THRESHOLDS_FROZEN
    ]
    assert rules.problems_with_change(run, replace(GOOD, seats=21)) == [RunRefusal.SEATS_ELSEWHERE]
    draft = a_run(RunState.DRAFT)
    assert rules.problems_with_change(draft, replace(GOOD, completion_threshold=90)) == []


@pytest.mark.parametrize("state", [RunState.CLOSED, RunState.CANCELLED])
def test_a_run_that_is_done_with_is_not_edited(state):
    run = a_run(state)
    assert rules.problems_with_change(run, GOOD) == [RunRefusal.NOT_EDITABLE]
    assert rules.refusal_to_edit(run) is RunRefusal.NOT_EDITABLE


def test_cancelling_needs_a_reason_and_a_run_that_is_alive():
    assert rules.refusal_to_cancel(a_run(RunState.PUBLISHED), reason=" ") is RunRefusal.NO_REASON
    assert rules.refusal_to_cancel(a_run(RunState.PUBLISHED), reason="Mưa bão") is None
    assert (
        rules.refusal_to_cancel(a_run(RunState.CANCELLED), reason="Mưa")
        is RunRefusal.ALREADY_CANCELLED
    )
    assert rules.refusal_to_cancel(a_run(RunState.CLOSED), reason="Mưa") is RunRefusal.CLOSED


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (slot(DAY, 0), SessionRefusal.ENDS_FIRST),
        (slot(DAY, -2), SessionRefusal.ENDS_FIRST),
        (slot(DAY, 15), SessionRefusal.TOO_LONG),
        (slot(DAY, 2), SessionRefusal.OVERLAPS),
        (slot(DAY + 3 * HOUR, 4), SessionRefusal.OVERLAPS),
        (slot(DAY + 4 * HOUR, 4), None),
        (slot(DAY - 4 * HOUR, 4), None),
        (Slot(NOW.replace(year=1926), NOW.replace(year=1926) + HOUR), SessionRefusal.YEAR),
    ],
)
def test_when_a_session_can_be(wanted, refusal):
    assert rules.refusal_of_slot(wanted, [slot(DAY)]) is refusal


def test_the_last_session_of_a_published_run_stays():
    run = a_run(RunState.PUBLISHED)
    run.sessions = [Session(state=SessionState.PLANNED), Session(state=SessionState.CANCELLED)]
    planned = SessionState.PLANNED
    assert rules.refusal_to_cancel_session(run, planned) is SessionRefusal.LAST_ONE
    run.sessions.append(Session(state=SessionState.PLANNED))
    assert rules.refusal_to_cancel_session(run, planned) is None
    assert rules.refusal_to_cancel_session(run, SessionState.CANCELLED) is SessionRefusal.CANCELLED


@pytest.mark.parametrize(
    ("code", "days", "problems"),
    [
        ("LSS-YB", (2, 3), []),
        ("LSS-YB", (None, None), []),
        ("lss", (2, 3), [CourseRefusal.CODE_SHAPE]),
        ("L/S", (2, 3), [CourseRefusal.CODE_SHAPE]),
        ("5S", (1, 2), [CourseRefusal.CODE_TAKEN]),
        ("NEW", (2, None), [CourseRefusal.DURATION_HALF]),
        ("NEW", (3, 2), [CourseRefusal.DURATION_ORDER]),
        ("NEW", (0, 2), [CourseRefusal.DURATION_RANGE]),
    ],
)
def test_what_a_course_must_be_like(code, days, problems):
    assert rules.problems_with_course(code, days, taken_codes=["5S"]) == problems


@pytest.mark.parametrize(
    ("change", "standing"),
    [
        ({}, RunStanding.OPEN),
        ({"places_taken": 17}, RunStanding.OPEN),
        ({"places_taken": 18}, RunStanding.NEARLY_FULL),
        ({"places_taken": 20}, RunStanding.FULL),
        ({"places_taken": 19, "waiting_count": 1}, RunStanding.FULL),
        ({"registration_opens_at": NOW + HOUR}, RunStanding.NOT_OPEN),
        ({"registration_opens_at": NOW}, RunStanding.OPEN),
        ({"registration_closes_at": NOW}, RunStanding.CLOSED),
        ({"registration_closes_at": NOW + HOUR}, RunStanding.OPEN),
        ({"starts_at": NOW}, RunStanding.RUNNING),
        ({"starts_at": NOW - DAY, "ends_at": NOW}, RunStanding.OVER),
        ({"state": RunState.CLOSED}, RunStanding.OVER),
        ({"state": RunState.CANCELLED}, RunStanding.CANCELLED),
        ({"state": RunState.DRAFT}, RunStanding.DRAFT),
    ],
)
def test_how_a_run_stands(change, standing):
    run = a_run(**{"state": RunState.PUBLISHED} | change)
    assert standing_of(run, now=NOW) is standing


def test_only_runs_with_open_registration_take_registrations():
    assert {s for s in RunStanding if s.takes_registrations} == {
        RunStanding.OPEN,
        RunStanding.NEARLY_FULL,
        RunStanding.FULL,
    }
