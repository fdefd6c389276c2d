"""Migrations lead to the models, and back, on a filled database, without losing a row."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect, text

from club.db import db
from club.search.schema import belongs_to_index
from club.upkeep.readiness import known_revisions, newest_revision, pending_migrations
from club.upkeep.tables import all_tables
from tests.support.migrated import migrated_site, unmigrated_site
from tests.sweeps.filling import fill_every_table


@pytest.fixture
def unmigrated(app, tmp_path):
    """A site over a database in which nothing has been made yet."""
    with unmigrated_site(app, tmp_path) as site:
        yield site


@pytest.fixture
def migrated(app, tmp_path):
    """A site over empty tables that all migrations have made."""
    with migrated_site(app, tmp_path) as site:
        yield site


def revisions(site) -> list[str]:
    config = site.extensions["migrate"].migrate.get_config()
    script = ScriptDirectory.from_config(config)
    return [revision.revision for revision in script.walk_revisions()][::-1]


Contents = dict[str, list[dict[str, Any]]]

#: What a step down has to say in older words, as its own comment tells.
_HOW_IT_STANDS = {
    "registration": {"state"},
    "registration_step": {"from_state", "to_state", "reason"},
}
REWORDED = {
    "0002": _HOW_IT_STANDS,
    "0006": {"letter": {"state", "recipient", "last_error"}},
    "0011": {"registration_step": {"reason"}},
    "0015": _HOW_IT_STANDS | {"run": {"waiting_count"}},
    "0017": _HOW_IT_STANDS,
    "0018": {"club_profile": {"logo"}},
    "0026": {"completion_certificate": {"state"}},
    "0052": {"case_study": {"result_kind", "strength", "figure_shape"}},
    "0062": {"search_document": {"kind", "scope"}},
    "0071": {"search_document": {"scope", "folded_title", "folded_body"}},
    "0078": {"search_document": {"kind", "code"}},
    "0098": {"document_line": {"followed"}},
    "0112": {"plan_step": {"taken_out_at", "taken_out_reason"}},
    "0114": {"run_tally": {"audience", "unit_id", "sector", "sex", "completed"}},
    "0116": {"reported_training": {"hours", "minutes"}},
}


def contents() -> Contents:
    """Every row of every table there is, as it is stored, whatever the models say."""
    with db.engine.connect() as connection:
        there = set(inspect(connection).get_table_names()) - {"alembic_version"}
        # How FTS5 lays its words away differs with the order in which they came.
        tables = {name for name in there if not belongs_to_index(name)}
        return {
            name: in_order(
                map(dict, connection.execute(text(f'SELECT * FROM "{name}"')).mappings())
            )
            for name in sorted(tables)
        }


def as_far_as_in(older: Contents, newer: Contents) -> Contents:
    """Of the newer rows the tables and columns that the older ones have."""
    columns = {name: rows[0].keys() for name, rows in older.items() if rows}
    return {
        name: in_order({c: row[c] for c in columns[name] if c in row} for row in newer[name])
        for name in columns
    }


def in_order(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: repr(sorted(row.items())))


def without(columns: dict[str, set[str]], everything: Contents) -> Contents:
    return {
        name: in_order({c: row[c] for c in row.keys() - columns.get(name, set())} for row in rows)
        for name, rows in everything.items()
    }


def test_revisions_are_numbered_in_one_line(unmigrated):
    found = revisions(unmigrated)
    assert found == [f"{n:04d}" for n in range(1, len(found) + 1)]
    assert found
    assert (known_revisions(), newest_revision()) == (set(found), found[-1])


@pytest.mark.slow
def test_the_commands_of_migrations_are_at_hand(app):
    told = app.test_cli_runner().invoke(args=["db", "--help"])
    assert {"upgrade", "downgrade", "revision"} <= set(told.output.split())


@pytest.mark.slow
def test_migrations_lead_to_the_models(unmigrated):
    assert pending_migrations()
    upgrade()
    assert not pending_migrations()
    check()
    with db.engine.connect() as connection:
        made = set(inspect(connection).get_table_names())
    assert {table.name for table in all_tables()} <= made


@pytest.mark.slow
def test_everything_goes_down_again(migrated):
    downgrade(revision="base")
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert left == set()
    upgrade()
    check()


@pytest.mark.slow
def test_no_step_loses_anything(migrated):
    """Each step down and up again, over a row in every table: what the older club knows stays."""
    fill_every_table()
    steps = revisions(migrated)
    assert [name for name, rows in contents().items() if not rows] == []
    for above, below in pairwise(reversed(steps)):
        there = contents()
        downgrade(revision=below)
        kept = without(REWORDED.get(above, {}), contents())
        assert kept == as_far_as_in(kept, there), f"down from {above}"
        assert [name for name, rows in kept.items() if not rows] == []
        upgrade(revision=above)
        assert as_far_as_in(kept, contents()) == kept, f"up to {above}"
        downgrade(revision=below)


@pytest.mark.slow
def test_migrated_and_modelled_constraints_and_triggers_are_the_same(app, migrated):
    """What ``create_all`` makes for the tests is what migrations make for people."""
    with db.engine.connect() as connection:
        migrated = constraints(connection), triggers(connection)
    with app.app_context(), db.engine.connect() as connection:
        assert (constraints(connection), triggers(connection)) == migrated
    assert "step_is_news" in migrated[1]


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


def triggers(connection) -> list[str]:
    """Names. A migration that rebuilds a table on SQLite loses those on it."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
    }
    return list(connection.scalars(text(asked[connection.dialect.name])))
