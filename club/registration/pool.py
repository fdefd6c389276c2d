"""Waiting for a course rather than for a run: any run will do, or none is planned yet.

A new run offers its places first to those who wait for the course, in the order of their
waiting; then everybody who asked to be told of it is told. Each verb is one transaction.
"""

from collections.abc import Callable
from datetime import datetime

from club.courses.models import Course, Run
from club.db import db, transaction
from club.refusal import RefusedError
from club.registration import demand
from club.registration.held import Held, holding, holding_run_of, step
from club.registration.letters import Event, tell_of
from club.registration.models import (
    CourseInterest,
    Registration,
    RegistrationState,
    RegistrationStep,
    StepReason,
    WayIn,
)
from club.registration.offering import offer_free_places
from club.registration.questions.answering import carry_answers
from club.registration.rules import offers
from club.registration.terms import sort_into_groups


def wait_for_any_run(registration_id: int, *, now: datetime) -> None:
    """From now on, new runs of the course count as well, also where this one is cancelled."""
    _wish(registration_id, any_run=True, now=now)


def wait_for_this_run_only(registration_id: int, *, now: datetime) -> None:
    _wish(registration_id, any_run=False, now=now)


def _wish(registration_id: int, *, any_run: bool, now: datetime) -> None:
    with transaction() as session, holding_run_of(session, registration_id) as (_, mine):
        if refusal := offers.refusal_to_wish_for_runs(mine, at=now):
            raise RefusedError(refusal)
        mine.any_run = any_run


def ask_to_be_told(course_id: int, *, person_id: int, now: datetime) -> None:
    """Of the next run of a course. Twice is once."""
    with transaction() as session:
        if session.get_one(Course, course_id).retired_on is not None:
            raise RefusedError(offers.InterestRefusal.COURSE_RETIRED)
        if demand.open_interest(course_id, person_id) is None:
            session.add(CourseInterest(course_id=course_id, person_id=person_id, since=now))


def stop_being_told(course_id: int, *, person_id: int, now: datetime) -> None:
    with transaction():
        interest = demand.open_interest(course_id, person_id)
        if interest is not None:
            interest.ended_at = now


def offer_to_pool(run: Run, by: int | None, now: datetime) -> int:
    """Offer the places of a run that is being published to those who wait for the course
    already; returns to how many. Those who asked to be told of the course are told.
    """
    with transaction() as session, holding(session, run.id) as held:
        # Who waits for the course has not been invited, nominated or approved by that.
        is_open = held.terms.way_in is WayIn.OPEN
        pooled = _take_over(held, by=by, now=now) if is_open else []
        session.flush()
        sort_into_groups(held, at=now)
        offered = offer_free_places(held, reason=StepReason.POOL_OFFER, by=by, now=now)
        told = {registration.person_id for registration in pooled}
        _tell_of_run(held, but=told, now=now)
        return offered


def _take_over(held: Held, *, by: int | None, now: datetime) -> list[Registration]:
    """Put those who wait for any run of the course on the new run's list, in their order."""
    pooled = {}
    for number, known in enumerate(demand.pool_of(held.run, now=now), start=1):
        registration = Registration(
            run_id=held.run.id,
            person_id=known.person_id,
            state=RegistrationState.WAITING,
            queue_number=number,
            audience=known.audience,
            organisation_id=known.organisation_id,
            registered_at=now,
            waits_since=known.waits_since,
            takes_late_place=known.takes_late_place,
            any_run=True,
        )
        registration.steps = [
            RegistrationStep(
                to_state=registration.state, reason=StepReason.POOLED, at=now, by_id=by
            )
        ]
        held.session.add(registration)
        held.count(None, registration.state)
        pooled[known.id] = registration
    held.session.flush()
    carry_answers(held.session, {known: new.id for known, new in pooled.items()}, now=now)
    return list(pooled.values())


def _tell_of_run(held: Held, *, but: set[int], now: datetime) -> None:
    for interest, reader in demand.interested_in(held.run.course_id):
        interest.ended_at = now
        if reader.person_id in but:
            continue
        tell_of(
            Event.COURSE_PLANNED, reader, registration=None, run=held.run,
            key=f"{held.run.code}:{interest.id}", now=now,
        )  # fmt: skip


def leave_other_lines(*, now: Callable[[], datetime], stopped: Callable[[], bool]) -> None:
    """The worker's round: who has a place in one run no longer waits in others of the course,
    where that was a wait for any of them. Each in a transaction of its own, so that never two
    runs are held in an order of chance.
    """
    waiting = demand.waiting_with_a_place_elsewhere()
    db.session.rollback()
    for registration_id in waiting:
        if not stopped():
            _leave_line(registration_id, now=now())


def forget_met_interests(*, now: datetime) -> None:
    """Who has come onto the list of a run since asking need not be told of the next one."""
    with transaction():
        for interest in demand.met_interests():
            interest.ended_at = now


def _leave_line(registration_id: int, *, now: datetime) -> None:
    with transaction() as session, holding_run_of(session, registration_id) as (held, waits):
        if waits.state is RegistrationState.WAITING:
            gone, why = RegistrationState.WITHDRAWN, StepReason.PLACE_ELSEWHERE
            step(held, waits, gone, why, by=None, now=now)
