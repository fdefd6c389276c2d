"""A run is closed when its attendance is final, and opened again to correct it.

The records room decides when that may be; these steps join its transaction.
"""

from datetime import datetime

from club.courses.models import Run, RunEvent, RunEventKind, RunState
from club.courses.versions import touch
from club.db import transaction


def close_run(run: Run, *, by: int | None, now: datetime) -> None:
    with transaction() as session:
        run.state = RunState.CLOSED
        run.closed_at = now
        run.closed_by_id = by
        _note_change(run, now)
        session.add(RunEvent(run_id=run.id, kind=RunEventKind.CLOSED, at=now, by_id=by))


def reopen_run(run: Run, *, reason: str, by: int | None, now: datetime) -> None:
    with transaction() as session:
        run.state = RunState.PUBLISHED
        run.closed_at = None
        run.closed_by_id = None
        _note_change(run, now)
        session.add(
            RunEvent(run_id=run.id, kind=RunEventKind.REOPENED, at=now, by_id=by, reason=reason)
        )


def _note_change(run: Run, now: datetime) -> None:
    """A change of state: news for the run's pages and for its deadline in calendars."""
    touch(run, now=now)
    run.deadline_sequence += 1
    run.deadline_modified_at = now
