"""A profile never comes to mean another: the database refuses to change or delete one, by triggers.

Tables made from the models get them by an event; a migration calls ``guard`` and ``unguard``, also
around rebuilding the table on SQLite: a rebuilt table loses its triggers.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

_REFUSAL = "a profile of tallies never changes"
_VERBS = ("UPDATE", "DELETE")


def guard(connection: Connection) -> None:
    """Make the triggers. The table must be there."""
    on_sqlite = connection.dialect.name == "sqlite"
    if not on_sqlite:
        connection.exec_driver_sql(
            "CREATE FUNCTION tally_profile_guarded() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
            " END $$"
        )
    refused = (
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        if on_sqlite
        else "FOR EACH ROW EXECUTE FUNCTION tally_profile_guarded()"
    )
    for verb in _VERBS:
        connection.exec_driver_sql(
            f"CREATE TRIGGER {_name(verb)} BEFORE {verb} ON tally_profile {refused}"
        )


def unguard(connection: Connection) -> None:
    """Take the triggers away; within a transaction, for whoever empties or rebuilds the table."""
    on_sqlite = connection.dialect.name == "sqlite"
    for verb in _VERBS:
        where = "" if on_sqlite else " ON tally_profile"
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_name(verb)}{where}")
    if not on_sqlite:
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS tally_profile_guarded()")


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """Let profiles go as rows, as emptying a database needs it."""
    unguard(connection)
    yield
    guard(connection)


def _name(verb: str) -> str:
    return f"tally_profile_guarded_{verb.lower()}"
