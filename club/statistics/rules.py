"""What outsiders may see of a table: no cell of fewer than five people, none to be worked out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from club.statistics.figures import Row

SMALLEST_SHOWN = 5


#: For each dimension of a table, what its values add up to in other tables: months to quarters.
Wider = Sequence[Sequence[Callable[[str | None], object]]]


def hidden_rows(rows: Sequence[Row], *, wider: Wider = ()) -> set[int]:
    """Which rows of a table to hide from the public, by their place in it.

    A row of fewer than five people is hidden. A line of the table (all rows that differ in one
    dimension only, or those of them that share a wider value of it) has a total that outsiders
    may know. Where it has a single hidden row, or hidden rows of fewer than five people
    together, they could be worked out from that, so its smallest other row is hidden with them.
    """
    hidden = {n for n, row in enumerate(rows) if 0 < row.measures.people < SMALLEST_SHOWN}
    some = {n for n, row in enumerate(rows) if row.measures.people}
    lines = [line & some for line in _lines(rows, wider)]
    while True:
        also = {
            _smallest(rows, line - hidden)
            for line in lines
            if line - hidden and _gives_away(rows, line & hidden)
        }
        if not also:
            return hidden
        hidden |= also


def _gives_away(rows: Sequence[Row], hidden: set[int]) -> bool:
    together = sum(rows[n].measures.people for n in hidden)
    return len(hidden) == 1 or 0 < together < SMALLEST_SHOWN


def _lines(rows: Sequence[Row], wider: Wider) -> Iterable[set[int]]:
    width = len(rows[0].values) if rows else 0
    for dimension in range(width):
        for widened in (_to_all, *(wider[dimension] if wider else ())):
            lines: dict[Any, set[int]] = defaultdict(set)
            for n, row in enumerate(rows):
                others = row.values[:dimension] + row.values[dimension + 1 :]
                lines[others, widened(row.values[dimension])].add(n)
            yield from lines.values()


def _to_all(_value: str | None) -> None:
    return None


def _smallest(rows: Sequence[Row], among: set[int]) -> int:
    return min(among, key=lambda n: (rows[n].measures.people, n))
