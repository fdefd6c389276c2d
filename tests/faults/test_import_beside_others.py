"""Ten thousand rows of earlier years are brought in, and nobody else waits for it."""

import sqlite3
import time
import urllib.request
from datetime import timedelta

import pytest

from club import clock
from club.accounts.models import Account
from club.db import db
from club.files.sheets.measuring import MOST_ROWS
from club.records.earlier.operations import confirm
from tests.records.earlier_kit import a_list, a_row, handed_in
from tests.support.factories import a_run
from tests.support.load import Crowd, inside, signed_in
from tests.support.site import RunningSite

pytestmark = pytest.mark.site

ANSWERS = {"comes_for": "individual", "phone": "0912345678", "agrees": "y"}
#: Seconds that a request may take meanwhile. On a machine on which requests are slow anyway it is
#: ten times what the slowest takes while nothing is brought in.
LONGEST = 2
QUIET_SECONDS = 10
PATIENCE = 300


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    running = RunningSite(tmp_path_factory.mktemp("site") / "var", demo=True)
    running.start()
    yield running
    running.kill()


def state_of_the_list(site):
    with sqlite3.connect(site.var / "club.db", timeout=30) as database:
        (state,) = database.execute("SELECT state FROM earlier_batch ORDER BY id DESC").fetchone()
    database.close()
    return state


def wait_for(site, state):
    deadline = time.monotonic() + PATIENCE
    while (found := state_of_the_list(site)) != state:
        assert found != "faulty"
        assert time.monotonic() < deadline, f"still {found}"
        time.sleep(0.2)


def test_no_request_takes_longer_than_two_seconds_meanwhile(site):
    with inside(site) as app:
        member, staff = (
            db.session.query(Account).filter_by(email=f"{name}@club.example").one()
            for name in ("hoivien", "dieuphoi")
        )
        code = a_run(seats=5, starts_at=clock.now() + timedelta(days=30)).code
        visitor, staff_id = signed_in(app, member), staff.id

    def reads():
        with urllib.request.urlopen(f"{site.address}/courses/", timeout=60) as answer:
            return answer.status

    def writes():
        """Asks for the write lock each time, also where the place is there already."""
        return visitor.post(site.address, f"/runs/{code}/registration", **ANSWERS)[0]

    with Crowd().repeating(reads, writes) as quiet:
        time.sleep(QUIET_SECONDS)
    with Crowd().repeating(reads, writes) as meanwhile:
        with inside(site):
            rows = [a_row(phone=f"09{n:08d}") for n in range(MOST_ROWS)]
            batch_id = handed_in(a_list(rows), by=db.session.get(Account, staff_id)).id
        wait_for(site, "ready")
        with inside(site):
            confirm(batch_id, by=staff_id, now=clock.now())
        wait_for(site, "imported")

    assert set(meanwhile.answers) == {200, 302}
    assert meanwhile.slowest < max(LONGEST, 10 * quiet.slowest)
