"""Calendars with conditions: what meets them and, as cancelled, what met them once.

A run that leaves (its ward, topic, form or time changed, or its registration closed) must not
vanish from subscribed calendars. ``RunListing`` remembers how runs were found before.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, and_, case, cast, func, or_, select, true

from club.calendar import rules
from club.calendar.contents import ANNOUNCED, SINCE, STATE, Fingerprint, SessionKey
from club.calendar.rules import Listed
from club.courses.calendar_entries import ONLOOKER
from club.courses.filters import Columns, RunFilter, lasting_conditions
from club.courses.history import RunListing
from club.courses.models import Course, Run, RunState, Session
from club.db import db
from club.knowledge.models import Topic
from club.units.models import Unit

Rows = Select[*tuple[Any, ...]]

_ONCE = Columns(
    RunListing.search_key,
    RunListing.audience_keys,
    RunListing.form,
    RunListing.starts_at,
    RunListing.ends_at,
)
#: At these moments registration begins and ends by itself.
_TURNS = (
    func.coalesce(Run.registration_opens_at, Run.published_at),
    Run.registration_closes_at,
    Run.starts_at,
)


def selected_keys(wanted: RunFilter, *, since: datetime, now: datetime) -> list[SessionKey]:
    """Which sessions a calendar with conditions shows, and the state of each there."""
    with db.engine.connect() as connection:
        sessions = connection.execute(_sessions(wanted), {"since": since}).all()
        listings = connection.execute(_listings(wanted)).all()
    earlier: dict[int, list[Row[Any]]] = defaultdict(list)
    for listing in listings:
        earlier[listing.run_id].append(listing)
    standings = {
        run_id: rules.standing_by(_story(row, earlier[run_id], wanted), now=now)
        for run_id, row in {row.run_id: row for row in sessions}.items()
    }
    return [
        SessionKey(row.public_id, row.revision, None if standing == ONLOOKER else standing)
        for row in sessions
        if (standing := standings[row.run_id])
    ]


def selection_fingerprint(wanted: RunFilter, *, since: datetime, now: datetime) -> Fingerprint:
    """Of all runs that meet the conditions or once did, in one statement."""
    query = _only_met(STATE, wanted).where(*ANNOUNCED, Run.ends_at >= since)
    if wanted.open:
        past = [case((turn <= now, turn)) for turn in _TURNS]
        query = query.add_columns(*map(func.count, past), *map(func.max, past))
    with db.engine.connect() as connection:
        runs, ids, revisions, modified_at, *turns = connection.execute(query).one()
    counts, moments = turns[: len(_TURNS)], [modified_at, *turns[len(_TURNS) :]]
    return Fingerprint(
        (runs, ids, revisions, *counts),
        max((moment for moment in moments if moment is not None), default=None),
    )


def _sessions(wanted: RunFilter) -> Rows:
    query = (
        select(
            cast(Session.public_id, String).label("public_id"),
            Run.id.label("run_id"),
            Run.revision,
            Run.published_at.label("at"),
            _all_of(lasting_conditions(wanted)).label("meets"),
            *_window(Run),
        )
        .select_from(Session)
        .join(Run, Run.id == Session.run_id)
    )
    found = _only_met(query, wanted).where(*ANNOUNCED, Session.starts_at >= SINCE)
    return found.order_by(Session.starts_at, Session.id)


def _listings(wanted: RunFilter) -> Rows:
    """How the runs that once met the conditions were found, from the first time on."""
    query = select(
        RunListing.run_id,
        RunListing.at,
        _all_of(lasting_conditions(wanted, _ONCE)).label("meets"),
        *_window(RunListing),
    )
    met = _with_its_names(query).where(RunListing.run_id.in_(_met_once(wanted)))
    return met.order_by(RunListing.id)


def _only_met(query: Rows, wanted: RunFilter) -> Rows:
    """Runs that meet the lasting conditions, or once did."""
    joined = (
        query.join(Course, Course.id == Run.course_id)
        .join(Topic, Topic.id == Course.topic_id)
        .outerjoin(Unit, Unit.id == Run.ward_id)
    )
    return joined.where(or_(_all_of(lasting_conditions(wanted)), Run.id.in_(_met_once(wanted))))


def _met_once(wanted: RunFilter) -> Rows:
    query = _with_its_names(select(RunListing.run_id))
    return query.where(_all_of(lasting_conditions(wanted, _ONCE))).correlate(None)


def _with_its_names(query: Rows) -> Rows:
    return (
        query.join(Run, Run.id == RunListing.run_id)
        .join(Course, Course.id == Run.course_id)
        .join(Topic, Topic.id == RunListing.topic_id)
        .outerjoin(Unit, Unit.id == RunListing.ward_id)
    )


def _window(of: type[Run] | type[RunListing]) -> tuple[Any, ...]:
    """When registration is open."""
    return of.state, of.registration_opens_at, of.registration_closes_at, of.starts_at


def _all_of(conditions: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    return and_(true(), *conditions)


def _story(run: Row[Any], listings: Sequence[Row[Any]], wanted: RunFilter) -> list[Listed]:
    """How the run was listed, in order; the last of its listings is how it is today."""
    begun_at = listings[-1].at if listings else run.at
    return [
        *(_listed(one, one.at, wanted) for one in listings[:-1]),
        _listed(run, begun_at, wanted),
    ]


def _listed(row: Row[Any], at: datetime, wanted: RunFilter) -> Listed:
    if not wanted.open:
        return Listed(at, row.meets)
    closes = [moment for moment in (row.registration_closes_at, row.starts_at) if moment]
    return Listed(
        at,
        row.meets and row.state is RunState.PUBLISHED,
        row.registration_opens_at,
        min(closes, default=None),
    )
