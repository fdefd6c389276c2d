"""Where the figures of a report lead: to the rows behind each, as the records stood then."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from club.periods import Cut, Period
from club.statistics.asking import Question
from club.statistics.dimensions import Dimension
from club.statistics.reports.beside.telling import Part
from club.statistics.reports.contents import Content, made_at, only_unit
from club.statistics.selecting import Selection
from club.web.asked_times import as_asked


def ways(content: Content) -> dict[str, object]:
    """What the page of a report needs to lead from its figures."""
    return {
        "rows_at": rows_at(content),
        "selection_of": selection_of_row,
        "lists_at": lists_at(content),
    }


def rows_at(content: Content) -> Callable[[Selection], str]:
    """Gives the address of those rows of a report that have some values."""
    ward = only_unit(content)
    question = Question(
        period=_period(content),
        by=(),
        as_of=made_at(content),
        is_current=False,
        selection={Dimension.UNIT: ward} if ward else {},
    )
    return lambda selection: f"/statistics/participations?{question.address(selection)}"


def selection_of_row(table: Content, row: Content) -> Selection:
    """What a line of a report's table is of."""
    return dict(zip(map(Dimension, table["by"]), row["keys"], strict=True))


def lists_at(content: Content) -> dict[Part, str]:
    """Where the rows are listed of what stands beside the training. Experts as they were known
    then; of all else the lists are of today, and the files of the report keep its rows.
    """
    if "beside" not in content:
        return {}
    then = {"on": content["beside"]["on"], "as_of": made_at(content).isoformat()}
    return {
        Part.TARGETS: "/plan/",
        Part.EXPERTS: f"/office/certification/figures?{urlencode(then)}",
        Part.PILOTS: "/office/pilots",
        Part.ELSEWHERE: f"/office/training-reported?{urlencode(as_asked(_period(content)))}",
    }


def _period(content: Content) -> Period:
    asked = content["period"]
    first, last = (date.fromisoformat(asked[end]) for end in ("from", "to"))
    return Period(first, last, Cut(asked["cut"]), asked["name"])
