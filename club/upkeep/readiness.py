"""Whether the site can do its work: asked at the start, by ``/readyz`` and by ``doctor``."""

import os
import tempfile
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from club.config import ROOT, Settings
from club.files.storage import storage
from club.upkeep import queries
from club.web.cache import kept

#: A letter that is due this long means that nobody sends letters.
LATE = timedelta(minutes=15)


def pending_migrations() -> bool:
    return queries.present_revision() != newest_revision()


@cache
def newest_revision() -> str:
    return max(known_revisions())


def known_revisions() -> set[str]:
    """The migrations of this version of the site: files that begin with their number."""
    return {
        path.name.split("_")[0] for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py")
    }


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
