"""The charts of the dashboard: what each shows, says in words, and is drawn of."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext, lazy_gettext

from club.certification.figures.figures import BodyFigures
from club.certification.figures.questions import Question
from club.statistics.dashboard.drawing import Bars, Columns, Value, bars_of, columns_of
from club.statistics.dashboard.figures import Line, Overview, Series
from club.statistics.dashboard.findings import (
    of_cut,
    of_funnel,
    of_steps,
    of_years,
    percent,
    share_of,
)
from club.statistics.dashboard.leading import Cell, candidacies_at, led, rows_at, step_at, year_at
from club.statistics.dashboard.tiles import Tiles, tiles_of
from club.statistics.dimensions import Dimension
from club.web.language import in_hours, number
from club.web.layout import Labels


class ChartKey(StrEnum):
    YEARS = "years"
    STEPS = "steps"
    AUDIENCE = "audience"
    TOPIC = "topic"
    UNIT = "unit"
    SECTOR = "sector"
    OUTSIDE = "outside"
    OWN = "own"


HEADINGS = {
    ChartKey.YEARS: lazy_gettext("Year by year"),
    ChartKey.STEPS: lazy_gettext("Within the period"),
    ChartKey.AUDIENCE: lazy_gettext("By group of trainees"),
    ChartKey.TOPIC: lazy_gettext("By topic"),
    ChartKey.UNIT: lazy_gettext("By ward"),
    ChartKey.SECTOR: lazy_gettext("By sector"),
    ChartKey.OUTSIDE: lazy_gettext("Candidates for certificates of other bodies"),
    ChartKey.OWN: lazy_gettext("Candidates for the club's own recognition"),
}
_STEPS_HEADINGS = {
    Dimension.MONTH: lazy_gettext("Month by month"),
    Dimension.QUARTER: lazy_gettext("Quarter by quarter"),
    Dimension.YEAR: lazy_gettext("Year by year"),
}
_CUTS = {
    ChartKey.AUDIENCE: Dimension.AUDIENCE,
    ChartKey.TOPIC: Dimension.TOPIC,
    ChartKey.UNIT: Dimension.UNIT,
    ChartKey.SECTOR: Dimension.SECTOR,
}


@dataclass(frozen=True)
class Row:
    """A line of the table below a chart."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Chart:
    key: ChartKey
    heading: str
    #: What it shows, in a sentence.
    finding: str
    legend: tuple[str, str]
    heads: tuple[str, ...]
    rows: list[Row]
    columns: Columns | None = None
    bars: Bars | None = None
    tiles: Tiles | None = None
    #: By what ``/statistics/trainees`` cuts the same figures.
    by: Dimension | None = None

    @property
    def is_empty(self) -> bool:
        return not any(cell.figure for row in self.rows for cell in row.cells[:2])

    @property
    def height(self) -> int:
        """In pixels, of the drawing alone."""
        drawn = self.columns or self.bars or self.tiles
        return drawn.height if drawn else 0

    @property
    def left_out(self) -> int:
        """Lines of the table that are not drawn."""
        drawn = self.bars or self.tiles
        return drawn.left_out if drawn else 0

    @property
    def shows_second(self) -> bool:
        drawn = self.columns.columns if self.columns else self.bars.bars if self.bars else []
        return any(mark.has_second for mark in drawn)


def charts_of(overview: Overview, labels: Labels) -> dict[ChartKey, Chart]:
    outside, own = overview.certification.bodies
    question = overview.certification.question
    found = [
        _years(overview),
        _steps(overview),
        *(_cut(overview, key, by) for key, by in _CUTS.items()),
        _funnel(ChartKey.OUTSIDE, outside, question, labels),
        _funnel(ChartKey.OWN, own, question, labels),
    ]
    return {chart.key: chart for chart in found}


def _years(overview: Overview) -> Chart:
    series = overview.years
    cut = overview.period.cut
    return Chart(
        ChartKey.YEARS,
        str(HEADINGS[ChartKey.YEARS]),
        of_years(series.lines),
        (gettext("Turns"), gettext("People")),
        (gettext("Year"), gettext("Turns"), gettext("People"), gettext("Hours")),
        [Row(n.name, led(year_at(n, cut), *_all_measures(n))) for n in series.lines],
        columns=columns_of(
            [
                Value(
                    n.name, n.name, n.now.turns, n.now.people, number(n.now.turns), year_at(n, cut)
                )
                for n in series.lines
            ]
        ),
        by=Dimension.YEAR,
    )


