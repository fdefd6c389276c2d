"""Who waits for a course: through runs that are full, or for one that nobody has planned yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from club.accounts.models import Account
from club.accounts.readers import READER
from club.courses.models import Course, Run, RunState
from club.db import db
from club.outbox.telling import Reader
from club.people.models import Person
from club.registration.models import (
    ACTIVE_STATES,
    CourseInterest,
    Registration,
    RegistrationState,
)

#: So long after a cancelled run would have begun its people are asked first about a new one.
_REMEMBERED = timedelta(days=365)
_WAITS = Registration.state == RegistrationState.WAITING


def open_interest(course_id: int, person_id: int) -> CourseInterest | None:
    query = select(CourseInterest).where(
        CourseInterest.course_id == course_id,
        CourseInterest.person_id == person_id,
        CourseInterest.ended_at.is_(None),
    )
    return db.session.scalars(query).one_or_none()


def interested_in(course_id: int) -> list[tuple[CourseInterest, Reader]]:
    """Who asked to be told of the course, the first first, and whom to write to."""
    query = (
        select(CourseInterest, *READER)
        .join(Person, Person.id == CourseInterest.person_id)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(CourseInterest.course_id == course_id, CourseInterest.ended_at.is_(None))
        .order_by(CourseInterest.since, CourseInterest.id)
    )
    return [(row[0], Reader(*row[1:])) for row in db.session.execute(query)]


def met_interests() -> list[CourseInterest]:
    """Open interests of people who have registered for a run of the course since."""
    registered = exists().where(
        Registration.person_id == CourseInterest.person_id,
        Registration.registered_at >= CourseInterest.since,
        Registration.state.in_(ACTIVE_STATES),
        Registration.run_id == Run.id,
        Run.course_id == CourseInterest.course_id,
    )
    query = select(CourseInterest).where(CourseInterest.ended_at.is_(None), registered)
    return list(db.session.scalars(query))


def pool_of(run: Run, *, now: datetime) -> list[Registration]:
    """One registration for each person who waits for any run of the course, in the order of
    waiting; nobody who is on the list of ``run`` already. Whose run was cancelled goes on
    waiting, unless the person has registered for another one since.
    """
    other, its_run = aliased(Registration), aliased(Run)
    is_there = exists().where(
        other.run_id == run.id,
        other.person_id == Registration.person_id,
        other.state.in_(ACTIVE_STATES),
    )
    came_again = exists().where(
        other.person_id == Registration.person_id,
        other.id > Registration.id,
        other.run_id == its_run.id,
        its_run.course_id == Run.course_id,
    )
    waits = and_(Run.state == RunState.PUBLISHED, Run.starts_at > now, _WAITS)
    lost_the_run = and_(
        Registration.state == RegistrationState.CANCELLED,
        Run.starts_at > now - _REMEMBERED,
        ~came_again,
    )
    query = (
        select(Registration)
        .join(Run, Run.id == Registration.run_id)
        .where(
            Run.course_id == run.course_id,
            Run.id != run.id,
            or_(waits, lost_the_run),
            Registration.any_run,
            ~is_there,
        )
        .order_by(Registration.waits_since, Registration.id)
    )
    pool: dict[int, Registration] = {}
    for registration in db.session.scalars(query):
        pool.setdefault(registration.person_id, registration)
    return list(pool.values())


def waiting_with_a_place_elsewhere() -> list[int]:
    """Ids of registrations that wait for any run while the person has a place in one."""
    other, its_run = aliased(Registration), aliased(Run)
    has_place = (
        exists()
        .where(
            other.person_id == Registration.person_id,
            other.state == RegistrationState.CONFIRMED,
            other.run_id == its_run.id,
            its_run.course_id == Run.course_id,
            its_run.state == RunState.PUBLISHED,
        )
        .correlate(Registration, Run)
    )
    query = (
        select(Registration.id)
        .join(Run, Run.id == Registration.run_id)
        .where(_WAITS, Registration.any_run, Run.state == RunState.PUBLISHED, has_place)
    )
    return list(db.session.scalars(query))


@dataclass(frozen=True)
class CourseDemand:
    """How many people want a course, each counted once in each column."""

    code: str
    slug: str
    title: str
    title_en: str
    #: Runs ahead and their free seats.
    runs: int
    places_free: int
    #: People who wait for a run ahead, and those of them to whom any run will do.
    waiting: int
    any_run: int
    #: People who asked to be told when a run is planned.
    interested: int


def demand_by_course(*, now: datetime) -> list[CourseDemand]:
    """Courses on offer, those that most people want first."""
    ahead = (Run.course_id == Course.id, Run.state == RunState.PUBLISHED, Run.starts_at > now)
    runs = select(func.count(Run.id)).where(*ahead)
    free = select(func.coalesce(func.sum(Run.seats - Run.places_taken), 0)).where(
        *ahead, Run.seats > Run.places_taken
    )
    people = (
        select(func.count(Registration.person_id.distinct()))
        .join(Run, Run.id == Registration.run_id)
        .where(*ahead, _WAITS)
    )
    interested = select(func.count(CourseInterest.id)).where(
        CourseInterest.course_id == Course.id, CourseInterest.ended_at.is_(None)
    )
    columns = [
        query.correlate(Course).scalar_subquery()
        for query in (runs, free, people, people.where(Registration.any_run), interested)
    ]
    query = (
        select(Course.code, Course.slug, Course.title, Course.title_en, *columns)
        .where(or_(Course.retired_on.is_(None), columns[2] > 0))
        .order_by((columns[2] + columns[4]).desc(), Course.position)
    )
    return [CourseDemand(*row) for row in db.session.execute(query)]
