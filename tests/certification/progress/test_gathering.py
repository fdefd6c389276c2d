from datetime import date, timedelta
from decimal import Decimal

import pytest

from club.accounts.models import RoleName
from club.certification.progress.facts import CreditStanding, Source
from club.certification.progress.gathering import credits_of, credits_of_people, hours_of
from club.courses.models import RunState, SessionState
from club.db import transaction
from club.pilots.measures import take_measure_out
from club.pilots.models import PilotOutcome
from club.pilots.people import remove
from club.records.outside.models import OutsideState
from tests.certification.kit import a_record
from tests.pilots.kit import ENDED, a_project, ended, measured, taking_part
from tests.records.outside_kit import decided, training_elsewhere
from tests.support.factories import (
    NOW,
    a_course,
    a_person,
    a_run,
    a_topic,
    an_account,
    reload,
)

pytestmark = pytest.mark.usefixtures("context")


def in_short(credits_):
    return [(c.source, c.unit, c.amount, c.day) for c in credits_]


def test_hours_and_a_completed_course_come_from_the_training_record():
    person, run = a_person(), a_run()
    record = a_record(person, run)
    hours, piece = credits_of(person.id)
    assert in_short([hours, piece]) == [
        (Source.TRAINING, "hours", Decimal("6.67"), date(2026, 2, 1)),
        (Source.TRAINING, "pieces", 1, date(2026, 2, 1)),
    ]
    assert hours.ref == piece.ref == f"training_record:{record.id}"
    course = run.course
    assert hours.marks == {f"topic:{course.topic.key}", f"course:{course.code}", "completed"}
    assert (hours.kind, hours.category) == ("training", "attended")


def test_who_was_hardly_there_and_what_was_corrected_count_nothing():
    person, run = a_person(), a_run()
    a_record(person, run, superseded_at=NOW)
    a_record(person, run, counts=False, completed=False, attended_minutes=60)
    assert credits_of(person.id) == []


def test_a_class_that_was_not_completed_brings_its_hours():
    person = a_person()
    a_record(person, a_run(), completed=False)
    (hours,) = credits_of(person.id)
    assert (hours.unit, "completed" in hours.marks) == ("hours", False)


def test_a_course_completed_twice_is_one_as_of_the_last_time():
    person, course = a_person(), a_course()
    a_record(person, a_run(course=course), day=date(2025, 1, 1))
    a_record(person, a_run(course=course), day=date(2026, 1, 1))
    pieces = [c for c in credits_of(person.id) if c.unit == "pieces"]
    assert [c.day for c in pieces] == [date(2026, 1, 1)]


def test_training_elsewhere_stands_as_it_was_decided():
    coordinator, account, topic = an_account(RoleName.COORDINATOR), an_account(), a_topic()
    training_elsewhere(account, topic_id=topic.id)
    decided(training_elsewhere(account, title="Kaizen", minutes=90), by=coordinator)
    refused = training_elsewhere(account, title="Kho")
    decided(refused, OutsideState.REFUSED, by=coordinator, remark="Sai")
    waits, accepted, refused = credits_of(account.person_id)
    assert [c.standing for c in (waits, accepted, refused)] == [
        CreditStanding.WAITING,
        CreditStanding.ACCEPTED,
        CreditStanding.REFUSED,
    ]
    assert (accepted.amount, accepted.day) == (Decimal("1.5"), date(2026, 1, 6))
    assert (waits.marks, accepted.marks) == ({f"topic:{topic.key}"}, frozenset())
    assert waits.category == "outside"


def closed(run, *, held_by=()):
    with transaction():
        reload(run).state = RunState.CLOSED
        for meeting, trainers in zip(run.sessions, held_by, strict=False):
            meeting.held_by = list(trainers)
    return run


def test_hours_of_the_sessions_that_somebody_held_in_a_closed_class():
    one, other = a_person(), a_person()
    run = a_run(sessions=3, trainers=[one, other], starts_at=NOW - timedelta(days=9))
    assert credits_of(one.id) == []
    closed(run, held_by=[[run.trainers[0]], [run.trainers[1]]])
    last = (NOW - timedelta(days=7)).date()
    (taught,) = credits_of(one.id)
    assert in_short([taught]) == [(Source.TEACHING, "hours", 8, last)]
    assert (taught.category, taught.ref) == ("taught", f"teaching:{run.id}")


def test_a_session_that_fell_out_was_taught_by_nobody():
    trainer = a_person()
    run = a_run(sessions=2, trainers=[trainer], starts_at=NOW - timedelta(days=9))
    with transaction():
        reload(run).sessions[1].state = SessionState.CANCELLED
    closed(run)
    assert [c.amount for c in credits_of(trainer.id)] == [4]


def test_a_completed_pilot_project_is_one_project_as_of_its_end():
    person, project = a_person(), ended(a_project())
    part = taking_part(project, person)
    (credit,) = credits_of(person.id)
    assert in_short([credit]) == [(Source.PILOT, "projects", 1, ENDED)]
    assert (credit.standing, credit.category) == (CreditStanding.ACCEPTED, "pilot")
    assert (credit.ref, credit.about) == (f"pilot_part:{part.id}", f"pilot_project:{project.id}")
    assert not credit.measured
    measure = measured(project)
    assert credits_of(person.id)[0].measured
    take_measure_out(measure.id, reason="Đo sai", by=an_account().id, now=NOW)
    assert not credits_of(person.id)[0].measured


def test_a_pilot_project_that_goes_on_brings_nothing_yet_and_one_given_up_nothing_at_all():
    person = a_person()
    taking_part(a_project(), person)
    taking_part(ended(a_project(), outcome=PilotOutcome.ABANDONED), person)
    assert [c.standing for c in credits_of(person.id)] == [CreditStanding.UNFINISHED]


def test_what_the_firm_says_waits_and_who_was_taken_off_the_list_has_nothing():
    person, project = a_person(), ended(a_project())
    part = taking_part(project, person, by=an_account())
    assert [c.standing for c in credits_of(person.id)] == [CreditStanding.WAITING]
    remove(part.id, reason="Nhầm", by=an_account(RoleName.COORDINATOR).id, now=NOW)
    assert credits_of(person.id) == []


def test_many_people_cost_as_many_questions_as_one(count_queries):
    people = [a_person() for _ in range(20)]
    project = ended(a_project())
    for person in people:
        a_record(person, a_run(trainers=[person], state=RunState.CLOSED))
        taking_part(project, person)
    ids = [person.id for person in people]
    with count_queries() as for_one:
        credits_of(ids[0])
    with count_queries() as for_all:
        found = credits_of_people(ids)
    assert len(for_one) == len(for_all) == 3
    assert {len(found[person_id]) for person_id in ids} == {4}


def test_nobody_is_asked_for():
    assert credits_of_people([]) == {}


@pytest.mark.parametrize(("minutes", "hours"), [(20, "0.34"), (90, "1.5"), (60, "1"), (0, "0")])
def test_minutes_are_told_in_hours(minutes, hours):
    assert hours_of(minutes) == Decimal(hours)
