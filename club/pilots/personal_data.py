"""What this room keeps about a person: only who did something for the club."""

from flask_babel import lazy_gettext

from club.web.personal_data import PersonalPart

PERSONAL_DATA = PersonalPart(
    "pilots", lazy_gettext("Pilot projects"), [], acted=("pilot_project.recorded_by_id",)
)
