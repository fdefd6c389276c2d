import uuid
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from club.courses.models import Run, RunState
from club.db import db
from club.people.models import Employment
from club.people.queries import employment_holds_on
from club.registration.line import ORDER
from club.registration.models import Registration, RegistrationState, RunTerms, WayIn

AWAITING = [state for state in RegistrationState if state.awaits_decision]


def requests_of_run(run_id: int) -> list[Registration]:
    """Requests that nobody has decided, in the order in which they were made."""
    query = (
        select(Registration)
        .where(Registration.run_id == run_id, Registration.state.in_(AWAITING))
        .order_by(*ORDER)
        .options(joinedload(Registration.person), joinedload(Registration.organisation))
    )
    return list(db.session.scalars(query))


def requests_among(run_id: int, public_ids: Collection[uuid.UUID]) -> list[Registration]:
    """Of these registrations those of the run, decided or not, in the order in which they were
    made, read anew: the caller holds the run.
    """
    query = (
        select(Registration)
        .where(Registration.run_id == run_id, Registration.public_id.in_(public_ids))
        .order_by(*ORDER)
        .options(joinedload(Registration.person))
    )
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def count_of_run(run_id: int) -> int:
    query = select(func.count()).where(
        Registration.run_id == run_id, Registration.state.in_(AWAITING)
    )
    return db.session.scalar(query) or 0


def requests_to_organisation(organisation_id: int, *, now: datetime) -> list[Registration]:
    """Requests that wait for the organisation's answer, the class that begins first first."""
    query = (
        select(Registration)
        .join(Registration.run)
        .join(RunTerms, RunTerms.run_id == Registration.run_id)
        .where(
            Registration.organisation_id == organisation_id,
            Registration.state == RegistrationState.REQUESTED,
            RunTerms.way_in == WayIn.ENDORSED_APPROVAL,
            Run.state == RunState.PUBLISHED,
            Run.starts_at > now,
        )
        .order_by(Run.starts_at, *ORDER)
        .options(
            joinedload(Registration.person),
            contains_eager(Registration.run).joinedload(Run.course),
        )
    )
    return list(db.session.scalars(query))


def organisations_that_answer(ids: Collection[int], *, on: date) -> set[int]:
    """Which of these organisations have somebody who speaks for them."""
    query = select(Employment.organisation_id).where(
        Employment.organisation_id.in_(ids),
        Employment.represents,
        employment_holds_on(on),
    )
    return set(db.session.scalars(query))


def undecided(*, now: datetime) -> list[int]:
    """Ids of requests for classes that have begun."""
    begun = exists().where(Run.id == Registration.run_id, Run.starts_at <= now)
    query = select(Registration.id).where(Registration.state.in_(AWAITING), begun)
    return list(db.session.scalars(query.order_by(Registration.id)))
