"""Sites over a database of their own that the migrations make, as in earnest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade

from club.cli import create_app
from club.db import db
from club.upkeep.migrating import let_migrate
from tests.support.engine import spare_engine_url

#: Of each process: the database that all migrations were taken in, to be copied.
_FINISHED: dict[str, str] = {}


@contextmanager
def unmigrated_site(app: Flask, folder: Path) -> Iterator[Flask]:
    """Nothing has been made yet."""
    with spare_engine_url(folder) as url, _site(app, url, folder) as site:
        yield site


@contextmanager
def migrated_site(app: Flask, folder: Path) -> Iterator[Flask]:
    """All tables are there and empty. They are migrated once, and copied from then on."""
    if "url" not in _FINISHED:
        kept = app.extensions["club.settings"].var / "migrated"
        kept.mkdir()
        with spare_engine_url(kept, name="migrated") as url, _site(app, url, kept):
            upgrade()
        _FINISHED["url"] = url
    with spare_engine_url(folder, like=_FINISHED["url"]) as url, _site(app, url, folder) as site:
        yield site


@contextmanager
def _site(app: Flask, url: str, folder: Path) -> Iterator[Flask]:
    settings = replace(
        app.extensions["club.settings"],
        database_url=url,
        storage_url=str(folder / "files"),
        var=folder,
    )
    site = create_app(settings, TESTING=True, RATELIMIT_ENABLED=False)
    let_migrate(site)
    with pytest.MonkeyPatch.context() as patched, site.app_context():
        # Each command would read every migration anew; a test that takes them all one by one
        # would spend half of its time on that.
        patched.setattr(ScriptDirectory, "from_config", cache(ScriptDirectory.from_config))
        yield site
        db.session.remove()
        db.engine.dispose()
