"""What this room keeps about a person."""

from flask_babel import lazy_gettext
from sqlalchemy import select

from club.privacy.models import DataCopy
from club.web.personal_data import Kept, PersonalPart, Rows, Whose


def _copies(whose: Whose) -> Rows:
    return (
        select(DataCopy.state, DataCopy.asked_at, DataCopy.made_at, DataCopy.removed_at)
        .where(DataCopy.person_id == whose.person_id)
        .order_by(DataCopy.id)
    )


PERSONAL_DATA = PersonalPart(
    "privacy",
    lazy_gettext("What you asked about your data"),
    [
        Kept(
            lazy_gettext("When you asked for a copy of your data; the copy itself for 7 days"),
            lazy_gettext("To make it, and so that only you can fetch it"),
            lazy_gettext("Until you ask for it to be erased"),
            lazy_gettext("You"),
        )
    ],
    rows={"data_copy": _copies},
)
