import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from club import clock
from club.accounts.models import Account, Consent, ConsentPurpose
from club.courses.models import Run
from club.db import db
from club.membership.queries import membership_of_organisation
from club.people.models import Employment, Organisation, Person
from club.people.queries import stands_for_itself
from club.registration import line
from club.registration.held import looked_at, seating
from club.registration.models import (
    ACTIVE_STATES,
    SEATED_STATES,
    Registration,
    RegistrationState,
)
from club.registration.nominations.models import Nomination, Nominee
from club.registration.nominations.rules.nominating import Known
from club.registration.nominations.rules.sheet import MOST_PEOPLE
from club.registration.nominations.rules.sheet import Row as SheetRow
from club.registration.rules.seating import PlacingFacts, quota_of


@dataclass(frozen=True)
class Reckoned:
    """For whom, to where and on which day people are looked up."""

    organisation_id: int
    run_id: int
    on: date


def colleagues(who: Reckoned) -> list[Known]:
    """The organisation's people of that day, by given name; as many as one list takes."""
    query = _known(who).where(_works_there(who, holds=True))
    return _found(query.order_by(Person.sort_key, Person.id).limit(MOST_PEOPLE))


def people_among(public_ids: Collection[uuid.UUID], who: Reckoned) -> list[Known]:
    """Of these people those who work or once worked for the organisation, by given name."""
    once = exists().where(
        Employment.person_id == Person.id, Employment.organisation_id == who.organisation_id
    )
    query = _known(who).where(Person.public_id.in_(public_ids), once)
    return _found(query.order_by(Person.sort_key, Person.id)) if public_ids else []


def known_like(rows: Iterable[SheetRow], who: Reckoned) -> list[Known]:
    """Everybody whom the club knows by an address or a phone of the list, in one statement.

    A sign-up that nobody has confirmed yet says nothing about whose address it is.
    """
    wanted = list(rows)
    emails = {row.email for row in wanted if row.email}
    phones = {row.phone for row in wanted if row.phone}
    if not emails | phones:
        return []
    reachable = or_(
        func.lower(Person.email).in_(emails), Account.email.in_(emails), Person.phone.in_(phones)
    )
    confirmed = or_(Account.id.is_(None), Account.confirmed_at.is_not(None))
    return _found(_known(who).where(reachable, confirmed, stands_for_itself))


def _known(who: Reckoned) -> Select[*tuple[Any, ...]]:
    registered = exists().where(
        Registration.run_id == who.run_id,
        Registration.person_id == Person.id,
        Registration.state.in_(ACTIVE_STATES),
    )
    return select(
        Person.id,
        Person.public_id,
        Person.full_name,
        Person.email,
        Account.email,
        Person.phone,
        _works_there(who, holds=False),
        registered,
        or_(_took_back_consent(), and_(Account.id.is_not(None), ~Account.active)),
    ).outerjoin(Account, Account.person_id == Person.id)


def _works_there(who: Reckoned, *, holds: bool) -> ColumnElement[bool]:
    """``holds``: on that day; else on it or later."""
    conditions = [
        Employment.person_id == Person.id,
        Employment.organisation_id == who.organisation_id,
        or_(Employment.to_day.is_(None), Employment.to_day >= who.on),
    ]
    if holds:
        conditions.append(Employment.from_day <= who.on)
    return exists().where(*conditions)


def _took_back_consent() -> ColumnElement[bool]:
    of_person = (
        Consent.person_id == Person.id,
        Consent.purpose == ConsentPurpose.PERSONAL_DATA,
    )
    return and_(
        exists().where(*of_person, Consent.withdrawn_at.is_not(None)),
        ~exists().where(*of_person, Consent.withdrawn_at.is_(None)),
    )


def _found(query: Select[*tuple[Any, ...]]) -> list[Known]:
    return [_known_from(row) for row in db.session.execute(query)]


def _known_from(row: Row[Any]) -> Known:
    person_id, public_id, name, *contacts, is_colleague, is_on_list, objects = tuple(row)
    lowered = frozenset(one.lower() for one in contacts if one)
    return Known(person_id, str(public_id), name, lowered, is_colleague, is_on_list, objects)


def people_agreed(person_ids: Collection[int]) -> set[int]:
    """Of these people those who have agreed to the keeping of personal data."""
    query = select(Consent.person_id).where(
        Consent.person_id.in_(person_ids),
        Consent.purpose == ConsentPurpose.PERSONAL_DATA,
        Consent.withdrawn_at.is_(None),
    )
    return set(db.session.scalars(query))


