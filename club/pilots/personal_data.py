"""What this room keeps about a person."""

from flask_babel import lazy_gettext
from sqlalchemy import select, update

from club.db import transaction
from club.people.models import Organisation
from club.pilots.models import PilotPart, PilotProject
from club.web.personal_data import (
    ERASED_NAME,
    MOMENT,
    Erasure,
    Kept,
    Moves,
    PersonalPart,
    Rows,
    Whose,
)

_MERGED = "Gộp vào mục khác của cùng một người"


def _parts(whose: Whose) -> Rows:
    return (
        select(
            PilotProject.title.label("project"),
            Organisation.name.label("organisation"),
            PilotPart.role,
            PilotPart.from_day,
            PilotPart.to_day,
            PilotPart.entered_at,
            PilotPart.confirmed_at,
            PilotPart.removed_at,
            PilotPart.removal_reason,
        )
        .join(PilotPart.project)
        .join(PilotProject.organisation)
        .where(PilotPart.person_id == whose.person_id)
        .order_by(PilotPart.id)
    )


def _erase(erasure: Erasure) -> None:
    """That somebody took part stays; why an entry was removed may say who it was."""
    with transaction() as session:
        session.execute(
            update(PilotPart)
            .where(
                PilotPart.person_id == erasure.whose.person_id,
                PilotPart.removal_reason.is_not(None),
            )
            .values(removal_reason=ERASED_NAME)
        )


PERSONAL_DATA = PersonalPart(
    "pilots",
    lazy_gettext("Pilot projects"),
    [
        Kept(
            lazy_gettext("In which pilot projects you take part, as what and when"),
            lazy_gettext("To count projects on the way to expert certification"),
            lazy_gettext("Without end; after erasure without your name"),
            lazy_gettext("You, who speaks for the firm, coordinators and officials"),
        ),
    ],
    rows={"pilot_part": _parts},
    acted=(
        "pilot_project.recorded_by_id",
        "pilot_part.entered_by_id",
        "pilot_part.confirmed_by_id",
        "pilot_part.removed_by_id",
        "pilot_measure.entered_by_id",
        "pilot_measure.removed_by_id",
    ),
    erase=_erase,
    moves={
        "pilot_part": Moves(
            lazy_gettext("Parts in pilot projects"),
            left={"removed_at": MOMENT, "removal_reason": _MERGED},
        )
    },
)
