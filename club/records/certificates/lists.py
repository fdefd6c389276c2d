"""Checking many codes at once: what somebody pasted, line by line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from club.files.sheets.cells import text_of
from club.records.certificates import codes, finding
from club.records.certificates.kinds import Standing, standing_of
from club.records.certificates.models import Certificate

#: Certificates in one list.
MOST = 300
_BETWEEN_CELLS = re.compile(r"[\t\r\n,;|]+")
#: What somebody writes of an unknown code when a letter of it is missing or too much.
_NEARLY = 10
_IN_GROUPS = re.compile(r"[A-Z]{4}-[A-Z]{4}-", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    #: As it was typed, shortened.
    typed: str
    #: Whether the check characters fit: else it was misread or mistyped.
    is_well_formed: bool
    certificate: Certificate | None
    standing: Standing | None


def codes_in(text: str) -> list[str]:
    """What looks like one code each: the words of a cell of which one is a code, or else the whole
    cell, whose code may stand in groups. Links to a certificate's page are codes as well.
    """
    found: list[str] = []
    for cell in _BETWEEN_CELLS.split(text):
        words = [codes.end_of_link(word) for word in cell.split()]
        is_list = "://" in cell or any(map(codes.is_meant_as_one, words))
        found += words if is_list else [" ".join(words)]
    return [one for one in found if any(c.isalnum() for c in one)]


def codes_of_sheet(rows: Iterable[Iterable[object]]) -> list[str]:
    """Every code of a spreadsheet, wherever it stands. What else stands below a code is one that
    was mistyped, and is told; what stands above is the column's head unless it is nearly a code.
    """
    cells = [[text_of(cell) for cell in row] for row in rows]
    has_begun: set[int] = set()
    columns = {at for row in cells for at, cell in enumerate(row) if _codes_of_cell(cell)}
    found: list[str] = []
    for row in cells:
        for at in columns.intersection(range(len(row))):
            good = _codes_of_cell(row[at])
            if good:
                has_begun.add(at)
                found += good
            elif row[at] and (at in has_begun or _is_nearly_a_code(row[at])):
                found.append(" ".join(_BETWEEN_CELLS.sub(" ", row[at]).split()))
    return found


def _codes_of_cell(cell: str) -> list[str]:
    return [one for one in codes_in(cell) if codes.is_meant_as_one(one)]


def _is_nearly_a_code(cell: str) -> bool:
    is_word = " " not in cell and (any(c.isdigit() for c in cell) or _IN_GROUPS.match(cell))
    return bool(is_word) and len(codes.code_in(cell)) >= _NEARLY


def each_once(typed: Iterable[str]) -> list[str]:
    """What stands twice, with or without dashes, is asked once."""
    first: dict[str, str] = {}
    for one in typed:
        first.setdefault(codes.typed_code(one) or one, one)
    return list(first.values())


def checked(typed: Iterable[str], *, day: date) -> list[Line]:
    """One line for each code, in their order, with one query for each kind."""
    read = [(one, codes.typed_code(one)) for one in typed]
    wanted = {code for _one, code in read if codes.is_well_formed(code)}
    found = finding.certificates_of_codes(wanted)
    return list(_lines(read, found, day))


def _lines(
    read: Iterable[tuple[str, str]], found: dict[str, Certificate], day: date
) -> Iterator[Line]:
    for typed, code in read:
        certificate = found.get(code)
        yield Line(
            typed=typed[:40],
            is_well_formed=codes.is_well_formed(code),
            certificate=certificate,
            standing=standing_of(certificate, day=day) if certificate else None,
        )
