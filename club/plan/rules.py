"""Where a target stands, and which values may be entered. Pure: facts in, verdict out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from club.plan.models import ObservationStatus, TargetKind


class PlanRefusal(StrEnum):
    COUNTED = "This figure is counted from the site's own rows; it cannot be typed."
    NO_SUCH_SERIES = "Choose one of the series."
    PERIOD_REVERSED = "The last day lies before the first. Check both."
    PERIOD_NOT_OVER = "The period is not over yet. Choose today or an earlier last day."
    TOO_EARLY = "The first day lies too far back. Check the year."
    VALUE_TOO_LARGE = "Check the value: it is larger than anything this can measure."
    SAME_AGAIN = "Exactly this value is there already."
    REASON_NEEDED = "There is a value for this period already. Say why another one takes its place."
    REPLACED_ALREADY = "This value does not stand any more."
    SERIES_KNOWN = "There is a series of this name for this indicator and territory already."


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


@dataclass(frozen=True)
class Known:
    """The value that stands for a period."""

    value: Decimal
    status: ObservationStatus
    source: str


def refusal_of_period(
    period_from: date, as_of: date, *, today: date
) -> tuple[PlanRefusal, str] | None:
    """The verdict and the form's field it is about."""
    if period_from.year < 1990:
        return PlanRefusal.TOO_EARLY, "period_from"
    if as_of < period_from:
        return PlanRefusal.PERIOD_REVERSED, "as_of"
    if as_of > today:
        return PlanRefusal.PERIOD_NOT_OVER, "as_of"
    return None


def refusal_of_value(
    given: Known, known: Known | None, *, reason: str | None
) -> tuple[PlanRefusal, str] | None:
    if abs(given.value) >= Decimal(10) ** 9:
        return PlanRefusal.VALUE_TOO_LARGE, "value"
    if known == given:
        return PlanRefusal.SAME_AGAIN, "value"
    if known is not None and not reason:
        return PlanRefusal.REASON_NEEDED, "reason"
    return None
