"""What this room keeps about a person: only who did something for the club."""

from flask_babel import lazy_gettext

from club.web.personal_data import PersonalPart

PERSONAL_DATA = PersonalPart(
    "materials", lazy_gettext("Materials"), [], acted=("material_version.published_by_id",)
)
