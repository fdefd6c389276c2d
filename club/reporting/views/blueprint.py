from uuid import UUID

from flask import Blueprint, abort
from flask_login import current_user

from club.reporting import queries
from club.reporting.models import DepartmentReport, ReportRequest
from club.web.access import Audience

#: The coordinator's and officials' side.
office_bp = Blueprint("department_reports", __name__, url_prefix="/office/department-reports")
#: The side of those who report for a unit.
units_bp = Blueprint("reporting", __name__, url_prefix="/reporting")

READERS = (Audience.COORDINATOR, Audience.OFFICIAL)


def request_or_404(public_id: UUID) -> ReportRequest:
    return queries.request_by_public_id(public_id) or abort(404)


def report_or_404(public_id: UUID) -> DepartmentReport:
    return queries.report_by_public_id(public_id) or abort(404)


def own_report_or_404(public_id: UUID) -> DepartmentReport:
    """One of a unit that the account reports for."""
    report = report_or_404(public_id)
    if report.unit_id not in queries.units_of(current_user.id):
        abort(404)
    return report
