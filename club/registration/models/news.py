"""What calendars ask day and night stands on the registration: how much news of it there was.

Each step of a registration, and each revision of its run, raises ``registration.news``, whoever
writes it: the database does it, by triggers. Tables made from the models get them by an event;
a migration calls ``gather_news`` and ``leave_news``. A migration that rebuilds one of the three
tables on SQLite calls both around it: a rebuilt table loses its triggers.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

#: The moment of the latest news, whatever the order in which they were written.
_LATER = {"sqlite": "max(coalesce(news_at, {at}), {at})", "postgresql": "greatest(news_at, {at})"}
_RAISED = "UPDATE registration SET news = news + 1, news_at = {later} WHERE {concerned};"
#: Each trigger: the table it is on, when it goes off, the moment, and whom it is news of.
_TRIGGERS = {
    "step_is_news": (
        "registration_step", "AFTER INSERT ON registration_step", "",
        "new.at", "id = new.registration_id",
    ),
    "revision_is_news": (
        "run", "AFTER UPDATE OF revision ON run", "WHEN (new.revision <> old.revision)",
        "new.modified_at", "run_id = new.id",
    ),
}  # fmt: skip


def gather_news(connection: Connection) -> None:
    """Make the triggers. The three tables must be there."""
    dialect = connection.dialect.name
    for name, (_table, event, condition, at, concerned) in _TRIGGERS.items():
        later = _LATER[dialect].format(at=at)
        raised = _RAISED.format(later=later, concerned=concerned)
        if dialect == "sqlite":
            made = f"CREATE TRIGGER {name} {event} {condition} BEGIN {raised} END"
        else:
            connection.exec_driver_sql(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
                f" BEGIN {raised} RETURN NULL; END $$"
            )
            made = (
                f"CREATE TRIGGER {name} {event} FOR EACH ROW {condition} EXECUTE FUNCTION {name}()"
            )
        connection.exec_driver_sql(made)


def leave_news(connection: Connection) -> None:
    """Take the triggers away; within a transaction, for whoever brings back whole tables."""
    on_sqlite = connection.dialect.name == "sqlite"
    for name, (table, *_rest) in _TRIGGERS.items():
        where = "" if on_sqlite else f" ON {table}"
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{where}")
        if not on_sqlite:
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}()")


@contextmanager
def without_news(connection: Connection) -> Iterator[None]:
    """Rows that come back as they were are no news."""
    leave_news(connection)
    yield
    gather_news(connection)
