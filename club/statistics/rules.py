"""What outsiders may see of a year: sums of enough people only, and none that tell of fewer.

A year is cut into halves, quarters and months. Each span of months that is shown is part of a
longer one whose figures are shown as well, so whatever stands beside it can be worked out by
subtraction. Hence two rules, kept at every length:

- Where a part would be of too few people, it is put together with its neighbours, and none of
  them is shown.
- Where a value of a dimension is of too few people in one of the parts, it is joined with others
  until they are enough in every part; all parts of one span join the same values, and what a
  span joins its parts join too.

What can be worked out is then nobody at all, or at least ``SMALLEST_SHOWN`` people.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

SMALLEST_SHOWN = 5
#: The spans that are shown, in months.
LENGTHS = (12, 6, 3, 1)
YEAR = range(12)

#: Months of a year, January being 0.
Months = range
Value = str | None


@dataclass(frozen=True)
class Cell:
    """The people of one month and one value, such as a course."""

    month: int
    value: Value
    #: What other tables show the value as a part of, such as the course's topic.
    part_of: Value
    people: AbstractSet[int]
    turns: int


def joined_values(cells: Collection[Cell]) -> dict[Months, frozenset[Value]]:
    """The spans of a year that outsiders may see, each with the values they see only together.

    ``cells`` are everything of that year, by one dimension.
    """
    if is_few(cell.people for cell in cells):
        return {}
    shown: dict[Months, frozenset[Value]] = {}
    blocks = [_Block((YEAR,), cells, frozenset(), frozenset())]
    for length in LENGTHS:
        blocks = [part for block in blocks for part in block.parts(length)]
        shown |= {block.spans[0]: block.joined for block in blocks if len(block.spans) == 1}
    return shown


def is_few(groups: Iterable[AbstractSet[int]]) -> bool:
    """Whether together they are somebody, but too few; looks at no more people than it must."""
    seen: set[int] = set()
    for people in groups:
        seen.update(islice(people, SMALLEST_SHOWN))
        if len(seen) >= SMALLEST_SHOWN:
            return False
    return bool(seen)


@dataclass(frozen=True)
class _Block:
    """Spans of one length that outsiders see together, or a single one."""

    spans: tuple[Months, ...]
    cells: Collection[Cell]
    joined: frozenset[Value]
    #: The wider values that are joined in their own table.
    joined_wider: frozenset[Value]

    def parts(self, length: int) -> list["_Block"]:
        spans = [
            range(first, first + length)
            for span in self.spans
            for first in range(span.start, span.stop, length)
        ]
        by_span = {span: [c for c in self.cells if c.month in span] for span in spans}
        together = _of_enough(by_span)
        columns = [[cell for span in spans for cell in by_span[span]] for spans in together]
        wider = _joined(columns, self.joined_wider, of=lambda c: c.part_of, pool=lambda _c: None)
        joined = _joined(
            columns,
            self.joined,
            of=lambda c: c.value,
            # The rest of a wider value that is shown follows from it.
            pool=lambda c: (c.part_of in wider, None if c.part_of in wider else c.part_of),
        )
        return [
            _Block(spans, column, joined, wider)
            for spans, column in zip(together, columns, strict=True)
        ]


def _of_enough(by_span: Mapping[Months, Collection[Cell]]) -> list[tuple[Months, ...]]:
    """The spans in order, those of too few people together with what follows, else with what
    comes before. Empty months between two such spans stay with them, so that nobody can tell
    which of them were empty.
    """
    together: list[tuple[Months, ...]] = []
    waiting: tuple[Months, ...] = ()
    for span in by_span:
        waiting += (span,)
        if not _few_within(by_span, waiting):
            together.append(waiting)
            waiting = ()
    if waiting:
        empty_end = _empty_at_the_end(by_span, waiting)
        before = max(n for n, spans in enumerate(together) if _turns(by_span, spans))
        merged = [span for spans in together[before:] for span in spans]
        together[before:] = [(*merged, *waiting[: len(waiting) - empty_end])]
        together += [(span,) for span in waiting[len(waiting) - empty_end :]]
    return together


def _few_within(by_span: Mapping[Months, Collection[Cell]], spans: Iterable[Months]) -> bool:
    return is_few(cell.people for span in spans for cell in by_span[span])


def _turns(by_span: Mapping[Months, Collection[Cell]], spans: Iterable[Months]) -> int:
    return sum(cell.turns for span in spans for cell in by_span[span])


def _empty_at_the_end(by_span: Mapping[Months, Collection[Cell]], spans: Sequence[Months]) -> int:
    return next(n for n, span in enumerate(reversed(spans)) if by_span[span])


def _joined(
    columns: Sequence[Collection[Cell]],
    already: Iterable[Value],
    *,
    of: Callable[[Cell], Value],
    pool: Callable[[Cell], Hashable],
) -> frozenset[Value]:
    """The values that are too few in a column, and those that have to hide them.

    In each pool the joined values must be enough in every column, for their sum can be worked
    out. The smallest others are joined first.
    """
    pools: dict[Hashable, dict[Value, list[list[Cell]]]] = {}
    for n, column in enumerate(columns):
        for cell in column:
            by_column = pools.setdefault(pool(cell), {}).setdefault(of(cell), [[] for _ in columns])
            by_column[n].append(cell)
    joined = set(already)
    for values in pools.values():
        joined |= {value for value in values if _few_in_a_column(values, {value})}
    while lacking := [v for v in pools.values() if _few_in_a_column(v, joined & v.keys())]:
        for values in lacking:
            joined.add(min(values.keys() - joined, key=lambda v: _size(values[v], v)))
    return frozenset(joined)


def _few_in_a_column(
    values: Mapping[Value, Sequence[Collection[Cell]]], among: Collection[Value]
) -> bool:
    columns = zip(*(values[value] for value in among), strict=True)
    return any(is_few(cell.people for cells in column for cell in cells) for column in columns)


def _size(by_column: Sequence[Collection[Cell]], value: Value) -> tuple[int, str]:
    return sum(cell.turns for cells in by_column for cell in cells), value or ""
