"""Reading a list of people that somebody pasted from a spreadsheet or typed, one person a line.

Pure: text in; rows, and everything that has to be mended, out.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from club.accounts.email_address import normal_email
from club.accounts.rules import AccountRefusal
from club.people.rules.names import NameProblem, name_problem
from club.people.rules.phones import PhoneProblem, digits_in, phone_problem, stored_phone
from club.refusal import RefusedError
from club.registration.rules.pasted import Mistake
from club.vietnamese import folded, nfc, tidy_line

MOST_PEOPLE = 500
LONGEST_POSITION = 120
#: Characters; rows of the widest spreadsheets have a few hundred.
LONGEST_LINE = 5_000
#: What separates cells, the surest sign first: names have no tabs, and rarely semicolons.
_SEPARATORS = "\t;,"
#: Folded heads of columns. A name may come in two: family and middle names, then the given one.
_HEADS = {
    "name": {"ho va ten", "ho ten", "ho & ten", "ten nhan vien", "full name", "name"},
    "family": {"ho", "ho va ten dem", "ho va ten lot", "ho dem", "ho lot", "last name", "surname"},
    "given": {"ten", "first name", "given name"},
    "email": {"email", "e-mail", "mail", "thu dien tu", "dia chi email", "dia chi thu dien tu"},
    "phone": {"dien thoai", "so dien thoai", "sdt", "dt", "di dong", "so di dong", "phone",
              "mobile", "mobile phone", "phone number"},
    "position": {"chuc vu", "chuc danh", "vi tri", "cong viec", "position", "job title"},
}  # fmt: skip
#: Looked for where a word begins: from every letter on, a long word would be read for hours.
_ADDRESS = re.compile(r"(?:<|(?<![^\s<>]))([^\s<>]*@[^\s<>]*)>?")
_PHONE = re.compile(r"\+?\d[\d\s().-]{5,}")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_RUNNING_NUMBER = re.compile(r"\d{1,4}[.)]?")
_NUMBERED = re.compile(r"^\d{1,4}[.)]\s+")


class SheetRefusal(StrEnum):
    NOBODY = "Write or paste at least one person, or tick people of your list."
    TOO_MANY = "The list has %(people)s people. Send at most %(most)s at once."
    NO_NAME_COLUMN = "The first row names the columns, but none of them holds the names."
    NO_CONTACT_COLUMN = "The first row names the columns, but none holds an e-mail or a phone."
    NO_CONTACT = "Add an e-mail address or a phone number, so that the club can reach this person."
    TWO_ADDRESSES = "This row has two e-mail addresses. Write one person a line, with one address."
    SAME_PERSON = "This person stands in row %(other)s as well."
    SAME_ADDRESS = (
        "Row %(other)s has the same address. Everybody needs an own one: the letter has a link "
        "with which only this person may decline. Without one, write a phone number instead."
    )
    LONG_LINE = (
        "Shorten this row to %(most)s characters: a name, an address, a phone number, a position."
    )
    LONG_POSITION = "Shorten the position to %(most)s characters."


@dataclass(frozen=True)
class Row:
    """Somebody who stands in the list."""

    #: The line, counted from 1 as a spreadsheet does, with heads and empty lines.
    number: int
    full_name: str
    #: Normalised; at least one of the two is there.
    email: str | None = None
    #: E.164.
    phone: str | None = None
    position: str | None = None


@dataclass(frozen=True)
class Sheet:
    rows: list[Row]
    mistakes: list[Mistake]


@dataclass
class _Cells:
    """A line taken apart, as typed."""

    number: int
    line: str
    name: str = ""
    email: str = ""
    phone: str = ""
    position: str = ""
    #: Whether there is a second address, perhaps of a second person.
    has_spare_address: bool = False


def read_sheet(text: str) -> Sheet:
    """Everybody in the list, and all mistakes at once. Without mistakes, all rows can be used."""
    lines = [
        (number, line)
        for number, line in enumerate(nfc(text).splitlines(), start=1)
        if line.strip(" \t;,\u00a0")
    ]
    too_long = [
        Mistake(SheetRefusal.LONG_LINE, number, {"most": LONGEST_LINE}, line)
        for number, line in lines
        if len(line) > LONGEST_LINE
    ]
    lines = [(number, line) for number, line in lines if len(line) <= LONGEST_LINE]
    separator = _separator([line for _, line in lines])
    split = [(number, line, _split(line, separator)) for number, line in lines]
    heads = _heads(split[0][2]) if split else None
    if heads is not None:
        if mistake := _mistake_of_heads(heads, *split[0][:2]):
            return Sheet([], [mistake])
        split = split[1:]
    if len(split) > MOST_PEOPLE:
        values: dict[str, object] = {"people": len(split), "most": MOST_PEOPLE}
        return Sheet([], [Mistake(SheetRefusal.TOO_MANY, values=values)])
    people = [_cells(number, line, cells, heads) for number, line, cells in split]
    rows: list[Row] = []
    mistakes = too_long
    for cells in people:
        found = list(_mistakes_in(cells))
        mistakes += found
        if not found:
            rows.append(_row(cells))
    mistakes += _repetitions(rows)
    return Sheet(rows, sorted(mistakes, key=lambda mistake: mistake.number or 0))


def _separator(lines: Iterable[str]) -> str:
    """What separates cells in most lines; where two do as often, the surer one."""
    counted = {sign: sum(sign in line for line in lines) for sign in _SEPARATORS}
    return max(_SEPARATORS, key=lambda sign: counted[sign])


def _split(line: str, separator: str) -> list[str]:
    """Cells without quotation marks around them."""
    return [tidy_line(cell) for cell in next(csv.reader([line], delimiter=separator))]


def _heads(cells: list[str]) -> list[str | None] | None:
    """What each column holds, if this line names columns."""
    keys = [folded(cell).rstrip(" *:.") for cell in cells]
    heads = [next((what for what, words in _HEADS.items() if key in words), None) for key in keys]
    known = [what for what in heads if what]
    return heads if known and "@" not in "".join(cells) and len(known) * 2 >= len(cells) else None


def _mistake_of_heads(heads: list[str | None], number: int, line: str) -> Mistake | None:
    if not {"name", "given"} & set(heads):
        return Mistake(SheetRefusal.NO_NAME_COLUMN, number, line=line)
    if not {"email", "phone"} & set(heads):
        return Mistake(SheetRefusal.NO_CONTACT_COLUMN, number, line=line)
    return None


def _cells(number: int, line: str, cells: list[str], heads: list[str | None] | None) -> _Cells:
    if heads is None:
        return _by_their_looks(_Cells(number, line), cells)
    held = {what: cell for what, cell in zip(heads, cells, strict=False) if what}
    name = held.get("name") or f"{held.get('family', '')} {held.get('given', '')}".strip()
    return _Cells(
        number,
        line,
        name,
        held.get("email", ""),
        held.get("phone", ""),
        held.get("position", ""),
    )


def _by_their_looks(found: _Cells, cells: list[str]) -> _Cells:
    """Without heads an address has an @, a phone has digits, and the first words are the name."""
    for cell in cells:
        rest = _NUMBERED.sub("", cell)
        for address in _ADDRESS.finditer(rest):
            found.has_spare_address |= found.email not in {"", address[1]}
            found.email = found.email or address[1]
            rest = tidy_line(rest.replace(address[0], " "))
        if not _DAY.fullmatch(rest) and (phone := _PHONE.search(rest)):
            found.phone = found.phone or phone[0].strip()
            rest = tidy_line(rest.replace(phone[0], " "))
        if not rest or _RUNNING_NUMBER.fullmatch(rest) or _DAY.fullmatch(rest):
            continue
        if not found.name:
            found.name = rest
        elif not found.position:
            found.position = rest
    return found


def _mistakes_in(cells: _Cells) -> Iterator[Mistake]:
    def mistake(problem: StrEnum, **values: object) -> Mistake:
        return Mistake(problem, cells.number, values, cells.line)

    problem: NameProblem | AccountRefusal | PhoneProblem | None = name_problem(cells.name)
    if problem:
        yield mistake(problem)
    if cells.email and (problem := _address_problem(cells.email)):
        yield mistake(problem)
    if cells.phone and (problem := phone_problem(cells.phone)):
        yield mistake(problem, typed=digits_in(cells.phone))
    if not cells.email and not cells.phone:
        yield mistake(SheetRefusal.NO_CONTACT)
    if cells.has_spare_address:
        yield mistake(SheetRefusal.TWO_ADDRESSES)
    if len(cells.position) > LONGEST_POSITION:
        yield mistake(SheetRefusal.LONG_POSITION, most=LONGEST_POSITION)


def _address_problem(typed: str) -> AccountRefusal | None:
    try:
        normal_email(typed)
    except RefusedError as refused:
        return AccountRefusal(refused.refusal)
    return None


def _row(cells: _Cells) -> Row:
    return Row(
        cells.number,
        cells.name,
        normal_email(cells.email) if cells.email else None,
        stored_phone(cells.phone) if cells.phone else None,
        cells.position or None,
    )


def _repetitions(rows: Iterable[Row]) -> Iterator[Mistake]:
    """The second and later rows of one person or one address; the first is right."""
    people: dict[tuple[str, str], int] = {}
    addresses: dict[str, int] = {}
    for row in rows:
        contacts = [(folded(row.full_name), one) for one in (row.email, row.phone) if one]
        other = next((people[one] for one in contacts if one in people), None)
        if other is not None:
            yield Mistake(SheetRefusal.SAME_PERSON, row.number, {"other": other}, row.full_name)
        elif row.email in addresses:
            values: dict[str, object] = {"other": addresses[row.email]}
            yield Mistake(SheetRefusal.SAME_ADDRESS, row.number, values, row.full_name)
        for one in contacts:
            people.setdefault(one, row.number)
        if row.email:
            addresses.setdefault(row.email, row.number)
