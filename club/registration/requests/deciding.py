"""What decisions about requests do, while the run is held: to the list, the letters and the log.
Whether they may be taken is asked before. However many they are, others wait for the same number
of statements.
"""

from collections.abc import Sequence
from datetime import datetime

from club.accounts.readers import readers_of
from club.audit.operations import record_each
from club.outbox.telling import tell_all
from club.registration import line
from club.registration.held import Held, Step, seating, step_together
from club.registration.letters import Event, letter_of
from club.registration.models import Registration, RegistrationState, StepReason
from club.registration.places import let_the_line_go_first
from club.registration.rules.seating import Seating


def grant(
    held: Held,
    chosen: Sequence[Registration],
    *,
    remark: str | None = None,
    by: int,
    now: datetime,
) -> None:
    """Places in this order as long as there is room; the others come into the line as of the
    moments of their requests.
    """
    let_the_line_go_first(held, now=now)
    seats = seating(held, at=now)
    steps = [_seated_or_lined_up(seats, theirs) for theirs in chosen]
    step_together(held, steps, remark=remark, by=by, now=now)
    positions = line.positions(chosen, now=now)
    readers = readers_of([theirs.person_id for theirs in chosen])
    letters = [
        letter_of(
            Event.CONFIRMED if has_place(theirs) else Event.WAITING,
            readers[theirs.person_id],
            registration=theirs.public_id,
            run=held.run,
            position=positions.get(theirs.id),
        )
        for theirs in chosen
    ]
    tell_all(letters, now=now)
    write_down("registration.approve", held, chosen, by=by, now=now, reason=remark)


def has_place(theirs: Registration) -> bool:
    """Whether there was room for who was granted a request."""
    return theirs.state is RegistrationState.CONFIRMED


def _seated_or_lined_up(seats: Seating, theirs: Registration) -> Step:
    no_room = seats.lack_of_room(theirs.quota_id, theirs.organisation_id)
    if no_room:
        waits, why = RegistrationState.WAITING, StepReason.APPROVED_TO_WAIT
        return Step(theirs, waits, why, no_room)
    seats.seat(theirs.quota_id, theirs.organisation_id)
    return Step(theirs, RegistrationState.CONFIRMED, StepReason.APPROVED)


def turn_down(
    held: Held,
    chosen: Sequence[Registration],
    why: StepReason,
    *,
    reason: str,
    by: int,
    now: datetime,
) -> None:
    """Each is told, with the reason."""
    end(held, chosen, why, reason=reason, by=by, now=now)
    write_down("registration.refuse", held, chosen, by=by, now=now, reason=reason)


def end(
    held: Held,
    chosen: Sequence[Registration],
    why: StepReason,
    *,
    reason: str | None = None,
    by: int | None,
    now: datetime,
) -> None:
    """Take the requests off the list and tell the people."""
    readers = readers_of([theirs.person_id for theirs in chosen])
    steps = [Step(theirs, RegistrationState.REFUSED, why) for theirs in chosen]
    step_together(held, steps, remark=reason, by=by, now=now)
    letters = [
        letter_of(
            Event.REQUEST_REFUSED,
            readers[theirs.person_id],
            registration=theirs.public_id,
            run=held.run,
            reason=reason,
        )
        for theirs in chosen
    ]
    tell_all(letters, now=now)


def write_down(
    action: str,
    held: Held,
    chosen: Sequence[Registration],
    *,
    reason: str | None = None,
    by: int,
    now: datetime,
) -> None:
    record_each(
        action,
        subject_kind="registration",
        details={theirs.public_id: {"run": held.run.code, "reason": reason} for theirs in chosen},
        by=by,
        now=now,
    )
