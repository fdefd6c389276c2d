"""What the rules of quality judge, of one period: each question one statement."""

from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Integer,
    and_,
    case,
    cast,
    exists,
    extract,
    func,
    select,
    union,
)

from club import clock
from club.courses.models import Run, RunState, Session, SessionState
from club.db import db
from club.people.merging.queries import probable_pairs
from club.people.models import AudienceKind
from club.periods import Period
from club.records.attendance.models import AttendanceMark, WalkIn
from club.records.models import TrainingRecord
from club.registration.models import Registration, RegistrationState
from club.statistics.quality.rules import Bounds, FlawedClass, Pair
from club.statistics.selecting import standing

#: No class is thought to go on for longer.
_LONGEST_CLASS = timedelta(days=366)


def classes_not_closed(period: Period, *, now: datetime) -> list[FlawedClass]:
    """Those whose last session ended in the period, with how many people are on their lists: who
    has a place, who came without one, and who was marked.
    """
    over = (
        Run.state == RunState.PUBLISHED,
        Run.ends_at <= now,
        Run.ends_at >= clock.instant_of(period.first),
        Run.ends_at < clock.instant_of(period.last + timedelta(days=1)),
    )
    ids = select(Run.id).where(*over)
    of_session = Session.id == AttendanceMark.session_id
    listed = union(
        select(Registration.run_id, Registration.person_id).where(
            Registration.state == RegistrationState.CONFIRMED, Registration.run_id.in_(ids)
        ),
        select(WalkIn.run_id, WalkIn.person_id).where(WalkIn.run_id.in_(ids)),
        select(Session.run_id, AttendanceMark.person_id)
        .join(AttendanceMark, of_session)
        .where(Session.run_id.in_(ids)),
    ).subquery()
    query = (
        select(Run.code, func.count(listed.c.person_id))
        .outerjoin(listed, listed.c.run_id == Run.id)
        .where(*over)
        .group_by(Run.code)
    )
    return [
        FlawedClass(code, people, Bounds(turns_more=people))
        for code, people in db.session.execute(query)
    ]


def sessions_without_marks(period: Period, *, now: datetime) -> list[FlawedClass]:
    """Of closed classes. Whoever of the list does not count yet could come to count."""
    unmarked = (
        select(Session.run_id, func.count().label("sessions"))
        .where(
            Session.state != SessionState.CANCELLED,
            ~exists().where(AttendanceMark.session_id == Session.id),
            Session.starts_at >= clock.instant_of(period.first) - _LONGEST_CLASS,
            Session.starts_at < clock.instant_of(period.last + timedelta(days=1)),
        )
        .group_by(Session.run_id)
        .subquery()
    )
    query = (
        select(Run.code, unmarked.c.sessions, _how_many(~TrainingRecord.counts))
        .join(unmarked, unmarked.c.run_id == Run.id)
        .join(TrainingRecord, TrainingRecord.run_id == Run.id)
        .where(~Run.is_earlier, *_of_closing(period, now))
        .group_by(Run.code, unmarked.c.sessions)
    )
    return [
        FlawedClass(code, sessions, Bounds(turns_more=people))
        for code, sessions, people in db.session.execute(query)
    ]


def hours_that_differ(period: Period, *, now: datetime) -> list[FlawedClass]:
    """Closed classes whose sessions are not as long together as when they were closed. Everybody's
    share is another then, so that any turn could go and anybody of the list come to count.
    """
    seconds = extract("epoch", Session.ends_at) - extract("epoch", Session.starts_at)
    held = (
        select(Session.run_id, (func.sum(cast(seconds, Integer)) / 60).label("minutes"))
        .where(Session.state != SessionState.CANCELLED)
        .group_by(Session.run_id)
        .subquery()
    )
    closed = (
        select(
            TrainingRecord.run_id,
            func.max(TrainingRecord.planned_minutes).label("planned"),
            _how_many(TrainingRecord.counts).label("counting"),
            _how_many(~TrainingRecord.counts).label("others"),
        )
        .where(*_of_closing(period, now))
        .group_by(TrainingRecord.run_id)
        .subquery()
    )
    query = (
        select(Run.code, closed.c.counting, closed.c.others)
        .join(closed, closed.c.run_id == Run.id)
        .outerjoin(held, held.c.run_id == Run.id)
        .where(~Run.is_earlier, func.coalesce(held.c.minutes, 0) != closed.c.planned)
    )
    return [
        FlawedClass(
            code, counting, Bounds(turns_more=others, turns_fewer=counting, people_fewer=counting)
        )
        for code, counting, others in db.session.execute(query)
    ]


def turns_without_organisation(period: Period, *, now: datetime) -> list[FlawedClass]:
    """Of people who came for an organisation."""
    record = TrainingRecord
    nowhere = and_(record.audience != AudienceKind.INDIVIDUAL, record.organisation_id.is_(None))
    return _turns_elsewhere(nowhere, period, now=now)


def turns_without_ward(period: Period, *, now: datetime) -> list[FlawedClass]:
    return _turns_elsewhere(TrainingRecord.unit_id.is_(None), period, now=now)


def twins_counted(period: Period, *, now: datetime) -> tuple[list[Pair], dict[int, set[int]]]:
    """Pairs of entries that may be one person, both counted in the period, and the classes in
    which each of them was.
    """
    counts = standing(period, now)
    pairs = probable_pairs().subquery()
    # Asked of each, as there are few: the people of a whole period would be listed twice.
    both = (
        exists().where(TrainingRecord.person_id == person, *counts)
        for person in (pairs.c.one, pairs.c.other)
    )
    query = select(pairs.c.one, pairs.c.other).where(*both)
    found = [(one, other) for one, other in db.session.execute(query)]
    people = {person for pair in found for person in pair}
    attended: dict[int, set[int]] = {}
    turns = select(TrainingRecord.person_id, TrainingRecord.run_id).where(
        *counts, TrainingRecord.person_id.in_(people)
    )
    for person, run in db.session.execute(turns):
        attended.setdefault(person, set()).add(run)
    return found, attended


def _turns_elsewhere(
    condition: ColumnElement[bool], period: Period, *, now: datetime
) -> list[FlawedClass]:
    query = (
        select(Run.code, func.count())
        .join(TrainingRecord, TrainingRecord.run_id == Run.id)
        .where(condition, *standing(period, now))
        .group_by(Run.code)
    )
    return [
        FlawedClass(code, turns, Bounds(turns_elsewhere=turns))
        for code, turns in db.session.execute(query)
    ]


def _of_closing(period: Period, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The records of classes as they are closed now, counting or not."""
    record = TrainingRecord
    return (
        record.day.between(period.first, period.last),
        record.computed_at <= now,
        record.superseded_at.is_(None),
    )


def _how_many(condition: ColumnExpressionArgument[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
