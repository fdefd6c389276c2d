"""What a published version says never changes: the database refuses it too, by triggers.

Tables made from the models get them by an event; a migration calls ``freeze`` and ``thaw``. A
migration that gives one of the three tables another column thaws before and freezes after: on
SQLite a rebuilt table loses its triggers, and which columns are frozen is read from the table.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, inspect

#: What may still change of a published version: that it is closed, and which account did what.
_LEFT_OPEN = {"state", "closed_at", "closed_by_id", "created_by_id", "changed_by_id",
              "published_by_id"}  # fmt: skip
_REFUSAL = "a published version of a scheme never changes"
#: The state of the version that a row of a table belongs to.
_STATE_OF = {
    "scheme_level": "SELECT state FROM scheme_version WHERE id = {row}.version_id",
    "scheme_requirement": (
        "SELECT v.state FROM scheme_version v JOIN scheme_level l ON l.version_id = v.id"
        " WHERE l.id = {row}.level_id"
    ),
}
_ROWS = {"INSERT": ("new",), "UPDATE": ("old", "new"), "DELETE": ("old",)}


def freeze(connection: Connection) -> None:
    """Make the triggers. The three tables must be there."""
    frozen = ", ".join(
        column["name"]
        for column in inspect(connection).get_columns("scheme_version")
        if column["name"] not in _LEFT_OPEN
    )
    statements = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    for statement in statements(frozen):
        connection.exec_driver_sql(statement)


def thaw(connection: Connection) -> None:
    """Take the triggers away; within a transaction, for whoever brings back whole tables."""
    on_sqlite = connection.dialect.name == "sqlite"
    for name, table in _TRIGGERS:
        where = "" if on_sqlite else f" ON {table}"
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{where}")
    if not on_sqlite:
        for table in ("scheme_version", *_STATE_OF):
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {table}_frozen()")


@contextmanager
def thawed(connection: Connection) -> Iterator[None]:
    """Let published versions come and go as rows, as a restore needs it."""
    thaw(connection)
    yield
    freeze(connection)


_TRIGGERS = [
    *(
        (f"scheme_version_frozen_{what}", "scheme_version")
        for what in ("content", "state", "delete")
    ),
    *((f"{table}_frozen_{verb.lower()}", table) for table in _STATE_OF for verb in _ROWS),
]


def _sqlite(frozen: str) -> Iterator[str]:
    refused = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for name, when, condition in _on_versions(frozen):
        yield f"CREATE TRIGGER {name} BEFORE {when} WHEN {condition} {refused}"
    for table, state in _STATE_OF.items():
        for verb, rows in _ROWS.items():
            condition = " OR ".join(f"({state.format(row=row)}) <> 'draft'" for row in rows)
            yield (
                f"CREATE TRIGGER {table}_frozen_{verb.lower()} BEFORE {verb} ON {table}"
                f" WHEN {condition} {refused}"
            )


def _postgresql(frozen: str) -> Iterator[str]:
    raises = f"RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
    yield _function("scheme_version", f"{raises};")
    for name, when, condition in _on_versions(frozen):
        yield (
            f"CREATE TRIGGER {name} BEFORE {when} FOR EACH ROW WHEN ({condition})"
            " EXECUTE FUNCTION scheme_version_frozen()"
        )
    for table, state in _STATE_OF.items():
        asked = "".join(
            f"IF TG_OP IN ({verbs}) THEN"
            f" IF ({state.format(row=row)}) <> 'draft' THEN {raises}; END IF; END IF;"
            for row, verbs in (("new", "'INSERT', 'UPDATE'"), ("old", "'UPDATE', 'DELETE'"))
        )
        yield _function(table, f"{asked} IF TG_OP = 'DELETE' THEN RETURN old; END IF; RETURN new;")
        for verb in _ROWS:
            yield (
                f"CREATE TRIGGER {table}_frozen_{verb.lower()} BEFORE {verb} ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION {table}_frozen()"
            )


def _on_versions(frozen: str) -> Iterator[tuple[str, str, str]]:
    """Name, event and condition of each trigger on versions."""
    fixed = "old.state <> 'draft'"
    yield "scheme_version_frozen_content", f"UPDATE OF {frozen} ON scheme_version", fixed
    reopened = f"{fixed} AND new.state = 'draft'"
    yield "scheme_version_frozen_state", "UPDATE OF state ON scheme_version", reopened
    yield "scheme_version_frozen_delete", "DELETE ON scheme_version", fixed


def _function(table: str, body: str) -> str:
    return (
        f"CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN {body} END $$"
    )
