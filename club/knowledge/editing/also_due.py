"""What else than texts has to be compared with its sources again: what rooms and packages add."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from club.knowledge.models import Article


class Remembers(Protocol):
    """A row that keeps of which day editors have been reminded."""

    reminded_of: date | None


@dataclass(frozen=True)
class Due:
    """Something whose day has come."""

    row: Remembers
    title: str
    title_en: str
    #: Where it is read, and where a POST says that nothing has to be changed.
    address: str
    check_address: str
    checked_on: date | None
    review_by: date


#: What is due by a day, of each kind.
ALSO_DUE: list[Callable[[date], Iterable[Due]]] = []


def also_due(on: date) -> list[Due]:
    """What is due by that day beside texts, the longest overdue first."""
    found = [one for source in ALSO_DUE for one in source(on)]
    return sorted(found, key=lambda one: (one.review_by, one.address))


def due_text(article: Article) -> Due:
    return Due(
        row=article,
        title=article.title,
        title_en=article.title_en,
        address=f"/knowledge/{article.slug}",
        check_address=f"/office/knowledge/texts/{article.slug}/check",
        checked_on=article.checked_on,
        review_by=article.review_by,
    )
