"""How much a spreadsheet holds and how far its cells reach.

Its parts are read by a parser: a pattern over the text would take ``r='XFD1048576'`` for no cell,
and what builds the sheet up then asks for more memory than there is, which ends the process.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from xml.parsers import expat

from club.refusal import RefusedError

#: Rows below the line of heads.
MOST_ROWS = 10_000
MOST_COLUMNS = 60
_MOST_CELLS = 500_000
#: Rows that somebody coloured or emptied stay in the file; some are no reason to refuse it.
_MOST_LINES = 2 * MOST_ROWS
#: What is shown of formulas: more than anybody reads, and little to keep.
_SHOWN_FORMULAS, _LONGEST_SHOWN = 1000, 80
_CELL = re.compile(r"([A-Za-z]{1,7})([0-9]{1,9})")
_LINE = re.compile(r"[0-9]{1,9}")

Begin = Callable[[str, dict[str, str]], None]
Told = Callable[[str], None]


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


def refused(refusal: OpeningRefusal) -> RefusedError:
    return RefusedError(refusal, field="file")


def formulas_in(part: bytes) -> dict[str, str]:
    """By where they stand in a part of the package, such as ``B7``, how its formulas begin.

    Raises ``RefusedError`` for a part that is too large, reaches too far or defines anything.
    """
    measure = _Measure()
    _read(part, measure.begin, measure.end, measure.read)
    return measure.formulas


def refuse_other_parts(relationships: bytes) -> None:
    """Raises ``RefusedError`` where a workbook is made of parts whose names do not end in ``.xml``:
    a sheet under another name would not be measured.
    """

    def begin(_name: str, attributes: dict[str, str]) -> None:
        if not attributes.get("Target", ".xml").lower().endswith(".xml"):
            raise refused(OpeningRefusal.DAMAGED)

    _read(relationships, begin, _ignore, _ignore)


def _ignore(_told: str) -> None:
    """Ends and words, where only beginnings count."""


def _read(part: bytes, begin: Begin, end: Told, words: Told) -> None:
    # Whatever the part says of itself: it is built up as UTF-8.
    parser = expat.ParserCreate("UTF-8")
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = _refuse_definitions
    try:
        parser.Parse(part, True)  # noqa: FBT003  expat takes it by place only
    except expat.ExpatError as damage:
        raise refused(OpeningRefusal.DAMAGED) from damage


def _refuse_definitions(*_told: object) -> None:
    raise refused(OpeningRefusal.DEFINITIONS)


class _Measure:
    """Follows the cells of a part; those that do not say where they stand follow the last."""

    def __init__(self) -> None:
        #: One that is written in another cell and holds here too has no words of its own.
        self.formulas: dict[str, str] = {}
        self._is_formula = False
        self._line = self._column = self._lines = self._cells = 0
        self._cell = ""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            self._begin_line(attributes.get("r"))
        elif local == "c":
            self._begin_cell(attributes.get("r"))
        elif local == "f" and self._cell:
            self.formulas[self._cell] = "="
            self._is_formula = True

    def read(self, words: str) -> None:
        if self._is_formula and len(self.formulas) <= _SHOWN_FORMULAS:
            self.formulas[self._cell] = (self.formulas[self._cell] + words)[:_LONGEST_SHOWN]

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "f":
            self._is_formula = False
        elif local == "c":
            self._cell, self._is_formula = "", False

    def _begin_line(self, said: str | None) -> None:
        if said is not None and not _LINE.fullmatch(said):
            raise refused(OpeningRefusal.DAMAGED)
        self._lines += 1
        self._line, self._column = int(said or self._line + 1), 0
        if max(self._line, self._lines) > _MOST_LINES:
            raise refused(OpeningRefusal.FAR_CELL)

    def _begin_cell(self, said: str | None) -> None:
        self._cells += 1
        if self._cells > _MOST_CELLS:
            raise refused(OpeningRefusal.TOO_LARGE)
        line, self._column = self._line, self._column + 1
        if said is not None:
            place = _CELL.fullmatch(said)
            if not place:
                raise refused(OpeningRefusal.DAMAGED)
            self._column, line = _number_of(place[1].upper()), int(place[2])
        if self._column > MOST_COLUMNS or line > _MOST_LINES:
            raise refused(OpeningRefusal.FAR_CELL)
        self._cell = said.upper() if said else ""


def _number_of(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
