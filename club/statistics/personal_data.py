"""What this room keeps about a person."""

from flask_babel import lazy_gettext

from club.web.personal_data import Kept, PersonalPart

PERSONAL_DATA = PersonalPart(
    "statistics",
    lazy_gettext("Frozen reports"),
    [
        Kept(
            lazy_gettext(
                "The rows behind the figures of frozen reports: your training records under an"
                " opaque code, without your name"
            ),
            lazy_gettext("So that a figure that was reported can be checked for ever"),
            lazy_gettext("Without end; a frozen report is never changed"),
            lazy_gettext("Officials, coordinators and administrators"),
        )
    ],
    acted=(
        "report.created_by_id",
        "report_step.by_id",
        "frozen_report.frozen_by_id",
        "report_letterhead.changed_by_id",
    ),
)
