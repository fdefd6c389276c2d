from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Table, exists, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from club.courses.models import Course, Run, RunState
from club.db import Model, db
from club.files.models import StoredFile
from club.people.models import Employment, Organisation, Person
from club.people.queries import stands_for_itself
from club.records.earlier.matching import KnownRow
from club.records.earlier.models import BatchState, EarlierBatch, EarlierPerson, EarlierRun
from club.records.models import TrainingRecord
from club.registration.models import ACTIVE_STATES, Registration
from club.registration.requirements.models import CourseRequirement
from club.units.models import Unit
from club.vietnamese import folded

#: What is said of somebody in these tables comes from the batch itself, or says nothing.
_OWN_TABLES = {"earlier_person", "training_record"}
_Completed = aliased(Run)


def batches(*, limit: int = 50) -> list[EarlierBatch]:
    query = select(EarlierBatch).order_by(EarlierBatch.id.desc()).limit(limit)
    return list(db.session.scalars(query.options(joinedload(EarlierBatch.file))))


def batch_by_public_id(public_id: UUID) -> EarlierBatch | None:
    query = (
        select(EarlierBatch)
        .where(EarlierBatch.public_id == public_id)
        .options(
            joinedload(EarlierBatch.file),
            selectinload(EarlierBatch.runs).joinedload(EarlierRun.run).joinedload(Run.course),
        )
    )
    return db.session.scalars(query).one_or_none()


def next_to_work_on() -> EarlierBatch | None:
    """The longest waiting that the worker has to look over or bring in."""
    work = (BatchState.CHECKING, BatchState.CONFIRMED)
    query = select(EarlierBatch).where(EarlierBatch.state.in_(work)).order_by(EarlierBatch.id)
    return db.session.scalars(query.limit(1).options(joinedload(EarlierBatch.file))).first()


def never_brought_in(*, since: datetime) -> list[EarlierBatch]:
    """With which nothing was done after ``since``."""
    states = (BatchState.DISCARDED, BatchState.FAULTY, BatchState.READY)
    query = select(EarlierBatch).where(
        EarlierBatch.state.in_(states), EarlierBatch.changed_at < since
    )
    return list(db.session.scalars(query.options(joinedload(EarlierBatch.file))))


def batch_of_same_file(sha256: str) -> EarlierBatch | None:
    """One that is being worked on, or that brought its rows in."""
    gone = (BatchState.DISCARDED, BatchState.UNDONE, BatchState.FAULTY)
    query = (
        select(EarlierBatch)
        .join(EarlierBatch.file)
        .where(StoredFile.sha256 == sha256, EarlierBatch.state.not_in(gone))
    )
    return db.session.scalars(query.limit(1)).first()


def known_people() -> list[KnownRow]:
    """Everybody, as plain as can be: read once more under a lock."""
    query = select(
        Person.id,
        Person.public_id,
        Person.full_name,
        Person.search_key,
        Person.email,
        Person.phone,
        Person.birth_year,
    ).where(stands_for_itself)
    return [tuple(row) for row in db.session.execute(query)]


def courses_by_code() -> dict[str, Course]:
    query = select(Course).order_by(Course.position).options(joinedload(Course.topic))
    return {course.code.upper(): course for course in db.session.scalars(query)}


