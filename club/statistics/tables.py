"""Turns counts into what pages and files show."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext, lazy_gettext, pgettext

from club import clock
from club.courses.models import Funding
from club.documents.csv_file import csv_text
from club.documents.xlsx_file import Sheet
from club.people.models import AudienceKind, Sex
from club.people.sectors import SECTORS
from club.periods import Cut
from club.statistics import queries
from club.statistics.dimensions import COMPLETED, NOT_COMPLETED, Dimension
from club.statistics.figures import DEFINITIONS, Counts, Measures
from club.statistics.public import JOINED
from club.statistics.selecting import EVERYTHING, Selection
from club.web.described import (
    DAY,
    FLAG,
    INTEGER,
    MOMENT,
    NUMBER,
    TEXT,
    list_of,
    maybe,
    one_of,
    record,
)
from club.web.language import said
from club.web.layout import Labels

_ENUMS = {
    Dimension.AUDIENCE: AudienceKind,
    Dimension.SEX: Sex,
    Dimension.FUNDING: Funding,
}
_RESULTS = {
    COMPLETED: lazy_gettext("Completed"),
    NOT_COMPLETED: lazy_gettext("Not completed"),
}
_NAMES: dict[Dimension, Callable[[], queries.Names]] = {
    Dimension.TOPIC: queries.topic_names,
    Dimension.COURSE: queries.course_names,
    Dimension.UNIT: queries.unit_names,
}

_FIGURES = {
    "turns": maybe(INTEGER), "people": maybe(INTEGER), "hours": maybe(NUMBER),
    "completed": maybe(INTEGER),
}  # fmt: skip
#: ``rows_at``: the address of the rows behind a figure, for those who may read them.
_BESIDES = {"hidden": FLAG, "rows_at": TEXT}
TABLE_SCHEMA = record(
    period=record(**{"from": DAY, "to": DAY, "cut": one_of(Cut)}),
    as_of=MOMENT,
    definitions=TEXT,
    total=record(**_FIGURES, may_have=_BESIDES),
    rows=list_of(record(**_FIGURES, may_have=_BESIDES | {d.value: maybe(TEXT) for d in Dimension})),
)
#: Gives the address of the rows with some values; nobody's, where readers may not see them.
RowsAt = Callable[[Selection], str]


@dataclass(frozen=True)
class ShownRow:
    keys: tuple[str | None, ...]
    names: tuple[str, ...]
    #: Where each value stands among its kind, to sort by.
    places: tuple[tuple[int, str], ...]
    #: ``None`` where an outsider may not see so few people.
    measures: Measures | None


@dataclass(frozen=True)
class ShownTable:
    counts: Counts
    rows: list[ShownRow]
    total: Measures | None

    @property
    def hides(self) -> bool:
        """Whether something was left out or put together for outsiders."""
        return any(row.measures is None or JOINED in row.keys for row in self.rows)

    def selection_of(self, row: ShownRow) -> Selection:
        return dict(zip(self.counts.by, row.keys, strict=True))


def names_of_selection(selection: Selection, labels: Labels) -> list[tuple[str, str]]:
    """What was selected, in the reader's language: dimension and value."""
    return [
        (str(labels[dimension]), _name(dimension, _naming(dimension, labels, names_known), key))
        for dimension, key in selection.items()
    ]


def names_known(dimension: Dimension) -> queries.Names:
    """In both languages, by key, as the database has them now."""
    return _NAMES[dimension]()


def shown(
    counts: Counts, labels: Labels, known: Callable[[Dimension], queries.Names] = names_known
) -> ShownTable:
    """A table with every value's name in the reader's language. ``known``: another way to ask for
    names, such as one that remembers them for several tables.
    """
    naming = [_naming(dimension, labels, known) for dimension in counts.by]
    order = [{key: n for n, key in enumerate(names)} for names in naming]
    rows = [
        ShownRow(
            row.values,
            tuple(map(_name, counts.by, naming, row.values)),
            tuple(map(_place, order, row.values)),
            row.measures,
        )
        for row in counts.rows
    ]
    rows.sort(key=lambda row: row.places)
    return ShownTable(counts, rows, counts.total)


def _name(dimension: Dimension, names: dict[str | None, str], key: str | None) -> str:
    if dimension is Dimension.MONTH and key:
        year, month = key.split("-")
        return f"{month}/{year}"
    if key == JOINED:
        return str(gettext("Small groups together"))
    return names.get(key, key or "")


def _place(order: dict[str | None, int], key: str | None) -> tuple[int, str]:
    """Named values in the order of their list, others by key, at the end what is not known and
    what is only shown together.
    """
    if key is None or key == JOINED:
        return len(order), key or ""
    return order.get(key, 0), key


