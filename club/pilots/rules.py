"""What a pilot project may be, and which firms count for the plan. Pure: facts in, verdict out."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol

from club.people.models import AudienceKind, SizeClass
from club.pilots.models import PilotOutcome, PilotPart

PLAN_ISSUED = date(2021, 11, 18)
#: "Doanh nghiệp nhỏ và vừa" of the plan; micro firms are the smallest of them.
SMALL_AND_MEDIUM = frozenset({SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM})


class PilotRefusal(StrEnum):
    NOT_AN_ENTERPRISE = "Only an enterprise can have a pilot project of the plan."
    STARTS_LATER = "A project is entered once it has begun. Choose today or an earlier day."
    BEFORE_THE_PLAN = "The plan is of 18 November 2021: choose that day or a later one."
    ENDS_BEFORE_IT_STARTS = "The last day lies before the first. Check both."
    ENDS_LATER = "Enter the end once it has come. Choose today or an earlier day."
    ENDED_ALREADY = "This project has ended already."
    ENTERED_ALREADY = "This firm has a project with this title already."
    DAY_AHEAD = "This day lies ahead. Choose today or an earlier day."
    BEFORE_THE_PROJECT = "The project began later. Choose its first day or a later one."
    AFTER_THE_PROJECT = "The project has ended by then. Choose its last day or an earlier one."
    ON_THE_LIST = "This person is on the list of the project already."
    OWN_PART = "Nobody confirms an own part in a project. Somebody else has to."
    SETTLED = "Somebody has settled this in the meantime. Look at it once more."
    CONFIRMED = "The club has confirmed this. Write to a coordinator to have it changed."
    MEASURED_BEFORE_AFTER = "The day of the second figure has to be later than that of the first."


class Project(Protocol):
    @property
    def organisation_id(self) -> int: ...
    @property
    def size_class(self) -> SizeClass: ...
    @property
    def started_on(self) -> date: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def outcome(self) -> PilotOutcome | None: ...


def refusal_to_enter(
    *, kind: AudienceKind, started_on: date, today: date
) -> tuple[PilotRefusal, str | None] | None:
    """The verdict and the form's field it is about."""
    if kind is not AudienceKind.ENTERPRISE:
        return PilotRefusal.NOT_AN_ENTERPRISE, None
    if started_on > today:
        return PilotRefusal.STARTS_LATER, "started_on"
    if started_on < PLAN_ISSUED:
        return PilotRefusal.BEFORE_THE_PLAN, "started_on"
    return None


def refusal_to_end(project: Project, *, ended_on: date, today: date) -> PilotRefusal | None:
    if project.ended_on is not None:
        return PilotRefusal.ENDED_ALREADY
    if ended_on < project.started_on:
        return PilotRefusal.ENDS_BEFORE_IT_STARTS
    if ended_on > today:
        return PilotRefusal.ENDS_LATER
    return None


def counts_on(project: Project, day: date) -> bool:
    """Whether the project makes its firm count on a day: it has begun, and is running or was
    completed. What was abandoned counts until its last day.
    """
    if project.size_class not in SMALL_AND_MEDIUM or project.started_on > day:
        return False
    abandoned = project.outcome is PilotOutcome.ABANDONED
    return not (abandoned and project.ended_on is not None and project.ended_on < day)


def firms_on(projects: Iterable[Project], day: date) -> int:
    """Distinct small and medium-sized firms with a project that counts on a day."""
    return len({p.organisation_id for p in projects if counts_on(p, day)})


def problems_of_part(
    project: Project, *, from_day: date | None, to_day: date | None, today: date
) -> list[tuple[PilotRefusal, str]]:
    """Of the days on which somebody takes part; none given: as long as the project goes. The
    verdicts, each with the form's field it is about.
    """
    found = []
    for day, field in ((from_day, "from_day"), (to_day, "to_day")):
        if day is None:
            continue
        if day > today:
            found.append((PilotRefusal.DAY_AHEAD, field))
        elif day < project.started_on:
            found.append((PilotRefusal.BEFORE_THE_PROJECT, field))
        elif project.ended_on is not None and day > project.ended_on:
            found.append((PilotRefusal.AFTER_THE_PROJECT, field))
    if from_day and to_day and to_day < from_day:
        found.append((PilotRefusal.ENDS_BEFORE_IT_STARTS, "to_day"))
    return found


def refusal_to_confirm(part: PilotPart, *, by_person_id: int) -> PilotRefusal | None:
    """Four eyes: whoever gains a project by it does not confirm it."""
    if part.person_id == by_person_id:
        return PilotRefusal.OWN_PART
    settled = part.removed_at is not None or part.confirmed_at is not None
    return PilotRefusal.SETTLED if settled else None


def refusal_to_remove(part: PilotPart, *, keeps: bool) -> PilotRefusal | None:
    """``keeps``: a coordinator does it; the firm takes back what the club has not confirmed."""
    if part.removed_at is not None:
        return PilotRefusal.SETTLED
    return PilotRefusal.CONFIRMED if part.confirmed_at is not None and not keeps else None


def problems_of_measure(
    project: Project, *, before_on: date, after_on: date, today: date
) -> list[tuple[PilotRefusal, str]]:
    """A first figure may be older than the project; the second one is not of before it."""
    if after_on <= today and after_on < project.started_on:
        return [(PilotRefusal.BEFORE_THE_PROJECT, "after_on")]
    return problems_of_figures(before_on=before_on, after_on=after_on, today=today)


def problems_of_figures(
    *, before_on: date, after_on: date, today: date
) -> list[tuple[PilotRefusal, str]]:
    """Of the days of two figures, whatever project they are of."""
    if after_on > today:
        return [(PilotRefusal.DAY_AHEAD, "after_on")]
    if before_on >= after_on:
        return [(PilotRefusal.MEASURED_BEFORE_AFTER, "after_on")]
    return []
