"""What outsiders may see of a table: no cell of fewer than five people, none to be worked out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from club.statistics.figures import Row

SMALLEST_SHOWN = 5


def hidden_rows(rows: Sequence[Row]) -> set[int]:
    """Which rows of a table to hide from the public, by their place in it.

    A row of fewer than five people is hidden. Where that leaves a line of the table (all
    rows that differ in one dimension only) with a single hidden row, it could be worked out
    from the line's total, so the smallest other row of that line is hidden with it.
    """
    hidden = {n for n, row in enumerate(rows) if 0 < row.measures.people < SMALLEST_SHOWN}
    while True:
        also = {
            _smallest(rows, line - hidden)
            for line in _lines(rows)
            if len(line & hidden) == 1 and line - hidden
        }
        if not also:
            return hidden
        hidden |= also


def _lines(rows: Sequence[Row]) -> Iterable[set[int]]:
    width = len(rows[0].values) if rows else 0
    for dimension in range(width):
        lines: dict[tuple[str | None, ...], set[int]] = defaultdict(set)
        for n, row in enumerate(rows):
            lines[row.values[:dimension] + row.values[dimension + 1 :]].add(n)
        yield from lines.values()


def _smallest(rows: Sequence[Row], among: set[int]) -> int:
    return min(among, key=lambda n: (rows[n].measures.people, n))
