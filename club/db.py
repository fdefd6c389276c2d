"""The database: column types, the session, and where a transaction begins and ends."""

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    String,
    event,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import TypeDecorator

from club.vietnamese import nfc


class Instant(TypeDecorator[datetime]):
    """A moment. Stored in UTC on both engines, always read back as an aware datetime."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a moment without a time zone cannot be stored"
            raise ValueError(msg)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text, stored in NFC and without invisible characters, whoever sent it."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return None if value is None else nfc(value)


def _values(kind: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in kind]


_METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_TYPES: dict[Any, Any] = {
    str: Words(),
    datetime: Instant(),
    enum.Enum: Enum(
        enum.Enum, native_enum=False, create_constraint=True, values_callable=_values, length=32
    ),
    dict[str, Any]: JSON(),
    list[str]: JSON(),
}


class Model(DeclarativeBase):
    registry = registry(metadata=_METADATA, type_annotation_map=_TYPES)


db = SQLAlchemy(model_class=Model, disable_autonaming=True, session_options={"autoflush": True})

_WRITES: dict[str, Any] = {"club_writes": True}
_SERIALIZATION_FAILURE = "40001"


@contextmanager
def transaction() -> Iterator[Session]:
    """Commit when the outermost block ends; roll everything back if it raises.

    The outermost block lets go of what was read before and takes the write lock first,
    so that whatever it decides on was read under the lock. Unsaved objects made before
    the block would be lost by that, so they are refused.
    """
    session = db.session()
    if session.info.get("writing"):
        yield session
        return
    begin_writing(session)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writing", None)


class OvertakenError(Exception):
    """Somebody changed the same row after this transaction's moment. It was rolled back."""


@contextmanager
def snapshot() -> Iterator[Session]:
    """A transaction in which every question is answered as of one moment, while others write.

    SQLite's write lock does that already. On PostgreSQL the moment is that of the first statement;
    whoever then wants to lock a row that others changed since gets ``OvertakenError``.
    """
    session = db.session()
    if session.info.get("writing"):
        msg = "a snapshot begins a transaction of its own"
        raise RuntimeError(msg)
    if session.get_bind().dialect.name == "postgresql":
        session.info["isolation"] = {"isolation_level": "REPEATABLE READ"}
    try:
        with transaction():
            yield session
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") == _SERIALIZATION_FAILURE:
            raise OvertakenError from error
        raise
    finally:
        session.info.pop("isolation", None)


def plainly(session: Session) -> Connection:
    """Where to ask for plain columns and to write plain rows, in the session's transaction. What
    the session does around each statement for the sake of objects costs as much as a small
    statement itself, which counts where others wait for a lock.
    """
    session.flush()
    return session.connection()


def begin_writing(session: Session) -> None:
    """End the reading transaction and begin one that holds SQLite's write lock."""
    if session.new or session.dirty or session.deleted:
        msg = "objects were changed outside a transaction"
        raise RuntimeError(msg)
    session.rollback()
    session.info["writing"] = True
    try:
        session.connection(execution_options=_WRITES | session.info.get("isolation", {}))
    except BaseException:
        session.info.pop("writing", None)
        raise


def prepare_sqlite(engine: Engine) -> None:
    """Make SQLite keep its promises: foreign keys, WAL, and locks taken when we say so.

    SQLite ignores ``FOR UPDATE`` and fails at once when a reading transaction turns into
    a writing one, so writers begin with BEGIN IMMEDIATE and readers with a plain BEGIN.
    """

    @event.listens_for(engine, "connect")
    def set_up(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "foreign_keys=ON",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "busy_timeout=30000",
            "cache_size=-32000",
            "temp_store=MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("club_writes"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        elif driver := connection.connection.driver_connection:
            # It neither waits nor fails, and through the layers above it would cost a reader half
            # of what a small question does.
            driver.execute("BEGIN")
