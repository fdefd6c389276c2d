"""The demo club is true to the club's own rules, and the same for the same seed and day."""

import hashlib

import pytest
from sqlalchemy import func, select

from club.certification.queries import valid_experts_on
from club.clock import local_day
from club.content import CONTENT, STEPS
from club.courses.models import Run, RunState
from club.db import db
from club.demo.accounts import ACCOUNTS, PASSWORD
from club.demo.loading import DemoRefusal, Size, load_demo
from club.demo.queries import is_demo
from club.people.models import Organisation, Person
from club.pilots.queries import pilot_firms_on
from club.records.models import AttendanceMark, CompletionCertificate, TrainingRecord
from club.refusal import RefusedError
from club.registration.models import Registration, RegistrationState
from tests.support.factories import NOW, a_person


@pytest.fixture
def reference():
    for _name, step in STEPS:
        step(CONTENT, now=NOW)


def count(model, *conditions):
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


def test_the_club_has_the_promised_size(reference):
    loaded = load_demo(now=NOW)
    assert count(Run) == loaded.runs == 60
    assert count(Person) == 600 + len(ACCOUNTS)
    assert count(Organisation) == 80
    assert count(AttendanceMark) == loaded.marks > 2000
    assert count(CompletionCertificate) == loaded.certificates > 100
    assert is_demo()


def test_there_is_always_something_past_running_open_and_full(reference):
    load_demo(now=NOW)
    states = {state: count(Run, Run.state == state) for state in RunState}
    assert all(states.values())
    assert count(Run, Run.starts_at <= NOW, Run.ends_at > NOW, Run.state == RunState.PUBLISHED) > 0
    full = db.session.scalars(select(Run).where(Run.waiting_count > 0)).all()
    assert full
    assert all(run.places_taken == run.seats for run in full)


def test_places_noted_on_runs_are_those_of_the_registrations(reference):
    load_demo(now=NOW)
    for state, noted in (
        (RegistrationState.CONFIRMED, Run.places_taken),
        (RegistrationState.WAITING, Run.waiting_count),
    ):
        counted = dict(
            db.session.execute(
                select(Registration.run_id, func.count())
                .where(Registration.state == state)
                .group_by(Registration.run_id)
            ).all()
        )
        found = {run_id: n for run_id, n in db.session.execute(select(Run.id, noted)) if n}
        assert found == counted


def _digest():
    """Everything but the moments at which passwords were salted."""
    seen = hashlib.sha256()
    for query in (
        select(Person.public_id, Person.full_name).order_by(Person.id).limit(60),
        select(TrainingRecord.public_id, TrainingRecord.attended_minutes).order_by(
            TrainingRecord.id
        ),
        select(CompletionCertificate.number, CompletionCertificate.code).order_by(
            CompletionCertificate.id
        ),
    ):
        seen.update(repr([tuple(row) for row in db.session.execute(query)]).encode())
    return seen.hexdigest()


def test_the_same_seed_makes_the_same_club(reference):
    from tests.support.engine import empty_all_tables

    digests = set()
    for seed in (7, 7, 8):
        load_demo(Size(60, 20), seed=seed, now=NOW)
        digests.add(_digest())
        db.session.rollback()
        empty_all_tables()
        for _name, step in STEPS:
            step(CONTENT, now=NOW)
    assert len(digests) == 2


def test_it_is_never_mixed_with_real_people(reference):
    a_person()
    with pytest.raises(RefusedError) as refused:
        load_demo(now=NOW)
    assert refused.value.refusal is DemoRefusal.NOT_EMPTY


def test_it_is_never_loaded_in_production(reference):
    with pytest.raises(RefusedError) as refused:
        load_demo(now=NOW, production=True)
    assert refused.value.refusal is DemoRefusal.PRODUCTION
    assert count(Person) == 0


def test_the_plan_has_a_pilot_and_one_expert_who_counts(reference):
    load_demo(Size(60, 12), now=NOW)
    day = local_day(NOW)
    assert pilot_firms_on(day) == 1
    assert valid_experts_on(day) == 1


def test_new_people_can_be_added_afterwards(reference):
    load_demo(Size(30, 12), now=NOW)
    assert a_person().id > 30


def test_every_demo_account_can_sign_in(reference, client):
    load_demo(Size(30, 12), now=NOW)
    for account in ACCOUNTS:
        answer = client.post("/login", data={"email": account.email, "password": PASSWORD})
        assert answer.status_code == 302, account.email
        client.post("/logout")
