"""What this room keeps about a person: only who did something for the club."""

from flask_babel import lazy_gettext

from club.web.personal_data import PersonalPart

PERSONAL_DATA = PersonalPart(
    "plan",
    lazy_gettext("The plan"),
    [],
    acted=(
        "plan_step.entered_by_id",
        "plan_step.taken_out_by_id",
        "plan_proof.entered_by_id",
        "plan_proof.taken_out_by_id",
        "plan_assignment.entered_by_id",
        "plan_assignment.taken_out_by_id",
        "plan_budget_entry.entered_by_id",
    ),
)
