"""Commands of whoever runs the site."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import gettext
from sqlalchemy.exc import SQLAlchemyError

from club import clock
from club.config import Settings
from club.refusal import RefusedError
from club.upkeep.backup import write_backup
from club.upkeep.doctor import troubles
from club.upkeep.migrating import migrations
from club.upkeep.readiness import pending_migrations
from club.upkeep.restore import restore_backup

_FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command("backup")
@_FILE
@with_appcontext
def backup(file: Path) -> None:
    """Write the whole club to FILE, while the site runs."""
    try:
        manifest = write_backup(file, now=clock.now())
    except OSError as error:
        said = gettext("%(file)s was not written: %(reason)s", file=file, reason=error)
        raise click.ClickException(said) from error
    except SQLAlchemyError as error:
        if not pending_migrations():
            raise
        older = gettext("The database is older than the code.")
        what_to_do = gettext("Run: flask --app club db upgrade")
        raise click.ClickException(f"{older}\n  {what_to_do}") from error
    rows = sum(part.rows for part in manifest.tables.values())
    click.echo(
        gettext(
            "%(file)s: %(rows)s rows of %(tables)s tables, %(files)s files.",
            file=file,
            rows=rows,
            tables=len(manifest.tables),
            files=len(manifest.files),
        )
    )


@click.command("restore")
@_FILE
@with_appcontext
def restore(file: Path) -> None:
    """Bring FILE back, into an empty database."""
    try:
        restored = restore_backup(file)
    except RefusedError as refused:
        raise click.ClickException(gettext(refused.refusal.value)) from refused
    rows = sum(part.rows for part in restored.manifest.tables.values())
    click.echo(gettext("Restored %(rows)s rows; every count fits.", rows=rows))
    if restored.key_is_missing:
        settings: Settings = current_app.extensions["club.settings"]
        click.echo(
            gettext(
                "The key that signs certificates is not in backups. Put %(file)s in its place,"
                " or run: flask --app club certificates rotate-key",
                file=settings.signing_key,
            ),
            err=True,
        )
    if not restored.secret_fits:
        click.echo(
            gettext("Second factors will not work until SECRET_KEY is that of the old site."),
            err=True,
        )


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Say what is wrong with this installation; exit with 1 if anything is."""
    found = troubles(now=clock.now())
    for trouble in found:
        click.echo(f"✗ {trouble.what}\n  {trouble.what_to_do}")
    if found:
        raise SystemExit(1)
    click.echo(gettext("Nothing is wrong."))


COMMANDS = [backup, restore, doctor, migrations]
