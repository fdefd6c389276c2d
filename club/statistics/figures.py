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
    asked = tuple(by)
    found = groups(period, by=asked, as_of=as_of, selection=selection)
    return Counts(
        period, asked, as_of, measures_of(found), _rows(found, period, asked) if asked else []
    )


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
    units = _unit_keys() if Dimension.UNIT in by else {}
    return [_group(row, by, units) for row in found]


def _group(row: Any, by: Sequence[Dimension], units: dict[int, str]) -> Group:
    values, (turns, people, minutes, completed) = row[: len(by)], row[len(by) :]
    keys = (key(dimension, value, units) for dimension, value in zip(by, values, strict=True))
    everybody = frozenset((people or "").split())
    # PostgreSQL adds counts up to decimals.
    return Group(tuple(keys), int(turns), everybody, int(minutes), int(completed))


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
    return select(
        *columns,
        func.coalesce(func.sum(days.turns), 0),
        func.aggregate_strings(days.people, " "),
        func.coalesce(func.sum(days.minutes), 0),
        func.coalesce(func.sum(days.completions), 0),
    ).group_by(*columns)


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


def _unit_keys() -> dict[int, str]:
    return dict(db.session.execute(select(Unit.id, Unit.key)).all())
