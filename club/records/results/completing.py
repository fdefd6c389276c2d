"""What a run asks of whoever completes it, and what somebody lacks of that. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from club.courses.models import Run
from club.records.attendance.rules import Attendance
from club.records.results.facts import Result, Scale


class Part(StrEnum):
    """What completing may ask for."""

    ATTENDANCE = "attendance"
    POST_TEST = "post_test"
    ASSIGNMENT = "assignment"
    CONFIRMATION = "confirmation"


@dataclass(frozen=True)
class Demands:
    """Shares in percent: of the planned time, and of the maximum scores; ``None``: not asked."""

    attended: int
    post_test: int | None = None
    assignment: int | None = None
    confirmation: bool = False


@dataclass(frozen=True)
class Shortfall:
    """A part that somebody lacks."""

    part: Part
    #: Percent that are needed; ``None`` where there is nothing to measure.
    needed: int | None = None
    #: Percent that were reached, never rounded up; ``None``: nothing was written down.
    reached: Decimal | None = None


def demands_of(run: Run) -> Demands:
    return Demands(
        attended=run.completion_threshold,
        post_test=run.post_test_minimum,
        assignment=run.assignment_minimum,
        confirmation=run.confirmation_needed,
    )


def shortfalls(
    demands: Demands, attendance: Attendance, result: Result, scale: Scale
) -> tuple[Shortfall, ...]:
    """Everything that somebody lacks for completing; nothing: the person completes."""
    return tuple(_shortfalls(demands, attendance, result, scale))


def _shortfalls(
    demands: Demands, attendance: Attendance, result: Result, scale: Scale
) -> Iterator[Shortfall]:
    if not attendance.reaches(demands.attended):
        planned = Decimal(attendance.planned_minutes)
        share = _percent(Decimal(attendance.attended_minutes), planned) if planned else Decimal(0)
        yield Shortfall(Part.ATTENDANCE, demands.attended, share)
    asked = (
        (Part.POST_TEST, demands.post_test, result.post_test),
        (Part.ASSIGNMENT, demands.assignment, result.assignment),
    )
    for part, needed, score in asked:
        maximum = scale.maximums[part.value]
        if needed is not None and (score is None or score * 100 < needed * maximum):
            yield Shortfall(part, needed, None if score is None else _percent(score, maximum))
    if demands.confirmation and not result.confirmed:
        yield Shortfall(Part.CONFIRMATION)


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    # Rounded down: 59.96 must not read as the 60 that were needed.
    return (part * 100 / whole).quantize(Decimal("0.1"), rounding=ROUND_FLOOR)
