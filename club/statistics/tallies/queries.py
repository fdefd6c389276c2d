"""Tallies as they are kept, or as the records of marked classes would make them now."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    String,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    type_coerce,
    union,
    union_all,
)

from club.courses.models import Run
from club.db import db
from club.periods import Period
from club.records.models import TrainingRecord
from club.statistics.tallies.models import RunTally, RunToTally

#: What the records of one tally have in common.
ALIKE = (
    "run_id", "day", "computed_at", "superseded_at", "topic_key", "course_code", "funding",
)  # fmt: skip
#: What is listed of their people.
LISTS = ("people", "minutes", "completed", "audience", "unit_id", "sector", "sex")
_CHECKED_AT_ONCE = 500
_READ_AT_ONCE = 500


def tallies(
    columns: Iterable[str], period: Period, *, as_of: datetime
) -> Iterator[dict[str, list[Any]]]:
    """These columns of all that counts in a period, as the club knew it at ``as_of``, some hundreds
    of tallies at a time. One statement, so that it is of one moment.
    """
    names = list(columns)
    marked = select(RunToTally.run_id)
    kept = select(*map(_stored, names)).where(
        RunTally.run_id.not_in(marked), *_standing(RunTally, period, as_of)
    )
    anew = packed(
        TrainingRecord.run_id.in_(marked), *_standing(TrainingRecord, period, as_of)
    ).subquery()
    found = db.session.execute(union_all(kept, select(*(anew.c[name] for name in names))))
    for rows in found.partitions(_READ_AT_ONCE):
        some = zip(names, zip(*rows, strict=True), strict=True)
        yield {name: _read(values) if name in LISTS else list(values) for name, values in some}


def _stored(name: str) -> ColumnElement[Any]:
    """Lists in writing: they are read by the hundred, which takes half the time."""
    column = getattr(RunTally, name)
    return type_coerce(column, String) if name in LISTS else column


def _read(lists: Iterable[str]) -> list[Any]:
    found: list[Any] = orjson.loads(f"[{','.join(lists)}]")
    return found


def _standing(
    source: type[RunTally | TrainingRecord], period: Period, as_of: datetime
) -> Iterator[ColumnElement[bool]]:
    yield source.day.between(period.first, period.last)
    yield source.computed_at <= as_of
    yield or_(source.superseded_at.is_(None), source.superseded_at > as_of)


def packed(*conditions: ColumnElement[bool]) -> Select[tuple[Any, ...]]:
    """The tallies that records come to: columns as ``ALIKE`` and ``LISTS`` name them.

    All lists of a row come from one pass over its records, so they are in the same order.
    """
    record = TrainingRecord
    alike = [getattr(record, name) for name in ALIKE]
    listed: dict[str, ColumnElement[str]] = {
        "people": _numbers(record.person_id),
        "minutes": _numbers(record.attended_minutes),
        "completed": _numbers(cast(record.completed, Integer)),
        "audience": _words(cast(record.audience, String)),
        "unit_id": _numbers(func.coalesce(record.unit_id, 0)),
        "sector": _words(func.coalesce(record.sector, "")),
        "sex": _words(cast(record.sex, String)),
    }
    columns = (listed[name].label(name) for name in LISTS)
    return select(*alike, *columns).where(record.counts.is_(True), *conditions).group_by(*alike)


def _numbers(column: SQLColumnExpression[int]) -> ColumnElement[str]:
    return literal("[") + func.aggregate_strings(cast(column, String), ",") + literal("]")


def _words(column: SQLColumnExpression[str]) -> ColumnElement[str]:
    """Keys from lists of the house: none has a quote in it."""
    return literal('["') + func.aggregate_strings(column, '","') + literal('"]')


def runs_with_records_or_tallies() -> list[int]:
    both = union(select(TrainingRecord.run_id), select(RunTally.run_id)).subquery()
    return list(db.session.scalars(select(both.c.run_id).order_by(both.c.run_id)))


def is_any_marked() -> bool:
    return db.session.scalar(select(RunToTally.run_id).limit(1)) is not None


def differing_runs() -> list[str]:
    """Codes of the classes whose tallies are not what their records come to, though none of them
    is marked. Reads every record.
    """
    last = db.session.scalar(select(func.max(TrainingRecord.run_id))) or 0
    ids = [
        run_id
        for first in range(1, last + 1, _CHECKED_AT_ONCE)
        for run_id in _differing(first, first + _CHECKED_AT_ONCE - 1)
    ]
    return list(db.session.scalars(select(Run.code).where(Run.id.in_(ids)).order_by(Run.code)))


def _differing(first: int, last: int) -> Iterator[int]:
    marked = select(RunToTally.run_id)
    kept = select(
        literal_column("0").label("is_anew"),
        *(getattr(RunTally, name) for name in (*ALIKE, *LISTS)),
    ).where(RunTally.run_id.between(first, last), RunTally.run_id.not_in(marked))
    record = TrainingRecord
    anew = packed(record.run_id.between(first, last), record.run_id.not_in(marked)).subquery()
    both = union_all(kept, select(literal_column("1"), *anew.c)).order_by("run_id")
    for run_id, rows in groupby(db.session.execute(both), key=lambda row: row.run_id):
        said: tuple[list[Any], list[Any]] = [], []
        for row in rows:
            said[row.is_anew].append(_in_any_order(row))
        if sorted(said[0]) != sorted(said[1]):
            yield run_id


def _in_any_order(row: Any) -> str:
    """A tally in writing, alike however its people are ordered."""
    alike = [str(getattr(row, name)) for name in ALIKE]
    people = sorted(zip(*(getattr(row, name) for name in LISTS), strict=True))
    return f"{alike} {people}"
