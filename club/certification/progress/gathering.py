"""What counts by itself: training that the club keeps records of, training elsewhere that it
accepted, teaching, and pilot projects. One set of questions for one person or for thousands.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_UP, Decimal
from typing import Any, NamedTuple

from sqlalchemy import (
    ScalarSelect,
    Select,
    case,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from club.certification.progress.facts import Credit, CreditStanding, Source
from club.certification.progress.needs import (
    COMPLETED,
    PILOT,
    course_mark,
    topic_mark,
)
from club.certification.schemes.models import RequirementKind, Unit
from club.certification.schemes.settings import CreditCategory
from club.clock import local_day
from club.courses.models import Course, Run, RunState, RunTrainer, Session, SessionState
from club.db import db
from club.knowledge.models import Topic
from club.pilots.models import PilotMeasure, PilotOutcome, PilotPart, PilotProject
from club.records.models import TrainingRecord
from club.records.outside.models import OutsideState, OutsideStep, OutsideTraining

_STANDINGS = {
    OutsideState.WAITING: CreditStanding.WAITING.value,
    OutsideState.RETURNED: CreditStanding.WAITING.value,
    OutsideState.ACCEPTED: CreditStanding.ACCEPTED.value,
    OutsideState.REFUSED: CreditStanding.REFUSED.value,
    OutsideState.WITHDRAWN: CreditStanding.WITHDRAWN.value,
}
#: What ``pilot_as_subject`` writes before the id.
_SUBJECT = "pilot_project:"
_Found = Iterator[tuple[int, Credit]]


def credits_of(person_id: int) -> list[Credit]:
    return credits_of_people([person_id])[person_id]


def credits_of_people(person_ids: Collection[int]) -> dict[int, list[Credit]]:
    """By person; somebody who has none has an empty list."""
    found: dict[int, list[Credit]] = {person_id: [] for person_id in person_ids}
    for gathered in (_attended, _told, _taught):
        for person_id, credit in gathered(person_ids):
            found[person_id].append(credit)
    return found


def hours_of(minutes: int) -> Decimal:
    """In hundredths; rounded up, so that no minute is lost."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"), rounding=ROUND_UP)


def _attended(person_ids: Collection[int]) -> _Found:
    """Hours of classes in which the person took part, and each course that was completed: once,
    as of the last time. A record that was corrected since counts no more.
    """
    columns = (
        TrainingRecord.id,
        TrainingRecord.person_id,
        TrainingRecord.attended_minutes,
        TrainingRecord.day,
        TrainingRecord.topic_key,
        TrainingRecord.course_code,
        TrainingRecord.completed,
    )
    query = select(*columns).where(
        TrainingRecord.person_id.in_(person_ids),
        TrainingRecord.superseded_at.is_(None),
        TrainingRecord.counts,
    )
    completed: dict[tuple[int, str], Credit] = {}
    for row in db.session.execute(query.order_by(TrainingRecord.day, TrainingRecord.id)):
        marks = {topic_mark(row.topic_key), course_mark(row.course_code)}
        hours = Credit(
            Source.TRAINING,
            RequirementKind.TRAINING,
            Unit.HOURS,
            hours_of(row.attended_minutes),
            row.day,
            f"training_record:{row.id}",
            category=CreditCategory.ATTENDED,
            marks=frozenset(marks | {COMPLETED} if row.completed else marks),
        )
        yield row.person_id, hours
        if row.completed:
            completed[row.person_id, row.course_code] = replace(
                hours, unit=Unit.PIECES, amount=Decimal(1)
            )
    for (person_id, _course), piece in completed.items():
        yield person_id, piece


def _told(person_ids: Collection[int]) -> _Found:
    """Training elsewhere, and pilot projects. Their rows come in one question, because the page of
    a candidate has few to spend.
    """
    for row in db.session.execute(
        union_all(_outside_of(person_ids), _pilots_of(person_ids)).order_by("id")
    ):
        credit = _pilot_credit(row) if row.source == Source.PILOT else _outside_credit(row)
        yield row.person_id, credit


def _outside_credit(row: Any) -> Credit:
    return Credit(
        Source.OUTSIDE_TRAINING,
        RequirementKind.TRAINING,
        Unit.HOURS,
        hours_of(row.minutes),
        row.day,
        f"outside_training:{row.id}",
        CreditStanding(row.standing),
        CreditCategory.OUTSIDE,
        marks=frozenset({topic_mark(row.topic_key)} if row.topic_key else ()),
        accepted_by_id=row.accepted_by_id,
    )


