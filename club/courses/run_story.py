"""What is written down about a run beside its facts: its revision, its story, its places.

Part of the operations that change it; each joins their transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm.attributes import set_committed_value

from club.audit.operations import record
from club.courses.listings import keep_listings
from club.courses.models import Course, Run, RunEvent, RunEventKind, Session
from club.courses.versions import touch
from club.db import plainly, transaction

_KEEP_PLACES = update(cast("Table", Run.__table__)).where(Run.id == bindparam("run"))


def keep_places(run: Run, *, taken: int, waiting: int) -> None:
    """Note on the run how many places are confirmed and how many people wait.

    Called in the transaction that changes the registrations. The calendar does not show
    places, so the run's revision stays.
    """
    revision = run.places_revision + 1
    kept = {"places_taken": taken, "waiting_count": waiting, "places_revision": revision}
    with transaction() as session:
        # One plain statement: everybody who registers for the run waits for this one.
        plainly(session).execute(_KEEP_PLACES, {"run": run.id, **kept})
    for name, value in kept.items():
        set_committed_value(run, name, value)


def note_seats_changed(run: Run, *, before: int, by: int | None, now: datetime) -> None:
    """Called in the transaction that changed the seats of a run."""
    with transaction():
        _raise_revision(run, now=now)
        detail = f"{before} → {run.seats}"
        note(run, RunEventKind.SEATS_CHANGED, detail=detail, by=by, now=now)


def note_terms_changed(run: Run, *, by: int | None, now: datetime) -> None:
    """Called in the transaction that gave the run terms of its own, or changed them."""
    with transaction():
        run.has_own_terms = True
        _raise_revision(run, now=now)
        note(run, RunEventKind.CHANGED, detail="terms", by=by, now=now)


def _raise_revision(run: Run, *, now: datetime) -> None:
    """Nobody has to be told, so how the run stands need not be described anew."""
    run.revision, run.modified_at = run.revision + 1, now


def raise_revisions_of(course: Course, *, now: datetime) -> None:
    """Called in the transaction that changed a course: the pages and calendar entries of its
    runs show it.
    """
    with transaction():
        for run in course.runs:
            _raise_revision(run, now=now)


@contextmanager
def changing_course(course: Course, *, now: datetime) -> Iterator[None]:
    """Around a change of the course: the pages and calendar entries of its runs show it."""
    with transaction() as session:
        keep_listings(course.runs)
        texts = _texts(course)
        yield
        session.flush()
        raise_revisions_of(course, now=now)
        if _texts(course) != texts:
            meetings = select(Session).join(Session.run).where(Run.course_id == course.id)
            for meeting in session.scalars(meetings):
                meeting.modified_at = now
        keep_listings(course.runs)


def _texts(course: Course) -> tuple[object, ...]:
    """What the calendar entries of its sessions say of a course."""
    return course.title, course.title_en, course.topic_id


def raise_deadline(run: Run, *, now: datetime) -> None:
    run.deadline_sequence += 1
    run.deadline_modified_at = now


def decided(
    run: Run, kind: RunEventKind, *, by: int | None, now: datetime, reason: str | None = None
) -> None:
    """A change of state: part of the run's story and of the audit log."""
    touch(run, now=now)
    raise_deadline(run, now=now)
    note(run, kind, reason=reason, by=by, now=now)
    detail = {"reason": reason} if reason else None
    action = f"courses.run_{kind.value}"
    record(action, subject_kind="run", subject_id=run.code, by=by, now=now, detail=detail)


def note(
    run: Run,
    kind: RunEventKind,
    *,
    by: int | None,
    now: datetime,
    detail: str | None = None,
    reason: str | None = None,
) -> None:
    with transaction() as session:
        session.add(RunEvent(run=run, kind=kind, at=now, by_id=by, detail=detail, reason=reason))
