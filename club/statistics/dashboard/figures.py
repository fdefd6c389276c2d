"""What the dashboard shows of a period beside the year before. Every trainee figure comes from
``statistics.figures``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial

from club import clock
from club.certification.figures.figures import Figures as CertificationFigures
from club.certification.figures.figures import figures_of
from club.certification.figures.questions import Question
from club.periods import Period, named_period
from club.pilots.queries import Trial, trials_in
from club.statistics.classes import ClosedClass, Seats, closed_classes, seats_of
from club.statistics.dashboard import rules
from club.statistics.dimensions import Dimension
from club.statistics.figures import NOTHING, Measures, tables_of, trainee_counts
from club.statistics.tables import ShownRow, ShownTable, names_known, shown
from club.web.asked_times import report_year
from club.web.layout import Labels

#: By what a period is cut, beside time.
CUTS = (Dimension.AUDIENCE, Dimension.TOPIC, Dimension.UNIT, Dimension.SECTOR)
_PLAN_BEGINS = 2021


@dataclass(frozen=True)
class Line:
    key: str | None
    name: str
    now: Measures
    #: In the period's year before; ``None``: there is nothing to compare with.
    before: Measures | None


@dataclass(frozen=True)
class Series:
    """Turns and people, value by value of a dimension."""

    by: Dimension
    lines: list[Line]
    total: Measures

    @property
    def largest(self) -> Line | None:
        known = [line for line in self.lines if line.key is not None and line.now.turns]
        return max(known, key=lambda line: line.now.turns, default=None)


@dataclass(frozen=True)
class Overview:
    period: Period
    #: The year before, as far as this period has come: what totals and cuts are compared with.
    before: Period
    now: datetime
    is_running: bool
    total: Measures
    total_before: Measures
    seats: Seats
    seats_before: Seats
    years: Series
    steps: Series
    cuts: dict[Dimension, Series]
    certification: CertificationFigures
    trials: list[Trial]


def overview_of(
    period: Period, classes: Iterable[ClosedClass], labels: Labels, *, now: datetime
) -> Overview:
    """``classes``: those of the period."""
    today = clock.local_day(now)
    last_year = rules.year_before(period)
    before = rules.until(last_year, _same_day_before(period, today))
    cuts = [(by,) for by in CUTS]
    by_step = rules.steps_of(period)
    *here, steps = tables_of(period, tables=[*cuts, (by_step,)], as_of=now)
    earlier = tables_of(before, tables=cuts, as_of=now)
    steps_before = trainee_counts(last_year, by=(by_step,), as_of=now)
    years = trainee_counts(_since_the_plan(period, now=now), by=(Dimension.YEAR,), as_of=now)
    show = partial(shown, labels=labels, known=cache(names_known))
    return Overview(
        period=period,
        before=before,
        now=now,
        is_running=rules.is_running(period, on=today),
        total=steps.total or NOTHING,
        total_before=earlier[0].total or NOTHING,
        seats=seats_of(classes),
        seats_before=seats_of(closed_classes(before)),
        years=_years(show(years)),
        steps=_steps(show(steps), show(steps_before)),
        cuts={
            by: _compared(by, show(now_counted), show(then_counted))
            for by, now_counted, then_counted in zip(CUTS, here, earlier, strict=True)
        },
        certification=_certification(period, today),
        trials=trials_in(period.first, period.last),
    )


def _same_day_before(period: Period, today: date) -> date:
    return rules.year_before(Period(period.first, today)).last


def _certification(period: Period, today: date) -> CertificationFigures:
    on = min(today, period.last)
    return figures_of(Question(on, period, scheme="", as_of=None))


def _compared(by: Dimension, table: ShownTable, earlier: ShownTable) -> Series:
    """Groups of trainees in their order, all else by turns, what is not stated last."""
    then = {row.keys[0]: row for row in earlier.rows}
    here = {row.keys[0]: row for row in table.rows}
    lines = [
        Line(key, (then | here)[key].names[0], _measures(here, key), _measures(then, key))
        for key in here | then
    ]
    if by is not Dimension.AUDIENCE:
        lines.sort(key=lambda line: (line.key is None, -line.now.turns, line.name))
    return Series(by, lines, table.total or NOTHING)


def _steps(table: ShownTable, earlier: ShownTable) -> Series:
    """Month by month where they are few: each beside the same one of the year before."""
    then = [row.measures for row in earlier.rows]
    lines = [
        Line(row.keys[0], row.names[0], row.measures or NOTHING, before)
        for row, before in zip(table.rows, then, strict=True)
    ]
    return Series(table.counts.by[0], lines, table.total or NOTHING)


def _since_the_plan(period: Period, *, now: datetime) -> Period:
    """Whole years cut as the period is, to the year in which it ends or to the present one."""
    year = max(_PLAN_BEGINS, min(rules.year_of(period), report_year(now, period.cut)))
    return Period(
        named_period(str(_PLAN_BEGINS), period.cut).first,
        named_period(str(year), period.cut).last,
        period.cut,
    )


def _years(table: ShownTable) -> Series:
    lines = [Line(r.keys[0], r.names[0], r.measures or NOTHING, None) for r in table.rows]
    return Series(Dimension.YEAR, lines, table.total or NOTHING)


def _measures(rows: dict[str | None, ShownRow], key: str | None) -> Measures:
    return (rows[key].measures or NOTHING) if key in rows else NOTHING
