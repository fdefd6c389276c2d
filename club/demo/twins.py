"""Two people of the demo club whom it knows twice, for the desk that puts entries together."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session as DatabaseSession

from club.courses.models import Session
from club.db import db
from club.demo.runs import DemoRun
from club.people.facts import PersonFacts
from club.people.models import Person
from club.people.operations import add_person
from club.records.attendance.models import AttendanceMark, WalkIn
from club.records.certificates.models import CompletionCertificate
from club.records.inquiries.models import Inquiry
from club.records.models import TrainingRecord
from club.records.results.models import PersonResult
from club.registration.models import Registration
from club.vietnamese import folded

#: What somebody has of one class.
_OF_A_CLASS: tuple[Any, ...] = (
    Registration, TrainingRecord, PersonResult, CompletionCertificate, Inquiry,
)  # fmt: skip


def enter_twice(to_be_closed: DemoRun | None, *, now: datetime) -> None:
    """One person came without registering and is written without marks, by the same phone; of
    another one the latest class stands under a second entry of the same address.
    """
    regulars = _people_of_several_classes()
    if len(regulars) > 1 and to_be_closed:
        _walk_in(regulars[0], to_be_closed, now=now)
        _second_entry_of(regulars[1], now=now)


def _people_of_several_classes() -> list[Person]:
    """Who has no account and is on no list of a class that goes on."""
    current = TrainingRecord.superseded_at.is_(None)
    often = (
        select(TrainingRecord.person_id)
        .where(current, TrainingRecord.counts)
        .group_by(TrainingRecord.person_id)
        .having(func.count() > 1)
    )
    query = select(Person).where(Person.id.in_(often), Person.email.like("demo%@people.example"))
    return list(db.session.scalars(query.order_by(Person.id).limit(2)))


def _walk_in(person: Person, run: DemoRun, *, now: datetime) -> None:
    """On the list of who came without registering; nobody has marked that entry yet."""
    twin = add_person(PersonFacts(folded(person.full_name).title(), phone=person.phone), now=now)
    registered = select(Registration.audience).where(Registration.run_id == run.id).limit(1)
    db.session.add(
        WalkIn(
            run_id=run.id,
            person_id=twin.id,
            audience=db.session.scalars(registered).one(),
            added_at=now,
        )
    )
    db.session.flush()


def _second_entry_of(person: Person, *, now: datetime) -> None:
    # What training records say of whoever took part is said of the second entry too.
    facts = PersonFacts(
        person.full_name,
        email=person.email,
        birth_year=person.birth_year,
        sex=person.sex,
        job_group=person.job_group,
        ward_id=person.ward_id,
    )
    twin, session = add_person(facts, now=now), db.session()
    latest = select(TrainingRecord.run_id).where(TrainingRecord.person_id == person.id)
    run_id = session.scalars(latest.order_by(TrainingRecord.day.desc()).limit(1)).one()
    _hand_over(session, run_id, person.id, to=twin.id)


def _hand_over(session: DatabaseSession, run_id: int, person_id: int, *, to: int) -> None:
    sessions = select(Session.id).where(Session.run_id == run_id)
    of_class = [(model, model.run_id == run_id) for model in _OF_A_CLASS]
    of_class.append((AttendanceMark, AttendanceMark.session_id.in_(sessions)))
    for model, condition in of_class:
        session.execute(
            update(model).where(model.person_id == person_id, condition).values(person_id=to),
            execution_options={"synchronize_session": False},
        )
    session.expire_all()
