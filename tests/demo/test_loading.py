"""The demo club is as large as promised, and the same for the same seed and day; it is never mixed with a real one."""

from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

from club.clock import instant_of, local_day
from club.courses.models import Run, RunState
from club.db import db
from club.demo.accounts import ACCOUNTS, PASSWORD
from club.demo.certifying import OTHERS
from club.demo.loading import DemoRefusal, Size, load_demo
from club.demo.queries import is_demo
from club.people.models import Organisation, Person
from club.records.attendance.models import AttendanceMark
from club.records.certificates.models import (
    CompletionCertificate,
)
from club.refusal import RefusedError
from club.registration.models import (
    SEATED_STATES,
    Registration,
    RegistrationState,
)
from tests.demo.kit import count
from tests.support.demo import read_content
from tests.support.factories import NOW, a_person

#: Each of them loads a whole club.
pytestmark = pytest.mark.slow


def test_the_club_has_the_promised_size(reference):
    loaded = load_demo(now=NOW)
    assert count(Run) == loaded.runs == 60
    # Two who are entered twice, and the official who checks a report.
    assert count(Person) == 600 + len(ACCOUNTS) + len(OTHERS) + 3
    assert count(Organisation) == 80
    assert count(AttendanceMark) == loaded.marks > 2000
    assert count(CompletionCertificate) == loaded.certificates > 100
    assert is_demo()


def test_there_is_always_something_past_running_open_and_full(club):
    states = {state: count(Run, Run.state == state) for state in RunState}
    assert all(states.values())
    assert count(Run, Run.starts_at <= NOW, Run.ends_at > NOW, Run.state == RunState.PUBLISHED) > 0
    full = db.session.scalars(select(Run).where(Run.waiting_count > 0)).all()
    assert full
    assert all(run.places_taken == run.seats for run in full)


def test_places_noted_on_runs_are_those_of_the_registrations(club):
    for states, noted in (
        (SEATED_STATES, Run.places_taken),
        ([RegistrationState.WAITING], Run.waiting_count),
    ):
        counted = dict(
            db.session.execute(
                select(Registration.run_id, func.count())
                .where(Registration.state.in_(states))
                .group_by(Registration.run_id)
            ).all()
        )
        found = {run_id: n for run_id, n in db.session.execute(select(Run.id, noted)) if n}
        assert found == counted


#: What opens something, where files lie, and when exactly the club was loaded.
SECRETS = {
    "account": {"password", "fs_uniquifier", "fs_webauthn_user_handle", "sign_in_key"},
    "demo_load": {"loaded_at"},
    "stored_file": {"key"},
}


#: Comes with ``content/``.
REFERENCE = {"observation"}


def _everything():
    """All rows of all tables, but for secrets, table by table."""
    return {
        table.name: [
            tuple(row)
            for row in db.session.execute(
                select(*(c for c in table.c if c.name not in SECRETS.get(table.name, ()))).order_by(
                    *table.primary_key.columns
                )
            )
        ]
        for table in db.metadata.sorted_tables
        if table.name not in REFERENCE
    }


def test_two_loads_of_a_day_are_the_same_club(reference):
    from tests.support.engine import empty_all_tables

    clubs = []
    for seed, at in ((7, NOW), (7, NOW + timedelta(hours=9)), (8, NOW)):
        load_demo(Size(60, 20), seed=seed, now=at)
        clubs.append(_everything())
        db.session.rollback()
        empty_all_tables()
        read_content(now=NOW)
    first, again, other = clubs
    assert [name for name in first if first[name] != again[name]] == []
    assert first["person"] != other["person"]


def test_a_year_lies_behind_and_four_months_ahead(club):
    begin, end = db.session.execute(select(func.min(Run.starts_at), func.max(Run.starts_at))).one()
    days = (local_day(begin) - local_day(NOW)).days, (local_day(end) - local_day(NOW)).days
    assert (days[0] in {-365, -364}, 100 <= days[1] <= 120) == (True, True)
    ended = db.session.scalars(select(Run.ends_at).where(Run.state == RunState.CLOSED))
    assert len({local_day(at).strftime("%Y-%m") for at in ended}) >= 12


@pytest.mark.parametrize("hour", [0, 23])
def test_a_class_runs_and_meets_today_whenever_one_looks(reference, hour):
    now = instant_of(local_day(NOW), time(hour, 59))
    load_demo(Size(60, 12), now=now)
    running = db.session.scalars(
        select(Run).where(Run.starts_at <= now, Run.ends_at > now, Run.state == RunState.PUBLISHED)
    ).all()
    assert running
    for run in running:
        assert local_day(now) in {local_day(session.starts_at) for session in run.sessions}


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


def test_new_people_can_be_added_afterwards(reference):
    load_demo(Size(30, 12), now=NOW)
    assert a_person().id > 30


def test_every_demo_account_can_sign_in(reference, client):
    load_demo(Size(30, 12), now=NOW)
    for account in ACCOUNTS:
        answer = client.post("/login", data={"email": account.email, "password": PASSWORD})
        assert answer.status_code == 302, account.email
        client.post("/logout")
