"""The database of a test run: SQLite, or what TEST_DATABASE_URL names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from club.db import Model, db


@contextmanager
def engine_url(var: Path) -> Iterator[str]:
    yield os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{var}/test.db"


def make_tables(app) -> None:
    with app.app_context():
        Model.metadata.create_all(db.engine)


def empty_all_tables() -> None:
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            names = ", ".join(f'"{t.name}"' for t in Model.metadata.sorted_tables)
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        else:
            for table in reversed(Model.metadata.sorted_tables):
                connection.execute(table.delete())