def _pilot_credit(row: Any) -> Credit:
    """Each project is one, as of its end. It was measured where a figure before and one after are
    known.
    """
    return Credit(
        Source.PILOT,
        RequirementKind.PROJECT,
        Unit.PROJECTS,
        Decimal(1),
        row.day,
        f"pilot_part:{row.id}",
        CreditStanding(row.standing),
        PILOT,
        measured=bool(row.is_measured),
        about=pilot_as_subject(row.project_id),
        accepted_by_id=row.accepted_by_id,
    )


def pilot_of_subject(about: str) -> int:
    """The id of the project that ``pilot_as_subject`` named."""
    return int(about.removeprefix(_SUBJECT))


def pilot_as_subject(project_id: int) -> str:
    """By which a credit says that it is about this project."""
    return f"{_SUBJECT}{project_id}"


def _outside_of(person_ids: Collection[int]) -> Select[Any]:
    outside = OutsideTraining
    return (
        select(
            literal(Source.OUTSIDE_TRAINING.value).label("source"),
            outside.id.label("id"),
            outside.person_id.label("person_id"),
            outside.to_day.label("day"),
            case(_STANDINGS, value=outside.state).label("standing"),
            outside.minutes.label("minutes"),
            Topic.key.label("topic_key"),
            false().label("is_measured"),
            null().label("project_id"),
            _accepted_last_by().label("accepted_by_id"),
        )
        .outerjoin(outside.topic)
        .where(outside.person_id.in_(person_ids))
    )


def _accepted_last_by() -> ScalarSelect[int | None]:
    """Of training elsewhere."""
    return (
        select(OutsideStep.by_id)
        .where(
            OutsideStep.training_id == OutsideTraining.id,
            OutsideStep.state == OutsideState.ACCEPTED,
        )
        .order_by(OutsideStep.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _pilots_of(person_ids: Collection[int]) -> Select[Any]:
    """What was given up is no project of anybody."""
    part, project = PilotPart, PilotProject
    measured = exists().where(
        PilotMeasure.project_id == project.id, PilotMeasure.removed_at.is_(None)
    )
    standing = case(
        (project.ended_on.is_(None), CreditStanding.UNFINISHED.value),
        (part.confirmed_at.is_(None), CreditStanding.WAITING.value),
        else_=CreditStanding.ACCEPTED.value,
    )
    return (
        select(
            literal(Source.PILOT.value),
            part.id,
            part.person_id,
            func.coalesce(project.ended_on, project.started_on),
            standing,
            literal(0),
            null(),
            measured,
            project.id,
            part.confirmed_by_id,
        )
        .join(part.project)
        .where(
            part.person_id.in_(person_ids),
            part.removed_at.is_(None),
            project.outcome.is_distinct_from(PilotOutcome.ABANDONED),
        )
    )


class _Taught(NamedTuple):
    person_id: int
    run_id: int
    topic_key: str
    course_code: str


def _taught(person_ids: Collection[int]) -> _Found:
    """Hours of the sessions that the person held in closed classes, one credit for each class."""
    sessions: defaultdict[_Taught, list[tuple[date, int]]] = defaultdict(list)
    for row in db.session.execute(_sessions_held_by(person_ids)):
        minutes = int((row.ends_at - row.starts_at).total_seconds() // 60)
        taught = _Taught(row.person_id, row.run_id, row.topic_key, row.course_code)
        sessions[taught].append((local_day(row.ends_at), minutes))
    for taught, held in sessions.items():
        yield (
            taught.person_id,
            Credit(
                Source.TEACHING,
                RequirementKind.TRAINING,
                Unit.HOURS,
                hours_of(sum(minutes for _day, minutes in held)),
                max(day for day, _minutes in held),
                f"teaching:{taught.run_id}",
                category=CreditCategory.TAUGHT,
                marks=frozenset({topic_mark(taught.topic_key), course_mark(taught.course_code)}),
            ),
        )


def _sessions_held_by(
    person_ids: Collection[int],
) -> Select[int, int, datetime, datetime, str, str]:
    """A session without names is held by all trainers of its run."""
    trainer = aliased(RunTrainer)
    return (
        select(
            trainer.person_id,
            Session.run_id,
            Session.starts_at,
            Session.ends_at,
            Topic.key.label("topic_key"),
            Course.code.label("course_code"),
        )
        .join(Run, Run.id == trainer.run_id)
        .join(Session, Session.run_id == Run.id)
        .join(Run.course)
        .join(Topic, Topic.id == Course.topic_id)
        .where(
            trainer.person_id.in_(person_ids),
            Run.state == RunState.CLOSED,
            Session.state == SessionState.PLANNED,
            or_(Session.held_by.any(RunTrainer.id == trainer.id), ~Session.held_by.any()),
        )
    )
