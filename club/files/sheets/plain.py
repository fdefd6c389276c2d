"""Lists that come as plain text: CSV, however its cells are told apart."""

import csv
from io import StringIO
from typing import IO

from club.files import accepting
from club.files.sheets.measuring import MOST_ROWS, OpeningRefusal, refused
from club.refusal import RefusedError

#: What stands between cells; spreadsheets that write numbers with a comma take the semicolon.
_BETWEEN = (",", ";", "\t")


def rows_of_text(content: IO[bytes], *, name: str | None) -> list[list[str]] | None:
    """Cells line by line; ``None`` for what is no plain text in UTF-8.

    Raises ``RefusedError`` (field ``file``) for a list that is too long or that nobody can read.
    """
    try:
        kind = accepting.type_of(content, name=name or "")
    except RefusedError:
        return None
    if kind not in {accepting.CSV, accepting.TEXT}:
        return None
    content.seek(0)
    text = content.read().decode("utf-8-sig")
    between = max(_BETWEEN, key=text.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=between):
            if len(rows) > MOST_ROWS:
                raise refused(OpeningRefusal.TOO_MANY_ROWS)
            rows.append(row)
    except csv.Error as damage:
        raise refused(OpeningRefusal.NOT_A_SHEET) from damage
    return rows
