"""What this room keeps about a person: only who did something for the club."""

from flask_babel import lazy_gettext

from club.web.personal_data import PersonalPart

PERSONAL_DATA = PersonalPart(
    "identity", lazy_gettext("Name and contact"), [], acted=("club_profile.changed_by_id",)
)
