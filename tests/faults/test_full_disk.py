"""The disk of the database is full in the middle of something: it is said, and nothing is half
written. SQLite is held at its present size for that; PostgreSQL's own answer is only recognised.
"""

import sqlite3
import uuid
from contextlib import closing, contextmanager

import pytest
import time_machine
from psycopg.errors import DiskFull
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from club.courses.models import RunState
from club.db import db
from club.outbox.models import Letter
from club.records.attendance import queries
from club.records.attendance.models import AttendanceMark, SentMark
from club.records.certificates.models import CertificateBatch
from club.records.models import TrainingRecord
from club.web import errors
from tests.records.kit import (
    a_coordinator,
    a_taught_run,
    certificates,
    every,
    on_the_list,
    present,
)
from tests.support.factories import NOW, a_person, reload

#: More rows than fit into what pages of the database have left.
MANY = 150


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def coordinator():
    return a_coordinator()


@pytest.fixture
def office(sign_in, coordinator):
    return sign_in(coordinator)


@contextmanager
def a_full_disk():
    """No page more than the database has now."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("the size of a PostgreSQL database cannot be held")
    db.session.rollback()
    with closing(sqlite3.connect(db.engine.url.database, isolation_level=None)) as connection:
        connection.execute("VACUUM")  # no page stays empty

    def hold(connection, *_):
        connection.execute("PRAGMA max_page_count = 1")  # which is raised to the present size

    event.listen(db.engine, "checkout", hold)
    try:
        yield
    finally:
        event.remove(db.engine, "checkout", hold)
        db.session.rollback()
        db.engine.dispose()  # with the connections that hold


def a_class(people=MANY, *, were_present=True):
    run = a_taught_run()
    for _ in range(people):
        person = on_the_list(run, a_person())
        if were_present:
            present(run, person)
    return run


def is_told(answer):
    assert answer.status_code == 503
    assert "Không còn chỗ để lưu" in answer.get_data(as_text=True)


def test_marks_of_a_phone_are_all_refused_and_can_be_sent_again(office, coordinator):
    run = a_class(were_present=False)
    session = run.sessions[0].public_id
    address = f"/teaching/runs/{run.code}/attendance/marks?session={session}"
    sent = [
        {
            "id": str(uuid.uuid4()),
            "person": str(entry.person.public_id),
            "mark": "present",
            "made_at": int(NOW.timestamp() * 1000),
        }
        for entry in queries.entries_of(run.id)
    ]
    account = str(coordinator.person.public_id)
    body = {"account": account, "sent_at": int(NOW.timestamp() * 1000), "marks": sent}
    with a_full_disk():
        is_told(office.post(address, json=body))
        assert (every(AttendanceMark), every(SentMark)) == ([], [])
    assert office.post(address, json=body).status_code == 200
    assert len(every(AttendanceMark)) == MANY


def test_a_class_is_not_half_closed_and_no_certificate_half_issued(office):
    run = a_class()
    letters = len(every(Letter))
    address = f"/teaching/runs/{run.code}/closing"
    with a_full_disk():
        is_told(office.post(address, data={}))
        assert reload(run).state is RunState.PUBLISHED
        assert (every(TrainingRecord), certificates(), every(CertificateBatch)) == ([], [], [])
        assert len(every(Letter)) == letters
    assert office.post(address, data={}).status_code == 302
    assert len(certificates()) == MANY
    numbers = [certificate.number for certificate in certificates()]
    assert numbers == [f"CN-2026-{number:06d}" for number in range(1, MANY + 1)]


def test_pages_can_be_read_while_nothing_can_be_written(office):
    run = a_class(people=2)
    with a_full_disk():
        assert office.get(f"/teaching/runs/{run.code}/closing").status_code == 200


def test_what_postgresql_says_of_a_full_disk_is_understood(app):
    full = OperationalError("INSERT …", {}, DiskFull("could not extend file"))
    with app.test_request_context("/teaching/"):
        is_told(errors.unexpected(full))
