"""Registering, giving back, changing places, cancelling: each verb is one transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from club import clock
from club.audit.operations import record
from club.courses import operations as courses
from club.courses.models import Run
from club.db import transaction
from club.people.models import AudienceKind
from club.refusal import RefusedError
from club.registration import cancelling, queries, registrants, rules
from club.registration.letters import Event, tell
from club.registration.models import Registration, RegistrationState, StepReason
from club.registration.places import Comes, Taken, enter, leave, locked, promote, step
from club.registration.registrants import Registrant
from club.registration.rules import Applicant, RegistrationRefusal


def register(
    person_id: int, *, run_id: int, organisation_id: int | None, by: int, now: datetime
) -> Taken:
    """Take a place, or the next number in line. Twice is once.

    ``organisation_id`` is the employer the person comes for, ``None`` an individual.
    """
    with transaction() as session:
        run = locked(session, run_id)
        registrant = _registrant(person_id, run)
        if registrant.registration_id is not None:
            return _as_it_stands(session, registrant.registration_id)
        _refuse(run, registrant, account_confirmed=registrant.account_confirmed, at=now)
        comes = _comes_for(person_id, organisation_id, at=now)
        return enter(session, run, registrant, comes, by=by, now=now)


def register_on_behalf(
    person_id: int, *, run_id: int, organisation_id: int | None, by: int, now: datetime
) -> Taken:
    """Staff enter somebody, by the same rules but for the account, which nobody needs."""
    with transaction() as session:
        run = locked(session, run_id)
        registrant = _registrant(person_id, run)
        _refuse(run, registrant, account_confirmed=None, at=now)
        comes = _comes_for(person_id, organisation_id, at=now)
        taken = enter(session, run, registrant, comes, by=by, now=now)
        record(
            "registration.register",
            subject_kind="registration",
            subject_id=taken.public_id,
            by=by,
            now=now,
            detail={"run": run.code, "state": taken.state.value},
        )
        return taken


def withdraw(registration_id: int, *, by: int, now: datetime) -> None:
    """Give the place or the number back; the next in line moves up."""
    with transaction() as session:
        registration = leave(
            session, registration_id, reason=StepReason.WITHDRAWN_BY_PERSON, by=by, now=now
        )
        _tell_one(Event.WITHDRAWN, registration, now=now)


def withdraw_on_behalf(registration_id: int, *, reason: str, by: int, now: datetime) -> None:
    """Staff take somebody off the list and say why; the person is told."""
    with transaction() as session:
        registration = leave(
            session,
            registration_id,
            reason=StepReason.WITHDRAWN_BY_STAFF,
            remark=reason,
            by=by,
            now=now,
        )
        _tell_one(Event.WITHDRAWN_BY_STAFF, registration, reason=reason, now=now)
        record(
            "registration.withdraw",
            subject_kind="registration",
            subject_id=registration.public_id,
            by=by,
            now=now,
            detail={"run": registration.run.code, "reason": reason},
        )


def change_seats(run_id: int, *, seats: int, by: int, now: datetime) -> int:
    """Set the number of places; returns how many moved up from the waiting list.

    Fewer places than are taken throw nobody out: no one moves up until enough were given back.
    """
    with transaction() as session:
        run = locked(session, run_id)
        if refusal := rules.refusal_to_change_seats(run, seats):
            raise RefusedError(refusal, field="seats")
        before, run.seats = run.seats, seats
        courses.note_seats_changed(run, before=before, by=by, now=now)
        promoted = promote(session, run, reason=StepReason.SEATS_ADDED, by=by, now=now)
        record(
            "registration.change_seats",
            subject_kind="run",
            subject_id=run.code,
            by=by,
            now=now,
            detail={"before": before, "after": seats, "moved_up": promoted},
        )
        return promoted


def cancel_run_with_registrations(run_id: int, *, reason: str, by: int, now: datetime) -> int:
    """Cancel the run and tell everybody who had a place or waited, and who teaches, once;
    returns how many people lost a place or a number.
    """
    with transaction() as session:
        run = locked(session, run_id)
        near = cancelling.sessions_near(run, now=now)
        courses.cancel_run(run, reason=reason, by=by, now=now)
        concerned = queries.active_of(run.id)
        for registration in concerned:
            step(
                session,
                registration,
                RegistrationState.CANCELLED,
                StepReason.RUN_CANCELLED,
                by=by,
                now=now,
            )
        courses.keep_places(run, taken=0, waiting=0)
        session.flush()
        cancelling.tell_everybody(run, concerned, near=near, reason=reason, now=now)
        return len(concerned)


def _registrant(person_id: int, run: Run) -> Registrant:
    registrant = registrants.registrant(person_id, run_id=run.id)
    if registrant is None:
        raise RefusedError(RegistrationRefusal.NO_SUCH_PERSON)
    return registrant


def _refuse(
    run: Run, registrant: Registrant, *, account_confirmed: bool | None, at: datetime
) -> None:
    applicant = Applicant(
        account_confirmed=account_confirmed,
        consents=registrant.consents,
        is_registered=registrant.registration_id is not None,
    )
    if refusal := rules.refusal_to_register(run, applicant, at=at):
        raise RefusedError(refusal)


def _comes_for(person_id: int, organisation_id: int | None, *, at: datetime) -> Comes:
    if organisation_id is None:
        return Comes(AudienceKind.INDIVIDUAL, None)
    for employer in registrants.employers_of(person_id, on=clock.local_day(at)):
        if employer.id == organisation_id:
            return Comes(employer.kind, employer.id)
    raise RefusedError(RegistrationRefusal.NOT_EMPLOYED_THERE, field="comes_for")


def _as_it_stands(session: Session, registration_id: int) -> Taken:
    registration = session.get_one(Registration, registration_id)
    position = queries.position_of(registration)
    return Taken(registration.public_id, registration.state, position, is_new=False)


def _tell_one(
    event: Event, registration: Registration, *, reason: str | None = None, now: datetime
) -> None:
    tell(
        event,
        registrants.readers([registration.id])[registration.id],
        registration=registration.public_id,
        run=registration.run,
        reason=reason,
        now=now,
    )
