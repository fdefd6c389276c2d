"""The book of a run's places. Everything here happens under the run's row lock.

Whoever changes registrations of a run locks the run first, so that counting, deciding and
writing are one step for everybody else. The numbers kept on the run are part of that step.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, insert, select
from sqlalchemy.orm import Session, joinedload

from club.courses import operations as courses
from club.courses.models import Run
from club.people.models import AudienceKind
from club.refusal import RefusedError
from club.registration import queries, registrants, rules
from club.registration.letters import Event, tell
from club.registration.models import (
    Registration,
    RegistrationState,
    RegistrationStep,
    StepReason,
)
from club.registration.registrants import Registrant
from club.registration.rules import RegistrationRefusal

#: Built once: all three are run while others wait for the lock.
_LOCKED = (
    select(Run)
    .where(Run.id == bindparam("run"))
    .options(joinedload(Run.course, innerjoin=True))
    .with_for_update(of=Run)
    .execution_options(populate_existing=True)
)
_INSERT_REGISTRATION = insert(cast("Table", Registration.__table__)).returning(Registration.id)
_INSERT_STEP = insert(cast("Table", RegistrationStep.__table__))


@dataclass(frozen=True)
class Comes:
    """As whom somebody comes."""

    audience: AudienceKind
    organisation_id: int | None


@dataclass(frozen=True)
class Taken:
    """How a registration stands after registering."""

    public_id: uuid.UUID
    state: RegistrationState
    #: The place in the waiting list, for who waits.
    position: int | None
    #: ``False``: the person was registered already and nothing changed.
    is_new: bool


def locked(session: Session, run_id: int) -> Run:
    """The run and its course as they are now, kept from everybody else until the end."""
    run = session.scalars(_LOCKED, {"run": run_id}).one_or_none()
    if run is None:
        raise RefusedError(RegistrationRefusal.NOT_ANNOUNCED)
    return run


def enter(
    session: Session,
    run: Run,
    registrant: Registrant,
    comes: Comes,
    *,
    by: int,
    now: datetime,
) -> Taken:
    state, public_id = rules.state_on_arrival(run), uuid.uuid4()
    if state.takes_a_seat:
        reason, event, position = StepReason.REGISTERED, Event.CONFIRMED, None
        courses.keep_places(run, taken=run.places_taken + 1, waiting=run.waiting_count)
    else:
        reason, event, position = StepReason.LIST_FULL, Event.WAITING, run.waiting_count + 1
        courses.keep_places(run, taken=run.places_taken, waiting=position)
    # Plain rows: others wait for the lock, and nobody needs these as objects here.
    registration = {
        "public_id": public_id, "run_id": run.id, "person_id": registrant.person_id,
        "state": state, "queue_number": registrant.last_queue_number + 1,
        "audience": comes.audience, "organisation_id": comes.organisation_id,
        "registered_at": now,
    }  # fmt: skip
    registration_id = session.execute(_INSERT_REGISTRATION, registration).scalar_one()
    first_step = {
        "registration_id": registration_id, "to_state": state, "reason": reason,
        "at": now, "by_id": by,
    }  # fmt: skip
    session.execute(_INSERT_STEP, first_step)
    tell(event, registrant, registration=public_id, run=run, position=position, now=now)
    return Taken(public_id, state, position, is_new=True)


def leave(
    session: Session,
    registration_id: int,
    *,
    reason: StepReason,
    remark: str | None = None,
    by: int,
    now: datetime,
) -> Registration:
    """Take a name off the list and let the next in line move up."""
    run = locked(session, session.get_one(Registration, registration_id).run_id)
    registration = session.get_one(Registration, registration_id, populate_existing=True)
    if refusal := rules.refusal_to_withdraw(registration, at=now):
        raise RefusedError(refusal)
    seat, number = (1, 0) if registration.state.takes_a_seat else (0, 1)
    courses.keep_places(run, taken=run.places_taken - seat, waiting=run.waiting_count - number)
    step(session, registration, RegistrationState.WITHDRAWN, reason, remark=remark, by=by, now=now)
    promote(session, run, reason=StepReason.SEAT_FELL_FREE, by=None, now=now)
    return registration


def promote(
    session: Session, run: Run, *, reason: StepReason, by: int | None, now: datetime
) -> int:
    """Give the free places to those who wait, strictly in order; returns to how many."""
    places = rules.places_to_fill(run, at=now)
    if not places:
        return 0
    lucky = queries.next_in_line(run.id, at_most=places)
    readers = registrants.readers([r.id for r in lucky])
    for registration in lucky:
        step(session, registration, RegistrationState.CONFIRMED, reason, by=by, now=now)
        tell(
            Event.PROMOTED,
            readers[registration.id],
            registration=registration.public_id,
            run=run,
            now=now,
        )
    moved = len(lucky)
    courses.keep_places(run, taken=run.places_taken + moved, waiting=run.waiting_count - moved)
    return moved


def step(  # noqa: PLR0913  which registration goes where, why, by whom and when
    session: Session,
    registration: Registration,
    to: RegistrationState,
    reason: StepReason,
    *,
    remark: str | None = None,
    by: int | None,
    now: datetime,
) -> None:
    """Change the state and write the change down, for whoever is on the list already."""
    session.add(
        RegistrationStep(
            registration=registration,
            from_state=registration.state,
            to_state=to,
            reason=reason,
            remark=remark,
            at=now,
            by_id=by,
        )
    )
    registration.state = to
