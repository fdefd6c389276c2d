"""The database of a test run: SQLite, or a PostgreSQL that the tests start themselves.

``TEST_ENGINE=postgresql`` chooses the second; ``TEST_DATABASE_URL`` names a database that is
there already and may be emptied. Under xdist every worker has a database of its own.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, create_engine, make_url, text

from club.certification.schemes.freezing import thawed
from club.db import Model, db
from club.statistics.reports import guarding as reports
from club.statistics.tallies import guarding as profiles
from club.upkeep.tables import all_tables
from tests.support.postgres_server import PostgresServer

#: Where the run's main process tells its workers about the server.
SERVER = "TEST_POSTGRES_FOLDER"
_STARTED = pytest.StashKey[PostgresServer]()


def start_server_if_wanted(config) -> None:
    """Called once by the main process, before it starts workers."""
    wanted = os.environ.get("TEST_ENGINE", "sqlite")
    if wanted not in {"sqlite", "postgresql"}:
        raise ValueError(f"TEST_ENGINE is sqlite or postgresql, not {wanted}")
    is_worker = hasattr(config, "workerinput")
    if wanted == "postgresql" and not is_worker and not config.option.collectonly:
        config.stash[_STARTED] = PostgresServer().start()
        os.environ[SERVER] = str(config.stash[_STARTED].folder)


def stop_server(config) -> None:
    if _STARTED in config.stash:
        config.stash[_STARTED].stop()


@contextmanager
def engine_url(var: Path) -> Iterator[str]:
    """A database that only this process uses."""
    if os.environ.get("TEST_DATABASE_URL"):
        yield os.environ["TEST_DATABASE_URL"]
    elif os.environ.get("TEST_ENGINE") == "postgresql":
        yield new_database(f"club_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    else:
        yield f"sqlite:///{var}/test.db"


@contextmanager
def spare_engine_url(var: Path, *, name: str = "spare", like: str | None = None) -> Iterator[str]:
    """A second database on the engine of this run, for restores and migrations: an empty one, or a
    copy of what is at the address ``like``, which nobody may be connected to.
    """
    if os.environ.get("TEST_ENGINE") == "postgresql":
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        yield new_database(f"{name}_{worker}", template=make_url(like).database if like else None)
    else:
        path = var / f"{name}.db"
        for leftover in var.glob(f"{name}.db*"):
            leftover.unlink()
        if like:
            shutil.copy(make_url(like).database, path)
        yield f"sqlite:///{path}"


def new_database(name: str, *, template: str | None = None) -> str:
    """A database of this name on the tests' own server: empty, or a copy of another."""
    folder = os.environ[SERVER]
    url = "postgresql+psycopg://club@/{}?host=" + folder
    engine = create_engine(url.format("postgres"), isolation_level="AUTOCOMMIT")
    copied = f' TEMPLATE "{template}"' if template else ""
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"{copied}'))
    engine.dispose()
    return url.format(name)


@cache
def tables() -> tuple[Table, ...]:
    """What is pointed to comes first: an order that takes longer to find than most tests."""
    return tuple(all_tables())


def make_tables(app) -> None:
    all_tables()
    with app.app_context():
        Model.metadata.create_all(db.engine)


def close_connections(app) -> None:
    with app.app_context():
        db.engine.dispose()


def filled_tables(connection: Connection) -> set[str]:
    """The names of those that hold something."""
    return set(connection.exec_driver_sql(_names_of_the_filled()).scalars())


@cache
def _names_of_the_filled() -> str:
    return " UNION ALL ".join(
        f"SELECT '{t.name}' WHERE EXISTS (SELECT 1 FROM \"{t.name}\")" for t in tables()
    )


def empty_all_tables() -> None:
    """Only those that hold something: emptying all of them costs more than most tests."""
    with db.engine.begin() as connection:
        filled = filled_tables(connection)
        if connection.dialect.name == "postgresql" and filled:
            names = ", ".join(f'"{name}"' for name in sorted(filled))
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        elif filled:
            with (
                thawed(connection) if "scheme_version" in filled else nullcontext(),
                reports.unguarded(connection) if "report_version" in filled else nullcontext(),
                profiles.unguarded(connection) if "tally_profile" in filled else nullcontext(),
            ):
                for table in reversed(tables()):
                    if table.name in filled:
                        connection.exec_driver_sql(f'DELETE FROM "{table.name}"')
