"""Turns counts into what pages and files show."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, lazy_gettext

from club import clock
from club.courses.models import Funding
from club.documents.csv_file import csv_text
from club.people.models import AudienceKind, Sex
from club.people.sectors import SECTORS
from club.periods import Cut
from club.statistics import queries
from club.statistics.dimensions import Dimension
from club.statistics.figures import DEFINITIONS, Counts, Measures
from club.statistics.public import JOINED
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
    "completed": lazy_gettext("Completed"),
    "not_completed": lazy_gettext("Not completed"),
}
_NAMES = {
    Dimension.TOPIC: queries.topic_names,
    Dimension.COURSE: queries.course_names,
    Dimension.UNIT: queries.unit_names,
}

_FIGURES = {
    "turns": maybe(INTEGER), "people": maybe(INTEGER), "hours": maybe(NUMBER),
    "completed": maybe(INTEGER),
}  # fmt: skip
TABLE_SCHEMA = record(
    period=record(**{"from": DAY, "to": DAY, "cut": one_of(Cut)}),
    as_of=MOMENT,
    definitions=TEXT,
    total=record(**_FIGURES, may_have={"hidden": FLAG}),
    rows=list_of(
        record(**_FIGURES, may_have={"hidden": FLAG} | {d.value: maybe(TEXT) for d in Dimension})
    ),
)


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


def shown(counts: Counts, labels: Labels) -> ShownTable:
    """A table with every value's name in the reader's language."""
    naming = [_naming(dimension, labels) for dimension in counts.by]
    rows = [
        ShownRow(
            row.values,
            tuple(map(_name, counts.by, naming, row.values)),
            tuple(_place(list(names), key) for names, key in zip(naming, row.values, strict=True)),
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


def _place(named: list[str | None], key: str | None) -> tuple[int, str]:
    """Named values in the order of their list, others by key, at the end what is not known and
    what is only shown together.
    """
    if key in {None, JOINED}:
        return len(named), key or ""
    return named.index(key) if key in named else 0, key


@dataclass(frozen=True)
class Matrix:
    """A table of two dimensions with one measure, as a grid."""

    columns: list[str]
    #: Name of the line, then a figure for each column.
    lines: list[tuple[str, list[int]]]
    largest: int

    def heat(self, value: int) -> int:
        """How strong a cell is coloured, from 0 to 4."""
        return -(-4 * value // self.largest) if self.largest else 0


def turns_matrix(table: ShownTable) -> Matrix:
    """Turns of a table of two dimensions; turns may be added up, people may not."""
    by_column = sorted(table.rows, key=lambda row: row.places[1])
    columns = list(dict.fromkeys(row.names[1] for row in by_column))
    lines: dict[str, dict[str, int]] = {}
    for row in table.rows:
        turns = row.measures.turns if row.measures else 0
        lines.setdefault(row.names[0], {})[row.names[1]] = turns
    seen = [turns for line in lines.values() for turns in line.values()]
    return Matrix(
        columns,
        [(name, [line.get(column, 0) for column in columns]) for name, line in lines.items()],
        max(seen, default=0),
    )


def _naming(dimension: Dimension, labels: Labels) -> dict[str | None, str]:
    unknown: dict[str | None, str] = {None: gettext("Not stated")}
    if dimension in _ENUMS:
        return unknown | {str(m.value): str(labels[m]) for m in _ENUMS[dimension]}
    if dimension is Dimension.SECTOR:
        return unknown | {key: str(name) for key, name in SECTORS.items()}
    if dimension is Dimension.RESULT:
        return {key: str(name) for key, name in _RESULTS.items()}
    if dimension in _NAMES:
        return unknown | {key: said(*pair) for key, pair in _NAMES[dimension]().items()}
    return unknown


def as_json(table: ShownTable) -> dict[str, Any]:
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
        "total": _json_measures(table.total),
        "rows": [
            dict(zip((d.value for d in counts.by), row.keys, strict=True))
            | _json_measures(row.measures)
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


def as_csv(table: ShownTable) -> str:
    """The same figures for programs: keys first, then names; empty where hidden."""
    counts = table.counts
    heads = [d.value for d in counts.by] + [f"{d.value}_name" for d in counts.by]
    lines: list[list[Any]] = [[*heads, "turns", "people", "hours", "completed"]]
    lines += [[*row.keys, *row.names, *_csv_measures(row.measures)] for row in table.rows]
    if not counts.by:
        lines.append(_csv_measures(table.total))
    return csv_text(lines)


def _csv_measures(measures: Measures | None) -> list[Any]:
    if measures is None:
        return ["", "", "", ""]
    return [measures.turns, measures.people, measures.hours, measures.completed]
