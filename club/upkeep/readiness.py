"""Whether the site can do its work: asked at the start, by ``/readyz`` and by ``doctor``."""

import os
import tempfile
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from club.config import Settings
from club.db import db
from club.files.storage import storage
from club.upkeep import queries
from club.web.cache import kept

#: A letter that is due this long means that nobody sends letters.
LATE = timedelta(minutes=15)


def pending_migrations() -> bool:
    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) != _newest()


@cache
def _newest() -> set[str]:
    return set(_scripts().get_heads())


def not_known_here() -> set[str]:
    """Migrations that the database has had and this version of the site does not have."""
    known = {script.revision for script in _scripts().walk_revisions()}
    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) - known


def _scripts() -> ScriptDirectory:
    config = current_app.extensions["migrate"].migrate.get_config()
    return ScriptDirectory.from_config(config)


def present_revision() -> str:
    with db.engine.connect() as connection:
        return "+".join(MigrationContext.configure(connection).get_current_heads())


def checks(*, now: datetime) -> dict[str, bool]:
    """What must be true for pages to be worth asking for."""
    try:
        migrated = not pending_migrations()
        due_since = queries.outbox_state(now=now).due_since if migrated else None
    except SQLAlchemyError:
        return {"database": False}
    return {
        "database": True,
        "migrations": migrated,
        "storage": kept("the store takes files", lambda: storage().trouble() is None),
        "outbox": due_since is None or now - due_since < LATE,
    }


def keeps_its_secret(settings: Settings) -> bool:
    """Whether the secret key is the one in the file, not one from the environment."""
    path = settings.var / "secret"
    return path.exists() and path.read_text(encoding="ascii").strip() == settings.secret_key


def is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder)
    except OSError:
        return False
    os.close(handle)
    Path(name).unlink()
    return True
