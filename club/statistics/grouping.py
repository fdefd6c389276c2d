"""Adds tallies up: one group for every combination of values that occurs."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from typing import Any

from club.periods import Cut, Period, month_number
from club.statistics.dimensions import COMPLETED, PER_YEAR, Dimension, key
from club.statistics.queries import unit_keys
from club.statistics.selecting import EVERYTHING, Selection
from club.statistics.tallies.queries import tallies

#: What all people of a tally have in common, and what is listed of each.
_ALIKE = {
    Dimension.TOPIC: "topic_key", Dimension.COURSE: "course_code", Dimension.FUNDING: "funding",
} | dict.fromkeys(PER_YEAR, "day")  # fmt: skip
_LISTED = {
    Dimension.AUDIENCE: "audience", Dimension.UNIT: "unit_id", Dimension.SECTOR: "sector",
    Dimension.SEX: "sex", Dimension.RESULT: "completed",
}  # fmt: skip
_COUNTED = ("people", "minutes", "completed")
_NO_UNIT, _UNHEARD_OF = 0, -1

_Tally = dict[str, Any]
_Values = tuple[Any, ...]


@dataclass(frozen=True)
class Group:
    """What the records of some values have in common, and whose they are."""

    values: tuple[str | None, ...]
    turns: int
    people: AbstractSet[int]
    minutes: int
    completed: int


def groups(
    period: Period,
    *,
    by: Sequence[Dimension],
    as_of: datetime,
    selection: Selection = EVERYTHING,
) -> list[Group]:
    """The records of a period, one group for every combination of ``by`` that occurs."""
    units = unit_keys() if Dimension.UNIT in {*by, *selection} else {}
    heaps: defaultdict[_Values, _Heap] = defaultdict(_Heap)
    for tally in _selected(period, by, as_of, selection, units):
        common = tuple(_common(tally, d, period.cut) for d in by if d in _ALIKE)
        heaps[common].add(tally, [tally[_LISTED[d]] for d in by if d in _LISTED])
    order = [*(d for d in by if d in _ALIKE), *(d for d in by if d in _LISTED)]
    places = [order.index(d) for d in by]
    return [
        Group(
            tuple(_key(order[n], values[n], units) for n in places),
            sums.turns,
            heap.people[listed],
            sums.minutes,
            sums.completed,
        )
        for common, heap in heaps.items()
        for listed, sums in heap.sums().items()
        for values in [(*common, *listed)]
    ]


class _Heap:
    """People of whatever is alike of their classes, told apart by what is listed of them.

    Whatever is done for each of a million marks has to be little, so lists are counted whole.
    """

    def __init__(self) -> None:
        #: How often values come together with minutes and a result.
        self.often: Counter[_Values] = Counter()
        self.people: defaultdict[_Values, set[int]] = defaultdict(set)

    def add(self, tally: _Tally, values: Sequence[list[Any]]) -> None:
        self.often.update(zip(*values, tally["minutes"], tally["completed"], strict=True))
        if not values:
            self.people[()].update(tally["people"])
            return
        for cell, person in zip(zip(*values, strict=True), tally["people"], strict=True):
            self.people[cell].add(person)

    def sums(self) -> Mapping[_Values, "_Sums"]:
        """By the listed values."""
        found: defaultdict[_Values, _Sums] = defaultdict(_Sums)
        for together, often in self.often.items():
            *values, minutes, completed = together
            found[tuple(values)].add(often, minutes, completed)
        return found


@dataclass
class _Sums:
    turns: int = 0
    minutes: int = 0
    completed: int = 0

    def add(self, often: int, minutes: int, completed: int) -> None:
        self.turns += often
        self.minutes += often * minutes
        self.completed += often * completed


def _selected(
    period: Period,
    by: Sequence[Dimension],
    as_of: datetime,
    selection: Selection,
    units: Mapping[int, str],
) -> Iterator[_Tally]:
    """As they are kept, with those people alone who have the selected values."""
    columns = tuple(dict.fromkeys([*_COUNTED, *((_ALIKE | _LISTED)[d] for d in (*by, *selection))]))
    alike = {d: value for d, value in selection.items() if d in _ALIKE}
    listed = {_LISTED[d]: _listed(d, v, units) for d, v in selection.items() if d in _LISTED}
    for row in tallies(columns, period, as_of=as_of):
        tally = dict(zip(columns, row, strict=True))
        if any(key(d, _common(tally, d, period.cut)) != value for d, value in alike.items()):
            continue
        for name, value in listed.items():
            kept = [one == value for one in tally[name]]
            lists = {name: every for name, every in tally.items() if isinstance(every, list)}
            tally |= {name: list(compress(every, kept)) for name, every in lists.items()}
        yield tally


def _common(tally: _Tally, dimension: Dimension, cut: Cut) -> Any:
    """Years, quarters and months are counted from year 0; in reports a day after the 14th belongs
    to the next month.
    """
    if dimension in PER_YEAR:
        return month_number(tally["day"], cut) * PER_YEAR[dimension] // 12
    return tally[_ALIKE[dimension]]


def _listed(dimension: Dimension, value: str | None, units: Mapping[int, str]) -> int | str:
    """A selected value as tallies list it."""
    if dimension is Dimension.RESULT:
        return int(value == COMPLETED)
    if dimension is Dimension.UNIT:
        ids = {key: unit_id for unit_id, key in units.items()}
        return _NO_UNIT if value is None else ids.get(value, _UNHEARD_OF)
    return value or ""


def _key(dimension: Dimension, value: Any, units: Mapping[int, str]) -> str | None:
    if dimension is Dimension.UNIT:
        return units.get(value)
    return key(dimension, None if value == "" else value)
