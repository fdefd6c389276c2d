"""What rooms above add to a search; ``club.rooms`` fills these lists."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from club.search.models import FoundKind
from club.search.words import Question

#: Names of the things that editors want first for a question, at a moment.
PromotedSource = Callable[[Question, datetime], Sequence[str]]
PROMOTED: list[PromotedSource] = []

#: For kinds that stop being public by themselves: of the names that were found those that are
#: shown at this moment.
STILL_SHOWN: dict[FoundKind, Callable[[Collection[str], datetime], set[str]]] = {}

#: Told what was typed where nothing at all was found, and when.
UNANSWERED: list[Callable[[str, datetime], None]] = []


def promoted_names(asked: Question, now: datetime) -> list[str]:
    """Each once, in the order of the sources."""
    if asked.is_empty:
        return []
    return list(dict.fromkeys(name for source in PROMOTED for name in source(asked, now)))


def tell_unanswered(typed: str, now: datetime) -> None:
    for told in UNANSWERED:
        told(typed, now)


class Named(Protocol):
    @property
    def kind(self) -> FoundKind: ...
    @property
    def ref(self) -> str: ...


_Found = TypeVar("_Found", bound=Named)


def still_shown(found: Sequence[_Found], now: datetime) -> list[_Found]:
    """Without what has stopped being public since it was indexed."""
    gone = {
        name
        for kind, names_shown in STILL_SHOWN.items()
        if (names := {one.ref for one in found if one.kind is kind})
        for name in names - names_shown(names, now)
    }
    return [one for one in found if one.ref not in gone]
