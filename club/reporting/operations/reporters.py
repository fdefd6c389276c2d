"""Who reports for which unit."""

from datetime import datetime

from club.accounts.models import Account, RoleName
from club.audit.operations import record
from club.db import transaction
from club.refusal import RefusedError
from club.reporting import queries
from club.reporting.models import UnitReporter
from club.reporting.rules import ReportingRefusal
from club.units.models import Unit


def assign(unit_id: int, account_id: int, *, by: int | None, now: datetime) -> UnitReporter:
    """From now on the account reads and writes the reports of the unit, those that are open too."""
    with transaction() as session:
        account = session.get_one(Account, account_id, with_for_update=True)
        if not account.active or not account.holds(RoleName.REPORTING_OFFICER):
            raise RefusedError(ReportingRefusal.NO_REPORTING_OFFICER, field="account")
        if unit_id in queries.units_of(account_id):
            raise RefusedError(ReportingRefusal.ALREADY_REPORTER, field="account")
        unit = session.get_one(Unit, unit_id)
        reporter = UnitReporter(unit=unit, account=account, assigned_at=now, assigned_by_id=by)
        session.add(reporter)
        session.flush()
        _note("reporting.assign", reporter, by=by, now=now)
        return reporter


def end(reporter_id: int, *, by: int | None, now: datetime) -> UnitReporter:
    """The account no longer sees anything of the unit's reports."""
    with transaction() as session:
        reporter = session.get_one(UnitReporter, reporter_id, with_for_update=True)
        if reporter.ended_at is None:
            reporter.ended_at, reporter.ended_by_id = now, by
            _note("reporting.end_assignment", reporter, by=by, now=now)
        return reporter


def _note(action: str, reporter: UnitReporter, *, by: int | None, now: datetime) -> None:
    record(
        action,
        subject_kind="unit",
        subject_id=reporter.unit.key,
        by=by,
        now=now,
        detail={"person": str(reporter.account.person.public_id)},
    )
