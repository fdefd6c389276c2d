"""Lists of runs and courses: plain rows of columns, so that long lists stay cheap."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, select

from club.courses.filters import (
    RunFilter,
    course_conditions,
    run_conditions,
    takes_registrations,
)
from club.courses.models import Course, Run, RunForm, RunState, Session, SessionState
from club.db import db
from club.knowledge.models import Topic
from club.units.models import Unit
from club.vietnamese import folded
from club.web.pages import Page

_ANNOUNCED = (Run.published_at.is_not(None), Run.state != RunState.DRAFT)


@dataclass(frozen=True)
class RunRow:
    """A run as lists show it. Hashable: what is drawn from one is kept by it."""

    id: int
    code: str
    course_code: str
    slug: str
    title: str
    title_en: str
    topic_key: str
    topic: str
    topic_en: str
    audience: tuple[str, ...]
    audience_en: tuple[str, ...]
    state: RunState
    form: RunForm
    place: str | None
    ward: str | None
    ward_en: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    seats: int
    places_taken: int
    waiting_count: int
    price_vnd: int
    #: Sessions that are not cancelled.
    sessions: int

    @property
    def places_free(self) -> int:
        return max(self.seats - self.places_taken, 0)


@dataclass(frozen=True)
class CourseRow:
    """A course as lists show it."""

    code: str
    slug: str
    title: str
    title_en: str
    topic: str
    topic_en: str
    audience: tuple[str, ...]
    audience_en: tuple[str, ...]
    duration_days_min: int | None
    duration_days_max: int | None
    duration_source: str | None
    retired_on: date | None


@dataclass(frozen=True)
class TopicCount:
    key: str
    name: str
    name_en: str
    courses: int


_SESSIONS = (
    select(func.count(Session.id))
    .where(Session.run_id == Run.id, Session.state == SessionState.PLANNED)
    .correlate(Run)
    .scalar_subquery()
)
_RUN_ROW = (
    select(
        Run.id, Run.code, Course.code, Course.slug, Course.title, Course.title_en,
        Topic.key, Topic.name, Topic.name_en, Course.audience, Course.audience_en,
        Run.state, Run.form, Run.place, Unit.name, Unit.name_en, Run.starts_at, Run.ends_at,
        Run.registration_opens_at, Run.registration_closes_at,
        Run.seats, Run.places_taken, Run.waiting_count, Run.price_vnd, _SESSIONS,
    )
    .select_from(Run)
    .join(Course, Course.id == Run.course_id)
    .join(Topic, Topic.id == Course.topic_id)
    .outerjoin(Unit, Unit.id == Run.ward_id)
)  # fmt: skip
_COURSE_ROW = (
    select(
        Course.code, Course.slug, Course.title, Course.title_en, Topic.name, Topic.name_en,
        Course.audience, Course.audience_en,
        Course.duration_days_min, Course.duration_days_max, Course.duration_source,
        Course.retired_on,
    )
    .join(Topic, Topic.id == Course.topic_id)
    .order_by(Topic.position, Course.position, Course.id)
)  # fmt: skip
_RUN_WORDS = {i for i, f in enumerate(fields(RunRow)) if f.name.startswith("audience")}
_COURSE_WORDS = {i for i, f in enumerate(fields(CourseRow)) if f.name.startswith("audience")}


_FINGERPRINT = select(
    select(func.count(Run.id)).scalar_subquery(),
    select(func.coalesce(func.sum(Run.revision + Run.places_revision), 0)).scalar_subquery(),
    select(func.count(Course.id)).scalar_subquery(),
    select(func.max(Course.edited_at)).scalar_subquery(),
)


def fingerprint() -> tuple[object, ...]:
    """Differs whenever a run, its places or a course differs; costs one cheap query."""
    return tuple(db.session.execute(_FINGERPRINT).one())


def upcoming_runs(wanted: RunFilter, *, page: int, size: int, now: datetime) -> Page[RunRow]:
    """Published runs that are not over and meet the conditions, the next one first."""
    query = _RUN_ROW.where(
        Run.state == RunState.PUBLISHED, Run.ends_at > now, *run_conditions(wanted, now=now)
    ).order_by(Run.starts_at, Run.id)
    return _page(query, page=page, size=size)


def runs_to_join(limit: int, *wanted: ColumnElement[bool], now: datetime) -> list[RunRow]:
    """The next runs in which somebody who registers now gets a place, of those ``wanted``."""
    has_places = Run.places_taken < Run.seats, Run.waiting_count == 0
    query = _RUN_ROW.where(*takes_registrations(now=now), *has_places, *wanted)
    return _rows(query.order_by(Run.starts_at, Run.id).limit(limit))


def runs_to_open(limit: int, *, now: datetime) -> list[RunRow]:
    """The runs for which registration has not begun, the soonest to begin first."""
    query = _RUN_ROW.where(
        Run.state == RunState.PUBLISHED, Run.starts_at > now, Run.registration_opens_at > now
    )
    return _rows(query.order_by(Run.registration_opens_at, Run.id).limit(limit))


def announced_runs(wanted: RunFilter, *, page: int, size: int, now: datetime) -> Page[RunRow]:
    """Everything the public was told of, past and cancelled too, in order of time."""
    query = _RUN_ROW.where(*_ANNOUNCED, *run_conditions(wanted, now=now))
    return _page(query.order_by(Run.starts_at, Run.id), page=page, size=size)


def announced_run(code: str) -> RunRow | None:
    return next(iter(_rows(_RUN_ROW.where(*_ANNOUNCED, Run.code == code))), None)


def upcoming_runs_of_course(
    course_id: int, *wanted: ColumnElement[bool], now: datetime
) -> list[RunRow]:
    """Runs that are not over, of those ``wanted``; cancelled ones with them: people may have
    planned to come.
    """
    query = _RUN_ROW.where(*_ANNOUNCED, Run.course_id == course_id, Run.ends_at > now, *wanted)
    return _rows(query.order_by(Run.starts_at, Run.id))


def next_open_run(course_slug: str, *wanted: ColumnElement[bool], now: datetime) -> RunRow | None:
    """The run of a course, of those ``wanted``, to offer to who cannot come to another: with free
    places if there is one, the soonest first.
    """
    has_places = case(((Run.places_taken < Run.seats) & (Run.waiting_count == 0), 0), else_=1)
    query = _RUN_ROW.where(Course.slug == course_slug, *takes_registrations(now=now), *wanted)
    return next(iter(_rows(query.order_by(has_places, Run.starts_at, Run.id).limit(1))), None)


def runs_held(course_id: int, *, now: datetime) -> int:
    """How many runs of a course were held and are over."""
    query = select(func.count(Run.id)).where(
        Run.course_id == course_id,
        Run.state.in_((RunState.PUBLISHED, RunState.CLOSED)),
        Run.ends_at <= now,
    )
    return db.session.scalars(query).one()


def courses_without_run(wanted: RunFilter, *, now: datetime) -> list[CourseRow]:
    """Courses on offer that nobody can come to yet."""
    upcoming = exists().where(
        Run.course_id == Course.id, Run.state == RunState.PUBLISHED, Run.ends_at > now
    )
    query = _COURSE_ROW.where(Course.retired_on.is_(None), ~upcoming, *course_conditions(wanted))
    return _courses(query)


def related_courses(course: Course, *, limit: int) -> list[CourseRow]:
    """Other courses of the same topic."""
    query = _COURSE_ROW.where(
        Course.topic_id == course.topic_id, Course.id != course.id, Course.retired_on.is_(None)
    )
    return _courses(query.limit(limit))


def topic_counts() -> list[TopicCount]:
    """The topics with how many courses on offer each has."""
    query = (
        select(Topic.key, Topic.name, Topic.name_en, func.count(Course.id))
        .outerjoin(Course, (Course.topic_id == Topic.id) & Course.retired_on.is_(None))
        .group_by(Topic.id)
        .order_by(Topic.position)
    )
    return [TopicCount(*row) for row in db.session.execute(query)]


@dataclass(frozen=True)
class OfficeFilter:
    q: str = ""
    course: str = ""
    state: RunState | None = None


def office_runs(wanted: OfficeFilter, *, page: int, size: int) -> Page[RunRow]:
    """All runs, drafts too: those without a date first, then the latest first."""
    conditions: list[ColumnElement[bool]] = [
        (Course.search_key.contains(word, autoescape=True))
        | func.lower(Run.code).contains(word, autoescape=True)
        for word in folded(wanted.q).split()
    ]
    if wanted.course:
        conditions.append(Course.code == wanted.course)
    if wanted.state:
        conditions.append(Run.state == wanted.state)
    order = (Run.starts_at.is_not(None), Run.starts_at.desc(), Run.id.desc())
    return _page(_RUN_ROW.where(*conditions).order_by(*order), page=page, size=size)


def all_courses() -> list[tuple[CourseRow, int]]:
    """Every course, retired or not, with the number of its runs."""
    runs = select(func.count(Run.id)).where(Run.course_id == Course.id).correlate(Course)
    query = _COURSE_ROW.add_columns(runs.scalar_subquery())
    return [(_course(row[:-1]), row[-1]) for row in db.session.execute(query)]


def _page(query: Select[*tuple[Any, ...]], *, page: int, size: int) -> Page[RunRow]:
    query = query.add_columns(func.count().over()).limit(size).offset((page - 1) * size)
    found = db.session.execute(query).all()
    return Page([_run(row[:-1]) for row in found], page, size, found[0][-1] if found else 0)


def _rows(query: Select[*tuple[Any, ...]]) -> list[RunRow]:
    return [_run(row) for row in db.session.execute(query)]


def _courses(query: Select[*tuple[Any, ...]]) -> list[CourseRow]:
    return [_course(row) for row in db.session.execute(query)]


def _run(row: Any) -> RunRow:
    columns: list[Any] = [tuple(v) if i in _RUN_WORDS else v for i, v in enumerate(row)]
    return RunRow(*columns)


def _course(row: Any) -> CourseRow:
    columns: list[Any] = [tuple(v) if i in _COURSE_WORDS else v for i, v in enumerate(row)]
    return CourseRow(*columns)
