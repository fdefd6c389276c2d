"""What is wrong in a list, in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from flask_babel import gettext

from club.files.sheets.columns import Columns, letters_of
from club.files.sheets.opening import Sheet
from club.files.sheets.rows import Mistake

C = TypeVar("C", bound=StrEnum)


@dataclass(frozen=True)
class ShownMistake:
    row: int
    #: Such as ``B``; empty where the file has no such column.
    letters: str
    column: str
    typed: str
    words: str


def shown(sheet: Sheet, columns: Columns[C], mistakes: Iterable[Mistake[C]]) -> list[ShownMistake]:
    """From top to bottom, and from left to right."""
    places = columns.places_in(sheet.rows[0])
    return [
        ShownMistake(
            one.row,
            letters_of(places[one.column]) if one.column in places else "",
            columns.about[one.column].heading,
            one.typed,
            gettext(one.refusal, **one.values),
        )
        for one in sorted(mistakes, key=lambda one: (one.row, places.get(one.column, 0)))
    ]
