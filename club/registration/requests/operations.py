"""Deciding about requests for a place: first the organisation, where it is asked, then the
coordinator. Each verb is one transaction.
"""

from collections.abc import Callable
from datetime import datetime

from club import clock
from club.db import db, transaction
from club.refusal import RefusedError
from club.registration.held import Held, holding_run_of, step
from club.registration.letters import Event, tell_one
from club.registration.models import Registration, RegistrationState, StepReason
from club.registration.requests import deciding, queries, rules
from club.registration.requests.rules import RequestRefusal


def endorse(registration_id: int, *, by: int, now: datetime) -> None:
    """The organisation agrees; the coordinator decides next."""
    with transaction() as session, holding_run_of(session, registration_id) as (held, theirs):
        way_in = held.terms.way_in
        _refuse(rules.refusal_to_answer_for_organisation(theirs, way_in, at=now))
        endorsed, why = RegistrationState.ENDORSED, StepReason.ENDORSED_BY_ORGANISATION
        step(held, theirs, endorsed, why, by=by, now=now)
        tell_one(Event.REQUEST_ENDORSED, theirs, now=now)
        deciding.write_down("registration.endorse", held, [theirs], by=by, now=now)


def decline_for_organisation(registration_id: int, *, reason: str, by: int, now: datetime) -> None:
    """The organisation turns the request down and says why."""
    with transaction() as session, holding_run_of(session, registration_id) as (held, theirs):
        way_in = held.terms.way_in
        _refuse(rules.refusal_to_answer_for_organisation(theirs, way_in, at=now))
        why = StepReason.REFUSED_BY_ORGANISATION
        deciding.turn_down(held, [theirs], why, reason=reason, by=by, now=now)


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
        deciding.grant(held, [theirs], remark=remark, by=by, now=now)
        return deciding.has_place(theirs)


def refuse(registration_id: int, *, reason: str, by: int, now: datetime) -> None:
    """The coordinator turns the request down and says why; the person is told."""
    with transaction() as session, holding_run_of(session, registration_id) as (held, theirs):
        _refuse(rules.refusal_to_decide(theirs, at=now))
        why = StepReason.REFUSED_BY_STAFF
        deciding.turn_down(held, [theirs], why, reason=reason, by=by, now=now)


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
            deciding.end(held, [theirs], StepReason.UNDECIDED, by=None, now=now)


def _refuse(refusal: RequestRefusal | None, *, field: str | None = None) -> None:
    if refusal:
        raise RefusedError(refusal, field=field)
