"""What a list of values would do to those that stand."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from club.indicators import queries
from club.indicators.models import Observation
from club.indicators.value_lists.reading import Line


class Outcome(StrEnum):
    NEW = "new"
    REPLACES = "replaces"
    #: The same value, status and source stand already: nothing is written.
    SAME = "same"


@dataclass(frozen=True)
class Weighed:
    line: Line
    outcome: Outcome
    #: The value that stands for the period.
    known: Observation | None

    @property
    def lacks_reason(self) -> bool:
        return self.outcome is Outcome.REPLACES and not self.line.facts.reason


def weighed(lines: Sequence[Line]) -> list[Weighed]:
    standing = queries.standing_by_period({line.series.id for line in lines})
    found = []
    for line in lines:
        known = standing.get((line.series.id, line.facts.period_from, line.facts.as_of))
        found.append(Weighed(line, _outcome(line, known), known))
    return found


def _outcome(line: Line, known: Observation | None) -> Outcome:
    if known is None:
        return Outcome.NEW
    facts = line.facts
    same = (known.value, known.status, known.source) == (facts.value, facts.status, facts.source)
    return Outcome.SAME if same else Outcome.REPLACES


def seal_of(found: Sequence[Weighed]) -> str:
    """Changes whenever the list would do something else than was shown."""
    said = [
        (one.line.row, one.line.series.key, one.outcome.value, one.known.id if one.known else 0)
        for one in found
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()
