"""What those who report, and those who asked, are told. Joins the caller's transaction."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from club.accounts.models import RoleName
from club.accounts.readers import readers_holding, readers_of
from club.outbox.operations import LetterParts
from club.outbox.telling import Reader, letter_to, tell_all
from club.reporting.models import DepartmentReport, ReportRequest
from club.reporting.queries import people_reporting_for


def tell_asked(request: ReportRequest, *, now: datetime) -> None:
    _tell_units("asked", request.reports, now=now)


def tell_passed_on(report: DepartmentReport, *, now: datetime) -> None:
    _tell_units("asked", [report], now=now)


def tell_returned(report: DepartmentReport, remarks: str, *, now: datetime) -> None:
    _tell_units("returned", [report], now=now, remarks=remarks)


def tell_accepted(report: DepartmentReport, *, now: datetime) -> None:
    _tell_units("accepted", [report], now=now)


def remind(reports: Iterable[DepartmentReport], *, today: date, now: datetime) -> None:
    _tell_units("reminder", reports, now=now, today=today)


def tell_submitted(report: DepartmentReport, *, now: datetime) -> None:
    """To the coordinators."""
    readers = readers_holding(RoleName.COORDINATOR)
    path = f"/office/department-reports/reports/{report.public_id}"
    tell_all([_letter("submitted", report, reader, path, {}) for reader in readers], now=now)


def _tell_units(
    name: str, reports: Iterable[DepartmentReport], *, now: datetime, **words: object
) -> None:
    """To whoever reports for each unit, in a fixed number of statements."""
    asked = list(reports)
    people = people_reporting_for({report.unit_id for report in asked})
    readers = readers_of({person for found in people.values() for person in found})
    tell_all(
        [
            _letter(name, report, readers[person], f"/reporting/{report.public_id}", words)
            for report in asked
            for person in people.get(report.unit_id, ())
        ],
        now=now,
    )


def _letter(
    name: str,
    report: DepartmentReport,
    to: Reader,
    path: str,
    words: Mapping[str, object],
) -> LetterParts:
    """Each step of a report is told once, however often it is tried; of a day, each reminder."""
    event = words.get("today", len(report.steps))
    return letter_to(
        to,
        f"reporting.{name}",
        event=f"{report.id}:{event}:{to.person_id}",
        words={"report": report, "request": report.request, "path": path, **words},
    )
