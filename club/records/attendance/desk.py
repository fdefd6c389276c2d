"""The trainer's desk: which runs there are to teach and to close, and who marked what when."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, null, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from club import clock
from club.accounts.models import Account
from club.courses.models import Run, RunState, RunTrainer, Session, SessionState
from club.db import db
from club.people.models import Person
from club.records.attendance import queries
from club.records.attendance.lists import Entry
from club.records.attendance.models import AttendanceChange, AttendanceMark, Mark, MarkSource
from club.records.attendance.rules import opens_at

#: Lists of today and of so many days after it are kept on a trainer's phone: over a weekend.
DAYS_KEPT_AHEAD = 3


@dataclass(frozen=True)
class DeskRun:
    """A line of the trainer's desk: a run and its session of today, else its next one."""

    run: Run
    session: Session | None

    @property
    def day(self) -> date:
        """The local day of that session; of a run without one, its first."""
        starts_at = self.session.starts_at if self.session else self.run.starts_at
        assert starts_at
        return clock.local_day(starts_at)


@dataclass(frozen=True)
class TeachingDesk:
    today: list[DeskRun]
    coming: list[DeskRun]
    to_close: list[DeskRun]
    closed: list[DeskRun]


def teaching_desk(*, taught_by: int | None, now: datetime) -> TeachingDesk:
    """Runs of one person (or of everybody) that are on today, come within three months, wait
    to be closed, or were closed in the last two: at most fifty of each.
    """
    soon = now + timedelta(days=90)
    running = _desk_runs(
        Run.state == RunState.PUBLISHED,
        Run.ends_at > now,
        Run.starts_at < soon,
        order=Run.starts_at.asc(),
        taught_by=taught_by,
        now=now,
    )
    to_close = _desk_runs(
        Run.state == RunState.PUBLISHED,
        Run.ends_at <= now,
        order=Run.ends_at.asc(),
        taught_by=taught_by,
        now=now,
    )
    closed = _desk_runs(
        Run.state == RunState.CLOSED,
        ~Run.is_earlier,
        Run.closed_at >= now - timedelta(days=60),
        order=Run.closed_at.desc(),
        taught_by=taught_by,
        now=now,
    )
    today = clock.local_day(now)
    is_today = [r for r in running if r.session and clock.local_day(r.session.starts_at) == today]
    return TeachingDesk(
        today=is_today,
        coming=[r for r in running if r not in is_today],
        to_close=to_close,
        closed=closed,
    )


def _desk_runs(
    *conditions: ColumnElement[bool],
    order: ColumnElement[Any],
    taught_by: int | None,
    now: datetime,
) -> list[DeskRun]:
    query = (
        select(Run)
        .where(*conditions)
        .order_by(order, Run.id)
        .limit(50)
        .options(joinedload(Run.course), selectinload(Run.sessions))
    )
    if taught_by is not None:
        query = query.where(Run.trainers.any(RunTrainer.person_id == taught_by))
    return [DeskRun(run, _session_to_show(run, now)) for run in db.session.scalars(query)]


def _session_to_show(run: Run, now: datetime) -> Session | None:
    """The session of today, else the next one, else none."""
    today = clock.local_day(now)
    for session in run.held_sessions:
        if session.ends_at > now or clock.local_day(session.starts_at) == today:
            return session
    return None


def sessions_to_keep(trainer_id: int, *, now: datetime) -> list[Session]:
    """What a person teaches in the next days, which the phone keeps for when there is no network;
    of coordinators as well only what they teach.
    """
    today = clock.local_day(now)
    until = clock.instant_of(today + timedelta(days=DAYS_KEPT_AHEAD + 1))
    query = (
        select(Session)
        .join(Session.run)
        .where(
            Run.state == RunState.PUBLISHED,
            Run.trainers.any(RunTrainer.person_id == trainer_id),
            Session.state != SessionState.CANCELLED,
            Session.starts_at >= clock.instant_of(today),
            Session.starts_at < until,
        )
        .order_by(Session.starts_at, Session.id)
        .options(contains_eager(Session.run).joinedload(Run.course))
    )
    return list(db.session.scalars(query))


@dataclass(frozen=True)
class Line:
    """A line of a session's list as the trainer sees it."""

    entry: Entry
    mark: AttendanceMark | None


