"""Adds tallies up: one group for every combination of values that occurs.

Whatever is done for each of a million marks has to be little, so hundreds of classes are gone
through at once, and each step takes whole lists of what they have.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain, compress, repeat
from typing import Any

from club.periods import Cut, Period, month_number
from club.statistics.dimensions import COMPLETED, PER_YEAR, Dimension, key
from club.statistics.queries import unit_keys
from club.statistics.selecting import EVERYTHING, Selection
from club.statistics.tallies.queries import LISTS, tallies

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

#: Some tallies: for each column what one after the other has there.
_Columns = dict[str, list[Any]]


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
    tables: Sequence[Sequence[Dimension]],
    as_of: datetime,
    selection: Selection = EVERYTHING,
) -> list[list[Group]]:
    """The records of a period for each of the tables, which are counted in one reading: one group
    for every combination of its dimensions that occurs.
    """
    asked = {*chain.from_iterable(tables), *selection}
    names = dict.fromkeys([*_COUNTED, *((_ALIKE | _LISTED)[d] for d in asked)])
    keys = _Keys(period.cut, unit_keys() if Dimension.UNIT in asked else {})
    cells = {by: _Cells(by) for by in map(tuple, tables)}
    for columns in tallies(names, period, as_of=as_of):
        some = _Some(_selected(columns, selection, keys), keys)
        for table in cells.values():
            table.add(some)
    return [list(cells[tuple(by)].groups(keys)) for by in tables]


class _Remembered(dict[Any, Any]):
    """Asks once for each."""

    def __init__(self, ask: Callable[[Any], Any]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, one: Any) -> Any:
        found = self[one] = self._ask(one)
        return found


class _Keys:
    """Of each dimension, how files and addresses write a value of the tallies."""

    def __init__(self, cut: Cut, units: dict[int, str]) -> None:
        self._cut, self._units = cut, units
        self.of = {d: _Remembered(partial(self._key, d)) for d in Dimension}

    def _key(self, dimension: Dimension, value: Any) -> str | None:
        if dimension is Dimension.UNIT:
            return self._units.get(value)
        if dimension in PER_YEAR:
            return key(dimension, month_number(value, self._cut) * PER_YEAR[dimension] // 12)
        return key(dimension, None if value == "" else value)

    def listed(self, dimension: Dimension, written: str | None) -> int | str:
        """The other way round, for what is listed."""
        if dimension is Dimension.RESULT:
            return int(written == COMPLETED)
        if dimension is Dimension.UNIT:
            ids = {key: unit_id for unit_id, key in self._units.items()}
            return _NO_UNIT if written is None else ids.get(written, _UNHEARD_OF)
        return written or ""


def _selected(columns: _Columns, selection: Selection, keys: _Keys) -> _Columns:
    """Only the tallies, and of them only the people, that have the selected values."""
    for dimension, value in selection.items():
        if dimension in _ALIKE:
            written = keys.of[dimension]
            columns = _kept(columns, [written[v] == value for v in columns[_ALIKE[dimension]]])
            continue
        listed, wanted = columns[_LISTED[dimension]], keys.listed(dimension, value)
        who = [[one == wanted for one in values] for values in listed]
        fewer = {
            name: [list(compress(values, some)) for values, some in zip(lists, who, strict=True)]
            for name, lists in columns.items()
            if name in LISTS
        }
        columns = _kept(columns | fewer, map(any, who))
    return columns


def _kept(columns: _Columns, which: Iterator[bool] | list[bool]) -> _Columns:
    chosen = list(which)
    return {name: list(compress(values, chosen)) for name, values in columns.items()}


class _Some:
    """Some tallies, as tables need them."""

    def __init__(self, columns: _Columns, keys: _Keys) -> None:
        self.columns = columns
        #: Of all people of all these tallies, one after the other.
        self.listed = _Remembered(lambda name: list(chain.from_iterable(columns[name])))
        #: Of each tally.
        self.common = _Remembered(lambda d: list(map(keys.of[d].__getitem__, columns[_ALIKE[d]])))
        self.sums = _Remembered(lambda name: list(map(sum, columns[name])))

    def of_each(self, dimension: Dimension) -> Iterator[Any]:
        """A value for every person of every tally."""
        if dimension in _LISTED:
            return iter(self.listed[_LISTED[dimension]])
        sizes = map(len, self.columns["people"])
        return chain.from_iterable(map(repeat, self.common[dimension], sizes))


class _Cells:
    """A table that is being counted. Its cells are numbered as they come."""

    def __init__(self, by: Sequence[Dimension]) -> None:
        self._by = by
        self._is_common = not _LISTED.keys() & set(by)
        self._numbers = _Remembered(self._begun)
        self._turns: list[int] = []
        self._minutes: list[int] = []
        self._completed: list[int] = []
        self._people: list[set[int]] = []

    def _begun(self, _values: Any) -> int:
        for measure in (self._turns, self._minutes, self._completed):
            measure.append(0)
        self._people.append(set())
        return len(self._people) - 1

    def add(self, some: _Some) -> None:
        if self._is_common:
            self._add_whole(some)
        else:
            self._add_each(some)

    def _add_whole(self, some: _Some) -> None:
        """Each tally belongs to one cell."""
        people = some.columns["people"]
        values = zip(*(some.common[d] for d in self._by), strict=True) if self._by else repeat(())
        cells = map(self._numbers.__getitem__, values)
        for cell, who, minutes, completed in zip(
            cells, people, some.sums["minutes"], some.sums["completed"], strict=False
        ):
            self._turns[cell] += len(who)
            self._minutes[cell] += minutes
            self._completed[cell] += completed
            self._people[cell].update(who)

    def _add_each(self, some: _Some) -> None:
        """Each person of a tally belongs to a cell."""
        each = list(map(some.of_each, self._by))
        values = zip(*each, strict=True) if len(each) > 1 else each[0]
        cells = list(map(self._numbers.__getitem__, values))
        for cell, turns in Counter(cells).items():
            self._turns[cell] += turns
        for cell, completed in Counter(compress(cells, some.listed["completed"])).items():
            self._completed[cell] += completed
        minutes_of = self._minutes
        for cell, minutes in zip(cells, some.listed["minutes"], strict=True):
            minutes_of[cell] += minutes
        sets = map(self._people.__getitem__, cells)
        deque(map(set.add, sets, some.listed["people"]), maxlen=0)

    def groups(self, keys: _Keys) -> Iterator[Group]:
        written = [keys.of[d].__getitem__ if d in _LISTED else str for d in self._by]
        measures = zip(self._turns, self._people, self._minutes, self._completed, strict=True)
        for values, measured in zip(self._numbers, measures, strict=True):
            each = values if isinstance(values, tuple) else (values,)
            named = tuple(write(value) for write, value in zip(written, each, strict=True))
            yield Group(named, *measured)
