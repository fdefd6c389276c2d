from contextlib import contextmanager

from sqlalchemy import event

from club.db import db


@contextmanager
def counting_queries():
    """Collect every statement but the beginnings and ends of transactions."""
    seen: list[str] = []

    def record(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "PRAGMA")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", record)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", record)
