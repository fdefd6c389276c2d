"""Which sessions each calendar shows, and a fingerprint that changes whenever one of them does.

A fingerprint is one aggregate statement; nothing else is asked where a program is up to date.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    select,
    true,
    union_all,
)

from club.calendar.models import CalendarFeed, FeedKind
from club.calendar.queries import BY_TOKEN, Address, address_of
from club.courses.calendar_entries import Standing, session_columns
from club.courses.filters import RunFilter, run_conditions
from club.courses.history import RunListing, TeachingStep
from club.courses.models import Course, Run, RunState, RunTrainer, Session
from club.db import Instant, db
from club.people.models import Employment
from club.registration.models import Registration

#: What the public sees of runs: nothing that never was announced.
ANNOUNCED = (Run.published_at.is_not(None), Run.state != RunState.DRAFT)
SINCE: BindParameter[datetime] = bindparam("since", type_=Instant())
#: A run's revision rises with every change of the run, its sessions or its course.
STATE = select(
    func.count().label("runs"),
    func.sum(Run.id).label("run_ids"),
    func.sum(Run.revision).label("revisions"),
    func.max(Run.modified_at).label("runs_changed_at"),
).select_from(Run)
_PUBLIC_STATE = STATE.where(*ANNOUNCED, Run.ends_at >= SINCE)
_KEYS = (
    select(cast(Session.public_id, String), Run.revision)
    .join(Run, Run.id == Session.run_id)
    .join(Course, Course.id == Run.course_id)
    .where(*ANNOUNCED, Session.starts_at >= SINCE)
    .order_by(Session.starts_at, Session.id)
)


class SessionKey(NamedTuple):
    """Says which text of a session holds: the run's revision rises with its course, too."""

    public_id: str
    revision: int
    #: In a calendar with conditions, of a run that left it or came back; else an onlooker's.
    standing: Standing | None = None


@dataclass(frozen=True)
class Fingerprint:
    """Differs whenever what it was taken of differs; costs one aggregate query."""

    parts: tuple[int | None, ...]
    modified_at: datetime | None


def public_keys(*, since: datetime) -> list[SessionKey]:
    """Which sessions the calendar of everything shows, and the state of each, for as little as
    that can cost.
    """
    with db.engine.connect() as connection:
        found = connection.execute(_KEYS, {"since": since}).all()
    return [SessionKey(*row) for row in found]


def sessions_with(public_ids: Collection[str]) -> list[Row[Any]]:
    """The sessions with these public ids, written without hyphens; in no order."""
    query = session_columns().where(Session.public_id.in_([UUID(text) for text in public_ids]))
    return list(db.session.execute(query))


def public_sessions(wanted: RunFilter, *, since: datetime, now: datetime) -> list[Row[Any]]:
    """Sessions of announced runs that meet the catalogue's conditions, in order of time."""
    query = session_columns().where(
        *ANNOUNCED, Session.starts_at >= since, *run_conditions(wanted, now=now)
    )
    return list(db.session.execute(query))


def public_fingerprint(*, since: datetime) -> Fingerprint:
    # Programs ask this day and night: a session would cost more than the question.
    with db.engine.connect() as connection:
        *parts, modified_at = connection.execute(_PUBLIC_STATE, {"since": since}).one()
    return Fingerprint(tuple(parts), modified_at)


def private_sessions(address: Address, *, since: datetime) -> list[Row[Any]]:
    """The sessions of all runs that an address is about, in order of time."""
    return list(db.session.execute(_PRIVATE_SESSIONS, {"feed": address.id, "since": since}))


def dropped_deadlines(run_ids: Collection[int]) -> dict[int, datetime]:
    """The last day that registration for these runs was to close, where there was one."""
    if not run_ids:
        return {}
    query = select(RunListing.run_id, RunListing.registration_closes_at).where(
        RunListing.run_id.in_(run_ids)
    )
    listed = db.session.execute(query.order_by(RunListing.id)).all()
    return {run_id: closes_at for run_id, closes_at in listed if closes_at is not None}


def private_state(
    token_hash: str, *, since: datetime, today: date
) -> tuple[Address, Fingerprint] | None:
    """Of a secret address that still works: what it is, and a fingerprint of what it shows."""
    # Programs ask this day and night: a session, or a second statement, would cost more than
    # the question.
    asked = {"token_hash": token_hash, "today": today, "since": since}
    with db.engine.connect() as connection:
        row = connection.execute(_PRIVATE_STATE, asked).one_or_none()
    address = address_of(row) if row is not None else None
    if row is None or address is None:
        return None
    moments = [moment for moment in (row.runs_changed_at, row.news_at) if moment is not None]
    parts = (row.runs, row.run_ids, row.revisions, row.followed, row.followed_ids, row.news)
    return address, Fingerprint(parts, max(moments, default=None))


def _follows(feed: CTE) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Which registrations an address is about: two conditions, each with an index of its own."""
    own = and_(feed.c.kind == FeedKind.PERSON, Registration.person_id == feed.c.person_id)
    of_organisation = and_(
        feed.c.kind == FeedKind.ORGANISATION, Registration.organisation_id == feed.c.organisation_id
    )
    return own, of_organisation


def _taught(feed: CTE) -> tuple[Select[int], Select[int]]:
    """Ids of the runs that the address's person teaches or taught, some of them twice."""
    person = select(feed.c.person_id).where(feed.c.kind != FeedKind.ORGANISATION).scalar_subquery()
    return (
        select(RunTrainer.run_id).where(RunTrainer.person_id == person),
        select(TeachingStep.run_id).where(TeachingStep.person_id == person),
    )


def _private_sessions() -> Select[*tuple[Any, ...]]:
    feed = (
        select(CalendarFeed.kind, CalendarFeed.person_id, Employment.organisation_id)
        .outerjoin(Employment, Employment.id == CalendarFeed.employment_id)
        .where(CalendarFeed.id == bindparam("feed"))
        .cte("feed")
    )
    followed = [select(Registration.run_id).join(feed, which) for which in _follows(feed)]
    return session_columns().where(
        Run.state != RunState.DRAFT,
        Session.starts_at >= SINCE,
        Run.id.in_(union_all(*followed, *_taught(feed))),
    )


def _private_state() -> Select[*tuple[Any, ...]]:
    """Of registrations their news, which has that of their runs in it; of the taught, the runs."""
    feed = BY_TOKEN.cte("feed")
    taught = Run.id.in_(union_all(*_taught(feed)))
    # One row each: as columns of the other, each of these would be worked out again and again.
    runs = STATE.where(Run.state != RunState.DRAFT, Run.ends_at >= SINCE, taught).subquery()
    each = [
        select(Registration.id, Registration.news, Registration.news_at).join(feed, which)
        for which in _follows(feed)
    ]
    followed = union_all(*each).subquery()
    news = select(
        func.count().label("followed"),
        func.sum(followed.c.id).label("followed_ids"),
        func.sum(followed.c.news).label("news"),
        func.max(followed.c.news_at).label("news_at"),
    ).subquery()
    return select(feed, runs, news).join_from(feed, runs, true()).join(news, true())


_PRIVATE_SESSIONS = _private_sessions()
_PRIVATE_STATE = _private_state()
