"""Bringing a backup back, into an empty database of either engine."""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Table, bindparam, func, inspect, literal, select, update
from sqlalchemy.orm import Session

from club.certification.schemes.freezing import thawed
from club.config import Settings
from club.db import db, transaction
from club.files.storage import is_key, storage
from club.records.certificates.queries import signing_keys
from club.refusal import RefusedError
from club.registration.models.news import without_news
from club.statistics.tallies.marking import unmarked
from club.upkeep.archive import (
    SECRET_ENTRY,
    DamagedBackupError,
    Manifest,
    file_entry,
    read_manifest,
    table_entry,
    verify,
)
from club.upkeep.migrating import upgrade
from club.upkeep.queries import present_revision
from club.upkeep.readiness import keeps_its_secret, known_revisions
from club.upkeep.rows import reader
from club.upkeep.rules import RestoreRefusal
from club.upkeep.tables import all_tables

_AT_A_TIME = 1000


@dataclass(frozen=True)
class Restored:
    manifest: Manifest
    #: Whether second factors work: their seeds are sealed with the old site's secret key.
    secret_fits: bool
    #: Whether the old site signed certificates, and its key has yet to be brought here.
    key_is_missing: bool


def restore_backup(source: Path) -> Restored:
    """Everything or nothing: hashes are checked before, row counts before the commit.

    Raises ``RefusedError`` with a ``RestoreRefusal``.
    """
    try:
        archive = zipfile.ZipFile(source)
    except (OSError, zipfile.BadZipFile) as damage:
        raise RefusedError(RestoreRefusal.NOT_A_BACKUP) from damage
    with archive:
        try:
            manifest = read_manifest(archive)
            verify(archive, manifest)
        except DamagedBackupError as damage:
            raise RefusedError(RestoreRefusal.DAMAGED) from damage
        _make_room(manifest)
        settings: Settings = current_app.extensions["club.settings"]
        _restore_files(archive, manifest)
        _restore_tables(archive, manifest)
        return Restored(
            manifest,
            secret_fits=_restore_secret(archive, manifest, settings),
            key_is_missing=bool(signing_keys()) and not settings.signing_key.exists(),
        )


def _make_room(manifest: Manifest) -> None:
    """An empty database with the tables that the rows fit: made, or brought up to date where
    they are those of an older version.
    """
    if present_revision() not in {"", *known_revisions()}:
        raise RefusedError(RestoreRefusal.UNKNOWN_DATABASE)
    made = set(inspect(db.engine).get_table_names())
    filled = [table for table in all_tables() if table.name in made and _holds_rows(table)]
    db.session.rollback()
    if filled:
        raise RefusedError(RestoreRefusal.NOT_EMPTY)
    if present_revision() or not made - {"alembic_version"}:
        upgrade()
    if present_revision() != manifest.revision:
        raise RefusedError(RestoreRefusal.OTHER_REVISION)


def _holds_rows(table: Table) -> bool:
    return db.session.scalar(select(literal(1)).select_from(table).limit(1)) is not None


def _restore_files(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    if not all(is_key(name) for name in manifest.files):
        raise RefusedError(RestoreRefusal.UNSAFE_NAME)
    for name in manifest.files:
        with archive.open(file_entry(name)) as content:
            storage().put(name, content)


def _restore_tables(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    tables = all_tables()
    with (
        transaction() as session,
        thawed(session.connection()),
        without_news(session.connection()),
        unmarked(session.connection()),
    ):
        for position, table in enumerate(tables):
            if table.name in manifest.tables:
                with archive.open(table_entry(table.name)) as lines:
                    rows = map(reader(table), lines)
                    _insert(session, table, rows, later=set(tables[position:]))
        for table in tables:
            part = manifest.tables.get(table.name)
            stored = session.scalar(select(func.count()).select_from(table))
            if stored != (part.rows if part else 0):
                raise RefusedError(RestoreRefusal.DAMAGED)
            _continue_numbers(session, table)


def _insert(
    session: Session, table: Table, rows: Iterator[dict[str, Any]], *, later: set[Table]
) -> None:
    """Columns that point to rows not yet there, in this table or a later one, come second."""
    pointing = {
        column.name
        for column in table.columns
        if column.nullable and any(key.column.table in later for key in column.foreign_keys)
    }
    keys = [column.name for column in table.primary_key.columns]
    postponed: list[dict[str, Any]] = []
    while batch := list(islice(rows, _AT_A_TIME)):
        for row in batch:
            known = {name: row[name] for name in pointing if row[name] is not None}
            if known:
                postponed.append({f"key_{k}": row[k] for k in keys} | {n: row[n] for n in pointing})
                row.update(dict.fromkeys(known))
        session.execute(table.insert(), batch)
    if postponed:
        which = [table.c[key] == bindparam(f"key_{key}") for key in keys]
        change = update(table).where(*which).values({n: bindparam(n) for n in pointing})
        session.connection().execute(change, postponed)


def _continue_numbers(session: Session, table: Table) -> None:
    """PostgreSQL gives out numbers by itself; the next must come after the restored ones."""
    column = table.autoincrement_column
    if session.connection().dialect.name != "postgresql" or column is None:
        return
    sequence = func.pg_get_serial_sequence(f'"{table.name}"', column.name)
    highest = select(func.max(column)).scalar_subquery()
    session.execute(select(func.setval(sequence, highest)).where(highest.is_not(None)))


def _restore_secret(archive: zipfile.ZipFile, manifest: Manifest, settings: Settings) -> bool:
    """Where the key is kept in a file, the old site's takes its place."""
    if hashlib.sha256(settings.secret_key.encode()).hexdigest() == manifest.secret_sha256:
        return True
    if SECRET_ENTRY not in archive.namelist() or not keeps_its_secret(settings):
        return False
    path = settings.var / "secret"
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_bytes(archive.read(SECRET_ENTRY))
    return True
