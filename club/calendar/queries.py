"""Which sessions a calendar shows, and a fingerprint that changes whenever one of them does."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
)

from club.accounts.models import Account
from club.calendar.models import CalendarFeed
from club.courses.filters import RunFilter, run_conditions
from club.courses.models import Course, Run, RunState, RunTrainer, Session
from club.db import Instant, db
from club.knowledge.models import Topic
from club.membership.models import Membership, MembershipEvent, MembershipEventKind
from club.registration.models import Registration, RegistrationStep
from club.units.models import Unit

#: What the public sees of runs: nothing that never was announced.
_ANNOUNCED = (Run.published_at.is_not(None), Run.state != RunState.DRAFT)
#: A run's revision rises with every change of the run, its sessions or its course.
_STATE = select(
    func.count(Run.id),
    func.coalesce(func.sum(Run.id), 0),
    func.coalesce(func.sum(Run.revision), 0),
    func.max(Run.modified_at),
).select_from(Run)
_PUBLIC_STATE = _STATE.where(*_ANNOUNCED, Run.ends_at >= bindparam("since", type_=Instant()))
_KEYS = (
    select(cast(Session.public_id, String), Run.revision)
    .join(Run, Run.id == Session.run_id)
    .join(Course, Course.id == Run.course_id)
    .where(*_ANNOUNCED, Session.starts_at >= bindparam("since", type_=Instant()))
    .order_by(Session.starts_at, Session.id)
)


class SessionKey(NamedTuple):
    """Says which text of a session holds: the run's revision rises with its course, too."""

    public_id: str
    revision: int


@dataclass(frozen=True)
class Fingerprint:
    """Differs whenever what it was taken of differs; costs one aggregate query."""

    parts: tuple[int, ...]
    modified_at: datetime | None


def open_feeds_of(person_id: int) -> list[CalendarFeed]:
    query = (
        select(CalendarFeed)
        .where(CalendarFeed.person_id == person_id, CalendarFeed.revoked_at.is_(None))
        .order_by(CalendarFeed.id)
    )
    return list(db.session.scalars(query))


def count_open_feeds(person_id: int) -> int:
    query = select(func.count(CalendarFeed.id)).where(
        CalendarFeed.person_id == person_id, CalendarFeed.revoked_at.is_(None)
    )
    return db.session.scalars(query).one()


def feed_of_person(feed_id: int, person_id: int) -> CalendarFeed | None:
    query = select(CalendarFeed).where(
        CalendarFeed.id == feed_id, CalendarFeed.person_id == person_id
    )
    return db.session.scalars(query).one_or_none()


def feed_by_token_hash(token_hash: str) -> CalendarFeed | None:
    """The feed, if it exists and its person's account may still sign in."""
    query = (
        select(CalendarFeed)
        .join(Account, Account.person_id == CalendarFeed.person_id)
        .where(CalendarFeed.token_hash == token_hash, Account.active)
    )
    return db.session.scalars(query).one_or_none()


class MembershipEnd(NamedTuple):
    """The last day of a membership, and when that day was decided."""

    last_day: date
    decided_at: datetime | None


def membership_ends_of(person_id: int) -> list[MembershipEnd]:
    ended = MembershipEvent.kind == MembershipEventKind.ENDED
    query = (
        select(Membership.to_day, func.max(MembershipEvent.at))
        .outerjoin(MembershipEvent, and_(MembershipEvent.membership_id == Membership.id, ended))
        .where(Membership.person_id == person_id, Membership.to_day.is_not(None))
        .group_by(Membership.id)
    )
    return [MembershipEnd(day, at) for day, at in db.session.execute(query) if day is not None]


def public_keys(wanted: RunFilter, *, since: datetime, now: datetime) -> list[SessionKey]:
    """Which sessions a feed shows, and the state of each, for as little as that can cost."""
    query = _only(_KEYS, wanted, now)
    with db.engine.connect() as connection:
        found = connection.execute(query, {"since": since}).all()
    return list(map(SessionKey._make, found))


def sessions_with(public_ids: Collection[str]) -> list[Row[Any]]:
    """The sessions with these public ids, written without hyphens; in no order."""
    query = _session_columns().where(Session.public_id.in_([UUID(text) for text in public_ids]))
    return list(db.session.execute(query))


def public_sessions(wanted: RunFilter, *, since: datetime, now: datetime) -> list[Row[Any]]:
    """Sessions of announced runs that meet the catalogue's conditions, in order of time."""
    query = _session_columns().where(
        *_ANNOUNCED, Session.starts_at >= since, *run_conditions(wanted, now=now)
    )
    return list(db.session.execute(query))


