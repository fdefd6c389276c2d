"""Workbooks: figures as numbers, days as days, and nothing that a spreadsheet would run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: The name of a sheet and its lines; the first one is the head.
Sheet = tuple[str, Iterable[Iterable[object]]]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDE, _NARROW, _LONG = 42, 16, 16


def workbook(sheets: Iterable[Sheet]) -> bytes:
    from xlsxwriter import Workbook

    whole = BytesIO()
    with Workbook(whole, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "bg_color": "#dfeeee", "bottom": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, lines in sheets:
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 0)
            _fill(sheet, lines, head=head, day=day)
    return whole.getvalue()


def _fill(
    sheet: "Worksheet", lines: Iterable[Iterable[object]], *, head: "Format", day: "Format"
) -> None:
    longest: dict[int, int] = {}
    for row, line in enumerate(lines):
        for place, cell in enumerate(line):
            _write(sheet, row, place, cell, head=head if row == 0 else None, day=day)
            longest[place] = max(longest.get(place, 0), len(str(cell)))
    for place, length in longest.items():
        sheet.set_column(place, place, _WIDE if length > _LONG else _NARROW)


def _write(
    sheet: "Worksheet", row: int, place: int, cell: object, *, head: "Format | None", day: "Format"
) -> None:
    match cell:
        case None:
            sheet.write_blank(row, place, None)
        case bool() | int() | float():
            sheet.write_number(row, place, cell, head)
        case date():
            sheet.write_datetime(row, place, cell, day)
        case _:
            sheet.write_string(row, place, str(cell), head)


@dataclass(frozen=True)
class TableSheet:
    """A sheet that is one table, with a head that filters and sorts."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]


def workbook_of_tables(sheets: Iterable[TableSheet], *, made_at: datetime) -> bytes:
    """The same input gives the same bytes. ``made_at`` is written into the file as it is."""
    from xlsxwriter import Workbook

    whole = BytesIO()
    with Workbook(whole, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": made_at})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, one in enumerate(sheets, start=1):
            sheet = book.add_worksheet(one.name[:31])
            sheet.freeze_panes(1, 0)
            _fill(sheet, [one.heads, *one.rows], head=book.add_format({"bold": True}), day=day)
            if one.rows:
                columns = [{"header": head} for head in one.heads]
                last = len(one.rows), len(one.heads) - 1
                sheet.add_table(0, 0, *last, {"name": f"table_{number}", "columns": columns})
    return whole.getvalue()
