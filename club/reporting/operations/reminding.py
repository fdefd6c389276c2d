"""The worker's round: units that have not reported hear of the due day, before it and after."""

from collections.abc import Callable
from datetime import datetime

from club import clock
from club.db import transaction
from club.reporting import letters
from club.reporting.models import DepartmentReport
from club.reporting.queries import awaited_reports
from club.reporting.rules import reminder_day


def remind(*, now: datetime, stopped: Callable[[], bool]) -> int:
    """Returns how many reports were reminded of. Each planned day is told once; a worker that
    stood still tells the latest alone.
    """
    today = clock.local_day(now)
    with transaction():
        due = [report for report in awaited_reports() if _is_due(report, now=now)]
        if stopped() or not due:
            return 0
        for report in due:
            report.reminded_on = today
        letters.remind(due, today=today, now=now)
        return len(due)


def _is_due(report: DepartmentReport, *, now: datetime) -> bool:
    """Whether a day for a reminder has come since the unit was last written to."""
    request, today = report.request, clock.local_day(now)
    planned = reminder_day(
        today,
        due_on=request.due_on,
        before=request.remind_before,
        every=request.remind_every,
    )
    told = report.reminded_on or clock.local_day(report.state_since)
    return planned is not None and planned > told
