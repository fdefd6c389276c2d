"""The template of a list: typed columns, how to fill them in, and what may be chosen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Generic, TypeVar

from club.files.sheets.columns import Columns, letters_of
from club.files.sheets.measuring import MOST_ROWS

if TYPE_CHECKING:
    from xlsxwriter import Workbook

C = TypeVar("C", bound=StrEnum)

_LISTS = "Danh mục"


@dataclass(frozen=True)
class Allowed(Generic[C]):
    """What may stand in a column: its words, and what is said beside each."""

    heading: str
    rows: Sequence[Sequence[str]]
    #: Whose cells offer it; ``None``: it is there to be copied from.
    column: C | None = None


def template(
    columns: Columns[C],
    allowed: Sequence[Allowed[C]],
    *,
    days: Collection[C],
    numbers: Collection[C],
    notes: Sequence[str],
) -> bytes:
    """An empty list to fill in. Nothing in it runs. ``days`` and ``numbers`` say which columns hold
    such; ``notes`` stand below what is said of each column.
    """
    from xlsxwriter import Workbook

    whole = BytesIO()
    with Workbook(whole, {"in_memory": True, "strings_to_formulas": False}) as book:
        kinds = dict.fromkeys(days, "dd/mm/yyyy") | dict.fromkeys(numbers, "General")
        _list_sheet(book, columns, kinds, _offered(allowed))
        _explanations(book, columns, notes)
        _allowed_sheet(book, allowed)
    return whole.getvalue()


def _offered(allowed: Sequence[Allowed[C]]) -> dict[C, str]:
    """Where the words of a column stand, as spreadsheets name a range."""
    ranges, place = {}, 0
    for one in allowed:
        if one.column is not None and one.rows:
            letters = letters_of(place)
            last = len(one.rows) + 1
            ranges[one.column] = f"='{_LISTS}'!${letters}$2:${letters}${last}"
        place += _width(one)
    return ranges


def _width(one: Allowed[C]) -> int:
    return max((len(cells) for cells in one.rows), default=1)


def _list_sheet(
    book: "Workbook", columns: Columns[C], kinds: dict[C, str], offered: dict[C, str]
) -> None:
    sheet = book.add_worksheet("Danh sách")
    head = book.add_format({"bold": True, "bg_color": "#dfeeee", "bottom": 1, "text_wrap": True})
    needed = book.add_format(
        {"bold": True, "bg_color": "#0b5c61", "font_color": "white", "bottom": 1, "text_wrap": True}
    )
    formats = {
        kind: book.add_format({"num_format": kind}) for kind in ("@", "dd/mm/yyyy", "General")
    }
    for place, (column, about) in enumerate(columns.about.items()):
        sheet.set_column(place, place, about.width, formats[kinds.get(column, "@")])
        sheet.write_string(0, place, about.heading, needed if about.is_needed else head)
        if column in offered:
            rule = {"validate": "list", "source": offered[column]}
            sheet.data_validation(1, place, MOST_ROWS, place, rule)
    sheet.freeze_panes(1, 1)


def _explanations(book: "Workbook", columns: Columns[C], notes: Sequence[str]) -> None:
    sheet = book.add_worksheet("Hướng dẫn")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 90, wrapped)
    about = columns.about.values()
    lines = [
        ("Cột", "Bắt buộc", "Cách ghi"),
        *((one.heading, "Có" if one.is_needed else "", one.explanation) for one in about),
        *(("", "", note) for note in notes),
        ("", "", f"Mỗi tệp tối đa {MOST_ROWS} dòng. Không dùng công thức."),
    ]
    for row, line in enumerate(lines):
        for place, text in enumerate(line):
            sheet.write_string(row, place, text, bold if row == 0 or place == 0 else None)


def _allowed_sheet(book: "Workbook", allowed: Sequence[Allowed[C]]) -> None:
    sheet = book.add_worksheet(_LISTS)
    bold = book.add_format({"bold": True})
    place = 0
    for one in allowed:
        sheet.write_string(0, place, one.heading, bold)
        for row, cells in enumerate(one.rows, start=1):
            for offset, text in enumerate(cells):
                sheet.write_string(row, place + offset, text)
        sheet.set_column(place, place + _width(one) - 1, 24)
        place += _width(one)
