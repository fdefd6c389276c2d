"""CSV files: commas and decimal points for programs, a byte order mark for spreadsheets."""

import csv
import io
from collections.abc import Iterable

FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(lines: Iterable[Iterable[object]]) -> str:
    """The whole file as text, beginning with the byte order mark."""
    return "\ufeff" + csv_lines(lines)


def csv_lines(lines: Iterable[Iterable[object]]) -> str:
    """Some lines of a file, for those who write it piece by piece."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([[harmless(cell) for cell in line] for line in lines])
    return out.getvalue()


def harmless(cell: object) -> object:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if isinstance(cell, str) and cell.startswith(FORMULA_BEGINNINGS):
        return f"'{cell}"
    return cell
