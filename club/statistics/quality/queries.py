"""What the rules of quality judge, of one period: each question one statement."""

from datetime import datetime, timedelta

from sqlalchemy import exists, func, select, union

from club import clock
from club.courses.models import Run, RunState, Session, SessionState
from club.db import db
from club.people.merging.queries import probable_pairs
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


def sessions_without_marks(period: Period) -> dict[int, int]:
    """How many a class has of which nobody was marked; only of classes that have some."""
    query = (
        select(Session.run_id, func.count())
        .where(
            Session.state != SessionState.CANCELLED,
            ~exists().where(AttendanceMark.session_id == Session.id),
            Session.starts_at >= clock.instant_of(period.first) - _LONGEST_CLASS,
            Session.starts_at < clock.instant_of(period.last + timedelta(days=1)),
        )
        .group_by(Session.run_id)
    )
    return dict(db.session.execute(query).all())


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
