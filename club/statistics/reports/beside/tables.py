"""What stands beside the figures as tables: for the page, and for files, from the content alone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from club.statistics.reports.beside.telling import Content, Part

#: Columns of the file of all parts.
COLUMNS = ("part", "key", "name", "figure", "value")
#: What of a row is a figure of its own.
_FIGURES = {
    Part.TARGETS: ("wanted", "value", "expected", "missing"),
    Part.EXPERTS: (),
    Part.PILOTS: (),
    Part.ELSEWHERE: ("turns", "hours"),
}
Cell = str | int | float | bool | date | None


@dataclass(frozen=True)
class BesideTable:
    part: Part
    name: str
    meaning: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    #: From this column on there are figures.
    figures_from: int


def tables_beside(content: Content, language: str) -> list[BesideTable]:
    """One for each part that says anything; reports frozen in older forms have none. Heads are in
    the present language, which is to be this one.
    """
    tables = []
    for told in content.get("beside", {}).get("parts", []):
        part = Part(told["part"])
        heads, rows, figures_from = _SHOWN[part](told, language)
        if rows:
            named = told["name"][language], told["meaning"][language]
            tables.append(BesideTable(part, *named, heads, rows, figures_from))
    return tables


def day_beside(content: Content) -> date | None:
    """The day on which it stood like that."""
    return date.fromisoformat(content["beside"]["on"]) if "beside" in content else None


def part_of(content: Content, part: Part) -> Content | None:
    """``None``: the report says nothing of it."""
    told = content.get("beside", {}).get("parts", [])
    return next((one for one in told if one["part"] == part.value), None)


def lines_beside(content: Content, language: str) -> Iterator[list[Cell]]:
    """Every figure in a line of its own, by ``COLUMNS``."""
    for told in content["beside"]["parts"]:
        part = Part(told["part"])
        for figure, value in told["totals"].items():
            yield [part.value, "", told["name"][language], figure, value]
        for line in told["lines"]:
            key, name = f"{line['by']}:{line['key']}", line["name"][language]
            for figure in ("people", "certificates"):
                yield [part.value, key, name, figure, line[figure]]
        for row in told["rows"]:
            for figure in _FIGURES[part]:
                name = (row["name"] if part is Part.TARGETS else row["unit"]["name"])[language]
                yield [part.value, row["code"], name, figure, row[figure]]


def rows_beside(content: Content, part: Part) -> tuple[list[str], list[list[Cell]]]:
    """Columns and rows behind a part's figures; of a word its key."""
    told = part_of(content, part)
    rows = told["rows"] if told else []
    columns = list(rows[0]) if rows else []
    return columns, [[_cell(name, row[name]) for name in columns] for row in rows]


def _cell(name: str, value: Any) -> Cell:
    if isinstance(value, dict):
        key: str = value["key"]
        return key
    if value and name.endswith("_on"):
        return date.fromisoformat(value)
    cell: Cell = value
    return cell


Shown = tuple[list[str], list[list[Cell]], int]


def _targets(told: Content, language: str) -> Shown:
    heads = [
        gettext("Target, with its year"), gettext("State"), gettext("Wanted"), gettext("Reached"),
        gettext("On a straight line"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            _wish(row, language),
            row["state"]["name"][language],
            row["wanted"],
            row["value"],
            row["expected"],
        ]
        for row in told["rows"]
    ]
    return heads, rows, 2


def _wish(row: Content, language: str) -> str:
    """Line, what is measured and in which unit, and the wish with its year."""
    measured_in = row["measured_in"][language]
    unit = f" ({measured_in})" if measured_in else ""
    wish = f"{row['indicator'][language]}{unit}: {row['name'][language]}"
    return f"{row['line']}, {row['by_year']}. {wish}"


def _experts(told: Content, language: str) -> Shown:
    totals = told["totals"]
    rows: list[list[Cell]] = [
        [gettext("Counted for the plan"), totals["people"], totals["certificates"]],
        [gettext("Of these, paid for by the plan"), totals["supported"], None],
    ]
    rows += [
        [line["name"][language], line["people"], line["certificates"]]
        for line in told["lines"]
        if line["key"] != "counts" and line["certificates"]
    ]
    return [gettext("Certified experts"), gettext("People"), gettext("Certificates")], rows, 1


def _pilots(told: Content, language: str) -> Shown:
    totals = told["totals"]
    outcomes = Counter(row["outcome"]["name"][language] for row in told["rows"])
    rows: list[list[Cell]] = [
        [gettext("Firms counted for the plan"), totals["firms"]],
        [gettext("Their pilot projects"), totals["projects"]],
    ]
    every = gettext("All pilot projects")
    rows += [[f"{every}: {name}", number] for name, number in sorted(outcomes.items())]
    return [gettext("Pilot firms"), gettext("Number")], rows, 1


def _elsewhere(told: Content, language: str) -> Shown:
    heads = [
        gettext("Unit that reports"), gettext("Topic"), gettext("Group of trainees"),
        gettext("Days"), gettext("Document"), gettext("Reported turns"), gettext("Hours"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            row["unit"]["name"][language],
            row["topic"]["name"][language],
            row["audience"]["name"][language],
            " – ".join(f"{date.fromisoformat(row[end]):%d/%m/%Y}" for end in ("from", "to")),
            row["source"],
            row["turns"],
            row["hours"],
        ]
        for row in told["rows"]
    ]
    return heads, rows, 5


_SHOWN = {
    Part.TARGETS: _targets,
    Part.EXPERTS: _experts,
    Part.PILOTS: _pilots,
    Part.ELSEWHERE: _elsewhere,
}
