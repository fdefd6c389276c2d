"""The figures and rows of a report as lines for CSV files and workbooks, from its content alone.

Files are in Vietnamese, as reports are: the same bytes for every reader.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import force_locale, gettext, pgettext

from club.documents.csv_file import csv_text
from club.documents.xlsx_file import TableSheet, workbook_of_tables
from club.statistics.reports import contents
from club.statistics.reports.beside import tables as beside
from club.statistics.reports.beside.telling import Part
from club.statistics.reports.contents import MEASURES, Content
from club.statistics.reports.queries import ROW_COLUMNS
from club.web.language import LANGUAGES

#: Columns of the file of all tables; ``keys`` and ``names`` have commas between several.
COLUMNS = ("table", "keys", "names", *MEASURES)
_LANGUAGE = LANGUAGES[0]
_TOTAL = "total"


def figures_csv(content: Content) -> str:
    """Every figure of every table, the total first."""
    lines: list[list[Any]] = [list(COLUMNS), [_TOTAL, "", "", *_figures(content["total"])]]
    for table in content["tables"]:
        name = ",".join(table["by"])
        lines += [
            [name, ",".join(key or "" for key in row["keys"]), _names(row), *_figures(row)]
            for row in table["rows"]
        ]
    return csv_text(lines)


def rows_csv(content: Content) -> str:
    return csv_text([ROW_COLUMNS, *([row[c] for c in ROW_COLUMNS] for row in content["rows"])])


def beside_csv(content: Content) -> str:
    """Every figure that stands beside those of the training."""
    return csv_text([beside.COLUMNS, *beside.lines_beside(content, _LANGUAGE)])


def figures_workbook(content: Content) -> bytes:
    """One sheet a table, those of the rows behind them, and one of definitions and sources."""
    made_at = contents.made_at(content).replace(tzinfo=None)
    with force_locale(_LANGUAGE):
        return workbook_of_tables(_sheets(content), made_at=made_at)


def _sheets(content: Content) -> Iterator[TableSheet]:
    heads = [gettext("Turns"), gettext("People"), gettext("Hours"), gettext("Completions")]
    yield TableSheet(
        gettext("In all"), [gettext("Period"), *heads],
        [[content["report"]["title"], *_figures(content["total"])]],
    )  # fmt: skip
    for number, table in enumerate(content["tables"], start=1):
        names = table["heads"][_LANGUAGE]
        yield TableSheet(
            f"{number}. {', '.join(names)}",
            [*names, *heads],
            [[*row["names"][_LANGUAGE], *_figures(row)] for row in table["rows"]],
        )
    yield TableSheet(
        gettext("Rows behind the figures"), ROW_COLUMNS,
        [[_typed(name, row[name]) for name in ROW_COLUMNS] for row in content["rows"]],
    )  # fmt: skip
    yield from _sheets_beside(content)
    yield TableSheet(
        gettext("Definitions and sources"), [pgettext("definition", "What"), gettext("Meaning")],
        list(_definitions(content)),
    )  # fmt: skip


def _sheets_beside(content: Content) -> Iterator[TableSheet]:
    for table in beside.tables_beside(content, _LANGUAGE):
        yield TableSheet(table.name, table.heads, table.rows)
    behind = {
        Part.EXPERTS: gettext("Rows of certificates"),
        Part.PILOTS: gettext("Rows of pilot projects"),
    }
    for part, name in behind.items():
        columns, rows = beside.rows_beside(content, part)
        if rows:
            yield TableSheet(name, columns, rows)


def _definitions(content: Content) -> Iterator[list[str]]:
    period, measures = content["period"], content["definitions"]["measures"]
    first, last = (date.fromisoformat(period[end]) for end in ("from", "to"))
    yield [gettext("Title"), content["report"]["title"]]
    yield [gettext("Period"), f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"]
    in_reports = period["cut"] == "report"
    yield [gettext("Cut"), gettext("Report periods") if in_reports else gettext("Calendar periods")]
    yield [gettext("Version"), str(content["report"]["version"])]
    yield [gettext("As the records stood at"), content["as_of"]]
    yield [gettext("Definitions"), content["definitions"]["version"]]
    yield [
        gettext("Source"),
        gettext("Training records of the club, made when a class is closed."),
    ]
    for name in MEASURES:
        yield [measures[name]["name"][_LANGUAGE], measures[name]["meaning"][_LANGUAGE]]
    if day := beside.day_beside(content):
        yield [gettext("The report's day"), f"{day:%d/%m/%Y}"]
    for table in beside.tables_beside(content, _LANGUAGE):
        yield [table.name, table.meaning]


def _names(row: Content) -> str:
    return ", ".join(row["names"][_LANGUAGE])


def _figures(line: Content) -> list[Any]:
    return [line[name] for name in MEASURES]


def _typed(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name == "day" else value
