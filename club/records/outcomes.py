"""What the rule of a run makes of everybody's marks and results."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from club.clock import local_day
from club.courses.models import Run
from club.records.attendance.lists import Entry
from club.records.attendance.rules import Attendance, HeldSession, Presence, attendance
from club.records.models import TrainingRecord
from club.records.results.completing import Shortfall, demands_of, shortfalls
from club.records.results.facts import Result, Scale
from club.records.results.models import PersonResult, RunScale


@dataclass(frozen=True)
class Outcome:
    """What one person's attendance and results come to when the run closes."""

    entry: Entry
    attendance: Attendance
    #: A participation (lượt người).
    counts: bool
    #: What the person lacks for completing.
    lacks: tuple[Shortfall, ...]
    #: What was written down of the person, and the maximum scores it is measured by.
    result: PersonResult | None = None
    scale: RunScale | None = None

    @property
    def attended_minutes(self) -> int:
        return self.attendance.attended_minutes

    @property
    def completed(self) -> bool:
        return not self.lacks


def outcomes(
    run: Run,
    entries: Iterable[Entry],
    presences: Mapping[int, Collection[Presence]],
    results: Mapping[int, PersonResult],
    scale: RunScale | None,
) -> list[Outcome]:
    """One outcome for each entry, in the entries' order; presences and results by person."""
    held = [HeldSession(s.id, local_day(s.starts_at), s.minutes) for s in run.held_sessions]
    found = []
    for entry in entries:
        attended = attendance(held, presences.get(entry.person.id, ()))
        result = results.get(entry.person.id)
        lacks = _lacks(run, attended, result, scale)
        counts = attended.reaches(run.counting_threshold)
        found.append(Outcome(entry, attended, counts, lacks, result, scale))
    return found


def lacks_of(record: TrainingRecord) -> tuple[Shortfall, ...]:
    """Why a record is not completed, told from what it stores."""
    attended = Attendance(record.planned_minutes, record.attended_minutes, record.person_days)
    return _lacks(record.run, attended, record.result, record.scale)


def _lacks(
    run: Run, attended: Attendance, result: PersonResult | None, scale: RunScale | None
) -> tuple[Shortfall, ...]:
    return shortfalls(
        demands_of(run),
        attended,
        result.result if result else Result(),
        scale.scale if scale else Scale(),
    )
