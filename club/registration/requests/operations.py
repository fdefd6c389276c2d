"""Deciding about requests for a place: first the organisation, where it is asked, then the
coordinator. Each verb is one transaction.
"""

from collections.abc import Callable
from datetime import datetime

from club import clock
from club.accounts import readers
from club.audit.operations import record
from club.db import db, transaction
from club.refusal import RefusedError
from club.registration import line
from club.registration.held import Held, holding_run_of, seating, step
from club.registration.letters import Event, tell_of, tell_one
from club.registration.models import Registration, RegistrationState, StepReason
from club.registration.places import let_the_line_go_first
from club.registration.requests import queries, rules
from club.registration.requests.rules import RequestRefusal


def endorse(registration_id: int, *, by: int, now: datetime) -> None:
    """The organisation agrees; the coordinator decides next."""
    with transaction() as session, holding_run_of(session, registration_id) as (held, theirs):
        way_in = held.terms.way_in
        _refuse(rules.refusal_to_answer_for_organisation(theirs, way_in, at=now))
        endorsed, why = RegistrationState.ENDORSED, StepReason.ENDORSED_BY_ORGANISATION
        step(held, theirs, endorsed, why, by=by, now=now)
        tell_one(Event.REQUEST_ENDORSED, theirs, now=now)
        _write_down("registration.endorse", held, theirs, by=by, now=now)


def decline_for_organisation(registration_id: int, *, reason: str, by: int, now: datetime) -> None:
    """The organisation turns the request down and says why."""
    with transaction() as session, holding_run_of(session, registration_id) as (held, theirs):
        way_in = held.terms.way_in
        _refuse(rules.refusal_to_answer_for_organisation(theirs, way_in, at=now))
        _turn_down(held, theirs, StepReason.REFUSED_BY_ORGANISATION, reason, by=by, now=now)
        _write_down("registration.refuse", held, theirs, by=by, now=now, reason=reason)


def approve(registration_id: int, *, remark: str | None = None, by: int, now: datetime) -> bool:
    """Grant the request: a place where there is room, else a place in the line as of the moment
    of the request. Returns whether there was room.

    ``remark`` is needed where the organisation has been asked and has not answered.
    """
    with transaction() as session, holding_run_of(session, registration_id) as (held, theirs):
        awaits = awaits_organisation(held, theirs, at=now)
        _refuse(
            rules.refusal_to_approve(theirs, awaits_organisation=awaits, remark=remark, at=now),
            field="remark" if awaits else None,
        )
        let_the_line_go_first(held, now=now)
        no_room = seating(held, at=now).lack_of_room(theirs.quota_id, theirs.organisation_id)
        if no_room:
            state, why = RegistrationState.WAITING, StepReason.APPROVED_TO_WAIT
        else:
            state, why = RegistrationState.CONFIRMED, StepReason.APPROVED
        step(held, theirs, state, why, remark=remark, no_room=no_room, by=by, now=now)
        session.flush()
        tell_of(
            Event.WAITING if no_room else Event.CONFIRMED,
            readers.reader(theirs.person_id),
            registration=theirs.public_id,
            run=held.run,
            position=line.position_of(theirs, now=now),
            now=now,
        )
        _write_down("registration.approve", held, theirs, by=by, now=now, reason=remark)
        return no_room is None


def refuse(registration_id: int, *, reason: str, by: int, now: datetime) -> None:
    """The coordinator turns the request down and says why; the person is told."""
    with transaction() as session, holding_run_of(session, registration_id) as (held, theirs):
        _refuse(rules.refusal_to_decide(theirs, at=now))
        _turn_down(held, theirs, StepReason.REFUSED_BY_STAFF, reason, by=by, now=now)
        _write_down("registration.refuse", held, theirs, by=by, now=now, reason=reason)


def end_undecided(*, now: Callable[[], datetime], stopped: Callable[[], bool]) -> None:
    """The worker's round: nobody waits for an answer about a class that has begun."""
    due = queries.undecided(now=now())
    db.session.rollback()
    for registration_id in due:
        if not stopped():
            _end(registration_id, now=now())


def awaits_organisation(held: Held, registration: Registration, *, at: datetime) -> bool:
    """Whether an answer of the organisation is to be expected: it is asked, and somebody there
    could give one.
    """
    organisation_id = registration.organisation_id
    if organisation_id is None or not rules.asks_organisation(registration, held.terms.way_in):
        return False
    return bool(queries.organisations_that_answer([organisation_id], on=clock.local_day(at)))


def _end(registration_id: int, *, now: datetime) -> None:
    with transaction() as session, holding_run_of(session, registration_id) as (held, theirs):
        if theirs.state.awaits_decision:
            _turn_down(held, theirs, StepReason.UNDECIDED, None, by=None, now=now)


def _turn_down(
    held: Held,
    registration: Registration,
    why: StepReason,
    reason: str | None,
    *,
    by: int | None,
    now: datetime,
) -> None:
    step(held, registration, RegistrationState.REFUSED, why, remark=reason, by=by, now=now)
    tell_one(Event.REQUEST_REFUSED, registration, reason=reason, now=now)


def _refuse(refusal: RequestRefusal | None, *, field: str | None = None) -> None:
    if refusal:
        raise RefusedError(refusal, field=field)


def _write_down(
    action: str,
    held: Held,
    registration: Registration,
    *,
    reason: str | None = None,
    by: int,
    now: datetime,
) -> None:
    record(
        action,
        subject_kind="registration",
        subject_id=registration.public_id,
        by=by,
        now=now,
        detail={"run": held.run.code, "reason": reason},
    )
