from datetime import timedelta

import pytest

from club.courses.models import RunState, SessionState
from club.db import transaction
from club.people.facts import PersonFacts
from club.people.models import AudienceKind, Person
from club.records.attendance import desk, queries
from club.records.attendance.models import AttendanceChange, AttendanceMark, Mark, MarkSource
from club.records.attendance.operations import (
    add_stranger,
    add_walk_in,
    mark_attendance,
    mark_the_rest_present,
)
from club.records.attendance.rules import Refusal
from club.refusal import RefusedError
from club.registration.models import Registration, RegistrationState
from tests.records.kit import a_taught_run, a_trainer, every, marked, marks_now, on_the_list
from tests.support.factories import NOW, a_person, a_run, an_employment, an_organisation


def names(run):
    return [entry.person.full_name for entry in queries.entries_of(run.id)]


def test_the_list_is_sorted_by_given_name_and_leaves_out_who_waits_or_withdrew():
    run = a_taught_run()
    for name in ("Nguyễn Văn Đạt", "Trần Thị Châu", "Lê Văn Dũng", "Phạm An"):
        on_the_list(run, a_person(full_name=name))
    on_the_list(run, state=RegistrationState.WAITING)
    on_the_list(run, state=RegistrationState.WITHDRAWN)
    assert names(run) == ["Phạm An", "Trần Thị Châu", "Lê Văn Dũng", "Nguyễn Văn Đạt"]


def test_whoever_was_marked_stays_on_the_list_after_the_name_was_taken_off():
    run = a_taught_run()
    person = marked(run, on_the_list(run), Mark.PRESENT)
    with transaction():
        every(Registration)[0].state = RegistrationState.WITHDRAWN
    assert [e.person for e in queries.entries_of(run.id)] == [person]
    assert queries.is_on_list(run.id, person.id)


def test_a_mark_says_who_set_it_when_and_how():
    run, trainer = a_taught_run(), a_trainer()
    person = on_the_list(run)
    mark = mark_attendance(
        run.sessions[0].id, person.id, mark=Mark.LATE, minutes=200, by=trainer.id, now=NOW
    )
    assert (mark.mark, mark.minutes, mark.source) == (Mark.LATE, 200, MarkSource.TRAINER_TAP)
    assert (mark.marked_by_id, mark.marked_at) == (trainer.id, NOW)


def test_a_changed_mark_keeps_what_stood_there_before():
    run, trainer = a_taught_run(), a_trainer()
    person = on_the_list(run)
    session_id = run.sessions[0].id
    later = NOW + timedelta(minutes=5)
    mark_attendance(session_id, person.id, mark=Mark.ABSENT, by=trainer.id, now=NOW)
    mark_attendance(session_id, person.id, mark=Mark.LATE, minutes=90, by=None, now=later)
    (change,) = every(AttendanceChange)
    assert (change.mark, change.minutes, change.marked_by_id) == (Mark.ABSENT, None, trainer.id)
    assert (change.marked_at, change.replaced_at) == (NOW, later)
    assert marks_now() == [Mark.LATE]


def test_the_same_mark_again_changes_nothing():
    run, trainer = a_taught_run(), a_trainer()
    person = on_the_list(run)
    for by in (trainer.id, None):
        mark_attendance(run.sessions[0].id, person.id, mark=Mark.PRESENT, by=by, now=NOW)
    assert every(AttendanceChange) == []
    assert every(AttendanceMark)[0].marked_by_id == trainer.id


def test_the_history_of_a_session_is_told_latest_first():
    run, trainer = a_taught_run(), a_trainer()
    person = on_the_list(run, a_person(full_name="Phạm An"))
    for minute, mark in enumerate((Mark.ABSENT, Mark.LATE, Mark.PRESENT)):
        at = NOW + timedelta(minutes=minute)
        mark_attendance(run.sessions[0].id, person.id, mark=mark, by=trainer.id, now=at)
    told = desk.mark_history(run.sessions[0].id)
    assert [m.mark for m in told] == [Mark.PRESENT, Mark.LATE, Mark.ABSENT]
    assert [m.replaced_at is None for m in told] == [True, False, False]
    assert {(m.person_name, m.marked_by) for m in told} == {("Phạm An", trainer.person.full_name)}


@pytest.mark.parametrize("minutes", [-1, 241])
def test_impossible_minutes_are_refused_at_their_field(minutes):
    run = a_taught_run()
    person = on_the_list(run)
    with pytest.raises(RefusedError) as refused:
        mark_attendance(
            run.sessions[0].id, person.id, mark=Mark.LATE, minutes=minutes, by=None, now=NOW
        )
    assert refused.value.field == "minutes"
    assert every(AttendanceMark) == []


