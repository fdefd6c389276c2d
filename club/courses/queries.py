"""One course, one run, and what their pages need. Lists are in ``run_lists``."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, bindparam, cast, func, select
from sqlalchemy.orm import joinedload, selectinload

from club.accounts.models import Account, Role, RoleName
from club.courses.models import Course, Run, RunEvent, RunState, RunTrainer, Session
from club.db import db, plainly
from club.knowledge.models import Topic
from club.people.models import Person
from club.people.queries import stands_for_itself
from club.vietnamese import tidy_line


def course_by_slug(slug: str) -> Course | None:
    query = select(Course).where(Course.slug == slug).options(joinedload(Course.topic))
    return db.session.scalars(query).one_or_none()


def course_by_code(code: str) -> Course | None:
    query = select(Course).where(Course.code == code).options(joinedload(Course.topic))
    return db.session.scalars(query).one_or_none()


def topics_in_order() -> list[Topic]:
    return list(db.session.scalars(select(Topic).order_by(Topic.position)))


def courses_on_offer() -> list[Course]:
    query = select(Course).where(Course.retired_on.is_(None)).order_by(Course.position, Course.id)
    return list(db.session.scalars(query))


def course_addresses() -> dict[str, str]:
    """The address of every course on offer, by its code."""
    query = select(Course.code, Course.slug).where(Course.retired_on.is_(None))
    return dict(db.session.execute(query).all())


def course_codes() -> list[str]:
    return list(db.session.scalars(select(Course.code)))


def slugs_like(start: str) -> set[str]:
    """The addresses in use that begin with ``start``."""
    return set(db.session.scalars(select(Course.slug).where(Course.slug.startswith(start))))


def next_run_code(course: Course, *, year: int) -> str:
    """Such as ``5S-2026-03``: counted within the course and the year."""
    start = f"{course.code}-{year}-"
    query = select(Run.code).where(Run.code.startswith(start, autoescape=True))
    endings = [code.removeprefix(start) for code in db.session.scalars(query)]
    last = max((int(ending) for ending in endings if ending.isdecimal()), default=0)
    return f"{start}{last + 1:02d}"


def run_by_code(code: str) -> Run | None:
    """The run with everything its pages show, in two queries. Trainers are so few that they come
    with the run.
    """
    query = (
        select(Run)
        .where(Run.code == code)
        .options(
            joinedload(Run.course).joinedload(Course.topic),
            joinedload(Run.ward),
            joinedload(Run.host),
            selectinload(Run.sessions).joinedload(Session.held_by),
            joinedload(Run.trainers).joinedload(RunTrainer.person),
        )
    )
    return db.session.scalars(query).unique().one_or_none()


@dataclass(frozen=True)
class RunGlance:
    """A run without its parts: who may see its page, how it stands, whether it has changed."""

    id: int
    code: str
    course_slug: str
    course_edited_at: datetime | None
    state: RunState
    published_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    seats: int
    places_taken: int
    waiting_count: int
    revision: int
    has_own_terms: bool
    online_link: str | None
    trainer_ids: frozenset[int]

    @property
    def is_announced(self) -> bool:
        return self.published_at is not None

    def is_taught_by(self, person_id: int) -> bool:
        return person_id in self.trainer_ids


_TRAINER_IDS = (
    select(func.aggregate_strings(cast(RunTrainer.person_id, String), " "))
    .where(RunTrainer.run_id == Run.id)
    .correlate(Run)
    .scalar_subquery()
)
_GLANCE = (
    select(
        Run.id, Run.code, Course.slug, Course.edited_at, Run.state, Run.published_at,
        Run.starts_at, Run.ends_at, Run.registration_opens_at, Run.registration_closes_at,
        Run.seats, Run.places_taken, Run.waiting_count, Run.revision, Run.has_own_terms,
        Run.online_link,
        _TRAINER_IDS,
    )
    .join(Course, Course.id == Run.course_id)
    .where(Run.code == bindparam("code"))
)  # fmt: skip


def run_at_a_glance(code: str) -> RunGlance | None:
    """In one statement, for pages that are mostly drawn already."""
    row = plainly(db.session()).execute(_GLANCE, {"code": code}).one_or_none()
    if row is None:
        return None
    columns: list[Any] = list(row)
    columns[-1] = frozenset(map(int, (columns[-1] or "").split()))
    return RunGlance(*columns)


def session_of(run_id: int, public_id: uuid.UUID) -> Session | None:
    query = select(Session).where(Session.run_id == run_id, Session.public_id == public_id)
    return db.session.scalars(query).one_or_none()


@dataclass(frozen=True)
class StoryLine:
    event: RunEvent
    at: datetime
    by: str | None


def story_of(run_id: int) -> list[StoryLine]:
    """What happened to a run, the latest first, and whose doing it was."""
    query = (
        select(RunEvent, Person.full_name)
        .outerjoin(Account, Account.id == RunEvent.by_id)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(RunEvent.run_id == run_id)
        .order_by(RunEvent.id.desc())
    )
    return [StoryLine(event, event.at, name) for event, name in db.session.execute(query)]


def people_with_trainer_role() -> list[Person]:
    query = (
        select(Person)
        .join(Account, Account.person_id == Person.id)
        .join(Account.roles)
        .where(Role.name == RoleName.TRAINER.value, Account.active)
        .order_by(Person.sort_key, Person.id)
    )
    return list(db.session.scalars(query))


def people_called(full_name: str, *, email: str | None) -> list[Person]:
    """People of this e-mail address; without one, of exactly this name."""
    if email:
        query = select(Person).where(func.lower(Person.email) == email.lower())
    else:
        query = select(Person).where(Person.full_name == tidy_line(full_name))
    return list(db.session.scalars(query.where(stands_for_itself).order_by(Person.id).limit(2)))
