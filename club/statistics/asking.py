"""Reads what an address asks for: which period, by which dimensions, as of when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlencode

from club.periods import Cut, Period, months_of
from club.refusal import RefusedError
from club.statistics.dimensions import PER_YEAR, Dimension
from club.statistics.selecting import Selection, selection_as_asked, selection_asked
from club.web.asked_times import as_asked, moment_asked, period_asked

MOST_DIMENSIONS = 3

#: What an address may ask for, as the description of the site's data says it.
ARGUMENTS = {
    "period": "2026, 2026-Q1, 2026-6M, 2026-9M or 2026-03; the present year without it",
    "cut": "calendar, or report (from the 15th to the 14th; officials only)",
    "from": "First day, instead of period; the public gets whole calendar periods only",
    "to": "Last day",
    "as_of": "A day or moment: what the records said then (officials only)",
}
BY = (
    f"Up to {MOST_DIMENSIONS} of {', '.join(Dimension)}, with commas between; the public gets one "
    "beside year, quarter and month"
)

SELECTED = {
    dimension.value: "Only the turns with this value; none: where it is not known (officials only)"
    for dimension in Dimension
}


class AskingRefusal(StrEnum):
    DIMENSION = "This table cannot be cut that way. Choose from the list."
    TOO_MANY = "Choose at most three dimensions."
    NOT_A_WHOLE_PERIOD = (
        "In public, figures are given for whole months, quarters, half-years and years of the "
        "calendar. Choose one of them, or sign in as an official."
    )
    ONE_AT_A_TIME = (
        "In public, figures are cut one way at a time, beside years, quarters and months. Choose "
        "one dimension, or sign in as an official."
    )
    NOTHING_SELECTED = (
        "In public, figures are given for everybody who was trained. Sign in as an official to "
        "select some."
    )
    ONLY_NOW = (
        "In public, figures are given as the records stand now. Sign in as an official to see "
        "them as of a day."
    )


@dataclass(frozen=True)
class Question:
    period: Period
    by: tuple[Dimension, ...]
    as_of: datetime
    #: Whether the answer is how things stand now, rather than at a past moment.
    is_current: bool
    #: Of which turns alone; everything else about the question is of them.
    selection: Selection

    def address(self, more: Selection | None = None, *, as_of: datetime | None = None) -> str:
        """The query that asks for the same turns, or for those of them with ``more`` values.

        ``as_of``: as they were known then, where the question does not say.
        """
        asked = as_asked(self.period)
        moment = as_of if self.is_current else self.as_of
        if moment:
            asked["as_of"] = moment.isoformat()
        return urlencode(asked | dict(selection_as_asked({**self.selection, **(more or {})})))


def question_of(arguments: Mapping[str, str], *, now: datetime, cut: Cut) -> Question:
    """What ``from to period cut by as_of`` and the name of a dimension ask for; the present year
    where they say nothing.

    Raises ``RefusedError`` or ``PeriodError`` naming what cannot be read.
    """
    as_of = moment_asked(arguments.get("as_of"))
    period = period_asked(arguments, now=now, cut=cut)
    return Question(
        period=period,
        by=_dimensions(arguments.get("by", "")),
        as_of=as_of or now,
        is_current=as_of is None,
        selection=selection_asked(arguments, cut=period.cut),
    )


def refusal_to_tell_outsiders(question: Question) -> AskingRefusal | None:
    """Why outsiders get no answer: comparing such answers would tell what single people did."""
    if months_of(question.period) is None:
        return AskingRefusal.NOT_A_WHOLE_PERIOD
    if question.selection:
        return AskingRefusal.NOTHING_SELECTED
    if not question.is_current:
        return AskingRefusal.ONLY_NOW
    beside_time = [dimension for dimension in question.by if dimension not in PER_YEAR]
    return AskingRefusal.ONE_AT_A_TIME if len(beside_time) > 1 else None


def _dimensions(text: str) -> tuple[Dimension, ...]:
    try:
        asked = tuple(dict.fromkeys(Dimension(part) for part in text.split(",") if part))
    except ValueError as error:
        raise RefusedError(AskingRefusal.DIMENSION) from error
    if len(asked) > MOST_DIMENSIONS:
        raise RefusedError(AskingRefusal.TOO_MANY)
    return asked
