from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from club.courses.models import Run
from club.db import db
from club.knowledge.models import Topic
from club.people.models import Person
from club.records.models import TrainingRecord


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


def records_of(person_id: int) -> list[TrainingRecord]:
    """A person's training records that hold now, latest first, with run and course."""
    return list(
        db.session.scalars(
            select(TrainingRecord)
            .where(TrainingRecord.person_id == person_id, TrainingRecord.superseded_at.is_(None))
            .order_by(TrainingRecord.day.desc(), TrainingRecord.id.desc())
            .options(
                joinedload(TrainingRecord.run).joinedload(Run.course),
                joinedload(TrainingRecord.result),
                joinedload(TrainingRecord.scale),
            )
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
            .options(
                contains_eager(TrainingRecord.person),
                joinedload(TrainingRecord.result),
                joinedload(TrainingRecord.scale),
            )
        )
    )


def topic_names() -> dict[str, Topic]:
    """All topics by their key, in the club's order."""
    return {t.key: t for t in db.session.scalars(select(Topic).order_by(Topic.position))}
