"""What becomes of registrations when two entries of one person become one."""

from collections.abc import Iterator
from enum import StrEnum

from flask_babel import lazy_gettext
from sqlalchemy import func, select

from club.courses.models import Run, RunState
from club.db import db
from club.registration.models import ACTIVE_STATES, Registration
from club.web.personal_data import Conflict, Moves, Pair

MOVES = {
    "registration": Moves(lazy_gettext("Registrations")),
    "offer": Moves(lazy_gettext("Places offered")),
    "nominee": Moves(lazy_gettext("Nominations")),
    "run_invitation": Moves(lazy_gettext("Invitations to classes")),
    "course_interest": Moves(lazy_gettext("Courses to be told of")),
    "run_telling_reader": Moves(lazy_gettext("News about classes")),
}


class MergeRefusal(StrEnum):
    REGISTERED_TWICE = (
        "Both are registered for the same class. Take one of the two registrations off its list"
        " first: one person takes one place."
    )


def conflicts(pair: Pair) -> Iterator[Conflict]:
    """In a class that is over, one registration stays with the entry that goes, as it was."""
    twice = (
        select(Run.code)
        .join(Registration, Registration.run_id == Run.id)
        .where(
            Registration.person_id.in_(pair.both),
            Registration.state.in_(ACTIVE_STATES),
            Run.state.not_in([RunState.CLOSED, RunState.CANCELLED]),
        )
        .group_by(Run.code)
        .having(func.count(Registration.person_id.distinct()) > 1)
        .order_by(Run.code)
    )
    if codes := db.session.scalars(twice).all():
        yield Conflict(MergeRefusal.REGISTERED_TWICE, codes)
