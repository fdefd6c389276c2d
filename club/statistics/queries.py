"""The names behind the keys of a table, and the rows behind its figures."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import contains_eager, joinedload

from club.courses.models import Course, Run
from club.db import db
from club.knowledge.models import Topic
from club.people.models import Organisation, Person
from club.periods import Period
from club.records.models import TrainingRecord
from club.statistics.dimensions import Dimension
from club.statistics.selecting import EVERYTHING, Selection, standing
from club.units.models import Unit
from club.web.pages import Page

Names = dict[str, tuple[str, str | None]]

PARTICIPATION_COLUMNS = (
    "person", "day", "run", "course", "topic", "audience", "organisation", "unit", "sector",
    "sex", "funding", "hours", "completed",
)  # fmt: skip
PER_PAGE = 100


def topic_names() -> Names:
    """Vietnamese and English name of every topic, by key, in the catalogue's order."""
    query = select(Topic.key, Topic.name, Topic.name_en).order_by(Topic.position)
    return {key: (name, name_en) for key, name, name_en in db.session.execute(query)}


def course_names() -> Names:
    query = select(Course.code, Course.title, Course.title_en).order_by(Course.position)
    return {code: (title, title_en) for code, title, title_en in db.session.execute(query)}


def unit_names() -> Names:
    query = select(Unit.key, Unit.name, Unit.name_en).order_by(Unit.id)
    return {key: (name, name_en) for key, name, name_en in db.session.execute(query)}


def unit_names_by_id() -> dict[int, tuple[str, str | None]]:
    query = select(Unit.id, Unit.name, Unit.name_en)
    return {unit: (name, name_en) for unit, name, name_en in db.session.execute(query)}


def unit_keys() -> dict[int, str]:
    return {row.id: row.key for row in db.session.execute(select(Unit.id, Unit.key))}


def names_by_dimension() -> dict[Dimension, Names]:
    """All of these names, in one statement, each kind in its order."""
    kinds = (
        (Dimension.TOPIC, Topic.key, Topic.name, Topic.name_en, Topic.position),
        (Dimension.COURSE, Course.code, Course.title, Course.title_en, Course.position),
        (Dimension.UNIT, Unit.key, Unit.name, Unit.name_en, Unit.id),
    )
    rows = union_all(
        *(
            select(literal(kind.value).label("kind"), key, name, name_en, place.label("place"))
            for kind, key, name, name_en, place in kinds
        )
    ).order_by("kind", "place")
    found: dict[Dimension, Names] = {kind[0]: {} for kind in kinds}
    for kind, key, name, name_en, _place in db.session.execute(rows):
        found[Dimension(kind)][key] = (name, name_en)
    return found


def participations(
    period: Period, *, as_of: datetime, selection: Selection = EVERYTHING
) -> Iterator[tuple[Any, ...]]:
    """The rows behind a figure, in the order of ``PARTICIPATION_COLUMNS``.

    Persons and organisations appear by their opaque public ids, hours as minutes.
    """
    record = TrainingRecord
    query = (
        select(
            Person.public_id, record.day, Run.code, record.course_code, record.topic_key,
            record.audience, Organisation.code, Unit.key, record.sector, record.sex,
            record.funding, record.attended_minutes, record.completed,
        )
        .join(Person, Person.id == record.person_id)
        .join(Run, Run.id == record.run_id)
        .outerjoin(Organisation, Organisation.id == record.organisation_id)
        .outerjoin(Unit, Unit.id == record.unit_id)
        .where(*standing(period, as_of, selection))
        .order_by(record.day, record.id)
    )  # fmt: skip
    yield from db.session.execute(query.execution_options(yield_per=2000))


def participation_page(
    period: Period, *, as_of: datetime, selection: Selection, page: int
) -> Page[TrainingRecord]:
    """The same rows with their people and classes, by day, then by given name."""
    conditions = standing(period, as_of, selection)
    query = (
        select(TrainingRecord)
        .join(TrainingRecord.person)
        .where(*conditions)
        .options(contains_eager(TrainingRecord.person), joinedload(TrainingRecord.run))
        .order_by(TrainingRecord.day, Person.sort_key, TrainingRecord.id)
    )
    total = db.session.scalar(select(func.count()).select_from(TrainingRecord).where(*conditions))
    rows = db.session.scalars(query.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    return Page(rows, page, PER_PAGE, total or 0)
