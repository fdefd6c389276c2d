"""Trainee counts. Every page and file takes its figures from ``trainee_counts``.

The definitions are those of ``docs/figures.md``; ``DEFINITIONS`` names their version.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from club.hours import hours_of
from club.periods import Period
from club.statistics.dimensions import PER_YEAR, Dimension, times
from club.statistics.grouping import Group, groups
from club.statistics.selecting import EVERYTHING, Selection

DEFINITIONS = "2026-2"


@dataclass(frozen=True)
class Measures:
    """``turns`` are participations (lượt người); ``people`` are distinct persons (người)."""

    turns: int
    people: int
    minutes: int
    #: ``None`` where outsiders may not see it.
    completed: int | None

    @property
    def hours(self) -> Decimal:
        return hours_of(self.minutes)


NOTHING = Measures(turns=0, people=0, minutes=0, completed=0)


@dataclass(frozen=True)
class Row:
    #: One value per asked dimension, in the asked order; ``None`` where it is not known.
    values: tuple[str | None, ...]
    #: ``None`` where outsiders may not see so few people.
    measures: Measures | None


@dataclass(frozen=True)
class Counts:
    period: Period
    by: tuple[Dimension, ...]
    as_of: datetime
    total: Measures | None
    rows: list[Row]


def trainee_counts(
    period: Period,
    *,
    by: Sequence[Dimension] = (),
    as_of: datetime,
    selection: Selection = EVERYTHING,
) -> Counts:
    """Turns, people and hours of what is selected of a period, in total and for every combination
    of ``by``.

    ``people`` are counted within the whole selection each figure stands for: the people of
    two months are not the sum of the months. ``as_of`` answers with what the records said
    at that moment.
    """
    return tables_of(period, tables=[by], as_of=as_of, selection=selection)[0]


def tables_of(
    period: Period,
    *,
    tables: Sequence[Sequence[Dimension]],
    as_of: datetime,
    selection: Selection = EVERYTHING,
) -> list[Counts]:
    """What ``trainee_counts`` says of each, all of them counted in one reading."""
    found = groups(period, tables=tables, as_of=as_of, selection=selection)
    # The groups of any table are all that was selected; few of them are put together fastest.
    total = measures_of(min(found, key=len))
    return [
        Counts(period, tuple(by), as_of, total, _rows(counted, period, by) if by else [])
        for by, counted in zip(tables, found, strict=True)
    ]


def measures_of(found: Collection[Group]) -> Measures:
    """Who is in several groups counts once."""
    return Measures(
        turns=sum(group.turns for group in found),
        people=len(set[int]().union(*(group.people for group in found))),
        minutes=sum(group.minutes for group in found),
        completed=sum(group.completed for group in found),
    )


def _measures(group: Group) -> Measures:
    return Measures(group.turns, len(group.people), group.minutes, group.completed)


def _rows(found: Sequence[Group], period: Period, asked: Sequence[Dimension]) -> list[Row]:
    rows = [Row(group.values, _measures(group)) for group in found]
    if len(asked) == 1 and asked[0] in PER_YEAR:
        known = {row.values[0] for row in rows}
        rows += [Row((one,), NOTHING) for one in times(period, asked[0]) if one not in known]
    return sorted(rows, key=lambda row: tuple((v is None, v or "") for v in row.values))
