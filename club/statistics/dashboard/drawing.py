"""Where the marks of the dashboard's charts stand.

Sideways places are percentages of the width, so that letters keep their size on a phone; heights
are pixels from the top. The same drawing stands in the page and in the file that is downloaded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

#: Of columns: the picture, its plot, and the most of them that carry their figure or their name.
HEIGHT, _TOP, _BOTTOM = 236, 26, 206
_LEFT = 11.0
_MOST_FIGURES = _MOST_NAMES = 12
_FILLED = 0.72
#: Of bars: the height of one line, and how many are drawn; all of them stand in the table.
LINE = 44
MOST_BARS = 8
_LONGEST_NAME = 34


@dataclass(frozen=True)
class Value:
    """What is drawn of one month, group or stage: its first figure large, the second beside it."""

    name: str
    #: Under a column, where there is little room.
    short: str
    first: int
    second: int | None
    #: How the figures are written.
    text: str
    #: The address of the rows behind the first figure; empty where there are none.
    rows_at: str = ""


@dataclass(frozen=True)
class Box:
    #: Of the width, in percent.
    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True)
class Column:
    first: Box
    second: Box | None
    middle: float
    #: Empty where it would not fit.
    name: str
    figure: str
    rows_at: str

    @property
    def has_second(self) -> bool:
        return self.second is not None and self.second.height > 0


@dataclass(frozen=True)
class Columns:
    columns: list[Column]
    #: Place and value of each level.
    levels: list[tuple[float, int]]
    height: int = HEIGHT
    bottom: int = _BOTTOM
    left: float = _LEFT


@dataclass(frozen=True)
class Bar:
    name: str
    text: str
    y: int
    first: float
    second: float | None
    rows_at: str

    @property
    def has_second(self) -> bool:
        return bool(self.second)


@dataclass(frozen=True)
class Bars:
    bars: list[Bar]
    #: How many values are in the table only.
    left_out: int
    height: int


def columns_of(values: Sequence[Value]) -> Columns:
    """Two columns side by side for each value, from nought up."""
    levels = levels_to(max((max(v.first, v.second or 0) for v in values), default=0))
    each = (100 - _LEFT) / max(len(values), 1)
    every = -(-len(values) // _MOST_NAMES)

    def box(position: int, amount: int, place: int) -> Box:
        width = each * _FILLED / 2
        x = _LEFT + each * (position + (1 - _FILLED) / 2) + place * width
        height = (_BOTTOM - _TOP) * amount / levels[-1]
        return Box(
            _percent(x), _percent(width * 0.94), round(_BOTTOM - height, 1), round(height, 1)
        )

    columns = [
        Column(
            first=box(n, value.first, 0),
            second=None if value.second is None else box(n, value.second, 1),
            middle=_percent(_LEFT + each * (n + 0.5)),
            name="" if n % every else value.short,
            figure=value.text if value.first and len(values) <= _MOST_FIGURES else "",
            rows_at=value.rows_at if value.first else "",
        )
        for n, value in enumerate(values)
    ]
    places = [
        (round(_BOTTOM - (_BOTTOM - _TOP) * level / levels[-1], 1), level) for level in levels
    ]
    return Columns(columns, places)


def bars_of(values: Sequence[Value]) -> Bars:
    """A long bar for the first figure, a thin one below it for the second."""
    drawn = values[:MOST_BARS]
    most = max((max(v.first, v.second or 0) for v in drawn), default=0) or 1
    bars = [
        Bar(
            name=shortened(value.name),
            text=value.text,
            y=n * LINE,
            first=_percent(100 * value.first / most),
            second=None if value.second is None else _percent(100 * value.second / most),
            rows_at=value.rows_at if value.first else "",
        )
        for n, value in enumerate(drawn)
    ]
    return Bars(bars, len(values) - len(drawn), LINE * len(bars))


def levels_to(most: int) -> list[int]:
    """At most six round numbers from nought, the last of them at least ``most``."""
    steps = (n * 10**power for power in count() for n in (1, 2, 5))
    step = next(step for step in steps if step * 5 >= most)
    return [step * n for n in range(max(1, -(-most // step)) + 1)]


def shortened(name: str) -> str:
    """A name that fits above its bar on a phone; the table has all of it."""
    if len(name) <= _LONGEST_NAME:
        return name
    return name[: _LONGEST_NAME - 1].rsplit(" ", 1)[0].rstrip(",;:–-") + "…"


def _percent(value: float) -> float:
    return round(value, 2)
