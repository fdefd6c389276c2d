"""Which part of a transcript is asked for, in addresses: ``year topic``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

_LONGEST = 100
_YEAR = re.compile(r"[0-9]{4}")
_YEARS = range(1900, 2101)


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for. Values that mean nothing are left out, never an error."""

    year: int | None = None
    #: Key of a topic.
    topic: str = ""

    @property
    def in_use(self) -> list[str]:
        return [name for name, value in vars(self).items() if value]

    def without(self, name: str) -> "Wanted":
        return Wanted(**{key: value for key, value in vars(self).items() if key != name})

    def takes(self, day: date, topic_key: str | None) -> bool:
        return self.year in {None, day.year} and self.topic in {"", topic_key}

    def address_query(self) -> str:
        """With its question mark; empty without any condition."""
        written = urlencode({name: getattr(self, name) for name in self.in_use})
        return f"?{written}" if written else ""


EVERYTHING = Wanted()


def wanted_from(given: Mapping[str, str]) -> Wanted:
    year = given.get("year", "")
    is_year = _YEAR.fullmatch(year) and int(year) in _YEARS
    return Wanted(int(year) if is_year else None, given.get("topic", "")[:_LONGEST])
