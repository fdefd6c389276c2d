"""Where a target stands. Pure: facts in, verdict out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from club.plan.models import TargetKind


class TargetState(StrEnum):
    MET = "met"
    #: Reached, but only after the year the plan names.
    MET_LATE = "met_late"
    #: Was reached when the plan wanted it, and is not any more.
    LOST = "lost"
    IN_PROGRESS = "in_progress"
    #: The year is over and the target was not reached.
    BEHIND = "behind"
    CONTRIBUTORY = "contributory"
    #: To be entered with a source, and nobody has found one.
    NO_FIGURE = "no_figure"


@dataclass(frozen=True)
class Reading:
    """What is known of a target: its value on the day looked at, and at its own deadline or on
    that day if the deadline is still to come.
    """

    value: Decimal | None
    by_deadline: Decimal | None


def deadline(by_year: int) -> date:
    return date(by_year, 12, 31)


def target_state(
    kind: TargetKind, wanted: Decimal | None, reading: Reading, *, by_year: int, on: date
) -> TargetState:
    """A target that the city cannot measure itself is never called met."""
    if kind is TargetKind.CONTRIBUTORY:
        return TargetState.CONTRIBUTORY
    if reading.value is None:
        return TargetState.NO_FIGURE
    if wanted is None:
        return TargetState.IN_PROGRESS
    reached = reading.value >= wanted
    if on <= deadline(by_year):
        return TargetState.MET if reached else TargetState.IN_PROGRESS
    in_time = reading.by_deadline is not None and reading.by_deadline >= wanted
    if in_time:
        return TargetState.MET if reached else TargetState.LOST
    return TargetState.MET_LATE if reached else TargetState.BEHIND
