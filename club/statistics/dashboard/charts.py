"""The charts of the dashboard: what each shows, says in words, and is drawn of."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext, lazy_gettext

from club.certification.figures.figures import BodyFigures
from club.statistics.dashboard.drawing import Bars, Columns, Value, bars_of, columns_of
from club.statistics.dashboard.figures import Line, Overview, Series
from club.statistics.dashboard.rules import share
from club.statistics.dashboard.tiles import Tiles, tiles_of
from club.statistics.dimensions import Dimension
from club.web.language import number
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
    """A line of the table below a chart; ``None`` where there is nothing to say."""

    name: str
    figures: tuple[int | str | None, ...]
    key: str | None = None


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
        return not any(figure for row in self.rows for figure in row.figures[:2])

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
    found = [
        _years(overview.years),
        _steps(overview),
        *(_cut(overview, key, by) for key, by in _CUTS.items()),
        _funnel(ChartKey.OUTSIDE, outside, labels),
        _funnel(ChartKey.OWN, own, labels),
    ]
    return {chart.key: chart for chart in found}


def _years(series: Series) -> Chart:
    return Chart(
        ChartKey.YEARS,
        str(HEADINGS[ChartKey.YEARS]),
        _finding_of_years(series.lines),
        (gettext("Turns"), gettext("People")),
        (gettext("Year"), gettext("Turns"), gettext("People"), gettext("Hours")),
        [
            Row(line.name, (line.now.turns, line.now.people, number(line.now.hours)), line.key)
            for line in series.lines
        ],
        columns=columns_of(
            [
                Value(n.name, n.name, n.now.turns, n.now.people, number(n.now.turns))
                for n in series.lines
            ]
        ),
        by=Dimension.YEAR,
    )


def _finding_of_years(lines: Sequence[Line]) -> str:
    last = lines[-1]
    best = max(lines, key=lambda line: line.now.turns)
    if not best.now.turns:
        return str(gettext("No class was closed since the plan began."))
    if best is last:
        return str(
            gettext(
                "%(year)s has the most turns so far: %(turns)s, by %(people)s people.",
                year=last.name,
                turns=number(last.now.turns),
                people=number(last.now.people),
            )
        )
    return str(
        gettext(
            "%(year)s has %(turns)s turns so far; the most were %(most)s, in %(best)s.",
            year=last.name,
            turns=number(last.now.turns),
            most=number(best.now.turns),
            best=best.name,
        )
    )


def _steps(overview: Overview) -> Chart:
    series = overview.steps
    return Chart(
        ChartKey.STEPS,
        str(_STEPS_HEADINGS[series.by]),
        _finding_of_steps(series),
        (gettext("Turns"), gettext("Turns a year before")),
        (gettext("When"), gettext("Turns"), gettext("A year before"), gettext("People")),
        [
            Row(line.name, (line.now.turns, _turns(line), line.now.people), line.key)
            for line in series.lines
        ],
        columns=columns_of(
            [
                Value(n.name, _short(n), n.now.turns, _turns(n), number(n.now.turns))
                for n in series.lines
            ]
        ),
        by=series.by,
    )


def _finding_of_steps(series: Series) -> str:
    best = series.largest
    if best is None:
        return str(gettext("No class was closed in this period."))
    return str(
        gettext(
            "The most turns were in %(when)s: %(turns)s of %(total)s.",
            when=best.name,
            turns=number(best.now.turns),
            total=number(series.total.turns),
        )
    )


def _short(line: Line) -> str:
    """March of "2026-03" is "3"; "2026-Q1" is "Q1/26"."""
    year, _, part = (line.key or "").partition("-")
    return str(int(part)) if part.isdigit() else f"{part}/{year[-2:]}" if part else year


def _cut(overview: Overview, key: ChartKey, by: Dimension) -> Chart:
    series = overview.cuts[by]
    return Chart(
        key,
        str(HEADINGS[key]),
        _finding_of_cut(series),
        (gettext("Turns (people)"), gettext("Turns a year before")),
        (
            gettext("Which"),
            gettext("Turns"),
            gettext("People"),
            gettext("Turns a year before"),
            gettext("Of all turns"),
        ),
        [
            Row(n.name, (n.now.turns, n.now.people, _turns(n), _share(n, series)), n.key)
            for n in series.lines
        ],
        bars=None if by is Dimension.UNIT else _bars(series),
        tiles=tiles_of({n.key: n for n in series.lines}) if by is Dimension.UNIT else None,
        by=by,
    )


def _bars(series: Series) -> Bars:
    return bars_of(
        [Value(n.name, n.name, n.now.turns, _turns(n), _with_people(n)) for n in series.lines]
    )


def _finding_of_cut(series: Series) -> str:
    best = series.largest
    if best is None:
        return str(gettext("Nothing to compare: no turn in this period, or not stated for whom."))
    return str(
        gettext(
            "The most turns: %(name)s, %(turns)s, that is %(share)s of all.",
            name=best.name,
            turns=number(best.now.turns),
            share=_share(best, series),
        )
    )


def _funnel(key: ChartKey, body: BodyFigures, labels: Labels) -> Chart:
    lines = body.funnel
    begun, reached = lines[0].candidacies, lines[-1].candidacies
    finding = gettext("Nobody began in this period.")
    if begun:
        finding = gettext(
            "Of %(begun)s candidacies that began in this period, %(reached)s have reached the end.",
            begun=number(begun),
            reached=number(reached),
        )
    return Chart(
        key,
        str(HEADINGS[key]),
        finding,
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
                (line.candidacies, line.people, _percent(line.percent)),
                line.stage.value,
            )
            for line in lines
        ],
        bars=bars_of(
            [
                Value(
                    str(labels[line.stage]), "", line.candidacies, line.people,
                    number(line.candidacies),
                )
                for line in lines
            ]
        ),
    )  # fmt: skip


def _turns(line: Line) -> int | None:
    return None if line.before is None else line.before.turns


def _with_people(line: Line) -> str:
    return f"{number(line.now.turns)} ({number(line.now.people)})"


def _share(line: Line, series: Series) -> str:
    return _percent(share(line.now.turns, series.total.turns)) or "0%"


def _percent(value: float | None) -> str | None:
    return None if value is None else f"{number(value)}%"
