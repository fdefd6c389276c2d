"""Reading single cells of a list: what people type, and what spreadsheets make of it."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from club.vietnamese import folded, tidy_line
from club.web.typed_numbers import typed_number

T = TypeVar("T")

_EXCEL_BEGINS = date(1899, 12, 30)
#: 01/01/1990 and 31/12/2100, as spreadsheets count days.
_SERIAL_DAYS = range(32874, 73416)
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")


class CellRefusal(StrEnum):
    NEEDED = "Fill this cell: every row needs it."
    NOT_A_DAY = "Write the day as day/month/year, for example 31/12/2023."
    WHOLE = "Write a whole number above 0, for example 2."
    NOT_OFFERED = "Choose one of the words in the list of allowed values: %(allowed)s."
    FORMULA = "This cell holds a formula. Paste the value in its place."
    TOO_LONG = "Shorten this to %(most)s characters."


class CellError(Exception):
    """What is wrong with a cell, and the values of the sentence."""

    def __init__(self, refusal: StrEnum, **values: object) -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.values = values


def text_of(cell: object) -> str:
    """As people read it: whole numbers without a decimal point."""
    if cell is None or cell == "" or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    return tidy_line(str(cell)[:2000])


def day_in(cell: object) -> date:
    """A day as spreadsheets hold it, or as it is written here."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and int(cell) in _SERIAL_DAYS:
        return _EXCEL_BEGINS + timedelta(days=int(cell))
    typed = text_of(cell)
    if not typed:
        raise CellError(CellRefusal.NEEDED)
    if found := _DAY.fullmatch(typed):
        day, month, year = map(int, found.groups())
    elif found := _ISO_DAY.fullmatch(typed):
        year, month, day = map(int, found.groups())
    else:
        raise CellError(CellRefusal.NOT_A_DAY)
    try:
        return date(year, month, day)
    except ValueError as no_such_day:
        raise CellError(CellRefusal.NOT_A_DAY) from no_such_day


def number_in(cell: object) -> Decimal | None:
    """``None`` for what is no number. Texts with a decimal point or a decimal comma are both found
    in such lists.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Decimal(str(cell))
    typed = text_of(cell)
    return typed_number(typed, english="." in typed and "," not in typed)


def whole_number_in(cell: object) -> int | None:
    typed = text_of(cell)
    if not typed:
        return None
    if not re.fullmatch(r"[1-9]\d{0,3}", typed, re.ASCII):
        raise CellError(CellRefusal.WHOLE)
    return int(typed)


class Choices(Generic[T]):
    """Words that may stand in a cell, however they are written, and what each means."""

    def __init__(self, offered: Mapping[str, T]) -> None:
        self.words = list(offered)
        self._meanings = {folded(word): meaning for word, meaning in offered.items()}

    def meant(self, cell: object) -> T | None:
        """``None`` for an empty cell."""
        typed = folded(text_of(cell))
        if isinstance(cell, bool):
            typed = "co" if cell else "khong"
        if not typed:
            return None
        if typed not in self._meanings:
            raise CellError(CellRefusal.NOT_OFFERED, allowed=", ".join(self.words))
        return self._meanings[typed]


def words_in(cell: object, *, most: int = 200) -> str | None:
    typed = text_of(cell)
    if len(typed) > most:
        raise CellError(CellRefusal.TOO_LONG, most=most)
    return typed or None
