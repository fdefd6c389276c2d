"""What this room keeps about a person."""

from flask_babel import lazy_gettext
from sqlalchemy import select

from club.reporting.models import UnitReporter
from club.units.models import Unit
from club.web.personal_data import Kept, PersonalPart, Rows, Whose


def _units(whose: Whose) -> Rows:
    return (
        select(Unit.name.label("unit"), UnitReporter.assigned_at, UnitReporter.ended_at)
        .join(UnitReporter.unit)
        .where(UnitReporter.account_id == whose.account_id)
        .order_by(UnitReporter.id)
    )


PERSONAL_DATA = PersonalPart(
    "reporting",
    lazy_gettext("Reports of departments"),
    [
        Kept(
            lazy_gettext("For which unit you report, from when to when"),
            lazy_gettext("So that reports are asked of, and shown to, the right people"),
            lazy_gettext("Without end; after erasure without your name"),
            lazy_gettext("You, coordinators and officials"),
        )
    ],
    rows={"unit_reporter": _units},
    acted=(
        "report_request.asked_by_id",
        "department_report_step.by_id",
        "department_report_file.added_by_id",
        "department_report_file.removed_by_id",
        "unit_reporter.assigned_by_id",
        "unit_reporter.ended_by_id",
        "report_summary_step.by_id",
    ),
)
