"""What is written down about people, organisations and who works where."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from club import clock
from club.audit.operations import record
from club.db import transaction
from club.people import letters, queries
from club.people.facts import EmploymentFacts, OrganisationFacts, PersonFacts
from club.people.models import AudienceKind, Employment, Organisation, Person
from club.people.rules.employment import (
    PeopleRefusal,
    refusal_to_employ,
    refusal_to_end_employment,
    refusal_to_state_birth_year,
)
from club.people.rules.names import name_problem
from club.people.rules.phones import stored_phone
from club.people.rules.tax_codes import stored_tax_code
from club.refusal import RefusedError
from club.vietnamese import tidy_line

_CODE_PREFIX = {
    AudienceKind.ENTERPRISE: "dn",
    AudienceKind.STATE_AGENCY: "cq",
    AudienceKind.OTHER_ORGANISATION: "tc",
}


def add_person(facts: PersonFacts, *, now: datetime) -> Person:
    """Somebody new. Ask ``queries.possible_duplicates`` before."""
    with transaction() as session:
        person = Person(language=facts.language, created_at=now)
        _describe_person(person, facts, today=clock.local_day(now))
        session.add(person)
        session.flush()
        return person


def add_people(new: Sequence[PersonFacts], *, now: datetime) -> list[int]:
    """Several at once, in few statements; returns their ids in the same order."""
    with transaction() as session:
        people = [Person(language=facts.language, created_at=now) for facts in new]
        for person, facts in zip(people, new, strict=True):
            _describe_person(person, facts, today=clock.local_day(now))
        session.add_all(people)
        session.flush()
        return [person.id for person in people]


def change_person(person_id: int, facts: PersonFacts, *, now: datetime) -> Person:
    """The person's own words about themselves; address and language are kept elsewhere."""
    with transaction() as session:
        person = session.get_one(Person, person_id, with_for_update=True, populate_existing=True)
        kept_email = person.email
        _describe_person(person, facts, today=clock.local_day(now))
        person.email = facts.email or kept_email
        return person


def state_phone(person_id: int, phone: str) -> Person:
    """A number given in passing, as typed; one that is known already stays."""
    with transaction() as session:
        person = session.get_one(Person, person_id, with_for_update=True, populate_existing=True)
        person.phone = person.phone or _phone(phone)
        return person


def add_organisation(facts: OrganisationFacts, *, now: datetime) -> Organisation:
    """Ask ``queries.organisations_like`` before."""
    with transaction() as session:
        organisation = Organisation(code=uuid.uuid4().hex, created_at=now)
        _describe_organisation(organisation, facts)
        session.add(organisation)
        session.flush()
        # The number follows the id, so that two at once never get the same.
        organisation.code = f"{_CODE_PREFIX[facts.kind]}-{organisation.id:04d}"
        session.flush()
        return organisation


def change_organisation(
    organisation_id: int, facts: OrganisationFacts, *, by: int, now: datetime
) -> Organisation:
    with transaction() as session:
        organisation = _locked_organisation(session, organisation_id)
        _describe_organisation(organisation, facts)
        record(
            "people.change_organisation",
            subject_kind="organisation",
            subject_id=organisation.code,
            by=by,
            now=now,
        )
        return organisation


def employ(
    person_id: int, organisation_id: int, facts: EmploymentFacts, *, now: datetime
) -> Employment:
    """The person works for the organisation from a day on."""
    with transaction() as session:
        person = session.get_one(Person, person_id, with_for_update=True)
        refusal = refusal_to_employ(
            from_day=facts.from_day,
            to_day=facts.to_day,
            known=queries.employments_between(person_id, organisation_id),
            today=clock.local_day(now),
        )
        if refusal:
            raise RefusedError(refusal, field="from_day")
        employment = Employment(
            person=person,
            organisation=session.get_one(Organisation, organisation_id),
            from_day=facts.from_day,
            to_day=facts.to_day,
            position=facts.position,
            represents=facts.represents,
        )
        session.add(employment)
        session.flush()
        return employment


