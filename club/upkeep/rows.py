"""Rows as lines of JSON and back, the same on both engines."""

import base64
import uuid
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

import orjson
from sqlalchemy import Table
from sqlalchemy.types import TypeDecorator, TypeEngine

_READ: dict[type, Callable[[Any], Any]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    time: time.fromisoformat,
    uuid.UUID: uuid.UUID,
    Decimal: Decimal,
    bytes: base64.b64decode,
}


def line_of(row: dict[str, Any]) -> bytes:
    return orjson.dumps(row, default=_as_text, option=orjson.OPT_APPEND_NEWLINE)


def _as_text(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(type(value).__name__)


def reader(table: Table) -> Callable[[bytes], dict[str, Any]]:
    """A function that turns a line back into the values of a row of ``table``."""
    readers = {
        column.name: read for column in table.columns if (read := _reader(column.type)) is not None
    }

    def read_line(line: bytes) -> dict[str, Any]:
        row: dict[str, Any] = orjson.loads(line)
        for name, read in readers.items():
            if row.get(name) is not None:
                row[name] = read(row[name])
        return row

    return read_line


def _reader(stored: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    plain = stored.impl_instance if isinstance(stored, TypeDecorator) else stored
    kind = plain.python_type
    return kind if issubclass(kind, Enum) else _READ.get(kind)