@pytest.mark.parametrize("state", [None, RegistrationState.WAITING, RegistrationState.WITHDRAWN])
def test_somebody_who_is_not_on_the_list_is_not_marked(state):
    run = a_taught_run()
    person = on_the_list(run, state=state) if state else a_person()
    with pytest.raises(RefusedError) as refused:
        mark_attendance(run.sessions[0].id, person.id, mark=Mark.PRESENT, by=None, now=NOW)
    assert refused.value.refusal is Refusal.NOT_ON_THE_LIST


def test_a_place_in_one_run_is_none_in_another():
    run, other = a_taught_run(), a_taught_run()
    person = on_the_list(other)
    with pytest.raises(RefusedError) as refused:
        mark_attendance(run.sessions[0].id, person.id, mark=Mark.PRESENT, by=None, now=NOW)
    assert refused.value.refusal is Refusal.NOT_ON_THE_LIST


def test_tomorrow_cannot_be_marked_today():
    run = a_run(starts_at=NOW + timedelta(days=1))
    person = on_the_list(run)
    with pytest.raises(RefusedError) as refused:
        mark_attendance(run.sessions[0].id, person.id, mark=Mark.PRESENT, by=None, now=NOW)
    assert refused.value.refusal is Refusal.NOT_BEGUN


def test_a_cancelled_session_cannot_be_marked():
    run = a_taught_run()
    person = on_the_list(run)
    with transaction():
        run.sessions[0].state = SessionState.CANCELLED
    with pytest.raises(RefusedError) as refused:
        mark_the_rest_present(run.sessions[0].id, by=None, now=NOW)
    assert refused.value.refusal is Refusal.SESSION_CANCELLED
    assert person.id


def test_the_rest_is_marked_present_and_nobody_else_is_touched():
    run, trainer = a_taught_run(), a_trainer()
    absent = on_the_list(run)
    for _ in range(3):
        on_the_list(run)
    marked(run, absent, Mark.ABSENT)
    assert mark_the_rest_present(run.sessions[0].id, by=trainer.id, now=NOW) == 3
    assert sorted(marks_now()) == [Mark.ABSENT] + [Mark.PRESENT] * 3
    assert mark_the_rest_present(run.sessions[0].id, by=trainer.id, now=NOW) == 0


def test_a_known_person_comes_for_the_firm_where_he_works_that_day():
    run, firm = a_taught_run(), an_organisation(kind=AudienceKind.STATE_AGENCY)
    person = a_person()
    an_employment(person, an_organisation(), to_day=(NOW - timedelta(days=30)).date())
    an_employment(person, firm)
    walk_in = add_walk_in(run.id, person.id, by=None, now=NOW)
    assert (walk_in.audience, walk_in.organisation_id) == (AudienceKind.STATE_AGENCY, firm.id)
    assert marked(run, person, Mark.PRESENT)


def test_a_stranger_becomes_a_person_who_comes_as_an_individual():
    run = a_taught_run()
    walk_in = add_stranger(
        run.id, PersonFacts("Võ Thị Mới", phone="+84912345678"), by=None, now=NOW
    )
    assert (walk_in.audience, walk_in.organisation_id) == (AudienceKind.INDIVIDUAL, None)
    assert names(run) == ["Võ Thị Mới"]
    assert [p.phone for p in every(Person)] == ["+84912345678"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"full_name": "", "phone": "+84912345678"}, "full_name"),
        ({"full_name": "Võ Mới"}, "phone"),
    ],
)
def test_a_stranger_without_a_name_or_any_contact_is_refused(given, field):
    run = a_taught_run()
    with pytest.raises(RefusedError) as refused:
        add_stranger(run.id, PersonFacts(**given), by=None, now=NOW)
    assert refused.value.field == field
    assert every(Person) == []


def test_nobody_is_on_the_list_twice():
    run = a_taught_run()
    person = on_the_list(run)
    with pytest.raises(RefusedError) as refused:
        add_walk_in(run.id, person.id, by=None, now=NOW)
    assert refused.value.refusal is Refusal.ALREADY_ON_THE_LIST


def test_who_only_waits_may_come_as_a_walk_in():
    run = a_taught_run()
    person = on_the_list(run, state=RegistrationState.WAITING)
    add_walk_in(run.id, person.id, by=None, now=NOW)
    assert names(run) == [person.full_name]


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (RunState.CLOSED, Refusal.RUN_CLOSED),
        (RunState.CANCELLED, Refusal.RUN_CANCELLED),
        (RunState.DRAFT, Refusal.RUN_NOT_PUBLISHED),
    ],
)
def test_nobody_is_added_to_a_run_that_is_not_open(state, refusal):
    run = a_taught_run(state=state)
    with pytest.raises(RefusedError) as refused:
        add_walk_in(run.id, a_person().id, by=None, now=NOW)
    assert refused.value.refusal is refusal
