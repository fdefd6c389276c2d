"""What the run's thresholds make of everybody's marks."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from club.clock import local_day
from club.courses.models import Run
from club.records.attendance.lists import Entry
from club.records.attendance.rules import Attendance, HeldSession, Presence, attendance


@dataclass(frozen=True)
class Outcome:
    """What one person's attendance comes to when the run closes."""

    entry: Entry
    attendance: Attendance
    #: A participation (lượt người).
    counts: bool
    completed: bool


def outcomes(
    run: Run, entries: Iterable[Entry], presences: Mapping[int, Collection[Presence]]
) -> list[Outcome]:
    """One outcome for each entry, in the entries' order; ``presences`` by person."""
    held = [HeldSession(s.id, local_day(s.starts_at), s.minutes) for s in run.held_sessions]
    return [_outcome(run, held, entry, presences.get(entry.person.id, ())) for entry in entries]


def _outcome(
    run: Run, held: list[HeldSession], entry: Entry, presences: Collection[Presence]
) -> Outcome:
    result = attendance(held, presences)
    return Outcome(
        entry=entry,
        attendance=result,
        counts=result.reaches(run.counting_threshold),
        completed=result.reaches(run.completion_threshold),
    )
