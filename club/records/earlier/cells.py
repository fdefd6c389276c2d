"""Reading the cells that only lists of earlier years have: people, days that are over, hours."""

import re
from datetime import date
from enum import StrEnum

from club.accounts.email_address import normal_email
from club.accounts.rules import AccountRefusal
from club.files.sheets.cells import CellError, CellRefusal, day_in, number_in, text_of
from club.hours import minutes_of
from club.people.rules.names import name_problem
from club.people.rules.phones import PhoneProblem, digits_in, phone_problem, stored_phone
from club.refusal import RefusedError

_FIRST_YEAR, _YOUNGEST = 1900, 14


class PastRefusal(StrEnum):
    AHEAD = "This day lies ahead. Earlier years are over."
    TOO_LONG_AGO = "Check the year: the club keeps training from 2000 on."
    BIRTH = "Write the year of birth with four digits, for example 1990."
    NUMBER = "Write a number above 0, for example 16 or 7.5."
    NO_SUCH_COURSE = "No course has this code. Use the codes in the list of allowed values."
    NO_SUCH_WARD = "No ward has this name. Write it as in the list of allowed values."
    WARD_NOT_THEN = "This ward did not exist on that day. Write the name that it had then."


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
        raise CellError(PastRefusal.BIRTH)
    return year


def _year(cell: object) -> int | None:
    typed = text_of(cell)
    if re.fullmatch(r"\d{4}", typed, re.ASCII):
        return int(typed)
    try:
        return day_in(cell).year
    except CellError:
        return None


def past_day_in(cell: object, *, today: date) -> date:
    day = day_in(cell)
    if day >= today:
        raise CellError(PastRefusal.AHEAD)
    if day.year < 2000:
        raise CellError(PastRefusal.TOO_LONG_AGO)
    return day


def minutes_in(cell: object, *, most_hours: int = 2000) -> int:
    """Hours, in minutes."""
    typed = text_of(cell)
    if not typed:
        raise CellError(CellRefusal.NEEDED)
    hours = number_in(cell)
    if hours is None or not 0 < hours <= most_hours:
        raise CellError(PastRefusal.NUMBER)
    return minutes_of(hours)
