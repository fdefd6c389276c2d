"""What the columns of a list are called, and where they stand in a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from club.files.sheets.cells import CellError
from club.vietnamese import folded

C = TypeVar("C", bound=StrEnum)


class HeadRefusal(StrEnum):
    MISSING = "The first row has no column %(columns)s. Use the template, or say it for all rows."
    TWICE = "The first row names the column %(column)s twice. Delete one of them."


@dataclass(frozen=True)
class About:
    """``heading`` is what the template writes; ``others`` are further heads that are understood."""

    heading: str
    explanation: str
    others: tuple[str, ...] = ()
    #: Must be in the file, or be said of all rows when it is handed in.
    is_needed: bool = False
    width: int = 14


class Columns(Generic[C]):
    """The columns that a list may have, in the order of its template."""

    def __init__(self, about: Mapping[C, About]) -> None:
        self.about = about
        self._by_head = {
            key: column
            for column, one in about.items()
            for key in (folded(one.heading), *one.others)
        }

    def named(self, head: object) -> C | None:
        """Which column a cell of the first row names."""
        return self._by_head.get(folded(str(head)).rstrip(" *:."))

    def places_in(self, first_row: Sequence[object], said_of_all: Iterable[C] = ()) -> dict[C, int]:
        """Where each column stands. Raises ``CellError`` for a row that cannot be one of heads."""
        places: dict[C, int] = {}
        for place, head in enumerate(first_row):
            column = self.named(head)
            if column in places:
                raise CellError(HeadRefusal.TWICE, column=self.about[column].heading)
            if column:
                places[column] = place
        said = set(said_of_all)
        missing = [
            about.heading
            for column, about in self.about.items()
            if about.is_needed and column not in places and column not in said
        ]
        if missing:
            raise CellError(HeadRefusal.MISSING, columns=", ".join(missing))
        return places


def letters_of(place: int) -> str:
    """0 is A, 26 is AA."""
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
