"""Which sessions each calendar shows, and a fingerprint that changes whenever one of them does.

A fingerprint is one aggregate statement; nothing else is asked where a program is up to date.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Row,
    Select,
    String,
    bindparam,
    cast,
    func,
    select,
    true,
    union_all,
)

from club.calendar.models import FeedKind
from club.calendar.queries import Address, address_by_token_hash
from club.courses.calendar_entries import Standing, session_columns
from club.courses.filters import RunFilter, run_conditions
from club.courses.history import RunListing, TeachingStep
from club.courses.models import Course, Run, RunState, RunTrainer, Session
from club.db import Instant, db
from club.registration.models import Registration, RegistrationStep

#: What the public sees of runs: nothing that never was announced.
ANNOUNCED = (Run.published_at.is_not(None), Run.state != RunState.DRAFT)
SINCE: BindParameter[datetime] = bindparam("since", type_=Instant())
_WHO: BindParameter[int] = bindparam("who")
#: A run's revision rises with every change of the run, its sessions or its course.
STATE = select(
    func.count(), func.sum(Run.id), func.sum(Run.revision), func.max(Run.modified_at)
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
    query = session_columns().where(
        Run.state != RunState.DRAFT,
        Session.starts_at >= since,
        Run.id.in_(_RUNS[address.kind]),
    )
    return list(db.session.execute(query, {"who": _who(address)}))


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
    # Programs ask this day and night: a session would cost more than the questions, and a
    # connection for each of them as much as one more.
    with db.engine.connect() as connection:
        address = address_by_token_hash(token_hash, today=today, connection=connection)
        if address is None:
            return None
        asked = {"who": _who(address), "since": since}
        row = connection.execute(_PRIVATE_STATE[address.kind], asked).one()
    runs, ids, revisions, changed_at, *steps = row
    moments = [moment for moment in (changed_at, *steps[1:]) if moment is not None]
    parts = (runs, ids, revisions, *steps[:1])
    return address, Fingerprint(parts, max(moments, default=None))


def _who(address: Address) -> int:
    return address.organisation_id or address.person_id


_TAUGHT = (
    select(RunTrainer.run_id).where(RunTrainer.person_id == _WHO),
    select(TeachingStep.run_id).where(TeachingStep.person_id == _WHO),
)
#: The registrations that each kind of address follows; changes of the others are in the runs'
#: revisions.
_FOLLOWED = {
    FeedKind.PERSON: Registration.person_id == _WHO,
    FeedKind.ORGANISATION: Registration.organisation_id == _WHO,
}
_RUNS = {
    FeedKind.TEACHING: union_all(*_TAUGHT),
    FeedKind.PERSON: union_all(
        select(Registration.run_id).where(_FOLLOWED[FeedKind.PERSON]), *_TAUGHT
    ),
    FeedKind.ORGANISATION: select(Registration.run_id).where(_FOLLOWED[FeedKind.ORGANISATION]),
}


def _private_state(kind: FeedKind) -> Select[*tuple[Any, ...]]:
    state = STATE.where(Run.state != RunState.DRAFT, Run.ends_at >= SINCE, Run.id.in_(_RUNS[kind]))
    if kind not in _FOLLOWED:
        return state
    steps = (
        select(func.count(), func.max(RegistrationStep.at))
        .select_from(RegistrationStep)
        .join(Registration, Registration.id == RegistrationStep.registration_id)
        .where(_FOLLOWED[kind])
    )
    # One row each: as columns of the other, each of these would go through all steps again.
    runs, registrations = state.subquery(), steps.subquery()
    return select(runs, registrations).join_from(runs, registrations, true())


_PRIVATE_STATE = {kind: _private_state(kind) for kind in FeedKind}
