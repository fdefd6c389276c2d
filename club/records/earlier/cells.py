"""Reading single cells of a list: what people type, and what spreadsheets make of it."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from club.accounts.email_address import normal_email
from club.accounts.rules import AccountRefusal
from club.people.rules.names import name_problem
from club.people.rules.phones import PhoneProblem, digits_in, phone_problem, stored_phone
from club.refusal import RefusedError
from club.vietnamese import folded, tidy_line
from club.web.typed_numbers import typed_number

T = TypeVar("T")

_EXCEL_BEGINS = date(1899, 12, 30)
#: 01/01/2000 and 31/12/2100, as spreadsheets count days.
_SERIAL_DAYS = range(36526, 73416)
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_FIRST_YEAR, _YOUNGEST = 1900, 14


class CellRefusal(StrEnum):
    NEEDED = "Fill this cell: every row needs it."
    NOT_A_DAY = "Write the day as day/month/year, for example 31/12/2023."
    AHEAD = "This day lies ahead. Earlier years are over."
    TOO_LONG_AGO = "Check the year: the club keeps training from 2000 on."
    BIRTH = "Write the year of birth with four digits, for example 1990."
    NUMBER = "Write a number above 0, for example 16 or 7.5."
    WHOLE = "Write a whole number above 0, for example 2."
    NOT_OFFERED = "Choose one of the words in the list of allowed values: %(allowed)s."
    NO_SUCH_COURSE = "No course has this code. Use the codes in the list of allowed values."
    NO_SUCH_WARD = "No ward has this name. Write it as in the list of allowed values."
    WARD_NOT_THEN = "This ward did not exist on that day. Write the name that it had then."
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


def name_in(cell: object) -> str:
    name = text_of(cell)
    if problem := name_problem(name):
        raise CellError(problem)
    return name


def email_in(cell: object) -> str | None:
    typed = text_of(cell)
    if not typed:
        return None
    try:
        return normal_email(typed)
    except RefusedError as refused:
        raise CellError(AccountRefusal(refused.refusal)) from refused


def phone_in(cell: object) -> str | None:
    """A number cell has lost its zero: nine digits get it back."""
    typed = text_of(cell)
    if not typed:
        return None
    if isinstance(cell, int | float) and len(typed) == 9:
        typed = f"0{typed}"
    stored = stored_phone(typed)
    if stored is None:
        raise CellError(phone_problem(typed) or PhoneProblem.NOT_A_NUMBER, typed=digits_in(typed))
    return stored


def birth_year_in(cell: object, *, today: date) -> int | None:
    """A year, or the year of a day."""
    if not text_of(cell):
        return None
    year = _year(cell)
    if year is None or not _FIRST_YEAR <= year <= today.year - _YOUNGEST:
        raise CellError(CellRefusal.BIRTH)
    return year


def _year(cell: object) -> int | None:
    typed = text_of(cell)
    if re.fullmatch(r"\d{4}", typed, re.ASCII):
        return int(typed)
    try:
        return day_in(cell).year
    except CellError:
        return None


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


def past_day_in(cell: object, *, today: date) -> date:
    day = day_in(cell)
    if day >= today:
        raise CellError(CellRefusal.AHEAD)
    if day.year < 2000:
        raise CellError(CellRefusal.TOO_LONG_AGO)
    return day


def minutes_in(cell: object, *, most_hours: int = 2000) -> int:
    """Hours, in minutes."""
    typed = text_of(cell)
    if not typed:
        raise CellError(CellRefusal.NEEDED)
    hours = Decimal(str(cell)) if isinstance(cell, int | float) else _typed(typed)
    if hours is None or not 0 < hours <= most_hours:
        raise CellError(CellRefusal.NUMBER)
    return round(hours * 60)


def _typed(text: str) -> Decimal | None:
    """Texts with a decimal point or a decimal comma are both found in such lists."""
    return typed_number(text, english="." in text and "," not in text)


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
