"""What the plan wants of certified experts; the plan lies above and says so itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True)
class Target:
    by_year: int
    #: "at least", "about": a key of the plan's words.
    op: str | None
    #: How many are wanted; ``None``: the plan gives no number.
    wanted: Decimal | None
    words: str
    words_en: str
    #: Where it stands on the report date, in the plan's words.
    state: StrEnum


#: For a report date, by what was known at a moment (``None``: now); the plan adds itself.
TARGETS: list[Callable[[date, datetime | None], Sequence[Target]]] = []


def targets_on(day: date, as_of: datetime | None) -> list[Target]:
    return [target for source in TARGETS for target in source(day, as_of)]
