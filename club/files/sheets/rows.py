"""Reading the rows of a list: everything that is wrong with one is said at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from club.files.sheets.cells import CellError, CellRefusal, text_of
from club.files.sheets.columns import letters_of
from club.files.sheets.opening import Sheet

C = TypeVar("C", bound=StrEnum)
T = TypeVar("T")


@dataclass(frozen=True)
class Mistake(Generic[C]):
    """``row`` counts as the spreadsheet does."""

    row: int
    column: C
    refusal: str
    values: dict[str, Any] = field(default_factory=dict)
    #: What stands in the cell: of a formula its beginning, whatever it comes to.
    typed: str = ""


class Row(Generic[C]):
    """One row while it is read: hands out values and gathers what is wrong."""

    def __init__(
        self, number: int, given: Mapping[C, object], formulas: Mapping[C, str] | None = None
    ) -> None:
        self.number, self._given = number, given
        self.mistakes: list[Mistake[C]] = []
        self._formulas = formulas or {}
        for column in self._formulas:
            self.refuse(column, CellRefusal.FORMULA)

    def read(self, column: C, reading: Callable[[object], T]) -> T | None:
        if column in self._formulas:
            return None
        try:
            return reading(self._given.get(column))
        except CellError as error:
            self.refuse(column, error.refusal, **error.values)
            return None

    def needed(self, column: C, reading: Callable[[object], T | None]) -> T | None:
        value = self.read(column, reading)
        if value is None and not self.is_wrong(column):
            self.refuse(column, CellRefusal.NEEDED)
        return value

    def refuse(self, column: C, refusal: StrEnum, **values: object) -> None:
        typed = self._formulas.get(column) or text_of(self._given.get(column))[:80]
        self.mistakes.append(Mistake(self.number, column, refusal.value, values, typed))

    def is_wrong(self, column: C) -> bool:
        return any(mistake.column is column for mistake in self.mistakes)


def rows_of(
    sheet: Sheet, places: Mapping[C, int], said_of_all: Mapping[C, object] | None = None
) -> Iterator[Row[C]]:
    """The rows that say anything; what stands in a cell goes before what is said of all rows."""
    for number, cells in enumerate(sheet.rows[1:], start=2):
        if not any(str(cell).strip() for cell in cells if cell is not None):
            continue
        own = {column: cells[place] for column, place in places.items() if place < len(cells)}
        formulas = {
            column: formula
            for column, place in places.items()
            if sheet.formulas and (formula := sheet.formulas.get(f"{letters_of(place)}{number}"))
        }
        yield Row(number, {**(said_of_all or {}), **own}, formulas)
