"""`flask --app club demo load`"""

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale, gettext

from club import clock
from club.config import Settings
from club.demo.accounts import ACCOUNTS, PASSWORD
from club.demo.loading import Size, load_demo
from club.refusal import RefusedError

demo = AppGroup("demo", help="The demonstration club: invented people, real plan and courses.")


@demo.command("load")
@click.option("--people", type=click.IntRange(20, 1_000_000), default=600, show_default=True)
@click.option("--runs", type=click.IntRange(1, 200_000), default=60, show_default=True)
@click.option(
    "--records",
    type=click.IntRange(0, 10_000_000),
    default=0,
    help="Raise the runs until about so many attendance marks exist.",
)
@click.option("--seed", type=int, default=2026, show_default=True)
def load(people: int, runs: int, records: int, seed: int) -> None:
    """Load the demo club into an empty database."""
    settings: Settings = current_app.extensions["club.settings"]
    try:
        loaded = load_demo(
            Size(people, runs, records), seed=seed, now=clock.now(), production=settings.production
        )
    except RefusedError as refused:
        with force_locale("vi"):
            raise click.ClickException(gettext(refused.refusal.value)) from refused
    click.echo(
        f"{loaded.people} people, {loaded.runs} runs, {loaded.marks} attendance marks, "
        f"{loaded.certificates} certificates"
    )
    for account in ACCOUNTS:
        click.echo(f"  {account.email:32} {PASSWORD}")
