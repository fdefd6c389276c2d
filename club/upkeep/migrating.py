"""What changes tables, fetched only where tables are changed: Flask-Migrate and Alembic weigh
eight megabytes, and no process that answers pages needs them.
"""

from typing import Any

import click
from flask import Flask, current_app

from club.config import ROOT
from club.db import db


def let_migrate(app: Flask) -> None:
    """From here on ``flask_migrate.upgrade()`` and the like work on ``app``."""
    from flask_migrate import Migrate

    if "migrate" not in app.extensions:
        Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)


def upgrade() -> None:
    """Bring the tables up to date, with all migrations that there are."""
    from flask_migrate import upgrade as take_all_steps

    let_migrate(current_app)
    take_all_steps()


class _Migrations(click.Command):
    """Stands for Flask-Migrate's commands until somebody calls one."""

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        let_migrate(current_app)
        from flask_migrate.cli import db as fetched

        context: click.Context = fetched.make_context(*given, **more)
        return context


migrations = _Migrations("db", help="Make and take the steps that change tables.")
