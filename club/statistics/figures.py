"""Trainee counts. Every page and file takes its figures from ``trainee_counts``.

The definitions are those of ``docs/figures.md``; ``DEFINITIONS`` names their version.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    cast,
    extract,
    func,
    or_,
    select,
)

from club.db import db
from club.records.models import TrainingRecord
from club.statistics.periods import Period
from club.units.models import Unit

DEFINITIONS = "2026-1"
_MINUTES_PER_HOUR = 60


class Dimension(StrEnum):
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    AUDIENCE = "audience"
    TOPIC = "topic"
    COURSE = "course"
    UNIT = "unit"
    SECTOR = "sector"
    SEX = "sex"
    FUNDING = "funding"


@dataclass(frozen=True)
class Measures:
    """``turns`` are participations (lượt người); ``people`` are distinct persons (người)."""

    turns: int
    people: int
    minutes: int
    completed: int

    @property
    def hours(self) -> Decimal:
        return round(Decimal(self.minutes) / _MINUTES_PER_HOUR, 1)


@dataclass(frozen=True)
class Row:
    #: One value per asked dimension, in the asked order; ``None`` where it is not known.
    values: tuple[str | None, ...]
    measures: Measures


@dataclass(frozen=True)
class Counts:
    period: Period
    by: tuple[Dimension, ...]
    as_of: datetime
    total: Measures
    rows: list[Row]


def trainee_counts(period: Period, *, by: Sequence[Dimension] = (), as_of: datetime) -> Counts:
    """Turns, people and hours of a period, in total and for every combination of ``by``.

    ``people`` are counted within the whole selection each figure stands for: the people of
    two months are not the sum of the months. ``as_of`` answers with what the records said
    at that moment.
    """
    asked = tuple(by)
    total = db.session.execute(_counting(period, as_of)).one()
    rows = []
    if asked:
        columns: list[SQLColumnExpression[Any]] = [
            _column(dimension).label(f"d{n}") for n, dimension in enumerate(asked)
        ]
        query = _counting(period, as_of, *columns).group_by(*columns)
        rows = _rows(db.session.execute(query).all(), asked)
    return Counts(period, asked, as_of, _measures(total), rows)


def _counting(
    period: Period, as_of: datetime, *columns: SQLColumnExpression[Any]
) -> Select[tuple[Any, ...]]:
    record = TrainingRecord
    return select(
        *columns,
        func.count(record.id),
        func.count(func.distinct(record.person_id)),
        func.coalesce(func.sum(record.attended_minutes), 0),
        func.coalesce(func.sum(cast(record.completed, Integer)), 0),
    ).where(*standing(period, as_of))


def standing(period: Period, as_of: datetime) -> tuple[ColumnElement[bool], ...]:
    """The records that count in a period, as the club knew them at ``as_of``."""
    record = TrainingRecord
    return (
        record.counts.is_(True),
        record.day.between(period.first, period.last),
        record.computed_at <= as_of,
        or_(record.superseded_at.is_(None), record.superseded_at > as_of),
    )


def _column(dimension: Dimension) -> SQLColumnExpression[Any]:
    record = TrainingRecord
    year = cast(extract("year", record.day), Integer)
    month = cast(extract("month", record.day), Integer)
    columns: dict[Dimension, SQLColumnExpression[Any]] = {
        Dimension.YEAR: year,
        Dimension.QUARTER: year * 100 + (month + 2) // 3,
        Dimension.MONTH: year * 100 + month,
        Dimension.AUDIENCE: record.audience,
        Dimension.TOPIC: record.topic_key,
        Dimension.COURSE: record.course_code,
        Dimension.UNIT: record.unit_id,
        Dimension.SECTOR: record.sector,
        Dimension.SEX: record.sex,
        Dimension.FUNDING: record.funding,
    }
    return columns[dimension]


def _rows(found: Sequence[Any], asked: tuple[Dimension, ...]) -> list[Row]:
    units = _unit_keys() if Dimension.UNIT in asked else {}
    rows = [
        Row(
            tuple(
                _key(dimension, value, units) for dimension, value in zip(asked, row, strict=False)
            ),
            _measures(row[len(asked) :]),
        )
        for row in found
    ]
    return sorted(rows, key=lambda row: tuple((v is None, v or "") for v in row.values))


def _unit_keys() -> dict[int, str]:
    return dict(db.session.execute(select(Unit.id, Unit.key)).all())


def _key(dimension: Dimension, value: Any, units: dict[int, str]) -> str | None:
    """A value as files and addresses write it: 2026, 2026-Q1, 2026-03, enterprise."""
    if value is None:
        return None
    if dimension is Dimension.UNIT:
        return units[value]
    if dimension is Dimension.QUARTER:
        return f"{value // 100}-Q{value % 100}"
    if dimension is Dimension.MONTH:
        return f"{value // 100}-{value % 100:02d}"
    return str(value.value if isinstance(value, Enum) else value)


def _measures(found: Any) -> Measures:
    turns, people, minutes, completed = found
    return Measures(int(turns), int(people), int(minutes), int(completed))
