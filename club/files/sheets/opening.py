"""Opening a spreadsheet that nobody has to trust, before any program builds it up in memory.

A spreadsheet is a zip of XML: small files can hold gigabytes, and one cell in the last corner
makes a reader ask for billions of cells. All is measured first; what is too large is refused.
"""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from club.files import accepting
from club.files.accepting import FileRefusal
from club.files.sheets.measuring import (
    MOST_ROWS,
    OpeningRefusal,
    formulas_in,
    refuse_other_parts,
    refused,
)
from club.refusal import RefusedError

LARGEST = 10 * accepting.MIB
_MOST_UNPACKED = 80 * accepting.MIB
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """The first sheet: its rows from the first on, and by where they stand, such as ``B7``, how
    formulas begin.
    """

    rows: list[list[Any]]
    formulas: Mapping[str, str]


def open_sheet(content: IO[bytes], *, name: str | None, has_heads: bool = True) -> Sheet:
    """``has_heads``: the first row only names the columns, so that there has to be another one.

    Raises ``RefusedError`` (field ``file``) for what is no list, or no safe one.
    """
    if content.seek(0, 2) > LARGEST:
        raise refused(OpeningRefusal.TOO_LARGE)
    _refuse_other_kinds(content, name or "")
    content.seek(0)
    whole = content.read()
    formulas = _measured(whole)
    rows = _rows(whole)
    while rows and not any(_is_something(cell) for cell in rows[-1]):
        rows.pop()
    if has_heads and len(rows) < 2:
        raise refused(OpeningRefusal.NO_ROWS)
    if len(rows) > MOST_ROWS + 1:
        raise refused(OpeningRefusal.TOO_MANY_ROWS)
    return Sheet(rows, formulas)


def _refuse_other_kinds(content: IO[bytes], name: str) -> None:
    """Whatever it is instead, what to do is to save the list as .xlsx: advice that is given where
    documents of all kinds are taken leads nowhere here.
    """
    try:
        is_sheet = accepting.type_of(content, name=name).media_type == _XLSX
    except RefusedError as other:
        if other.refusal not in {FileRefusal.UNKNOWN, FileRefusal.MARKUP}:
            raise
        is_sheet = False
    if not is_sheet:
        raise refused(OpeningRefusal.NOT_A_SHEET)


def _measured(whole: bytes) -> dict[str, str]:
    """Refuses what is too large or defines anything; returns the formulas."""
    formulas: dict[str, str] = {}
    left = _MOST_UNPACKED
    try:
        with zipfile.ZipFile(BytesIO(whole)) as package:
            if "xl/workbook.xml" not in package.namelist():
                raise refused(OpeningRefusal.DAMAGED)
            for entry in package.infolist():
                if not entry.filename.lower().endswith((".xml", ".rels")):
                    continue
                with package.open(entry) as part:
                    text = part.read(left + 1)
                left -= len(text)
                if left < 0:
                    raise refused(OpeningRefusal.TOO_LARGE)
                if entry.filename.lower() == "xl/_rels/workbook.xml.rels":
                    refuse_other_parts(text)
                formulas |= formulas_in(text)
    except accepting.ZIP_DAMAGE as damage:
        raise refused(OpeningRefusal.DAMAGED) from damage
    return formulas


def _rows(whole: bytes) -> list[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(whole))
        sheet = book.get_sheet_by_index(0)
        return sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as damage:
        raise refused(OpeningRefusal.DAMAGED) from damage
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":
            raise
        raise refused(OpeningRefusal.DAMAGED) from panic


def _is_something(cell: object) -> bool:
    return not (cell is None or (isinstance(cell, str) and not cell.strip()))
