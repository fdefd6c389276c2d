"""Figures of several cases side by side: how much each changed, and what they have in common."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from club.knowledge.evidence.bands import years_of
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.models import Direction, ResultKind, Strength
from club.knowledge.rows import Figure
from club.vietnamese import text_sort_key

#: With fewer cases a median says no more than they do.
FEWEST_FOR_MEDIAN = 3
#: What these are about differs from case to case, so that their changes have no middle.
NOT_COMPARABLE = frozenset({MeasureKind.OTHER})


class Way(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


@dataclass(frozen=True)
class Change:
    #: Of the figure before, with its sign: 30 to 10 is about -66.7.
    percent: float
    way: Way


def change_of(figure: Figure) -> Change | None:
    """From exact numbers only; ``None`` where one is missing, and from nought or below, where
    no share can be taken.
    """
    before, after = figure.before, figure.after
    if not isinstance(before, int | float) or not isinstance(after, int | float):
        return None
    if before <= 0 or after < 0 or figure.better is None:
        return None
    rises = figure.better is Direction.HIGHER
    way = Way.SAME if after == before else Way.BETTER if (after > before) is rises else Way.WORSE
    return Change(100 * (after - before) / before, way)


@dataclass(frozen=True)
class EvidenceRow:
    """One figure of a case, with what there is to know about it."""

    slug: str
    title: str
    title_en: str
    organisation: str
    organisation_en: str | None
    sector: str
    country: str
    place: str | None
    year: str | None
    strength: Strength
    result_kind: ResultKind
    how_measured: str | None
    how_measured_en: str | None
    about: MeasureKind
    figure: Figure
    #: The one of the text's sources that gives the figure, where it says which.
    source: Mapping[str, Any] | None = None

    @property
    def change(self) -> Change | None:
        """Nothing was measured of C."""
        return None if self.strength is Strength.C else change_of(self.figure)


@dataclass(frozen=True)
class Summary:
    """What cases of one strength say together of figures that should go the same way."""

    strength: Strength
    better: Direction
    #: How many have a change that can be worked out: each once, with the median of its own.
    cases: int
    lowest: float
    highest: float
    #: ``None`` of fewer than three.
    median: float | None


@dataclass(frozen=True)
class EvidenceGroup:
    about: MeasureKind
    #: Of A and of B, each in the order they came in.
    rows: dict[Strength, list[EvidenceRow]]
    summaries: list[Summary]


def groups_of(rows: Iterable[EvidenceRow]) -> list[EvidenceGroup]:
    """What was measured, kind by kind in the order of the vocabulary; C is left out."""
    found: dict[MeasureKind, dict[Strength, list[EvidenceRow]]] = {
        kind: {Strength.A: [], Strength.B: []} for kind in MeasureKind
    }
    for row in rows:
        if row.strength is not Strength.C:
            found[row.about][row.strength].append(row)
    return [
        EvidenceGroup(kind, of_kind, [] if kind in NOT_COMPARABLE else _summaries(of_kind))
        for kind, of_kind in found.items()
        if any(of_kind.values())
    ]


def _summaries(of_kind: dict[Strength, list[EvidenceRow]]) -> list[Summary]:
    return [
        summary
        for strength, rows in of_kind.items()
        for better in Direction
        if (summary := _summary(strength, better, rows))
    ]


def _summary(strength: Strength, better: Direction, rows: list[EvidenceRow]) -> Summary | None:
    from statistics import median

    own: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        if row.change and row.figure.better is better:
            own[row.slug].append(row.change.percent)
    # A case that counted with each of its figures would outweigh the others.
    changes = sorted(median(some) for some in own.values())
    if not changes:
        return None
    enough = len(changes) >= FEWEST_FOR_MEDIAN
    middle = median(changes) if enough else None
    return Summary(strength, better, len(changes), changes[0], changes[-1], middle)


class Order(StrEnum):
    CLEAREST = "clearest"
    CHANGE = "change"
    YEAR = "year"
    NAME = "name"


def in_order(rows: Sequence[EvidenceRow], order: Order) -> list[EvidenceRow]:
    """The figures of a case stay side by side but where they are ordered by change."""
    if order is Order.CLEAREST:
        return list(rows)
    if order is Order.CHANGE:
        return sorted(rows, key=_largest_gain_first)
    cases = [list(some) for _slug, some in groupby(rows, key=lambda row: row.slug)]
    by = _latest_first if order is Order.YEAR else _name
    return [row for some in sorted(cases, key=lambda case: by(case[0])) for row in some]


def _largest_gain_first(row: EvidenceRow) -> tuple[bool, float]:
    if row.change is None:
        return True, 0.0
    sign = -1 if row.figure.better is Direction.HIGHER else 1
    return False, sign * row.change.percent


def _latest_first(row: EvidenceRow) -> tuple[int, str]:
    years = years_of(row.year)
    return -(years.last or 0) if years else 0, row.slug


def _name(row: EvidenceRow) -> tuple[int, str]:
    return 0, text_sort_key(row.organisation)
