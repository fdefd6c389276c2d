"""Where the figures of a report lead: to the rows behind each, as the records stood then."""

from collections.abc import Callable
from datetime import date

from club.periods import Cut, Period
from club.statistics.asking import Question
from club.statistics.dimensions import Dimension
from club.statistics.reports.contents import Content, made_at, only_unit
from club.statistics.selecting import Selection


def rows_at(content: Content) -> Callable[[Selection], str]:
    """Gives the address of those rows of a report that have some values."""
    asked, ward = content["period"], only_unit(content)
    first, last = (date.fromisoformat(asked[end]) for end in ("from", "to"))
    question = Question(
        period=Period(first, last, Cut(asked["cut"]), asked["name"]),
        by=(),
        as_of=made_at(content),
        is_current=False,
        selection={Dimension.UNIT: ward} if ward else {},
    )
    return lambda selection: f"/statistics/participations?{question.address(selection)}"


def selection_of_row(table: Content, row: Content) -> Selection:
    """What a line of a report's table is of."""
    return dict(zip(map(Dimension, table["by"]), row["keys"], strict=True))