def _all_measures(line: Line) -> tuple[int, int, str]:
    return line.now.turns, line.now.people, in_hours(line.now.hours)


def _steps(overview: Overview) -> Chart:
    series = overview.steps
    ways = {line.key: step_at(line, overview.period) for line in series.lines}
    return Chart(
        ChartKey.STEPS,
        str(_STEPS_HEADINGS[series.by]),
        of_steps(series),
        (gettext("Turns"), gettext("Turns a year before")),
        (gettext("When"), gettext("Turns"), gettext("A year before"), gettext("People")),
        [
            Row(
                line.name,
                (
                    *led(ways[line.key][0], line.now.turns),
                    *led(ways[line.key][1], _turns(line)),
                    *led(ways[line.key][0], line.now.people),
                ),
            )
            for line in series.lines
        ],
        columns=columns_of(
            [
                Value(
                    n.name, _short(n), n.now.turns, _turns(n), number(n.now.turns), ways[n.key][0]
                )
                for n in series.lines
            ]
        ),
        by=series.by,
    )


def _short(line: Line) -> str:
    """March of "2026-03" is "3"; "2026-Q1" is "Q1/26"."""
    year, _, part = (line.key or "").partition("-")
    return str(int(part)) if part.isdigit() else f"{part}/{year[-2:]}" if part else year


def _cut(overview: Overview, key: ChartKey, by: Dimension) -> Chart:
    series = overview.cuts[by]

    def at(value: str) -> str:
        return rows_at(overview.period, {by: value})

    return Chart(
        key,
        str(HEADINGS[key]),
        of_cut(series),
        (gettext("Turns (people)"), gettext("Turns a year before")),
        (
            gettext("Which"),
            gettext("Turns"),
            gettext("People"),
            gettext("Turns a year before"),
            gettext("Of all turns"),
        ),
        [Row(n.name, _cells(n, overview, series)) for n in series.lines],
        bars=None if by is Dimension.UNIT else _bars(overview, series),
        tiles=tiles_of({n.key: n for n in series.lines}, at) if by is Dimension.UNIT else None,
        by=by,
    )


def _cells(line: Line, overview: Overview, series: Series) -> tuple[Cell, ...]:
    here = rows_at(overview.period, {series.by: line.key})
    then = rows_at(overview.before, {series.by: line.key})
    return (
        *led(here, line.now.turns, line.now.people),
        *led(then, _turns(line)),
        Cell(share_of(line, series)),
    )


def _bars(overview: Overview, series: Series) -> Bars:
    return bars_of(
        [
            Value(
                n.name, n.name, n.now.turns, _turns(n), _with_people(n),
                rows_at(overview.period, {series.by: n.key}),
            )
            for n in series.lines
        ]
    )  # fmt: skip


def _funnel(key: ChartKey, body: BodyFigures, question: Question, labels: Labels) -> Chart:
    lines = body.funnel
    return Chart(
        key,
        str(HEADINGS[key]),
        of_funnel(lines),
        (gettext("Candidacies"), gettext("People")),
        (
            gettext("Stage"),
            gettext("Candidacies"),
            gettext("People"),
            gettext("Of the stage before"),
        ),
        [
            Row(
                str(labels[line.stage]),
                (
                    *led(candidacies_at(question, body, line), line.candidacies, line.people),
                    Cell(percent(line.percent)),
                ),
            )
            for line in lines
        ],
        bars=bars_of(
            [
                Value(
                    str(labels[line.stage]), "", line.candidacies, line.people,
                    number(line.candidacies), candidacies_at(question, body, line),
                )
                for line in lines
            ]
        ),
    )  # fmt: skip


def _turns(line: Line) -> int | None:
    return None if line.before is None else line.before.turns


def _with_people(line: Line) -> str:
    return f"{number(line.now.turns)} ({number(line.now.people)})"
