"""Migrations lead to the models, and back, on a filled database, without losing a row."""

from dataclasses import replace

import pytest
from alembic.script import ScriptDirectory
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect, select

from club.app import create_app
from club.db import db
from club.upkeep.readiness import pending_migrations
from club.upkeep.tables import all_tables
from tests.support.engine import spare_engine_url
from tests.support.factories import (
    NOW,
    a_person,
    a_run,
    a_unit,
    an_account,
    an_employment,
    an_organisation,
)


@pytest.fixture
def unmigrated(app, tmp_path):
    """A site over a database in which nothing has been made yet."""
    with spare_engine_url(tmp_path) as url:
        settings = replace(app.extensions["club.settings"], database_url=url, var=tmp_path)
        site = create_app(settings, TESTING=True, RATELIMIT_ENABLED=False)
        with site.app_context():
            yield site
            db.session.remove()
            db.engine.dispose()


def revisions(site) -> list[str]:
    config = site.extensions["migrate"].migrate.get_config()
    script = ScriptDirectory.from_config(config)
    return [revision.revision for revision in script.walk_revisions()][::-1]


def rows() -> dict[str, list[str]]:
    found = {
        table.name: sorted(repr(tuple(row)) for row in db.session.execute(select(table)))
        for table in all_tables()
    }
    db.session.rollback()
    return {name: lines for name, lines in found.items() if lines}


def fill() -> None:
    """Rows of every kind that the factories make, with the marks of both engines in them."""
    ward = a_unit(name="Phường Lái Thiêu")
    firm = an_organisation(name="Công ty Gốm Demo", ward_id=ward.id)
    person = a_person(full_name="Đặng Thị Ánh", ward_id=ward.id)
    an_employment(person, firm)
    an_account(person=person, created_at=NOW)
    a_run(sessions=3, trainers=[a_person()], host_id=firm.id)
    db.session.remove()


def test_revisions_are_numbered_in_one_line(unmigrated):
    found = revisions(unmigrated)
    assert found == [f"{n:04d}" for n in range(1, len(found) + 1)]
    assert found


def test_migrations_lead_to_the_models(unmigrated):
    assert pending_migrations()
    upgrade()
    assert not pending_migrations()
    check()
    with db.engine.connect() as connection:
        made = set(inspect(connection).get_table_names())
    assert {table.name for table in all_tables()} <= made


def test_everything_goes_down_again(unmigrated):
    upgrade()
    downgrade(revision="base")
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert left == set()
    upgrade()
    check()


def test_no_step_loses_a_row(unmigrated):
    """From the top, each step down and up again, with a filled database."""
    upgrade()
    fill()
    before = rows()
    assert before
    for below in reversed(revisions(unmigrated)[:-1]):
        downgrade(revision=below)
        upgrade()
        assert rows() == before


def test_migrated_and_modelled_constraints_are_the_same(app, unmigrated):
    """What ``create_all`` makes for the tests is what migrations make for people."""
    upgrade()
    with db.engine.connect() as connection:
        migrated = constraints(connection)
    with app.app_context(), db.engine.connect() as connection:
        assert constraints(connection) == migrated


def constraints(connection) -> dict[str, list[str]]:
    seen = inspect(connection)
    found: dict[str, list[str]] = {}
    for table in all_tables():
        names = [c["name"] for c in seen.get_check_constraints(table.name)]
        names += [c["name"] for c in seen.get_unique_constraints(table.name)]
        names += [c["name"] for c in seen.get_foreign_keys(table.name)]
        names += [i["name"] for i in seen.get_indexes(table.name)]
        found[table.name] = sorted({str(name) for name in names})
    return found
