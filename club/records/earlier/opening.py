"""Opening a spreadsheet that nobody has to trust, before any program builds it up in memory.

A spreadsheet is a zip of XML: small files can hold gigabytes, and one cell in the last corner
makes a reader ask for billions of cells. All is measured first; what is too large is refused.
"""

import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook

from club.files import accepting
from club.refusal import RefusedError

#: Rows with people; the line of heads comes on top.
MOST_ROWS = 10_000
MOST_COLUMNS = 60
LARGEST = 10 * accepting.MIB
_MOST_UNPACKED = 80 * accepting.MIB
_MOST_CELLS = 500_000
#: Rows that somebody coloured or emptied stay in the file; some are no reason to refuse it.
_MOST_LINES = 2 * MOST_ROWS
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]{1,7})([0-9]{1,9})"')
_LINE = re.compile(rb'<(?:\w+:)?row\b(?:[^>]*?\sr="([0-9]{1,9})")?')
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<(?:\w+:)?f\b')
_DEFINES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class OpeningRefusal(StrEnum):
    NOT_A_SHEET = "This is no Excel file. Save the list as .xlsx and choose it again."
    DAMAGED = "This Excel file is damaged. Open it, save it anew as .xlsx and choose it again."
    TOO_LARGE = (
        "Unpacked, this file is far larger than a list of 10,000 rows. Copy the list alone into a"
        " new file and choose that one."
    )
    FAR_CELL = (
        "Something stands far outside of the list, below row 20,000 or right of column BH. Copy"
        " the list alone into a new file and choose that one."
    )
    DEFINITIONS = (
        "This file holds definitions that no list needs and that can do harm. Copy the list alone"
        " into a new file and choose that one."
    )
    NO_ROWS = "There is no row below the heads of the columns."
    TOO_MANY_ROWS = "This list has more than 10,000 rows. Split it into several files."


@dataclass(frozen=True)
class Sheet:
    """The first sheet: its rows from the first on, and where formulas stand, such as ``B7``."""

    rows: list[list[Any]]
    formulas: frozenset[str]


def open_sheet(content: IO[bytes], *, name: str | None, has_heads: bool = True) -> Sheet:
    """``has_heads``: the first row only names the columns, so that there has to be another one.

    Raises ``RefusedError`` (field ``file``) for what is no list, or no safe one.
    """
    if content.seek(0, 2) > LARGEST:
        raise _refused(OpeningRefusal.TOO_LARGE)
    if accepting.type_of(content, name=name or "").media_type != _XLSX:
        raise _refused(OpeningRefusal.NOT_A_SHEET)
    content.seek(0)
    whole = content.read()
    formulas = _measured(whole)
    rows = _rows(whole)
    while rows and not any(_is_something(cell) for cell in rows[-1]):
        rows.pop()
    if has_heads and len(rows) < 2:
        raise _refused(OpeningRefusal.NO_ROWS)
    if len(rows) > MOST_ROWS + 1:
        raise _refused(OpeningRefusal.TOO_MANY_ROWS)
    return Sheet(rows, formulas)


def _refused(refusal: OpeningRefusal) -> RefusedError:
    return RefusedError(refusal, field="file")


def _measured(whole: bytes) -> frozenset[str]:
    """Refuses what is too large or defines anything; returns where formulas stand."""
    formulas: set[str] = set()
    left = _MOST_UNPACKED
    try:
        with zipfile.ZipFile(BytesIO(whole)) as package:
            if "xl/workbook.xml" not in package.namelist():
                raise _refused(OpeningRefusal.DAMAGED)
            for entry in package.infolist():
                if not entry.filename.lower().endswith((".xml", ".rels")):
                    continue
                with package.open(entry) as part:
                    text = part.read(left + 1)
                left -= len(text)
                if left < 0:
                    raise _refused(OpeningRefusal.TOO_LARGE)
                if _DEFINES.search(text):
                    raise _refused(OpeningRefusal.DEFINITIONS)
                if entry.filename.lower().startswith("xl/worksheets/"):
                    formulas |= _formulas_in(text)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError) as damage:
        raise _refused(OpeningRefusal.DAMAGED) from damage
    return frozenset(formulas)


def _formulas_in(sheet: bytes) -> set[str]:
    for lines, line in enumerate(_LINE.finditer(sheet), start=1):
        if lines > _MOST_LINES or int(line[1] or 0) > _MOST_LINES:
            raise _refused(OpeningRefusal.FAR_CELL)
    if sum(1 for _cell in _ANY_CELL.finditer(sheet)) > _MOST_CELLS:
        raise _refused(OpeningRefusal.TOO_LARGE)
    for cell in _CELL.finditer(sheet):
        if _number_of(cell[1]) > MOST_COLUMNS or int(cell[2]) > _MOST_LINES:
            raise _refused(OpeningRefusal.FAR_CELL)
    return {found[1].decode() for found in _FORMULA.finditer(sheet)}


def _number_of(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rows(whole: bytes) -> list[list[Any]]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(whole))
        sheet = book.get_sheet_by_index(0)
        return sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as damage:
        raise _refused(OpeningRefusal.DAMAGED) from damage
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":
            raise
        raise _refused(OpeningRefusal.DAMAGED) from panic


def _is_something(cell: object) -> bool:
    return not (cell is None or (isinstance(cell, str) and not cell.strip()))
