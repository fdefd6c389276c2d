"""Who is on a run's list, and how they are marked."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, exists, false, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from club.courses.models import Run, Session, SessionState
from club.db import db
from club.files.models import StoredFile
from club.people.facts import PersonFacts
from club.people.likeness import Likeness, alike_in, typed_traits
from club.people.models import Employment, Organisation, Person
from club.people.queries import employment_holds_on, stands_for_itself
from club.records.attendance.lists import Entry
from club.records.attendance.models import AttendanceMark, PaperList, WalkIn
from club.records.attendance.rules import Presence
from club.registration.models import Registration, RegistrationState


def entries_of(run_id: int) -> list[Entry]:
    """The run's list by given name: who has a place, who came without registering, and whose
    name was taken off only after being marked.
    """
    found = {entry.person.id: entry for entry in [*_registered(run_id), *_walk_ins(run_id)]}
    return sorted(found.values(), key=lambda e: (e.person.sort_key, e.person.id))


def _registered(run_id: int) -> list[Entry]:
    """With several registrations of one person the confirmed one, else the latest, comes last."""
    has_place = Registration.state == RegistrationState.CONFIRMED
    query = (
        select(Registration)
        .join(Registration.person)
        .where(
            Registration.run_id == run_id,
            or_(has_place, _was_marked(Registration.person_id)),
            stands_for_itself,
        )
        .order_by(has_place, Registration.id)
        .options(
            contains_eager(Registration.person).joinedload(Person.ward),
            joinedload(Registration.organisation).joinedload(Organisation.ward),
        )
    )
    return [
        Entry(r.person, r.audience, r.organisation, is_walk_in=False)
        for r in db.session.scalars(query)
    ]


def _walk_ins(run_id: int) -> list[Entry]:
    query = (
        select(WalkIn)
        .join(WalkIn.person)
        .where(WalkIn.run_id == run_id, stands_for_itself)
        .options(
            contains_eager(WalkIn.person).joinedload(Person.ward),
            joinedload(WalkIn.organisation).joinedload(Organisation.ward),
        )
    )
    return [
        Entry(w.person, w.audience, w.organisation, is_walk_in=True)
        for w in db.session.scalars(query)
    ]


def _was_marked(person_id: Any) -> ColumnElement[bool]:
    return exists().where(
        AttendanceMark.person_id == person_id,
        AttendanceMark.session_id == Session.id,
        Session.run_id == Registration.run_id,
    )


def is_on_list(run_id: int, person_id: int) -> bool:
    """Whether the person may be marked in the run's sessions."""
    has_place = exists().where(
        Registration.run_id == run_id,
        Registration.person_id == person_id,
        or_(Registration.state == RegistrationState.CONFIRMED, _was_marked(Registration.person_id)),
    )
    came = exists().where(WalkIn.run_id == run_id, WalkIn.person_id == person_id)
    return bool(db.session.scalar(select(or_(has_place, came))))


def people_like(facts: PersonFacts) -> list[Person]:
    """Known people who may be the one at the door: the same name without marks, phone or
    address. Wider than ``people.queries.possible_duplicates``, because a trainer asks. Who has
    the phone or the address comes first, however many namesakes there are; then who was born in
    the same year, and last who was born in another one: years are mistyped.
    """
    alike = alike_in(Person, typed_traits(facts.full_name, email=facts.email, phone=facts.phone))
    contacts = [condition for what, condition in alike.items() if what is not Likeness.NAME]
    by_contact = case((or_(false(), *contacts), 0), else_=1)
    other_year = case(
        (Person.birth_year == facts.birth_year, 0), (Person.birth_year.is_(None), 1), else_=2
    )
    order = (by_contact, other_year, Person.sort_key, Person.id)
    query = select(Person).where(or_(*alike.values()), stands_for_itself)
    return list(db.session.scalars(query.order_by(*order).limit(10)))


def employers_on(person_ids: Collection[int], day: date) -> dict[int, str]:
    """The name of the organisation each of these people works for on a day."""
    query = (
        select(Employment.person_id, Organisation.name)
        .join(Employment.organisation)
        .where(
            Employment.person_id.in_(person_ids),
            employment_holds_on(day),
        )
        .order_by(Employment.from_day)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def marks_of_session(session_id: int) -> dict[int, AttendanceMark]:
    """The marks that hold now, by person."""
    query = select(AttendanceMark).where(AttendanceMark.session_id == session_id)
    return {mark.person_id: mark for mark in db.session.scalars(query)}


def mark_of(session_id: int, person_id: int) -> AttendanceMark | None:
    """The mark that holds now, as the database has it."""
    query = (
        select(AttendanceMark)
        .where(AttendanceMark.session_id == session_id, AttendanceMark.person_id == person_id)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).one_or_none()


def session_by_id(session_id: int) -> Session | None:
    """With its run and course."""
    query = (
        select(Session)
        .where(Session.id == session_id)
        .options(joinedload(Session.run).joinedload(Run.course))
    )
    return db.session.scalars(query).one_or_none()


def presences_of(run_id: int) -> dict[int, list[Presence]]:
    """All marks of a run's sessions, by person."""
    query = (
        select(
            AttendanceMark.person_id,
            AttendanceMark.session_id,
            AttendanceMark.mark,
            AttendanceMark.minutes,
        )
        .join(Session, Session.id == AttendanceMark.session_id)
        .where(Session.run_id == run_id)
    )
    found: dict[int, list[Presence]] = defaultdict(list)
    for person_id, session_id, mark, minutes in db.session.execute(query):
        found[person_id].append(Presence(session_id, mark, minutes))
    return dict(found)


def unmarked_sessions(run_id: int) -> list[Session]:
    """Sessions that were held and in which nobody was marked."""
    query = (
        select(Session)
        .where(
            Session.run_id == run_id,
            Session.state == SessionState.PLANNED,
            ~exists().where(AttendanceMark.session_id == Session.id),
        )
        .order_by(Session.starts_at)
    )
    return list(db.session.scalars(query))


def paper_lists_of(session_id: int) -> list[PaperList]:
    """The latest first."""
    query = (
        select(PaperList)
        .where(PaperList.session_id == session_id)
        .order_by(PaperList.entered_at.desc(), PaperList.id.desc())
        .options(joinedload(PaperList.scan))
    )
    return list(db.session.scalars(query))


def has_paper_list(session_id: int, *, sha256: str, signed: int) -> bool:
    """Whether this very scan was entered for the session, with as many who signed."""
    query = select(PaperList.id).where(
        PaperList.session_id == session_id,
        PaperList.signed == signed,
        PaperList.scan.has(StoredFile.sha256 == sha256),
    )
    return db.session.scalars(query.limit(1)).first() is not None


def paper_list_of(run_id: int, public_id: uuid.UUID) -> PaperList | None:
    query = (
        select(PaperList)
        .join(Session, Session.id == PaperList.session_id)
        .where(Session.run_id == run_id, PaperList.public_id == public_id)
    )
    return db.session.scalars(query).one_or_none()
