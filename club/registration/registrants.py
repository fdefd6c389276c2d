"""Who is about to register, and whom to write to: facts about people, read under the lock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from club import clock
from club.accounts.models import Account, Consent, ConsentPurpose
from club.accounts.readers import READER
from club.courses.models import Run, RunTrainer
from club.db import db, plainly
from club.knowledge.following import followed_topics
from club.membership.models import Membership
from club.membership.queries import membership_holds_on
from club.outbox.telling import Reader
from club.people.models import AudienceKind, Employment, Organisation, Person
from club.people.queries import employment_holds_on, stands_for_itself
from club.registration.inviting.models import RunInvitation
from club.registration.models import ACTIVE_STATES, Registration
from club.registration.questions.models import CourseQuestion
from club.registration.requirements.models import CourseRequirement
from club.registration.rules.seating import PlacingFacts


@dataclass(frozen=True)
class Registrant(Reader):
    """A person about to register for a run, with all that decides about it."""

    phone: str | None
    account_confirmed: bool
    consents: bool
    #: The active registration for this run, and the last number given out in its queue.
    registration_id: int | None
    last_queue_number: int
    #: Whether the course requires something of who registers.
    is_required_something: bool
    #: Whether the course asks questions.
    is_asked_something: bool
    #: Whether the club invited this person to the run.
    is_invited: bool
    #: Whether the person is a trainer of the run.
    teaches: bool
    #: The latest moment that anybody in the queue waits since.
    line_ends_at: datetime | None


def registrant(person_id: int, *, run_id: int) -> Registrant | None:
    """One statement, because it runs while others wait for the run's lock."""
    return _found(_REGISTRANT, person_id, run_id)


def held_registrant(person_id: int, *, run_id: int) -> Registrant | None:
    """The same for who is about to write: until then the entry does not become part of another
    one. ``None`` where it has done so already.
    """
    return _found(_HELD_REGISTRANT, person_id, run_id)


def _found(statement: Select[Any], person_id: int, run_id: int) -> Registrant | None:
    asked = {"person": person_id, "run": run_id}
    row = plainly(db.session()).execute(statement, asked).one_or_none()
    return Registrant(*row) if row else None


def _registrant_statement() -> Select[Any]:
    person: BindParameter[int] = bindparam("person")
    run: BindParameter[int] = bindparam("run")
    of_run = Registration.run_id == run
    active = select(Registration.id).where(
        of_run, Registration.person_id == person, Registration.state.in_(ACTIVE_STATES)
    )
    last = select(func.coalesce(func.max(Registration.queue_number), 0)).where(of_run)
    line_ends_at = select(func.max(Registration.waits_since)).where(of_run)
    consents = exists().where(
        Consent.person_id == person,
        Consent.purpose == ConsentPurpose.PERSONAL_DATA,
        Consent.withdrawn_at.is_(None),
    )
    confirmed = Account.confirmed_at.is_not(None)
    return (
        select(
            *READER,
            Person.phone,
            confirmed,
            consents,
            active.scalar_subquery(),
            last.scalar_subquery(),
            _is_kept_for_course(CourseRequirement, CourseRequirement.ended_at, run),
            _is_kept_for_course(CourseQuestion, CourseQuestion.retired_at, run),
            _is_invited(run),
            exists().where(RunTrainer.run_id == run, RunTrainer.person_id == person),
            line_ends_at.scalar_subquery(),
        )
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Person.id == person)
    )


def _is_kept_for_course(
    kind: type[CourseRequirement | CourseQuestion],
    ended_at: InstrumentedAttribute[datetime | None],
    run: BindParameter[int],
) -> ColumnElement[bool]:
    """Whether the course of the run has any of these that holds."""
    return exists().where(kind.course_id == Run.course_id, ended_at.is_(None), Run.id == run)


def _is_invited(run: BindParameter[int]) -> ColumnElement[bool]:
    by_address = RunInvitation.email == func.lower(Account.email)
    return exists().where(
        RunInvitation.run_id == run,
        RunInvitation.withdrawn_at.is_(None),
        or_(RunInvitation.person_id == Person.id, by_address),
    )


#: Built once: building it costs more than running it.
_REGISTRANT = _registrant_statement()
_HELD_REGISTRANT = _REGISTRANT.where(stands_for_itself).with_for_update(
    read=True, key_share=True, of=Person
)


@dataclass(frozen=True)
class Employer:
    id: int
    code: str
    name: str
    kind: AudienceKind


_EMPLOYERS = (
    select(Organisation.id, Organisation.code, Organisation.name, Organisation.kind)
    .join(Employment, Employment.organisation_id == Organisation.id)
    .where(
        Employment.person_id == bindparam("person"),
        employment_holds_on(bindparam("day")),
    )
    .group_by(Organisation.id)
    .order_by(Organisation.sort_key, Organisation.id)
)


def employers_of(person_id: int, *, on: date) -> list[Employer]:
    """The organisations a person may come for: whom the person works for that day."""
    found = plainly(db.session()).execute(_EMPLOYERS, {"person": person_id, "day": on})
    return [Employer(*row) for row in found]


def placing_facts(
    person_ids: Collection[int],
    audience: AudienceKind,
    organisation_id: int | None,
    *,
    at: datetime,
) -> dict[int, PlacingFacts]:
    """Which group of a run's seats each would belong to, coming so: facts of that day."""
    query = (
        select(Person.id, _ward_id(), _is_member(clock.local_day(at)))
        .select_from(Person)
        .outerjoin(Organisation, Organisation.id == organisation_id)
        .where(Person.id.in_(person_ids))
    )
    topics = followed_topics(person_ids, at=at)
    return {
        person_id: PlacingFacts(audience, organisation_id, ward_id, is_member, topics[person_id])
        for person_id, ward_id, is_member in db.session.execute(query)
    }


def placing_facts_of_run(run_id: int, *, at: datetime) -> dict[int, PlacingFacts]:
    """The same of everybody on the run's list, by the id of the registration."""
    query = (
        select(
            Registration.id,
            Registration.person_id,
            Registration.audience,
            Registration.organisation_id,
            _ward_id(),
            _is_member(clock.local_day(at)),
        )
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .where(Registration.run_id == run_id, Registration.state.in_(ACTIVE_STATES))
    )
    rows = db.session.execute(query).all()
    topics = followed_topics([row.person_id for row in rows], at=at)
    return {row[0]: PlacingFacts(*row[2:], topics[row.person_id]) for row in rows}


def _ward_id() -> ColumnElement[int | None]:
    """Of the organisation somebody comes for; of the person, who comes for nobody."""
    return case((Organisation.id.is_not(None), Organisation.ward_id), else_=Person.ward_id)


def _is_member(day: date) -> ColumnElement[bool]:
    return exists().where(
        or_(
            Membership.person_id == Person.id,
            Membership.organisation_id == Organisation.id,
        ),
        membership_holds_on(day),
    )
