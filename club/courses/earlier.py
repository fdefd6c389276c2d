"""Classes that were held before the club kept them here. They come closed, with their records."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from club import clock
from club.courses import queries
from club.courses.models import Course, Funding, Run, RunEventKind, RunForm, RunState
from club.courses.run_story import note
from club.db import transaction

_MOST_SEATS = 2000


@dataclass(frozen=True)
class EarlierClass:
    first_day: date
    last_day: date
    people: int
    form: RunForm
    funding: Funding


def lay_down_class(course: Course, facts: EarlierClass, *, by: int, now: datetime) -> Run:
    """Its code carries the year in which it ended. Of its hours nothing is known but the days."""
    with transaction() as session:
        run = Run(
            code=queries.next_run_code(course, year=facts.last_day.year),
            course=course,
            state=RunState.CLOSED,
            is_earlier=True,
            form=facts.form,
            funding=facts.funding,
            seats=min(max(facts.people, 1), _MOST_SEATS),
            starts_at=clock.instant_of(facts.first_day),
            ends_at=clock.instant_of(facts.last_day + timedelta(days=1)) - timedelta(minutes=1),
            created_at=now,
            modified_at=now,
            closed_at=now,
            closed_by_id=by,
        )
        session.add(run)
        for kind in (RunEventKind.CREATED, RunEventKind.CLOSED):
            note(run, kind, by=by, now=now)
        session.flush()
        return run


def take_class_back(run: Run, *, reason: str, by: int, now: datetime) -> None:
    """It stays, as one that never was."""
    with transaction():
        run.state, run.cancelled_at, run.cancellation_reason = RunState.CANCELLED, now, reason
        run.revision, run.modified_at = run.revision + 1, now
        note(run, RunEventKind.CANCELLED, reason=reason, by=by, now=now)
