"""What every step of a report shares: the row, the state it leads to, and the entry in the log."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from club.audit.operations import record
from club.refusal import RefusedError
from club.reporting import rules
from club.reporting.models import DepartmentReport, DepartmentReportStep, StepKind
from club.reporting.rules import TRANSITIONS, ReportingRefusal


def locked(session: Session, report_id: int) -> DepartmentReport:
    return session.get_one(
        DepartmentReport, report_id, with_for_update=True, populate_existing=True
    )


def refuse(refusal: ReportingRefusal | None, *, field: str | None = None) -> None:
    if refusal is ReportingRefusal.REASON_MISSING:
        raise RefusedError(refusal, field="reason")
    if refusal:
        raise RefusedError(refusal, field=field)


def take(  # noqa: PLR0913  a step is all of this
    report: DepartmentReport,
    kind: StepKind,
    *,
    by: int | None,
    now: datetime,
    reason: str | None = None,
    written: dict[str, Any] | None = None,
    unit_id: int | None = None,
) -> None:
    """Raises ``RefusedError`` where the state of the report does not allow it."""
    if kind is not StepKind.ASKED:
        refuse(rules.refusal_to_step(report.state, kind, reason=reason))
        state = TRANSITIONS[report.state, kind]
        if state is not report.state:
            report.state, report.state_since = state, now
    report.steps.append(
        DepartmentReportStep(
            kind=kind, at=now, by_id=by, reason=reason, written=written, unit_id=unit_id
        )
    )
    if kind is not StepKind.SAVED:
        record(
            f"reporting.{kind.value}",
            subject_kind="department_report",
            subject_id=report.public_id,
            by=by,
            now=now,
            detail={"reason": reason} if reason else None,
        )
