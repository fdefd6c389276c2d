"""Tallying every class while another process writes records of one, or tallies, too."""

import multiprocessing
import time

import pytest
from sqlalchemy import select, text, update

from club.courses.models import Run
from club.db import db, transaction
from club.records.models import TrainingRecord
from club.statistics.tallies import operations, queries
from club.statistics.tallies.models import RunToTally, TallyProfile
from club.statistics.tallies.operations import mark_all, tally_marked
from tests.registration.racing import app_over
from tests.statistics.test_figures import a_record
from tests.support.factories import a_person, a_run

pytestmark = pytest.mark.slow

_SPAWN = multiprocessing.get_context("spawn")


def tally_all(url, ready, go):
    with app_over(url).app_context():
        db.session.connection()  # connecting is no part of the race
        db.session.rollback()
        ready.set()
        assert go.wait(300)
        mark_all()
        tally_marked()


def wait_until_it_waits(session):
    """On PostgreSQL for a lock; on SQLite there is one lock, which this transaction holds."""
    if session.get_bind().dialect.name == "sqlite":
        time.sleep(0.5)
        return
    for _ in range(2_000):
        if session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
            return
        time.sleep(0.05)
    pytest.fail("nobody waits")


@pytest.mark.parametrize("who", ["writes the mark first", "holds the class first"])
def test_tallying_all_and_closing_a_class_wait_for_each_other(app, who):
    run, other = a_run(), a_run()
    for one in (run, other):
        a_record(one, a_person())
    tally_marked()
    ready, go = _SPAWN.Event(), _SPAWN.Event()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    tallying = _SPAWN.Process(target=tally_all, args=(url, ready, go))
    tallying.start()
    assert ready.wait(300)
    with transaction() as session:
        session.scalars(select(Run.id).where(Run.id == run.id).with_for_update()).one()
        shorter = update(TrainingRecord).where(TrainingRecord.run_id == run.id)
        if who == "writes the mark first":
            session.execute(shorter.values(attended_minutes=200))
        go.set()
        wait_until_it_waits(session)
        session.execute(shorter.values(attended_minutes=130))
    tallying.join(300)
    assert tallying.exitcode == 0
    assert db.session.scalars(select(RunToTally.run_id)).all() == []
    assert queries.differing_runs() == []


def tally_a_few(url, barrier):
    operations._AT_ONCE = 3
    with app_over(url).app_context():
        db.session.connection()
        db.session.rollback()
        barrier.wait(300)
        while db.session.scalar(select(RunToTally.run_id).limit(1)):
            db.session.rollback()
            tally_marked()


def test_two_who_tally_at_once_keep_one_profile_once(app):
    """Classes of the same profiles, more than one of the two takes at once."""
    runs, people = [a_run() for _ in range(24)], [a_person() for _ in range(6)]
    for n, run in enumerate(runs):
        for turn, person in enumerate(people):
            a_record(run, person, sector=f"s{(n + turn) % 6}", completed=turn % 2 == 0)
    barrier, url = _SPAWN.Barrier(2), app.config["SQLALCHEMY_DATABASE_URI"]
    db.session.rollback()
    both = [_SPAWN.Process(target=tally_a_few, args=(url, barrier)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(300)
    assert [one.exitcode for one in both] == [0, 0]
    kept = db.session.scalars(select(TallyProfile)).all()
    assert len(kept) == len({(one.sector, one.completed) for one in kept}) == 12
    assert queries.differing_runs() == []