@dataclass(frozen=True)
class Tally:
    total: int
    present: int
    late: int
    absent: int
    excused: int

    @property
    def unmarked(self) -> int:
        return self.total - self.present - self.late - self.absent - self.excused


@dataclass(frozen=True)
class Roll:
    """A session's list by given name, and what the marks come to."""

    lines: list[Line]
    tally: Tally
    #: When somebody last marked anybody.
    saved_at: datetime | None


def roll_of(run_id: int, session_id: int) -> Roll:
    marks = queries.marks_of_session(session_id)
    lines = [Line(entry, marks.get(entry.person.id)) for entry in queries.entries_of(run_id)]
    set_marks = [line.mark for line in lines if line.mark]
    counts = Counter(mark.mark for mark in set_marks)
    return Roll(
        lines=lines,
        tally=Tally(
            total=len(lines),
            present=counts[Mark.PRESENT],
            late=counts[Mark.LATE],
            absent=counts[Mark.ABSENT],
            excused=counts[Mark.EXCUSED],
        ),
        saved_at=max((mark.marked_at for mark in set_marks), default=None),
    )


@dataclass(frozen=True)
class CheckInDesk:
    """What the screen with the code tells beside it."""

    #: Who checked in and counts as there, the latest first.
    arrived: list[Line]
    there: int
    on_list: int


def check_in_desk(run_id: int, session_id: int) -> CheckInDesk:
    roll = roll_of(run_id, session_id)
    there = [(line.mark, line) for line in roll.lines if line.mark and line.mark.mark.was_there]
    by_code = [found for found in there if found[0].source is MarkSource.SELF_CHECK_IN]
    by_code.sort(key=lambda found: (found[0].marked_at, found[0].id), reverse=True)
    return CheckInDesk(
        arrived=[line for _mark, line in by_code], there=len(there), on_list=roll.tally.total
    )


def session_to_mark(run: Run, *, now: datetime) -> Session | None:
    """The session whose list a trainer wants first: the latest that is open for marking."""
    begun = [s for s in run.held_sessions if opens_at(s) <= now]
    return begun[-1] if begun else next(iter(run.held_sessions), None)


@dataclass(frozen=True)
class MarkInTime:
    """A mark as it stood for some time: what, how it was taken, who set it, when."""

    person_name: str
    mark: Mark
    minutes: int | None
    source: MarkSource
    marked_at: datetime
    #: When it reached the club, where it was made without network.
    received_at: datetime | None
    marked_by: str | None
    #: Who vouches for it where that is somebody else.
    confirmed_by: str | None
    #: ``None`` for the mark that holds now.
    replaced_at: datetime | None


def mark_history(session_id: int) -> list[MarkInTime]:
    """Everything that was ever marked in a session, latest first."""
    kept, changed = AttendanceMark, AttendanceChange
    now_holding = _marks_in_time(kept, null()).join(Person, Person.id == kept.person_id)
    before = (
        _marks_in_time(changed, changed.replaced_at)
        .join(kept, kept.id == changed.attendance_mark_id)
        .join(Person, Person.id == kept.person_id)
    )
    rows = [
        row
        for query in (now_holding, before)
        for row in db.session.execute(query.where(kept.session_id == session_id))
    ]
    found = [MarkInTime(*row) for row in rows]
    return sorted(found, key=lambda m: (m.marked_at, m.replaced_at is None), reverse=True)


def _marks_in_time(
    table: type[AttendanceMark] | type[AttendanceChange], replaced_at: Any
) -> Select[Any]:
    setter, voucher = aliased(Person), aliased(Person)
    set_by, vouched_by = aliased(Account), aliased(Account)
    return (
        select(
            Person.full_name,
            table.mark,
            table.minutes,
            table.source,
            table.marked_at,
            table.received_at,
            setter.full_name,
            voucher.full_name,
            replaced_at,
        )
        .select_from(table)
        .outerjoin(set_by, set_by.id == table.marked_by_id)
        .outerjoin(setter, setter.id == set_by.person_id)
        .outerjoin(vouched_by, vouched_by.id == table.confirmed_by_id)
        .outerjoin(voucher, voucher.id == vouched_by.person_id)
    )
