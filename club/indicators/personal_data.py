"""What this room keeps about a person: only who did something for the club."""

from flask_babel import lazy_gettext

from club.web.personal_data import PersonalPart

PERSONAL_DATA = PersonalPart(
    "indicators",
    lazy_gettext("Figures"),
    [],
    acted=("observation.entered_by_id", "observation.replaced_by_id"),
)
