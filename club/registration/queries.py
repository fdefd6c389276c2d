import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from club.accounts.models import Account
from club.courses.models import Run, Session, SessionState
from club.courses.queries import RunGlance
from club.db import db
from club.people.models import Person
from club.registration.line import ORDER, open_offers_of, positions
from club.registration.models import (
    ACTIVE_STATES,
    SEATED_STATES,
    Offer,
    Registration,
    RegistrationState,
    RegistrationStep,
    RunQuota,
    RunTerms,
)
from club.registration.rules.terms import Terms, terms_of


@dataclass(frozen=True)
class Places:
    taken: int
    waiting: int


def seats_taken(run_ids: Collection[int]) -> dict[int, Places]:
    """Counted from the registrations; runs without any are there with zeros."""
    query = (
        select(Registration.run_id, Registration.state, func.count())
        .where(Registration.run_id.in_(run_ids), Registration.state.in_(ACTIVE_STATES))
        .group_by(Registration.run_id, Registration.state)
    )
    counts = {(run_id, state): n for run_id, state, n in db.session.execute(query)}
    return {
        run_id: Places(
            taken=sum(counts.get((run_id, state), 0) for state in SEATED_STATES),
            waiting=counts.get((run_id, RegistrationState.WAITING), 0),
        )
        for run_id in run_ids
    }


_ACTIVE_OF = select(Registration).where(
    Registration.person_id == bindparam("person"),
    Registration.run_id == bindparam("run"),
    Registration.state.in_(ACTIVE_STATES),
)


def registration_of(person_id: int, run_id: int) -> Registration | None:
    """The person's active registration for the run."""
    return db.session.scalars(_ACTIVE_OF, {"person": person_id, "run": run_id}).one_or_none()


def registration_by_public_id(public_id: uuid.UUID) -> Registration | None:
    """With its run, course, sessions, trainers and person."""
    return db.session.scalars(
        select(Registration)
        .where(Registration.public_id == public_id)
        .options(
            joinedload(Registration.run).joinedload(Run.course),
            joinedload(Registration.run).selectinload(Run.sessions),
            joinedload(Registration.run).selectinload(Run.trainers),
            joinedload(Registration.person),
            joinedload(Registration.organisation),
            joinedload(Registration.run).joinedload(Run.ward),
            joinedload(Registration.run).joinedload(Run.host),
        )
    ).one_or_none()


@dataclass(frozen=True)
class StoryLine:
    """One step of a registration, and whose doing it was where it was somebody else's."""

    step: RegistrationStep
    by_other: str | None


def story_of(registration: Registration) -> list[StoryLine]:
    """What happened, in order. Who moved up by the order of the line moved up by nobody."""
    query = (
        select(RegistrationStep, Person.id, Person.full_name)
        .outerjoin(Account, Account.id == RegistrationStep.by_id)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(RegistrationStep.registration_id == registration.id)
        .order_by(RegistrationStep.id)
    )
    return [
        StoryLine(step, name if by != registration.person_id else None)
        for step, by, name in db.session.execute(query)
    ]


def confirmed_of(run_id: int) -> list[Registration]:
    """Who has a place, as a class list: by given name."""
    return _registrations(run_id, [RegistrationState.CONFIRMED], by_name=True)


def active_by_name(run_id: int) -> list[Registration]:
    """Everybody on the list, by given name."""
    return _registrations(run_id, ACTIVE_STATES, by_name=True)


def offered_of(run_id: int) -> list[Registration]:
    """Whom a place is offered to now."""
    return _registrations(run_id, [RegistrationState.OFFERED], by_name=False)


def waiting_of(run_id: int) -> list[Registration]:
    """Who waits, in the order of the line: the first is number one."""
    return _registrations(run_id, [RegistrationState.WAITING], by_name=False)


def withdrawn_of(run_id: int) -> list[Registration]:
    """Who was on the list once and is not any more."""
    left = [state for state in RegistrationState if not state.is_active]
    return _registrations(run_id, left, by_name=False)


def _registrations(
    run_id: int, states: Collection[RegistrationState], *, by_name: bool
) -> list[Registration]:
    query = (
        select(Registration)
        .join(Registration.person)
        .where(Registration.run_id == run_id, Registration.state.in_(states))
        .options(
            joinedload(Registration.person),
            joinedload(Registration.organisation),
        )
    )
    order = (Person.sort_key, Person.id) if by_name else ORDER
    return list(db.session.scalars(query.order_by(*order)))


def next_session_of(person_id: int, *, now: datetime) -> Session | None:
    """The session to come first of those the person has a place in, with run and course."""
    query = (
        select(Session)
        .join(Session.run)
        .join(Registration, Registration.run_id == Run.id)
        .where(
            Registration.person_id == person_id,
            Registration.state == RegistrationState.CONFIRMED,
            Session.state == SessionState.PLANNED,
            Session.ends_at > now,
        )
        .order_by(Session.starts_at)
        .limit(1)
        .options(joinedload(Session.run).joinedload(Run.course))
    )
    return db.session.scalars(query).first()


def active_of(run_id: int) -> list[Registration]:
    """Everybody who has a place or waits, in order of arrival, read anew under the lock."""
    return list(
        db.session.scalars(
            select(Registration)
            .where(Registration.run_id == run_id, Registration.state.in_(ACTIVE_STATES))
            .order_by(Registration.queue_number)
            .execution_options(populate_existing=True)
        )
    )


@dataclass(frozen=True)
class OwnRegistration:
    """A line of a person's list of classes."""

    registration: Registration
    position: int | None
    offer: Offer | None


def registrations_of(person_id: int, *, now: datetime) -> list[OwnRegistration]:
    """All a person's registrations with the place in line, soonest class first."""
    query = (
        select(Registration)
        .join(Registration.run)
        .where(Registration.person_id == person_id)
        .order_by(Run.starts_at, Registration.id)
        .options(contains_eager(Registration.run).joinedload(Run.course))
    )
    found = list(db.session.scalars(query))
    places, offers = positions(found, now=now), open_offers_of(found)
    return [OwnRegistration(r, places.get(r.id), offers.get(r.id)) for r in found]


def terms_of_run(run: Run | RunGlance) -> Terms:
    """Asked for only where the run has terms of its own."""
    return terms_of(db.session.get(RunTerms, run.id) if run.has_own_terms else None)


@dataclass(frozen=True)
class GroupStanding:
    """A group with seats of its own, and how many of its people have a seat or wait."""

    quota: RunQuota
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        return max(self.quota.seats - self.taken, 0)


def groups_of(run: Run) -> list[GroupStanding]:
    """In their order, in one statement; none for a run on the usual terms."""
    if not run.has_own_terms:
        return []
    taken = func.count().filter(Registration.state.in_(SEATED_STATES))
    waiting = func.count().filter(Registration.state == RegistrationState.WAITING)
    query = (
        select(RunQuota, taken, waiting)
        .outerjoin(Registration, Registration.quota_id == RunQuota.id)
        .where(RunQuota.run_id == run.id)
        .group_by(RunQuota.id)
        .order_by(RunQuota.position)
        .options(
            joinedload(RunQuota.ward),
            joinedload(RunQuota.organisation),
            joinedload(RunQuota.topic),
        )
    )
    return [GroupStanding(*row) for row in db.session.execute(query)]


def group_at(run_id: int, position: int) -> RunQuota | None:
    query = select(RunQuota).where(RunQuota.run_id == run_id, RunQuota.position == position)
    return db.session.scalars(query).one_or_none()
