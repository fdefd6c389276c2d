import click
from flask.cli import AppGroup
from flask_babel import gettext

from club.statistics.tallies import operations, queries

figure_commands = AppGroup("figures", help="Figures and the records behind them.")


@figure_commands.command("check")
def check() -> None:
    """Count every class from its records, and name those whose figures say something else."""
    wrong = queries.differing_runs()
    for code in wrong:
        click.echo(gettext("%(run)s: the figures differ from the records.", run=code), err=True)
    if wrong:
        raise click.exceptions.Exit(1)
    click.echo(gettext("All figures are what the records say."))


@figure_commands.command("tally")
def tally() -> None:
    """Count every class from its records, and keep that."""
    operations.mark_all()
    done = operations.tally_marked()
    click.echo(gettext("%(number)s classes were counted from their records.", number=done))
