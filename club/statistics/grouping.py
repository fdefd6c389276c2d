"""Adds tallies up: one group for every combination of values that occurs.

Whatever is done for each of a million marks has to be little, so hundreds of classes are gone
through at once, and each step takes whole lists of what they have.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from itertools import chain, compress, repeat
from typing import Any

from club.periods import Cut, Period, month_number
from club.statistics.dimensions import PER_YEAR, Dimension, key
from club.statistics.queries import unit_keys
from club.statistics.selecting import EVERYTHING, Selection
from club.statistics.tallies.queries import LISTS, Columns, Profiles, tallies

#: What all people of a tally have in common, and what their profiles say of each.
_ALIKE = {
    Dimension.TOPIC: "topic_key", Dimension.COURSE: "course_code", Dimension.FUNDING: "funding",
} | dict.fromkeys(PER_YEAR, "day")  # fmt: skip
_OF_EACH = {
    Dimension.AUDIENCE: "audience", Dimension.UNIT: "unit_id", Dimension.SECTOR: "sector",
    Dimension.SEX: "sex", Dimension.RESULT: "completed",
}  # fmt: skip

_Values = tuple[str | None, ...]


@dataclass(frozen=True)
class Group:
    """What the records of some values have in common, and whose they are."""

    values: _Values
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
    names = dict.fromkeys(_ALIKE[d] for d in asked if d in _ALIKE)
    profiles, columns_of_some = tallies(names, period, as_of=as_of)
    keys = _Keys(period.cut, unit_keys() if Dimension.UNIT in asked else {}, profiles)
    cells = {by: _Cells(by, keys) for by in map(tuple, tables)}
    selected = _Selected(selection, keys)
    for columns in columns_of_some:
        some = _Some(selected.of(columns), keys)
        for table in cells.values():
            table.add(some)
    return [list(cells[tuple(by)].groups()) for by in tables]


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

    def __init__(self, cut: Cut, units: dict[int, str], profiles: Profiles) -> None:
        self._profiles = profiles
        self.of = {d: _Remembered(partial(_key, d, cut, units)) for d in Dimension}
        #: Of each profile, 1 for who completed.
        self.completed = _Remembered(lambda number: profiles[number].completed)

    def of_each(self, dimensions: Sequence[Dimension], number: int) -> _Values:
        """What the profile of this number says."""
        profile = self._profiles[number]
        return tuple(self.of[d][getattr(profile, _OF_EACH[d])] for d in dimensions)


def _key(dimension: Dimension, cut: Cut, units: dict[int, str], value: Any) -> str | None:
    if dimension is Dimension.UNIT:
        return units.get(value)
    if dimension in PER_YEAR:
        return key(dimension, month_number(value, cut) * PER_YEAR[dimension] // 12)
    return key(dimension, None if value == "" else value)


class _Selected:
    """Only the tallies, and of them only the people, that have the selected values."""

    def __init__(self, selection: Selection, keys: _Keys) -> None:
        self._common = {d: value for d, value in selection.items() if d in _ALIKE}
        self._keys = keys
        each = [d for d in selection if d in _OF_EACH]
        wanted = tuple(selection[d] for d in each)
        self._is_chosen = _Remembered(lambda number: keys.of_each(each, number) == wanted)
        self._are_all_chosen = not each

    def of(self, columns: Columns) -> Columns:
        for dimension, value in self._common.items():
            written = self._keys.of[dimension]
            columns = _kept(columns, [written[v] == value for v in columns[_ALIKE[dimension]]])
        if self._are_all_chosen:
            return columns
        who = [list(map(self._is_chosen.__getitem__, listed)) for listed in columns["profile"]]
        fewer = {name: list(map(list, map(compress, columns[name], who))) for name in LISTS}
        return _kept(columns | fewer, map(any, who))


def _kept(columns: Columns, which: Iterator[bool] | list[bool]) -> Columns:
    chosen = list(which)
    return {name: list(compress(values, chosen)) for name, values in columns.items()}


class _Some:
    """Some tallies, as tables need them."""

    def __init__(self, columns: Columns, keys: _Keys) -> None:
        self._columns, self._keys = columns, keys
        self.people: list[list[int]] = columns["people"]
        self._joined: dict[Sequence[Dimension], dict[_Values, list[list[int]]]] = {}

    @cached_property
    def minutes(self) -> list[int]:
        """Of each tally, as are those who completed."""
        return list(map(sum, self._columns["minutes"]))

    @cached_property
    def completed(self) -> list[int]:
        one = self._keys.completed.__getitem__
        return [sum(map(one, listed)) for listed in self._columns["profile"]]

    def values(self, dimensions: Sequence[Dimension]) -> Iterator[_Values]:
        """Of each tally, of dimensions that its people have in common."""
        if not dimensions:
            return repeat((), len(self.people))
        written = (map(self._keys.of[d].__getitem__, self._columns[_ALIKE[d]]) for d in dimensions)
        return zip(*written, strict=True)

    def together(self, dimensions: Sequence[Dimension]) -> dict[_Values, list[list[int]]]:
        """The lists, put together for all tallies that have the same values."""
        if dimensions not in self._joined:
            self._joined[dimensions] = self._together(dimensions)
        return self._joined[dimensions]

    def _together(self, dimensions: Sequence[Dimension]) -> dict[_Values, list[list[int]]]:
        places = defaultdict(list)
        for place, values in enumerate(self.values(dimensions)):
            places[values].append(place)
        lists = [self._columns[name].__getitem__ for name in LISTS]
        return {
            values: [list(chain.from_iterable(map(one, those))) for one in lists]
            for values, those in places.items()
        }


class _Line:
    """What is counted of tallies that have the same values, in places; of two that follow one
    another, the second is of those who completed, and their people are counted together.
    """

    def __init__(self) -> None:
        self.turns: dict[int, int] = defaultdict(int)
        self.minutes: list[int] = []
        self.people = _People()

    def reach(self, places: int) -> None:
        self.minutes += repeat(0, places - len(self.minutes))


class _People(dict[int, set[int]]):
    def __missing__(self, place: int) -> set[int]:
        found = self[place] = self[place ^ 1] = set()
        return found


class _Places(dict[int, int]):
    """Of each profile the place in which it is counted."""

    def __init__(self, by: Sequence[Dimension], keys: _Keys) -> None:
        super().__init__()
        self._by, self._keys = by, keys
        #: The values there are, numbered as they come.
        self.numbers: dict[_Values, int] = {}

    def __missing__(self, profile: int) -> int:
        values = self._keys.of_each(self._by, profile)
        number = self.numbers.setdefault(values, len(self.numbers))
        found: int = 2 * number + self._keys.completed[profile]
        self[profile] = found
        return found


class _Cells:
    """A table that is being counted."""

    def __init__(self, by: Sequence[Dimension], keys: _Keys) -> None:
        self._by = by
        self._common = tuple(d for d in by if d in _ALIKE)
        self._each = tuple(d for d in by if d in _OF_EACH)
        self._lines: dict[_Values, _Line] = defaultdict(_Line)
        self._places = _Places(self._each, keys)

    def add(self, some: _Some) -> None:
        if self._each:
            self._add_each(some)
        else:
            self._add_whole(some)

    def _add_whole(self, some: _Some) -> None:
        """Each tally belongs to one cell."""
        tallies = zip(
            some.values(self._common), some.people, some.minutes, some.completed, strict=True
        )
        for values, who, minutes, completed in tallies:
            line = self._lines[values]
            line.reach(2)
            line.turns[0] += len(who) - completed
            line.turns[1] += completed
            line.minutes[0] += minutes
            line.people[0].update(who)

    def _add_each(self, some: _Some) -> None:
        """Each person of a tally belongs to a cell."""
        for values, (people, minutes, profiles) in some.together(self._common).items():
            line = self._lines[values]
            places = list(map(self._places.__getitem__, profiles))
            for place, turns in Counter(places).items():
                line.turns[place] += turns
            line.reach(2 * len(self._places.numbers))
            minutes_of = line.minutes
            for place, spent in zip(places, minutes, strict=True):
                minutes_of[place] += spent
            deque(map(set.add, map(line.people.__getitem__, places), people), maxlen=0)

    def groups(self) -> Iterator[Group]:
        each = list(self._places.numbers) or [()]
        for common, line in self._lines.items():
            for place, people in line.people.items():
                if place % 2 == 0:
                    said = dict(zip(self._common, common, strict=True))
                    said |= zip(self._each, each[place // 2], strict=True)
                    yield self._group(said, line, place, people)

    def _group(
        self, said: dict[Dimension, str | None], line: _Line, place: int, people: set[int]
    ) -> Group:
        turns, completed = line.turns[place], line.turns[place + 1]
        return Group(
            values=tuple(said[d] for d in self._by),
            turns=turns + completed,
            people=people,
            minutes=line.minutes[place] + line.minutes[place + 1],
            completed=completed,
        )
