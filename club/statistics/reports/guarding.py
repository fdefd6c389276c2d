"""What was frozen never changes: the database refuses it too, by triggers.

Tables made from the models get them by an event; a migration calls ``guard`` and ``unguard``. A
migration that rebuilds one of the three tables on SQLite calls both around it: a rebuilt table
loses its triggers.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

_REFUSAL = "a frozen report never changes"
#: Table and what of its rows is guarded. Steps are what happened, of every version.
_GUARDED = {
    "report_version": "old.state = 'frozen'",
    "report_step": "1 = 1",
    "frozen_report": "1 = 1",
}
_VERBS = ("UPDATE", "DELETE")


def guard(connection: Connection) -> None:
    """Make the triggers. The three tables must be there."""
    for statement in _sqlite() if connection.dialect.name == "sqlite" else _postgresql():
        connection.exec_driver_sql(statement)


def unguard(connection: Connection) -> None:
    """Take the triggers away; within a transaction, for whoever empties or rebuilds the tables."""
    on_sqlite = connection.dialect.name == "sqlite"
    for table in _GUARDED:
        for verb in _VERBS:
            where = "" if on_sqlite else f" ON {table}"
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_name(table, verb)}{where}")
    if not on_sqlite:
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS report_guarded()")


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """Let frozen reports go as rows, as emptying a database needs it."""
    unguard(connection)
    yield
    guard(connection)


def _name(table: str, verb: str) -> str:
    return f"{table}_guarded_{verb.lower()}"


def _sqlite() -> Iterator[str]:
    for table, condition in _GUARDED.items():
        for verb in _VERBS:
            yield (
                f"CREATE TRIGGER {_name(table, verb)} BEFORE {verb} ON {table} WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            )


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE FUNCTION report_guarded() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table, condition in _GUARDED.items():
        for verb in _VERBS:
            yield (
                f"CREATE TRIGGER {_name(table, verb)} BEFORE {verb} ON {table} FOR EACH ROW"
                f" WHEN ({condition}) EXECUTE FUNCTION report_guarded()"
            )
