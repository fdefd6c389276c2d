import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from club.courses.models import (
    Run,
    RunEvent,
    RunEventKind,
    Session,
    SessionState,
)
from club.db import db
from club.knowledge.models import Topic
from club.people.models import Employment, Organisation, Person
from club.people.queries import employment_holds_on
from club.records.models import (
    AttendanceMark,
    CertificateState,
    CompletionCertificate,
    TrainingRecord,
    WalkIn,
)
from club.records.outcomes import Entry
from club.records.rules import Presence
from club.registration.models import Registration, RegistrationState
from club.vietnamese import folded


def locked_run(run_id: int) -> Run:
    """The run as it is now, kept from changing until the caller's transaction ends."""
    return db.session.get_one(Run, run_id, with_for_update=True, populate_existing=True)


def completed_courses(
    person_ids: Collection[int], course_ids: Collection[int]
) -> set[tuple[int, int]]:
    """Who of these people has completed which of these courses: pairs of their ids."""
    query = (
        select(TrainingRecord.person_id, Run.course_id)
        .join(Run, Run.id == TrainingRecord.run_id)
        .where(
            TrainingRecord.person_id.in_(person_ids),
            Run.course_id.in_(course_ids),
            TrainingRecord.completed,
            TrainingRecord.superseded_at.is_(None),
        )
    )
    return {(person, course) for person, course in db.session.execute(query)}


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
        .where(Registration.run_id == run_id, or_(has_place, _was_marked(Registration.person_id)))
        .order_by(has_place, Registration.id)
        .options(
            joinedload(Registration.person).joinedload(Person.ward),
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
        .where(WalkIn.run_id == run_id)
        .options(
            joinedload(WalkIn.person).joinedload(Person.ward),
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


def people_like(full_name: str, *, phone: str | None, email: str | None) -> list[Person]:
    """Known people who may be the one at the door: the same name without marks, phone or
    address. Wider than ``people.queries.possible_duplicates``, because a trainer asks.
    """
    alike = [Person.search_key == folded(full_name)]
    if phone:
        alike.append(Person.phone == phone)
    if email:
        alike.append(func.lower(Person.email) == email.lower())
    query = select(Person).where(or_(*alike)).order_by(Person.sort_key, Person.id).limit(10)
    return list(db.session.scalars(query))


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


def records_of(person_id: int) -> list[TrainingRecord]:
    """A person's training records that hold now, latest first, with run and course."""
    return list(
        db.session.scalars(
            select(TrainingRecord)
            .where(TrainingRecord.person_id == person_id, TrainingRecord.superseded_at.is_(None))
            .order_by(TrainingRecord.day.desc(), TrainingRecord.id.desc())
            .options(joinedload(TrainingRecord.run).joinedload(Run.course))
        )
    )


def last_records_of(run_id: int) -> dict[int, TrainingRecord]:
    """What the last closing of a run wrote about each person, whether it holds now or not."""
    query = select(TrainingRecord).where(TrainingRecord.run_id == run_id)
    found = db.session.scalars(query.order_by(TrainingRecord.id))
    return {record.person_id: record for record in found}


def records_of_run(run_id: int) -> list[TrainingRecord]:
    """The records of a closed run that hold now, by given name."""
    return list(
        db.session.scalars(
            select(TrainingRecord)
            .join(TrainingRecord.person)
            .where(TrainingRecord.run_id == run_id, TrainingRecord.superseded_at.is_(None))
            .order_by(Person.sort_key, Person.id)
            .options(contains_eager(TrainingRecord.person))
        )
    )


def topic_names() -> dict[str, Topic]:
    """All topics by their key, in the club's order."""
    return {t.key: t for t in db.session.scalars(select(Topic).order_by(Topic.position))}


def certificates_of(person_id: int) -> list[CompletionCertificate]:
    """All of a person's certificates, latest first, whatever became of them."""
    return _certificates(CompletionCertificate.person_id == person_id)


def certificates_of_run(run_id: int) -> list[CompletionCertificate]:
    """All certificates of a run, in the order of their numbers."""
    found = _certificates(CompletionCertificate.run_id == run_id)
    return sorted(found, key=lambda certificate: certificate.number)


def _certificates(which: ColumnElement[bool]) -> list[CompletionCertificate]:
    return list(
        db.session.scalars(
            select(CompletionCertificate)
            .where(which)
            .order_by(CompletionCertificate.issued_at.desc(), CompletionCertificate.id.desc())
        )
    )


def standing_certificates(run_id: int) -> dict[int, CompletionCertificate]:
    """The valid certificates of a run, by person."""
    valid = CompletionCertificate.state == CertificateState.VALID
    return {c.person_id: c for c in _certificates(valid & (CompletionCertificate.run_id == run_id))}


def certificate_by_public_id(public_id: uuid.UUID) -> CompletionCertificate | None:
    return _certificate(CompletionCertificate.public_id == public_id)


def certificate_by_code(code: str) -> CompletionCertificate | None:
    """``code`` in stored form (see ``codes.typed_code``)."""
    return _certificate(CompletionCertificate.code == code)


def _certificate(which: ColumnElement[bool]) -> CompletionCertificate | None:
    return db.session.scalars(
        select(CompletionCertificate)
        .where(which)
        .options(
            joinedload(CompletionCertificate.replaces),
            joinedload(CompletionCertificate.replaced_by),
        )
    ).one_or_none()


def reason_of_last_reopening(run_id: int) -> str | None:
    return db.session.scalars(
        select(RunEvent.reason)
        .where(RunEvent.run_id == run_id, RunEvent.kind == RunEventKind.REOPENED)
        .order_by(RunEvent.id.desc())
        .limit(1)
    ).first()