def public_fingerprint(wanted: RunFilter, *, since: datetime, now: datetime) -> Fingerprint:
    query = _PUBLIC_STATE
    if wanted.in_use:
        query = _only(query.join(Course, Course.id == Run.course_id), wanted, now)
    # Programs ask this day and night: a session would cost more than the question.
    with db.engine.connect() as connection:
        return _fingerprint(connection.execute(query, {"since": since}).one())


def _only(
    query: Select[*tuple[Any, ...]], wanted: RunFilter, now: datetime
) -> Select[*tuple[Any, ...]]:
    """Without conditions the query stays as it is, and so does what was compiled of it."""
    if not wanted.in_use:
        return query
    joined = query.join(Topic, Topic.id == Course.topic_id).outerjoin(Unit, Unit.id == Run.ward_id)
    return joined.where(*run_conditions(wanted, now=now))


def personal_sessions(person_id: int, *, since: datetime) -> list[Row[Any]]:
    """Sessions of the runs a person has or had a registration in, or teaches.

    ``steps`` counts what happened to the person's registrations in the run; ``state`` is
    where the latest stands, ``None`` for those who only teach.
    """
    latest, steps = _latest_registrations(person_id), _steps(person_id)
    query = (
        _session_columns()
        .add_columns(
            latest.c.state, func.coalesce(steps.c.steps, 1).label("steps"), steps.c.last_at,
            Run.registration_closes_at, Run.deadline_sequence, Run.deadline_modified_at,
        )
        .outerjoin(latest, latest.c.run_id == Run.id)
        .outerjoin(steps, steps.c.run_id == Run.id)
        .where(
            Run.state != RunState.DRAFT,
            Session.starts_at >= since,
            or_(latest.c.run_id.is_not(None), _teaches(person_id)),
        )
    )  # fmt: skip
    return list(db.session.execute(query))


def personal_fingerprint(person_id: int, *, since: datetime) -> Fingerprint:
    latest, steps = _latest_registrations(person_id), _steps(person_id)
    query = (
        _STATE
        .add_columns(
            func.coalesce(func.sum(steps.c.steps), 0), func.max(steps.c.last_at),
        )
        .outerjoin(latest, latest.c.run_id == Run.id)
        .outerjoin(steps, steps.c.run_id == Run.id)
        .where(
            Run.state != RunState.DRAFT,
            Run.ends_at >= since,
            or_(latest.c.run_id.is_not(None), _teaches(person_id)),
        )
    )  # fmt: skip
    *runs, taken, last_step = db.session.execute(query).one()
    fingerprint = _fingerprint(tuple(runs))
    moments = [m for m in (fingerprint.modified_at, last_step) if m is not None]
    return Fingerprint((*fingerprint.parts, int(taken)), max(moments, default=None))


def _session_columns() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Session.public_id, Session.sequence, Session.created_at, Session.modified_at,
            Session.starts_at, Session.ends_at, Session.state.label("session_state"),
            Session.title.label("session_title"), Session.place.label("session_place"),
            Run.code, Run.state.label("run_state"), Run.place, Run.form, Run.revision,
            Course.title, Course.title_en, Topic.name.label("topic"),
            Topic.name_en.label("topic_en"), Unit.name.label("ward"),
        )
        .join(Run, Run.id == Session.run_id)
        .join(Course, Course.id == Run.course_id)
        .join(Topic, Topic.id == Course.topic_id)
        .outerjoin(Unit, Unit.id == Run.ward_id)
        .order_by(Session.starts_at, Session.id)
    )  # fmt: skip


def _fingerprint(found: Any) -> Fingerprint:
    *parts, modified_at = found
    return Fingerprint(tuple(int(part) for part in parts), modified_at)


def _latest_registrations(person_id: int) -> Subquery:
    ranked = (
        select(
            Registration.run_id,
            Registration.state,
            func.row_number()
            .over(partition_by=Registration.run_id, order_by=Registration.id.desc())
            .label("nth"),
        )
        .where(Registration.person_id == person_id)
        .subquery()
    )
    return select(ranked.c.run_id, ranked.c.state).where(ranked.c.nth == 1).subquery()


def _steps(person_id: int) -> Subquery:
    return (
        select(
            Registration.run_id,
            func.count(RegistrationStep.id).label("steps"),
            func.max(RegistrationStep.at).label("last_at"),
        )
        .join(RegistrationStep, RegistrationStep.registration_id == Registration.id)
        .where(Registration.person_id == person_id)
        .group_by(Registration.run_id)
        .subquery()
    )


def _teaches(person_id: int) -> ColumnElement[bool]:
    return (
        select(RunTrainer.id)
        .where(RunTrainer.run_id == Run.id, RunTrainer.person_id == person_id)
        .exists()
    )
