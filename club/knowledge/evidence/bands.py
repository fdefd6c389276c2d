"""What lists filter by, derived from what sources write: sizes, years and places.

Only what a source says outright counts. A number of patients, of members of a circle or of the
people at one line is not the size of a firm: where the text says nothing else, it is unknown.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from club.vietnamese import slug

UNKNOWN = "unknown"
VIETNAM = "vn"
#: Of countries as cases write them. NOT_NAMED: the source says none.
AT_HOME, NOT_NAMED = "VN", "ZZ"


class SizeBand(StrEnum):
    """How many people work for the firm."""

    TO_100 = "to_100"
    TO_200 = "to_200"
    TO_1000 = "to_1000"
    OVER_1000 = "over_1000"
    #: The source says so in words, and gives no number.
    SMALL_OR_MEDIUM = "small_or_medium"
    UNKNOWN = "unknown"


_LARGEST = {SizeBand.TO_100: 100, SizeBand.TO_200: 200, SizeBand.TO_1000: 1000}
_WORDS_FOR_SMALL = (
    "doanh nghiệp nhỏ và vừa",
    "doanh nghiệp siêu nhỏ",
    "doanh nghiệp nhỏ",
    "doanh nghiệp vừa",
    "cơ sở nhỏ",
)
_PEOPLE = re.compile(
    r"(?P<about>khoảng|≈|~|hơn|trên|gần|dưới)?\s*(?P<least>\d[\d.]*)(?:\s*[–-]\s*(?P<most>\d[\d.]*))?"
    r"\s*(?:người lao động|lao động|công nhân|nhân viên|người)(?:\s*\(toàn công ty\))?"
)
#: What a word makes of the number behind it: ``hơn 1.000`` is at least 1,001.
_STEPS = {"hơn": 1, "trên": 1, "gần": -1, "dưới": -1}


@lru_cache(maxsize=4_096)
def size_band(size: str | None) -> SizeBand:
    """Of a size as a case states it in Vietnamese: ``Khoảng 300 lao động; hơn 20 năm``."""
    for part in re.split(r"[;,]\s+", (size or "").casefold()):
        people = _PEOPLE.fullmatch(part.strip())
        if people:
            return _band_of(people)
        if part.strip() in _WORDS_FOR_SMALL:
            return SizeBand.SMALL_OR_MEDIUM
    return SizeBand.UNKNOWN


def _band_of(people: re.Match[str]) -> SizeBand:
    step = _STEPS.get(people["about"] or "", 0)
    ends = [int(end.replace(".", "")) + step for end in people.group("least", "most") if end]
    bands = {_band_with(number) for number in ends}
    return bands.pop() if len(bands) == 1 else SizeBand.UNKNOWN


def _band_with(people: int) -> SizeBand:
    fitting = (band for band, largest in _LARGEST.items() if people <= largest)
    return next(fitting, SizeBand.OVER_1000)


@dataclass(frozen=True)
class Years:
    """From one year to another, both with it; ``None``: without an end on that side."""

    first: int | None
    last: int | None

    def meets(self, other: "Years") -> bool:
        return _not_after(self.first, other.last) and _not_after(other.first, self.last)


def _not_after(first: int | None, last: int | None) -> bool:
    return first is None or last is None or first <= last


@lru_cache(maxsize=4_096)
def years_of(year: str | None) -> Years | None:
    """Of a year as a case states it: ``2013 – 2017``, ``≈ 2015``. Of ``2008 –`` only the first
    is known.
    """
    named = [int(found) for found in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", year or "")]
    return Years(min(named), max(named)) if named else None


def begun_in(year: str | None) -> str | None:
    """The year of ``2003 –``, of which no end is known."""
    open_end = re.fullmatch(r"\s*(\S.*\d)\s*[–-]\s*", year or "")
    return open_end[1] if open_end else None


def places_of(place: str | None, country: str) -> dict[str, str]:
    """Where a case is, as keys and names in the source's words; each part of ``Hóc Môn, TP.HCM``
    is a place. Abroad only the country counts, and the page knows its name.
    """
    if country != AT_HOME:
        return {UNKNOWN: ""} if country == NOT_NAMED else {country.lower(): ""}
    parts = [part.strip() for part in (place or "").split(",") if part.strip()]
    return {VIETNAM: ""} | ({slug(part): part for part in parts} or {UNKNOWN: ""})
