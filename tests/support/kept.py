"""What takes seconds to prepare is prepared once in each process, and brought back afterwards."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import URL, inspect

from club.db import db
from tests.support.engine import filled_tables

#: By name and database: the rows, and the folder with the files.
_KEPT: dict[tuple[str, URL], tuple["_SqliteRows | _PostgresqlRows", Path]] = {}


def kept(name: str, prepare: Callable[[], object]) -> None:
    """Leaves behind what ``prepare()`` does in empty tables: rows, and files in the store.

    Whatever has one name is always prepared in the same way; in tables that hold rows already
    it would be another thing for whoever comes second.
    """
    with db.engine.connect() as connection:
        filled = filled_tables(connection)
    assert filled == set(), f"{name} belongs into empty tables, not {filled}"
    this = name, db.engine.url
    files = Path(current_app.extensions["club.settings"].storage_url)
    if this in _KEPT:
        rows, folder = _KEPT[this]
        db.session.rollback()
        rows.bring_back()
        _add_files(folder, to=files)
    else:
        prepare()
        db.session.rollback()
        on_sqlite = db.engine.dialect.name == "sqlite"
        folder = files.with_name(f"kept files {len(_KEPT)}")
        _add_files(files, to=folder)
        _KEPT[this] = (_SqliteRows() if on_sqlite else _PostgresqlRows()), folder
    db.session.remove()


def _add_files(there: Path, *, to: Path) -> None:
    """Those that are missing; stored files never change, so both may be one."""
    if there.exists():
        shutil.copytree(there, to, copy_function=_link, dirs_exist_ok=True)


def _link(source: str, target: str) -> None:
    if not Path(target).exists():
        os.link(source, target)


class _SqliteRows:
    """A whole database in memory, which goes to and fro in hundredths of a second."""

    def __init__(self) -> None:
        self._memory = sqlite3.connect(":memory:")
        with _driver() as database:
            database.backup(self._memory)

    def bring_back(self) -> None:
        with _driver() as database:
            self._memory.backup(database)


class _PostgresqlRows:
    """The rows of each table as the server writes them; it looks up nothing on the way back."""

    def __init__(self) -> None:
        self._tables: dict[str, bytes] = {}
        with _driver() as database, database.cursor() as cursor:
            for table in inspect(db.engine).get_table_names():
                with cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as rows:
                    self._tables[table] = b"".join(rows)
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
            self._sequences = [row for row in cursor if row[1] is not None]
            database.rollback()

    def bring_back(self) -> None:
        with _driver() as database, database.cursor() as cursor:
            names = ", ".join(f'"{name}"' for name in self._tables)
            cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table, written in self._tables.items():
                with cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT binary)') as rows:
                    rows.write(written)
            for sequence in self._sequences:
                cursor.execute("SELECT setval(%s, %s)", sequence)
            database.commit()


@contextmanager
def _driver() -> Iterator[Any]:
    connection = db.engine.raw_connection()
    try:
        yield connection.driver_connection
    finally:
        connection.close()