def end_of_queue(run_id: int) -> tuple[int, datetime | None]:
    """The last number given out in a run's queue, and the latest moment anybody waits since."""
    query = select(
        func.coalesce(func.max(Registration.queue_number), 0), func.max(Registration.waits_since)
    ).where(Registration.run_id == run_id)
    number, since = db.session.execute(query).one()
    return number, since


def nomination_by_public_id(public_id: uuid.UUID) -> Nomination | None:
    """With everything that its page shows."""
    query = (
        select(Nomination)
        .where(Nomination.public_id == public_id)
        .options(
            joinedload(Nomination.run),
            joinedload(Nomination.organisation),
            selectinload(Nomination.nominees).joinedload(Nominee.registration),
        )
    )
    return db.session.scalars(query).one_or_none()


def nomination_known(public_id: uuid.UUID) -> Nomination | None:
    return db.session.scalars(
        select(Nomination).where(Nomination.public_id == public_id)
    ).one_or_none()


def places_in_line(nominees: Iterable[Nominee], *, now: datetime) -> dict[int, int]:
    """The present places in line of those who wait, by the id of the registration."""
    return line.positions([n.registration for n in nominees if n.registration], now=now)


def places_for(run: Run, organisation: Organisation, *, people: int, now: datetime) -> int:
    """How many of so many people of the organisation would get a place now. Somebody who is a
    member of the club while the organisation is not may get one besides.
    """
    if run.waiting_count and run.places_taken < run.seats:
        return 0
    held = looked_at(db.session(), run)
    facts = PlacingFacts(
        organisation.kind,
        organisation.id,
        organisation.ward_id,
        membership_of_organisation(organisation.id, on=clock.local_day(now)) is not None,
    )
    return seating(held, at=now).places_for(people, quota_of(held.quotas, facts), organisation.id)


def nominee_of(registration_id: int) -> Nominee | None:
    query = select(Nominee).where(Nominee.registration_id == registration_id)
    return db.session.scalars(query).one_or_none()


def length_of(nomination_id: int) -> int:
    query = select(func.max(Nominee.position)).where(Nominee.nomination_id == nomination_id)
    return db.session.scalar(query) or 0


def successor_of(registration_id: int) -> Registration | None:
    """Who took over from somebody that the organisation replaced."""
    query = select(Registration).where(Registration.replaces_id == registration_id)
    return db.session.scalars(query.options(joinedload(Registration.person))).one_or_none()


@dataclass(frozen=True)
class OurPerson:
    """Somebody who comes, or once was to come, to a run for the organisation."""

    registration: Registration
    #: Nominated by the organisation, which may send somebody else instead.
    is_nominated: bool
    position: int | None


def our_people(run_id: int, organisation_id: int, *, now: datetime) -> list[OurPerson]:
    """Everybody who ever was on the run's list for the organisation, by given name."""
    nominated = exists().where(Nominee.registration_id == Registration.id)
    query = (
        select(Registration, nominated)
        .join(Registration.person)
        .where(Registration.run_id == run_id, Registration.organisation_id == organisation_id)
        .order_by(Person.sort_key, Registration.id)
        .options(contains_eager(Registration.person))
    )
    rows = [(row[0], row[1]) for row in db.session.execute(query)]
    places = line.positions([one for one, _ in rows], now=now)
    return [OurPerson(one, is_one, places.get(one.id)) for one, is_one in rows]


@dataclass(frozen=True)
class OurRun:
    """A run to which people come for the organisation, and how many."""

    run: Run
    places: int
    waiting: int


def our_runs(organisation_id: int, *, limit: int) -> list[OurRun]:
    """The latest first, with their courses."""
    places = func.count().filter(Registration.state.in_(SEATED_STATES))
    waiting = func.count().filter(Registration.state == RegistrationState.WAITING)
    query = (
        select(Run, places, waiting)
        .join(Registration, Registration.run_id == Run.id)
        .where(
            Registration.organisation_id == organisation_id, Registration.state.in_(ACTIVE_STATES)
        )
        .group_by(Run.id)
        .order_by(Run.starts_at.desc(), Run.id)
        .limit(limit)
        .options(joinedload(Run.course))
    )
    return [OurRun(*row) for row in db.session.execute(query)]
