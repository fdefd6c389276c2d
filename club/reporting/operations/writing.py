"""A unit's side: writing its report, with files, and handing it in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from club.db import transaction
from club.files.receiving import ReceivedFile, id_of_file
from club.refusal import RefusedError
from club.reporting import letters, rules
from club.reporting.models import DepartmentReport, DepartmentReportFile, StepKind
from club.reporting.operations.steps import locked, refuse, take
from club.reporting.rules import ReportingRefusal
from club.reporting.written import Written, as_json


@dataclass(frozen=True)
class Filled:
    """A form as it was sent. ``revision``: the one of the report that the writer had before
    them.
    """

    written: Written
    revision: int
    file: ReceivedFile | None = None


def save(report_id: int, filled: Filled, *, by: int | None, now: datetime) -> DepartmentReport:
    """Keep what is written so far."""
    with transaction() as session:
        report = locked(session, report_id)
        refuse(rules.refusal_to_step(report.state, StepKind.SAVED))
        _keep(session, report, filled, by=by, now=now)
        take(report, StepKind.SAVED, by=by, now=now)
        return report


def submit(report_id: int, filled: Filled, *, by: int | None, now: datetime) -> DepartmentReport:
    """Keep it and hand it in: what was handed in stays with the step, whatever comes later."""
    with transaction() as session:
        report = _handed_in(session, report_id, filled, by=by, now=now)
        report.on_paper = False
        letters.tell_submitted(report, now=now)
        return report


def enter_paper(
    report_id: int, filled: Filled, *, by: int | None, now: datetime
) -> DepartmentReport:
    """What a unit sent on paper, entered for it, with the scan beside it."""
    with transaction() as session:
        if filled.file is None:
            raise RefusedError(ReportingRefusal.SCAN_MISSING, field="file")
        report = _handed_in(session, report_id, filled, by=by, now=now)
        report.on_paper = True
        return report


def take_file_out(
    report_id: int, file_id: int, *, by: int | None, now: datetime
) -> DepartmentReport:
    """While the report can still be written in."""
    with transaction() as session:
        report = locked(session, report_id)
        refuse(rules.refusal_to_step(report.state, StepKind.SAVED))
        attached = session.get_one(DepartmentReportFile, file_id)
        if attached.removed_at is None:
            attached.removed_at, attached.removed_by_id = now, by
            take(report, StepKind.SAVED, by=by, now=now)
        return report


def _handed_in(
    session: Session, report_id: int, filled: Filled, *, by: int | None, now: datetime
) -> DepartmentReport:
    report = locked(session, report_id)
    refuse(rules.refusal_to_step(report.state, StepKind.SUBMITTED))
    refuse(
        rules.refusal_to_hand_in(
            report.request.kind,
            says_something=filled.written.says_something,
            answers=filled.written.answers,
            questions=len(report.request.questions),
        )
    )
    _keep(session, report, filled, by=by, now=now)
    take(report, StepKind.SUBMITTED, by=by, now=now, written=report.written)
    return report


def _keep(
    session: Session, report: DepartmentReport, filled: Filled, *, by: int | None, now: datetime
) -> None:
    if report.revision != filled.revision:
        raise RefusedError(ReportingRefusal.WRITTEN_OVER)
    report.written, report.revision = as_json(filled.written), report.revision + 1
    if filled.file:
        file_id = id_of_file(filled.file, by=by, now=now)
        session.add(
            DepartmentReportFile(report=report, file_id=file_id, added_at=now, added_by_id=by)
        )
