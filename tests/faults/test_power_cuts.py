"""What was acknowledged stays, whatever happens to the processes; and nobody hears "locked"."""

import random
import sqlite3
import time
import uuid
from datetime import timedelta

import pytest

from club import clock
from club.accounts.models import Account
from club.accounts.operations import create_account, new_account
from club.db import db
from club.upkeep.queries import oversold_runs, runs_with_wrong_places
from tests.support.factories import a_run
from tests.support.load import Crowd, inside, signed_in
from tests.support.site import RunningSite

pytestmark = pytest.mark.site

#: What the registration form asks of somebody new.
ANSWERS = {"comes_for": "individual", "phone": "0912345678", "agrees": "y"}
WRITERS = 8
CUTS = 20
BUSY_SECONDS = 20


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    running = RunningSite(tmp_path_factory.mktemp("site") / "var", demo=True)
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def comings_and_goings(site):
    """Eight people who take a place in a run of four seats and give it back, again and again."""
    with inside(site) as app:
        code = a_run(seats=WRITERS // 2, starts_at=clock.now() + timedelta(days=30)).code
        people = []
        for number in range(WRITERS):
            opened = new_account(
                email=f"writer{number}@example.vn",
                full_name=f"Người Ghi {number}",
                password="nang-suat-2026",
            )
            account = create_account(opened, roles=(), now=clock.now())
            people.append((account.id, account.person_id))
        visitors = [(signed_in(app, db.session.get(Account, a)), p) for a, p in people]
    return [Coming(site, visitor, person, code) for visitor, person in visitors]


class Coming:
    """Registers, then withdraws what it finds registered."""

    def __init__(self, site, visitor, person_id, code) -> None:
        self.site, self.visitor, self.person_id, self.code = site, visitor, person_id, code
        self.acknowledged = 0

    def __call__(self) -> int:
        public_id = self.active_registration()
        path = (
            f"/registrations/{public_id}/withdrawal"
            if public_id
            else f"/runs/{self.code}/registration"
        )
        status, _location = self.visitor.post(self.site.address, path, **ANSWERS)
        self.acknowledged += status in {200, 302, 303}
        return status

    def active_registration(self) -> str | None:
        with sqlite3.connect(self.site.var / "club.db", timeout=30) as database:
            row = database.execute(
                "SELECT public_id FROM registration WHERE person_id = ? AND state IN ('confirmed', 'offered', 'waiting')",
                (self.person_id,),
            ).fetchone()
        database.close()
        return str(uuid.UUID(row[0])) if row else None


def asked(site, question: str):
    database = sqlite3.connect(site.var / "club.db", timeout=30)
    try:
        return database.execute(question).fetchall()
    finally:
        database.close()


STEPS = """
    SELECT count(*) FROM registration_step JOIN registration ON registration.id = registration_id
    JOIN account ON account.person_id = registration.person_id WHERE account.email LIKE 'writer%'
"""
OVERSOLD = """
    SELECT code FROM run WHERE seats < (SELECT count(*) FROM registration
    WHERE run_id = run.id AND state = 'confirmed')
"""
STEPS_WITHOUT_LETTER = """
    SELECT count(*) FROM registration JOIN account ON account.person_id = registration.person_id
    WHERE account.email LIKE 'writer%'
    AND registration.person_id NOT IN (SELECT person_id FROM letter WHERE kind LIKE 'registration%')
"""


def test_eight_writers_never_hear_that_the_database_is_locked(site, comings_and_goings):
    with Crowd().repeating(*comings_and_goings) as crowd:
        time.sleep(BUSY_SECONDS)
    assert [status for status in crowd.answers if status >= 400] == []
    assert len(crowd.answers) > 10 * WRITERS
    assert crowd.slowest < 5
    assert asked(site, OVERSOLD) == []


def test_twenty_power_cuts_lose_nothing_that_was_acknowledged(site, comings_and_goings):
    cut = random.Random(2026)
    for _round in range(CUTS):
        with Crowd().repeating(*comings_and_goings):
            time.sleep(cut.uniform(0.2, 0.8))
            site.kill()
        assert asked(site, "PRAGMA integrity_check") == [("ok",)]
        assert asked(site, "PRAGMA foreign_key_check") == []
        acknowledged = sum(one.acknowledged for one in comings_and_goings)
        assert asked(site, STEPS)[0][0] >= acknowledged
        assert asked(site, STEPS_WITHOUT_LETTER) == [(0,)]
        assert asked(site, OVERSOLD) == []
        site.start()
    assert acknowledged > CUTS
    assert site.command("doctor").returncode == 0


def test_registrations_and_their_kept_numbers_agree(site, comings_and_goings):
    """After all that, what lists show is what the rows say."""
    with inside(site):
        assert (runs_with_wrong_places(), oversold_runs()) == ([], [])