def wards_by_name(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    """Areas by folded name, with and without the word for their kind before it."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.kind.is_area:
            name = folded(unit.name)
            bare = name.removeprefix("phuong ").removeprefix("xa ")
            for key in dict.fromkeys((name, bare)):
                found[key].append(unit)
    return dict(found)


def organisations_by_key() -> dict[str, Organisation]:
    """By tax code, and by folded name where only one has it."""
    query = select(Organisation).options(
        joinedload(Organisation.ward).selectinload(Unit.successions)
    )
    names: dict[str, list[Organisation]] = defaultdict(list)
    found: dict[str, Organisation] = {}
    for organisation in db.session.scalars(query):
        names[organisation.search_key].append(organisation)
        if organisation.tax_code:
            found[organisation.tax_code] = organisation
    return {key: same[0] for key, same in names.items() if len(same) == 1} | found


def recorded(
    course_codes: Collection[str], days: Collection[date]
) -> dict[tuple[int, str, date], str]:
    """Who has a standing record of these courses on these days: the code of the class."""
    record = TrainingRecord
    query = (
        select(record.person_id, record.course_code, record.day, Run.code)
        .join(Run, Run.id == record.run_id)
        .where(
            record.superseded_at.is_(None),
            record.course_code.in_(course_codes),
            record.day.in_(days),
        )
    )
    return {(row[0], row[1], row[2]): row[3] for row in db.session.execute(query)}


def classes_on(course_codes: Collection[str], days: Collection[date]) -> dict[str, int]:
    """Classes of these courses with records of these days, and of how many people."""
    record = TrainingRecord
    query = (
        select(Run.code, func.count())
        .select_from(record)
        .join(Run, Run.id == record.run_id)
        .where(
            record.superseded_at.is_(None),
            record.course_code.in_(course_codes),
            record.day.in_(days),
            Run.state == RunState.CLOSED,
        )
        .group_by(Run.code)
        .order_by(Run.code)
    )
    return dict(db.session.execute(query).all())


def leaning_on(batch_id: int) -> dict[str, int]:
    """What has come to hang on people that a batch brought, and how many rows of each table;
    and on its classes the certificates.
    """
    people = select(EarlierPerson.person_id).where(EarlierPerson.batch_id == batch_id)
    runs = select(EarlierRun.run_id).where(EarlierRun.batch_id == batch_id)
    found: dict[str, int] = {}
    for table, column in _columns_that_name("person.id"):
        if table.name not in _OWN_TABLES:
            asked = select(func.count()).select_from(table).where(table.c[column].in_(people))
            found[table.name] = found.get(table.name, 0) + (db.session.scalar(asked) or 0)
    elsewhere = select(func.count(TrainingRecord.id)).where(
        TrainingRecord.person_id.in_(people), TrainingRecord.run_id.not_in(runs)
    )
    found["training_record"] = db.session.scalar(elsewhere) or 0
    return {name: number for name, number in found.items() if number}


def registrations_resting_on(batch_id: int) -> list[Registration]:
    """For classes to come, of people who completed what the class requires nowhere but in a batch;
    with run and person.
    """
    brought = select(EarlierRun.run_id).where(EarlierRun.batch_id == batch_id)
    completion = exists().where(
        TrainingRecord.person_id == Registration.person_id,
        TrainingRecord.completed,
        TrainingRecord.superseded_at.is_(None),
        TrainingRecord.run_id.in_(
            select(_Completed.id).where(_Completed.course_id == CourseRequirement.earlier_course_id)
        ),
    )
    query = (
        select(Registration)
        .join(Registration.run)
        .join(Registration.person)
        .join(CourseRequirement, CourseRequirement.course_id == Run.course_id)
        .where(
            CourseRequirement.ended_at.is_(None),
            Registration.state.in_(ACTIVE_STATES),
            Run.state.not_in([RunState.CLOSED, RunState.CANCELLED]),
            completion.where(TrainingRecord.run_id.in_(brought)),
            ~completion.where(TrainingRecord.run_id.not_in(brought)),
        )
        .order_by(Registration.run_id, Registration.id)
        .options(contains_eager(Registration.run), contains_eager(Registration.person))
    )
    return list(db.session.scalars(query).unique())


def _columns_that_name(target: str) -> list[tuple[Table, str]]:
    return [
        (table, column.name)
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if any(key.target_fullname == target for key in column.foreign_keys)
    ]


def people_brought_by(batch_id: int) -> list[int]:
    query = select(EarlierPerson.person_id).where(EarlierPerson.batch_id == batch_id)
    return list(db.session.scalars(query))


def runs_brought_by(batch_id: int) -> list[Run]:
    query = select(Run).join(EarlierRun, EarlierRun.run_id == Run.id)
    return list(db.session.scalars(query.where(EarlierRun.batch_id == batch_id).order_by(Run.id)))


def people_with_public_ids(public_ids: Collection[UUID]) -> dict[str, Person]:
    """By their public ids, with where they work or worked."""
    query = (
        select(Person)
        .where(Person.public_id.in_(public_ids))
        .options(selectinload(Person.employments).joinedload(Employment.organisation))
    )
    return {str(person.public_id): person for person in db.session.scalars(query)}
