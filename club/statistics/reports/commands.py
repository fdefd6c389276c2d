from uuid import UUID

import click
from flask.cli import AppGroup
from flask_babel import gettext

from club import clock
from club.accounts.queries import account_by_email
from club.refusal import RefusedError
from club.statistics.reports import operations, queries
from club.statistics.reports.models import ReportVersion, VersionState
from club.statistics.reports.permissions import may_write_reports

report_commands = AppGroup("report", help="Reports of periods.")


@report_commands.command("freeze")
@click.argument("report", type=click.UUID, required=False)
@click.option("--by", "email", help="E-mail address of the official who freezes.")
def freeze(report: UUID | None, email: str | None) -> None:
    """Freeze REPORT (the code at the end of its address), or every checked report whose period
    is over.
    """
    by = _official(email) if email else None
    now = clock.now()
    versions = [_checked(report)] if report else queries.versions_to_freeze(today=clock.today())
    refused = False
    for version in versions:
        title = f"{version.report.title} ({version.number})"
        try:
            frozen = operations.freeze(version.id, by=by, now=now)
        except RefusedError as refusal:
            refused = True
            click.echo(f"{title}: {gettext(refusal.refusal.value)}", err=True)
        else:
            click.echo(f"{title}: SHA-256 {frozen.sha256}")
    if not versions:
        click.echo(gettext("No checked report waits to be frozen."))
    if refused:
        raise click.exceptions.Exit(1)


def _official(email: str) -> int:
    account = account_by_email(email)
    if account is None or not account.active or not may_write_reports(account):
        raise click.ClickException(gettext("%(email)s is no official's account.", email=email))
    return account.id


def _checked(public_id: UUID) -> ReportVersion:
    report = queries.report(public_id)
    waiting = [v for v in report.versions if v.state is VersionState.CHECKED] if report else []
    if not waiting:
        raise click.ClickException(gettext("No checked report waits under this code."))
    return waiting[0]
