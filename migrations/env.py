"""How Alembic runs here: on the application's own engine, with numbered revisions."""

import logging
from typing import Any

from alembic import context
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection, DateTime, String
from sqlalchemy.schema import SchemaItem

from club.db import Instant, Model, Words, db
from club.search.schema import belongs_to_index
from club.upkeep.tables import all_tables

logging.getLogger("alembic").setLevel(logging.WARNING)


def number_revision(
    _context: MigrationContext, _revision: Any, directives: list[MigrationScript]
) -> None:
    """0001, 0002, …; and no file where nothing changed."""
    script = directives[0]
    if context.config.cmd_opts and getattr(context.config.cmd_opts, "autogenerate", False):
        assert script.upgrade_ops
        if script.upgrade_ops.is_empty():
            directives[:] = []
            return
    head = ScriptDirectory.from_config(context.config).get_current_head()
    script.rev_id = f"{int(head or 0) + 1:04d}"


def plain_types(kind: str, thing: object, _autogenerate: object) -> str | bool:
    """A migration names what the database has, not the classes of today's code."""
    if kind == "type" and isinstance(thing, Words):
        return "sa.String()" if thing.impl.length is None else f"sa.String({thing.impl.length})"
    if kind == "type" and isinstance(thing, Instant):
        return "sa.DateTime(timezone=True)"
    return False


def differs(
    _context: object, _inspected: object, _column: object, stored: object, declared: object
) -> bool | None:
    """Our own types are the plain ones underneath; leave the rest to Alembic."""
    if isinstance(declared, Words):
        return not isinstance(stored, String)
    if isinstance(declared, Instant):
        return not isinstance(stored, DateTime)
    return None


def ours(
    _thing: SchemaItem, name: str | None, kind: str, _reflected: object, _other: object
) -> bool:
    """What the search index is made of belongs to it, not to the models."""
    return not (kind == "table" and belongs_to_index(name))


def set_foreign_keys(connection: Connection, state: str) -> None:
    """Rebuilding a table drops it: with foreign keys on, rows that point to it would go too.

    Said to the driver, since the pragma does nothing inside a transaction.
    """
    driver = connection.connection.driver_connection
    assert driver
    if state == "ON" and (broken := driver.execute("PRAGMA foreign_key_check").fetchall()):
        raise RuntimeError(f"rows point to nothing after the migration: {broken[:5]}")
    driver.execute(f"PRAGMA foreign_keys={state}")


def run(connection: Connection) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        set_foreign_keys(connection, "OFF")
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=is_sqlite,
        compare_type=differs,
        render_item=plain_types,
        include_object=ours,
        process_revision_directives=number_revision,
        transaction_per_migration=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if is_sqlite:
        set_foreign_keys(connection, "ON")


all_tables()
if context.is_offline_mode():
    context.configure(
        url=current_app.config["SQLALCHEMY_DATABASE_URI"],
        target_metadata=Model.metadata,
        literal_binds=True,
    )
    with context.begin_transaction():
        context.run_migrations()
else:
    with db.engine.connect() as connection:
        run(connection)
