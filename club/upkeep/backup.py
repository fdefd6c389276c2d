"""Writing a backup while the site is used: one moment of the database, and the stored files."""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from flask import current_app
from sqlalchemy import Connection, Table, select

from club.config import Settings
from club.db import db
from club.files.storage import is_key, storage
from club.upkeep.archive import (
    MANIFEST,
    SECRET_ENTRY,
    Manifest,
    file_entry,
    table_entry,
    write_file,
    write_lines,
)
from club.upkeep.operations import remember
from club.upkeep.queries import present_revision
from club.upkeep.readiness import keeps_its_secret
from club.upkeep.rows import line_of
from club.upkeep.tables import all_tables

_AT_A_TIME = 2000


def write_backup(target: Path, *, now: datetime) -> Manifest:
    """Write ``target``, readable by its owner only; it appears whole or not at all.

    Rows come from one snapshot: readers block nobody, and what is written meanwhile is in
    the next backup. The stored files are copied after it, so that every file that a row
    names is there.
    """
    settings: Settings = current_app.extensions["club.settings"]
    half_written = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with (
            _private(half_written) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive,
        ):
            manifest = Manifest(
                made_at=now.isoformat(),
                revision=present_revision(),
                engine=db.engine.dialect.name,
                secret_sha256=hashlib.sha256(settings.secret_key.encode()).hexdigest(),
            )
            _write_tables(archive, manifest)
            _write_files(archive, manifest)
            if keeps_its_secret(settings):
                archive.writestr(SECRET_ENTRY, settings.secret_key)
            archive.writestr(MANIFEST, manifest.as_json())
        half_written.replace(target)
    finally:
        half_written.unlink(missing_ok=True)
    remember("backup", target.name, now=now)
    return manifest


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _write_tables(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(  # noqa: PLW2901
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        for table in all_tables():
            manifest.tables[str(table.name)] = write_lines(
                archive, table_entry(table.name), _lines(connection, table)
            )


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    rows = connection.execution_options(yield_per=_AT_A_TIME).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    # Plain words: some of SQLAlchemy's names are a kind of string that JSON refuses as a key.
    names = [str(column.name) for column in table.columns]
    for row in rows:
        yield line_of(dict(zip(names, row, strict=True)))


def _write_files(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """A folder or a bucket alike. What somebody else keeps in the same place is left out."""
    for key in sorted(found.key for found in storage().objects() if is_key(found.key)):
        manifest.files[key] = write_file(archive, file_entry(key), storage().pieces(key))
