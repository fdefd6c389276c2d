"""What a decision about a request does, while the run is held: to the list, the letters and the
log. Whether it may be taken is asked before.
"""

from datetime import datetime

from club.accounts import readers
from club.audit.operations import record
from club.registration import line
from club.registration.held import Held, seating, step
from club.registration.letters import Event, tell_of, tell_one
from club.registration.models import Registration, RegistrationState, StepReason
from club.registration.places import let_the_line_go_first


def grant(
    held: Held, theirs: Registration, *, remark: str | None = None, by: int, now: datetime
) -> bool:
    """A place where there is room, else a place in the line as of the moment of the request.
    Returns whether there was room.
    """
    let_the_line_go_first(held, now=now)
    no_room = seating(held, at=now).lack_of_room(theirs.quota_id, theirs.organisation_id)
    if no_room:
        state, why = RegistrationState.WAITING, StepReason.APPROVED_TO_WAIT
    else:
        state, why = RegistrationState.CONFIRMED, StepReason.APPROVED
    step(held, theirs, state, why, remark=remark, no_room=no_room, by=by, now=now)
    held.session.flush()
    tell_of(
        Event.WAITING if no_room else Event.CONFIRMED,
        readers.reader(theirs.person_id),
        registration=theirs.public_id,
        run=held.run,
        position=line.position_of(theirs, now=now),
        now=now,
    )
    write_down("registration.approve", held, theirs, by=by, now=now, reason=remark)
    return no_room is None


def turn_down(
    held: Held,
    theirs: Registration,
    why: StepReason,
    *,
    reason: str,
    by: int,
    now: datetime,
) -> None:
    """The person is told, with the reason."""
    end(held, theirs, why, reason=reason, by=by, now=now)
    write_down("registration.refuse", held, theirs, by=by, now=now, reason=reason)


def end(
    held: Held,
    theirs: Registration,
    why: StepReason,
    *,
    reason: str | None = None,
    by: int | None,
    now: datetime,
) -> None:
    """Take the request off the list and tell the person."""
    step(held, theirs, RegistrationState.REFUSED, why, remark=reason, by=by, now=now)
    tell_one(Event.REQUEST_REFUSED, theirs, reason=reason, now=now)


def write_down(
    action: str,
    held: Held,
    theirs: Registration,
    *,
    reason: str | None = None,
    by: int,
    now: datetime,
) -> None:
    record(
        action,
        subject_kind="registration",
        subject_id=theirs.public_id,
        by=by,
        now=now,
        detail={"run": held.run.code, "reason": reason},
    )
