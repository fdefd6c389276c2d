from uuid import UUID

from flask import Blueprint, abort, url_for

from club.statistics.reports import queries
from club.statistics.reports.models import ReportVersion
from club.web.access import Audience

bp = Blueprint("reports", __name__, url_prefix="/office/reports")

READERS = (Audience.OFFICIAL, Audience.COORDINATOR, Audience.ADMINISTRATOR)


def version_or_404(public_id: UUID, number: int) -> ReportVersion:
    report = queries.report(public_id) or abort(404)
    return next((v for v in report.versions if v.number == number), None) or abort(404)


def address_of(version: ReportVersion) -> str:
    return url_for("reports.version", public_id=version.report.public_id, number=version.number)
