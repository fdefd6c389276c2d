"""Trainee counts. Every page and file takes its figures from ``trainee_counts``.

The definitions are those of ``docs/figures.md``; ``DEFINITIONS`` names their version.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    String,
    case,
    cast,
    extract,
    func,
    select,
)

from club.db import db
from club.periods import LAST_REPORT_DAY, Cut, Period
from club.records.models import TrainingRecord
from club.statistics.dimensions import PER_YEAR, Dimension, key, times
from club.statistics.selecting import EVERYTHING, IN_ORDER, STORED, Selection, standing
from club.units.models import Unit

DEFINITIONS = "2026-2"
_MINUTES_PER_HOUR = 60


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
        return round(Decimal(self.minutes) / _MINUTES_PER_HOUR, 1)


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
    """What ``trainee_counts`` says of each, all of them counted in one statement."""
    every = tuple(dict.fromkeys(dimension for by in tables for dimension in by))
    found = groups(period, by=every, as_of=as_of, selection=selection)
    total = measures_of(found)
    return [
        Counts(period, by, as_of, total, _rows(_joined(found, every, by), period, by) if by else [])
        for by in map(tuple, tables)
    ]


@dataclass(frozen=True)
class Group:
    """What the records of some values have in common, and whose they are."""

    values: tuple[str | None, ...]
    turns: int
    people: frozenset[str]
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
    counting = _counting(tuple(by), period.cut, standing(period, as_of, selection))
    found = db.session.execute(counting).all()
    return [_group(row, by) for row in found]


def _group(row: Any, by: Sequence[Dimension]) -> Group:
    values, (turns, people, minutes, completed) = row[: len(by)], row[len(by) :]
    keys = (key(dimension, value) for dimension, value in zip(by, values, strict=True))
    everybody = frozenset((people or "").split())
    # PostgreSQL adds counts up to decimals.
    return Group(tuple(keys), int(turns), everybody, int(minutes), int(completed))


def _joined(
    found: Sequence[Group], every: tuple[Dimension, ...], by: tuple[Dimension, ...]
) -> Sequence[Group]:
    """Groups by some of the dimensions, from those by every one."""
    if by == every:
        return found
    places = [every.index(dimension) for dimension in by]
    alike: dict[tuple[str | None, ...], list[Group]] = {}
    for group in found:
        alike.setdefault(tuple(group.values[place] for place in places), []).append(group)
    return [
        Group(
            values,
            turns=sum(part.turns for part in parts),
            people=frozenset[str]().union(*(part.people for part in parts)),
            minutes=sum(part.minutes for part in parts),
            completed=sum(part.completed for part in parts),
        )
        for values, parts in alike.items()
    ]


def measures_of(found: Collection[Group]) -> Measures:
    """Who is in several groups counts once."""
    return Measures(
        turns=sum(group.turns for group in found),
        people=len(frozenset[str]().union(*(group.people for group in found))),
        minutes=sum(group.minutes for group in found),
        completed=sum(group.completed for group in found),
    )


def _counting(
    asked: tuple[Dimension, ...], cut: Cut, conditions: tuple[ColumnElement[bool], ...]
) -> Select[tuple[Any, ...]]:
    """One row a group, with the numbers of all its people: told apart in ``Group``, they need
    neither a second pass for the total nor a tree that the database would sort them into.

    Days are counted first, in the order of the index, so that nothing at all is sorted for
    most tables, and a day's month is worked out once.
    """
    record = TrainingRecord
    stored = {d: c for d, c in STORED.items() if d in asked}
    if stored.keys() <= IN_ORDER.keys():
        stored = IN_ORDER
    days = (
        select(
            record.day,
            *stored.values(),
            func.count().label("turns"),
            func.aggregate_strings(cast(record.person_id, String), " ").label("people"),
            func.sum(record.attended_minutes).label("minutes"),
            func.sum(cast(record.completed, Integer)).label("completions"),
        )
        .where(*conditions)
        .group_by(record.day, *stored.values())
        .subquery()
        .c
    )
    columns: list[SQLColumnExpression[Any]] = [
        _column(dimension, days, cut).label(f"d{n}") for n, dimension in enumerate(asked)
    ]
    grouped = select(
        *columns,
        func.coalesce(func.sum(days.turns), 0).label("turns"),
        func.aggregate_strings(days.people, " ").label("people"),
        func.coalesce(func.sum(days.minutes), 0).label("minutes"),
        func.coalesce(func.sum(days.completions), 0).label("completions"),
    ).group_by(*columns)
    return _with_unit_keys(grouped, asked) if Dimension.UNIT in asked else grouped


def _with_unit_keys(
    grouped: Select[tuple[Any, ...]], asked: tuple[Dimension, ...]
) -> Select[tuple[Any, ...]]:
    """The same groups, each unit by its key: joined when everything is counted, to few rows."""
    groups_found = grouped.subquery()
    unit_id = groups_found.c[f"d{asked.index(Dimension.UNIT)}"]
    columns = [Unit.key if column is unit_id else column for column in groups_found.c]
    joined = groups_found.outerjoin(Unit, Unit.id == unit_id)
    return select(*columns).select_from(joined)


def _column(dimension: Dimension, days: Any, cut: Cut) -> SQLColumnExpression[Any]:
    """A dimension's value, from counted days; years, quarters and months are counted from year 0.

    In reports a day after the 14th belongs to the next month.
    """
    if dimension in STORED:
        column: SQLColumnExpression[Any] = days[STORED[dimension].key]
        return column
    months = cast(extract("year", days.day), Integer) * 12
    months += cast(extract("month", days.day), Integer) - 1
    if cut is Cut.REPORT:
        months += case((extract("day", days.day) > LAST_REPORT_DAY, 1), else_=0)
    return {
        Dimension.YEAR: months // 12,
        Dimension.QUARTER: months // 3,
        Dimension.MONTH: months,
    }[dimension]


def _rows(found: Sequence[Group], period: Period, asked: tuple[Dimension, ...]) -> list[Row]:
    rows = [Row(group.values, measures_of([group])) for group in found]
    if len(asked) == 1 and asked[0] in PER_YEAR:
        known = {row.values[0] for row in rows}
        rows += [Row((one,), NOTHING) for one in times(period, asked[0]) if one not in known]
    return sorted(rows, key=lambda row: tuple((v is None, v or "") for v in row.values))
