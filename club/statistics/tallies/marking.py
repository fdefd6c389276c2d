"""Whoever writes a training record marks its class: the database does it, by triggers.

So no operation can forget it, and a figure is never taken from a tally that its records have left
behind. Tables made from the models get the triggers by an event; a migration calls
``mark_changes`` and ``leave_changes``, also around rebuilding one of the two tables on SQLite: a
rebuilt table loses its triggers.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

_VERBS = ("INSERT", "UPDATE")
#: A mark that is there is written again: so whoever tallies the class meanwhile waits for this
#: change, or this change for the tally, and none slips through between the two.
_MARK = (
    "INSERT INTO run_to_tally (run_id) VALUES (new.run_id)"
    " ON CONFLICT (run_id) DO UPDATE SET run_id = excluded.run_id;"
)


def mark_changes(connection: Connection) -> None:
    """Make the triggers. Both tables must be there."""
    on_sqlite = connection.dialect.name == "sqlite"
    if not on_sqlite:
        connection.exec_driver_sql(
            "CREATE FUNCTION run_to_tally() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" BEGIN {_MARK} RETURN NULL; END $$"
        )
    for verb in _VERBS:
        done = f"BEGIN {_MARK} END" if on_sqlite else "FOR EACH ROW EXECUTE FUNCTION run_to_tally()"
        connection.exec_driver_sql(
            f"CREATE TRIGGER {_name(verb)} AFTER {verb} ON training_record {done}"
        )


def leave_changes(connection: Connection) -> None:
    """Take the triggers away; within a transaction, for whoever brings back whole tables."""
    on_sqlite = connection.dialect.name == "sqlite"
    for verb in _VERBS:
        where = "" if on_sqlite else " ON training_record"
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_name(verb)}{where}")
    if not on_sqlite:
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS run_to_tally()")


@contextmanager
def unmarked(connection: Connection) -> Iterator[None]:
    """Records that come back as they were come back with their tallies."""
    leave_changes(connection)
    yield
    mark_changes(connection)


def _name(verb: str) -> str:
    return f"training_record_marked_{verb.lower()}"
