"""Where the marks of a chart stand. Series stay apart: no mark is joined to one of another series.

Sideways places are percentages of the width, so that letters keep their size on a phone; heights
are pixels from the top.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from club.indicators.models import Observation

HEIGHT = 264
_TOP, _BOTTOM = 20, 236
_LEFT, _RIGHT = 10.0, 96.0
_MOST_YEARS_NAMED = 7
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Mark:
    """One value: a point for a year or a day, a bar as long as a period of several years."""

    x: float
    #: Where a period of several years ends; as ``x`` for one year.
    x_end: float
    y: float
    observation: Observation


@dataclass(frozen=True)
class Line:
    """A series. ``joins`` are drawn between the marks of years that follow each other."""

    number: int
    marks: list[Mark]

    @property
    def joins(self) -> list[tuple[Mark, Mark]]:
        return [
            (one, next_one)
            for one, next_one in pairwise(self.marks)
            if is_year(one.observation)
            and is_year(next_one.observation)
            and next_one.observation.as_of.year == one.observation.as_of.year + 1
        ]


@dataclass(frozen=True)
class Chart:
    lines: list[Line]
    #: Place and value of each level.
    levels: list[tuple[float, float]]
    #: Place and number of each year that is named.
    years: list[tuple[float, int]]
    height: int = HEIGHT


def is_year(observation: Observation) -> bool:
    return observation.period_from.year == observation.as_of.year


def missing_years(values: Sequence[Observation]) -> list[int]:
    """The years between the first and the last single year of a series that it has no value for."""
    known = {one.as_of.year for one in values if is_year(one)}
    return sorted(set(range(min(known), max(known))) - known) if known else []


def chart_of(series: Sequence[Sequence[Observation]]) -> Chart | None:
    """Of each series' standing values, oldest first; ``None`` where there is nothing to compare."""
    values = [one for row in series for one in row]
    if len(values) < 2:
        return None
    first = min(one.period_from.year for one in values)
    last = max(one.as_of.year for one in values)
    levels = _levels([one.value for one in values])
    lowest, highest = levels[0], levels[-1]

    def across(year: float) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (year - first + 0.5) / (last - first + 1), 2)

    def down(value: float) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * (value - lowest) / (highest - lowest), 1)

    def mark(one: Observation) -> Mark:
        begins, ends = one.period_from.year, one.as_of.year
        spread = 0.0 if begins == ends else 0.4
        return Mark(across(begins - spread), across(ends + spread), down(float(one.value)), one)

    every = -(-(last - first + 1) // _MOST_YEARS_NAMED)
    return Chart(
        lines=[Line(n, [mark(one) for one in row]) for n, row in enumerate(series, start=1)],
        levels=[(down(level), level) for level in levels],
        years=[(across(year), year) for year in range(last, first - 1, -every)][::-1],
    )


def _levels(values: Sequence[Decimal]) -> list[float]:
    """Three to seven round numbers that hold all values and nought."""
    lowest, highest = min(0.0, float(min(values))), max(0.0, float(max(values)))
    rough = (highest - lowest or 1.0) / 4
    power = 10.0 ** (len(str(int(rough))) - 1) if rough >= 1 else 0.1
    step = next(n * power for n in _STEPS if n * power >= rough)
    begin, end = int(lowest // step), int(-(-highest // step))
    return [round(n * step, 4) for n in range(begin, max(end, begin + 1) + 1)]
