"""A row in every table: the demo club, and one of chance where it leaves a table empty."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

from sqlalchemy import Column, Enum, Table, TypeDecorator, exists, select
from sqlalchemy.exc import IntegrityError, StatementError

from club.db import db
from club.statistics.tallies.models import Listed
from club.upkeep.tables import all_tables
from tests.support.demo import load_small_demo

_BEGIN = datetime(2026, 11, 1, 3, tzinfo=UTC)
_VALUES: dict[type, Any] = {
    bool: True, int: 3, str: "đặng ánh", bytes: b"\x00\xff", date: date(2026, 11, 1),
    Decimal: Decimal("2.5"), object: {"vì sao": 1}, uuid.UUID: uuid.UUID(int=7),
}  # fmt: skip


def fill_every_table() -> None:
    load_small_demo()
    for table in all_tables():
        if not db.session.scalar(select(exists(select(table)))):
            _add_a_row(table)
    db.session.commit()
    db.session.remove()


def _add_a_row(table: Table) -> None:
    """With as many of the columns filled as the table's own checks let through."""
    for left_out in _fewest_first([c for c in table.columns if c.nullable]):
        values = {
            column.name: _value(column, position)
            for position, column in enumerate(table.columns)
            if column not in left_out and not (column.primary_key and column.name == "id")
        }
        try:
            with db.session.begin_nested():
                db.session.execute(table.insert().values(values))
        except (IntegrityError, StatementError):
            continue
        return
    raise AssertionError(f"no row fits {table.name}")


def _fewest_first(columns: Sequence[Column[Any]]) -> Iterator[tuple[Column[Any], ...]]:
    for number in range(len(columns) + 1):
        yield from combinations(columns, number)


def _value(column: Column[Any], position: int) -> Any:
    if column.foreign_keys:
        # A column may also be part of a key of several: what it leads to by itself decides.
        key = min(column.foreign_keys, key=lambda one: len(one.constraint.columns))
        found = db.session.scalars(select(key.column).order_by(key.column).limit(30)).all()
        return found[position % len(found)] if found else None
    if isinstance(column.type, Listed):
        return [1]
    stored = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(stored, Enum):
        return next(iter(stored.enum_class or stored.enums))
    kind = stored.python_type
    if kind is datetime:
        # Later columns say what came later.
        return _BEGIN + timedelta(hours=position)
    return _VALUES[kind]
