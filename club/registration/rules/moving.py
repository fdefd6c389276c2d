"""Who may change places, and where to: verdicts on facts."""

from datetime import datetime
from enum import StrEnum

from club.courses.models import Run
from club.registration.models import Registration, RegistrationState, WayIn
from club.registration.rules.leaving import is_before_start


class MoveRefusal(StrEnum):
    SAME_RUN = "This registration is for that class already."
    OTHER_COURSE = "Only classes of the same course can be exchanged for each other."
    NOT_REGISTERED = "This registration is no longer on the list."
    STARTED = "The class has started, so this registration stays with it."
    NO_ROOM = (
        "That class has no free place. Keep the place you have, or give it back and join the "
        "waiting list there."
    )
    BY_REQUEST = (
        "For that class everybody asks for a place first. Ask there; you keep what you have here "
        "meanwhile."
    )
    NOT_WAITING = "Only who waits has a place in the line."
    NO_SUCH_PLACE = "Write a place in the line, from 1 to the number of people who wait."


def refusal_to_move(
    registration: Registration, there: Run, *, way_in: WayIn, has_room: bool, at: datetime
) -> MoveRefusal | None:
    """Whether somebody may go to another run, as far as the run that is left decides. Whose run
    was cancelled has nothing to lose, and may join a line for the place that was lost.
    """
    if registration.run.course_id != there.course_id:
        return MoveRefusal.OTHER_COURSE
    if way_in.asks_approval:
        return MoveRefusal.BY_REQUEST
    if registration.state is RegistrationState.CANCELLED:
        return None
    return _refusal_to_leave(registration, has_room=has_room, at=at)


def _refusal_to_leave(
    registration: Registration, *, has_room: bool, at: datetime
) -> MoveRefusal | None:
    if not registration.state.is_active:
        return MoveRefusal.NOT_REGISTERED
    if not is_before_start(registration.run, at=at):
        return MoveRefusal.STARTED
    if registration.state.takes_a_seat and not has_room:
        return MoveRefusal.NO_ROOM
    return None


def refusal_to_move_in_line(
    registration: Registration, *, place: int, waiting: int
) -> MoveRefusal | None:
    if registration.state is not RegistrationState.WAITING:
        return MoveRefusal.NOT_WAITING
    return None if 1 <= place <= waiting else MoveRefusal.NO_SUCH_PLACE
