"""Long lists in pages: which part is shown, and how many parts there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list. A number beyond the end shows an empty page, not an error."""

    items: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def has_prev(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.pages


def page_number(typed: str | None) -> int:
    """The page somebody asked for in an address; nonsense means the first one."""
    digits = (typed or "").strip()
    return max(1, int(digits)) if digits.isascii() and digits.isdecimal() and len(digits) < 7 else 1
