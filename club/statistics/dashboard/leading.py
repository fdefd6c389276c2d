"""Where the dashboard's figures lead: to the rows behind each of them."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from club.certification.figures.figures import BodyFigures
from club.certification.figures.funnel import FunnelLine
from club.certification.figures.questions import Question
from club.periods import Cut, Period, part_of_time
from club.statistics.dashboard.figures import Line
from club.statistics.dashboard.rules import year_before
from club.statistics.selecting import EVERYTHING, Selection, selection_as_asked
from club.web.asked_times import as_asked


@dataclass(frozen=True)
class Cell:
    #: ``None`` where there is nothing to say.
    figure: int | str | None
    #: The address of the rows behind it; empty where there are none.
    rows_at: str = ""


def rows_at(period: Period, selection: Selection = EVERYTHING) -> str:
    """The turns of a period that have the selected values."""
    asked = as_asked(period) | dict(selection_as_asked(selection))
    return f"/statistics/participations?{urlencode(asked)}"


def year_at(line: Line, cut: Cut) -> str:
    if not line.now.turns or line.key is None:
        return ""
    return rows_at(part_of_time(line.key, cut))


def step_at(line: Line, period: Period) -> tuple[str, str]:
    """Where the turns of a month lead, and those of the same month a year before."""
    if line.key is None or not (line.now.turns or (line.before and line.before.turns)):
        return "", ""
    days = _within(period, line.key)
    return rows_at(days), rows_at(year_before(days))


def candidacies_at(question: Question, body: BodyFigures, line: FunnelLine) -> str:
    """Those that came as far as a stage."""
    asked = question.address(body=body.body.value, stage=line.stage.value)
    return f"/office/certification/figures/candidacies?{asked}"


def led(rows_at: str, *figures: int | str | None) -> tuple[Cell, ...]:
    """Figures that stand for the same rows."""
    return tuple(Cell(figure, rows_at if figure else "") for figure in figures)


def _within(period: Period, name: str) -> Period:
    """The days of a year, quarter or month that lie in the period, cut as it is."""
    part = part_of_time(name, period.cut)
    first, last = max(part.first, period.first), min(part.last, period.last)
    return replace(part, first=first, last=last, name="")
