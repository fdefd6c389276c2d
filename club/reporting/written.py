"""What a unit says in its report: the form by period, or answers to questions.

Kept as JSON with a report and with each handing in. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any


class FigureKey(StrEnum):
    """Figures that every periodic report is asked for; they can be added up over units."""

    #: Courses that the unit held, or sent people to, outside this site.
    TRAININGS = "trainings"
    TURNS = "turns"
    HOURS = "hours"


@dataclass(frozen=True)
class Activity:
    #: A line of the plan, such as ``IV.2-1``; empty: none in particular.
    item: str
    words: str


@dataclass(frozen=True)
class OtherFigure:
    """A number of the unit's own. Never added up over units."""

    name: str
    value: Decimal
    measured_in: str


@dataclass(frozen=True)
class Written:
    activities: Sequence[Activity] = ()
    figures: Mapping[FigureKey, Decimal] = field(default_factory=dict)
    others: Sequence[OtherFigure] = ()
    difficulties: str = ""
    proposals: str = ""
    #: In the order of the questions of an ad hoc request.
    answers: Sequence[str] = ()

    @property
    def says_something(self) -> bool:
        return bool(
            self.activities
            or self.figures
            or self.others
            or self.difficulties
            or self.proposals
            or any(self.answers)
        )


def as_json(written: Written) -> dict[str, Any]:
    """Decimals as text: JSON would round them."""
    return {
        "activities": [{"item": one.item, "words": one.words} for one in written.activities],
        "figures": {key.value: str(value) for key, value in written.figures.items()},
        "others": [
            {"name": one.name, "value": str(one.value), "measured_in": one.measured_in}
            for one in written.others
        ],
        "difficulties": written.difficulties,
        "proposals": written.proposals,
        "answers": list(written.answers),
    }


def from_json(kept: Mapping[str, Any]) -> Written:
    return Written(
        activities=[Activity(**one) for one in kept.get("activities", ())],
        figures={FigureKey(key): Decimal(value) for key, value in kept.get("figures", {}).items()},
        others=[
            OtherFigure(one["name"], Decimal(one["value"]), one["measured_in"])
            for one in kept.get("others", ())
        ],
        difficulties=kept.get("difficulties", ""),
        proposals=kept.get("proposals", ""),
        answers=list(kept.get("answers", ())),
    )


def added_up(reports: Iterable[Written]) -> dict[FigureKey, Decimal]:
    """The common figures over units; what no unit said is not there, rather than nought."""
    total: dict[FigureKey, Decimal] = {}
    for written in reports:
        for key, value in written.figures.items():
            total[key] = total.get(key, Decimal(0)) + value
    return total