@dataclass(frozen=True)
class Matrix:
    """A table of two dimensions with one measure, as a grid."""

    columns: list[str]
    #: Name of the line, then for each column a figure and what it stands for.
    lines: list[tuple[str, list[tuple[int, Selection]]]]
    largest: int

    def heat(self, value: int) -> int:
        """How strong a cell is coloured, from 0 to 4."""
        return -(-4 * value // self.largest) if self.largest else 0


def turns_matrix(table: ShownTable) -> Matrix:
    """Turns of a table of two dimensions; turns may be added up, people may not."""
    by_column = sorted(table.rows, key=lambda row: row.places[1])
    columns = list(dict.fromkeys(row.names[1] for row in by_column))
    nobody: tuple[int, Selection] = (0, EVERYTHING)
    lines: dict[str, dict[str, tuple[int, Selection]]] = {}
    for row in table.rows:
        turns = row.measures.turns if row.measures else 0
        lines.setdefault(row.names[0], {})[row.names[1]] = turns, table.selection_of(row)
    seen = [turns for line in lines.values() for turns, _selection in line.values()]
    return Matrix(
        columns,
        [(name, [line.get(column, nobody) for column in columns]) for name, line in lines.items()],
        max(seen, default=0),
    )


def _naming(
    dimension: Dimension, labels: Labels, known: Callable[[Dimension], queries.Names]
) -> dict[str | None, str]:
    unknown: dict[str | None, str] = {None: gettext("Not stated")}
    if dimension in _ENUMS:
        return unknown | {str(m.value): str(labels[m]) for m in _ENUMS[dimension]}
    if dimension is Dimension.SECTOR:
        return unknown | {key: str(name) for key, name in SECTORS.items()}
    if dimension is Dimension.RESULT:
        return {key: str(name) for key, name in _RESULTS.items()}
    if dimension in _NAMES:
        return unknown | {key: said(*pair) for key, pair in known(dimension).items()}
    return unknown


def as_json(table: ShownTable, rows_at: RowsAt | None) -> dict[str, Any]:
    """The published form of an answer; hidden figures are ``null`` and marked."""
    counts = table.counts
    return {
        "period": {
            "from": counts.period.first.isoformat(),
            "to": counts.period.last.isoformat(),
            "cut": counts.period.cut.value,
        },
        "as_of": clock.local(counts.as_of).isoformat(timespec="seconds"),
        "definitions": DEFINITIONS,
        "total": _json_measures(table.total) | _json_address(rows_at, EVERYTHING),
        "rows": [
            dict(zip((d.value for d in counts.by), row.keys, strict=True))
            | _json_measures(row.measures)
            | _json_address(rows_at, table.selection_of(row))
            for row in table.rows
        ],
    }


def _json_measures(measures: Measures | None) -> dict[str, Any]:
    if measures is None:
        return {"turns": None, "people": None, "hours": None, "completed": None, "hidden": True}
    return {
        "turns": measures.turns,
        "people": measures.people,
        "hours": float(measures.hours),
        "completed": measures.completed,
    }


def _json_address(rows_at: RowsAt | None, selection: Selection) -> dict[str, str]:
    return {"rows_at": rows_at(selection)} if rows_at else {}


def as_csv(table: ShownTable, rows_at: RowsAt | None) -> str:
    """The same figures for programs: keys first, then names; empty where hidden."""
    return csv_text(_lines(table, rows_at))


def as_sheets(table: ShownTable, rows_at: RowsAt | None) -> list[Sheet]:
    """The same figures for spreadsheets, and what they are of."""
    period = table.counts.period
    labels: Labels = current_app.extensions["club.labels"]
    said_of = [
        (gettext("First day"), period.first),
        (gettext("Last day"), period.last),
        (gettext("Cut"), str(labels[period.cut])),
        (gettext("As the records stood at"), clock.local(table.counts.as_of).isoformat()),
        (gettext("Version of the definitions"), DEFINITIONS),
        (gettext("Turns"), gettext("each run that a person attended far enough counts 1.")),
    ]
    return [
        (gettext("Figures"), _lines(table, rows_at)),
        (gettext("Definitions"), [(pgettext("definition", "What"), gettext("Value")), *said_of]),
    ]


def _lines(table: ShownTable, rows_at: RowsAt | None) -> list[list[Any]]:
    counts = table.counts
    heads = [d.value for d in counts.by] + [f"{d.value}_name" for d in counts.by]
    lines: list[list[Any]] = [[*heads, "turns", "people", "hours", "completed"]]
    lines += [[*row.keys, *row.names, *_csv_measures(row.measures)] for row in table.rows]
    selections = [table.selection_of(row) for row in table.rows]
    if not counts.by:
        lines.append(_csv_measures(table.total))
        selections.append(EVERYTHING)
    if rows_at is None:
        return lines
    addresses = ["rows_at", *map(rows_at, selections)]
    return [[*line, address] for line, address in zip(lines, addresses, strict=True)]


def _csv_measures(measures: Measures | None) -> list[Any]:
    if measures is None:
        return ["", "", "", ""]
    return [measures.turns, measures.people, float(measures.hours), measures.completed]
