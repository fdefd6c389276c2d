"""What this room keeps about a person."""

from flask_babel import lazy_gettext
from sqlalchemy import delete, select

from club.calendar.models import CalendarFeed
from club.db import transaction
from club.web.personal_data import Erasure, Kept, Moves, PersonalPart, Rows, Whose


def _feeds(whose: Whose) -> Rows:
    return (
        select(
            CalendarFeed.kind,
            CalendarFeed.name,
            CalendarFeed.language,
            CalendarFeed.created_at,
            CalendarFeed.revoked_at,
        )
        .where(CalendarFeed.person_id == whose.person_id)
        .order_by(CalendarFeed.id)
    )


def _erase(erasure: Erasure) -> None:
    """Their addresses answer nobody from then on."""
    with transaction() as session:
        theirs = CalendarFeed.person_id == erasure.whose.person_id
        session.execute(delete(CalendarFeed).where(theirs))


PERSONAL_DATA = PersonalPart(
    "calendar",
    lazy_gettext("Calendar"),
    [
        Kept(
            lazy_gettext(
                "The secret addresses of your calendars: names and days, not the addresses"
            ),
            lazy_gettext("So that your calendar program can read your sessions"),
            lazy_gettext("Until you ask for it to be erased"),
            lazy_gettext("You"),
        )
    ],
    rows={"calendar_feed": _feeds},
    erase=_erase,
    moves={
        "calendar_feed": Moves(lazy_gettext("Addresses of calendars")),
    },
)