def employ_all(
    positions: Mapping[int, str | None], organisation_id: int, *, from_day: date
) -> None:
    """People who do not work for the organisation yet do so from a day on, each in a position."""
    rows = [
        {
            "person_id": person_id,
            "organisation_id": organisation_id,
            "from_day": from_day,
            "position": position,
        }
        for person_id, position in positions.items()
    ]
    if rows:
        with transaction() as session:
            session.execute(insert(Employment), rows)


def employ_at_new(
    person_id: int, organisation: OrganisationFacts, facts: EmploymentFacts, *, now: datetime
) -> Employment:
    """The person works for an organisation that nobody has entered before."""
    with transaction():
        return employ(person_id, add_organisation(organisation, now=now).id, facts, now=now)


def take_on(
    who: Person | PersonFacts,
    organisation_id: int,
    facts: EmploymentFacts,
    *,
    by: int,
    now: datetime,
) -> Employment:
    """An organisation adds somebody, known or new, to its people and the person is told."""
    with transaction() as session:
        person_id = who.id if isinstance(who, Person) else add_person(who, now=now).id
        employment = employ(person_id, organisation_id, facts, now=now)
        letters.tell_of_employment(employment, now=now)
        session.flush()
        record(
            "people.take_on",
            subject_kind="organisation",
            subject_id=employment.organisation.code,
            by=by,
            now=now,
            detail={"person": str(employment.person.public_id)},
        )
        return employment


def end_employment(employment_id: int, *, last_day: date, by: int, now: datetime) -> Employment:
    with transaction() as session:
        employment = session.get_one(
            Employment, employment_id, with_for_update=True, populate_existing=True
        )
        refusal = refusal_to_end_employment(
            employment, last_day=last_day, today=clock.local_day(now)
        )
        if refusal:
            raise RefusedError(refusal, field="last_day")
        employment.to_day = last_day
        record(
            "people.end_employment",
            subject_kind="organisation",
            subject_id=employment.organisation.code,
            by=by,
            now=now,
            detail={"person": str(employment.person.public_id), "to": last_day.isoformat()},
        )
        return employment


def _describe_person(person: Person, facts: PersonFacts, *, today: date) -> None:
    name = tidy_line(facts.full_name)
    problem = name_problem(name)
    if problem:
        raise RefusedError(problem, field="full_name")
    refusal = refusal_to_state_birth_year(facts.birth_year, today=today)
    if refusal:
        raise RefusedError(refusal, field="birth_year")
    person.full_name = name
    person.phone = _phone(facts.phone)
    person.email = facts.email
    person.birth_year = facts.birth_year
    person.sex = facts.sex
    person.job_group = facts.job_group
    person.ward_id = facts.ward_id


def _describe_organisation(organisation: Organisation, facts: OrganisationFacts) -> None:
    name = tidy_line(facts.name)
    problem = name_problem(name)
    if problem:
        raise RefusedError(problem, field="name")
    code = stored_tax_code(facts.tax_code) if facts.tax_code else None
    holder = queries.organisation_by_tax_code(code) if code else None
    if holder is not None and holder is not organisation:
        raise RefusedError(PeopleRefusal.TAX_CODE_TAKEN, field="tax_code")
    organisation.name = name
    organisation.kind = facts.kind
    organisation.tax_code = code
    organisation.sector = facts.sector
    organisation.size_class = facts.size_class
    organisation.ward_id = facts.ward_id
    organisation.address = facts.address
    organisation.email = facts.email
    organisation.phone = _phone(facts.phone)


def _phone(typed: str | None) -> str | None:
    if not typed:
        return None
    stored = stored_phone(typed)
    if stored is None:
        raise RefusedError(PeopleRefusal.PHONE, field="phone")
    return stored


def _locked_organisation(session: Session, organisation_id: int) -> Organisation:
    return session.get_one(
        Organisation, organisation_id, with_for_update=True, populate_existing=True
    )
