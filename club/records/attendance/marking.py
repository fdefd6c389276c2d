"""Writing a mark: what holds is the mark that was made last, everything else is history.

All of it joins the caller's transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from club.courses.models import Run, Session
from club.db import db
from club.records.attendance.models import AttendanceChange, AttendanceMark, Mark, MarkSource


@dataclass(frozen=True)
class Taken:
    """How, when and by whom a mark was made."""

    source: MarkSource
    at: datetime
    by: int | None
    confirmed_by: int | None = None
    #: When it reached the club, where that was later: it was made without network.
    received_at: datetime | None = None


def locked_session(session_id: int) -> Session:
    """The session as it is now. Its run's row is locked until the caller's transaction ends, so
    that nobody closes it between the question and the mark.
    """
    db.session.scalars(
        select(Run)
        .join(Run.sessions)
        .where(Session.id == session_id)
        .with_for_update(of=Run)
        .execution_options(populate_existing=True)
    ).one()
    return db.session.get_one(Session, session_id, populate_existing=True)


def first_mark(
    session_id: int, person_id: int, mark: Mark, minutes: int | None, taken: Taken
) -> AttendanceMark:
    """For somebody who has no mark in the session yet."""
    made = AttendanceMark(session_id=session_id, person_id=person_id)
    _write(made, mark, minutes, taken)
    db.session.add(made)
    return made


def mark_anew(kept: AttendanceMark, mark: Mark, minutes: int | None, taken: Taken) -> None:
    """Put another mark to the one that is there. The one that was made last holds, in whatever
    order they come in. The same mark again is kept in mind for that, and changes nothing else,
    not even who marked first.
    """
    if (kept.mark, kept.minutes) == (mark, minutes):
        if taken.at > kept.last_said_at:
            kept.said_again_at = taken.at
        return
    if taken.at < kept.last_said_at:
        overtaken = AttendanceChange(attendance_mark_id=kept.id, replaced_at=kept.last_said_at)
        _write(overtaken, mark, minutes, taken)
        db.session.add(overtaken)
        return
    db.session.add(_as_history(kept, replaced_at=taken.at))
    _write(kept, mark, minutes, taken)
    kept.said_again_at = None


def _write(
    row: AttendanceMark | AttendanceChange, mark: Mark, minutes: int | None, taken: Taken
) -> None:
    row.mark, row.minutes, row.source = mark, minutes, taken.source
    row.marked_at, row.received_at = taken.at, taken.received_at
    row.marked_by_id, row.confirmed_by_id = taken.by, taken.confirmed_by


def _as_history(kept: AttendanceMark, *, replaced_at: datetime) -> AttendanceChange:
    return AttendanceChange(
        attendance_mark_id=kept.id,
        mark=kept.mark,
        minutes=kept.minutes,
        source=kept.source,
        marked_at=kept.marked_at,
        received_at=kept.received_at,
        marked_by_id=kept.marked_by_id,
        confirmed_by_id=kept.confirmed_by_id,
        replaced_at=replaced_at,
    )
