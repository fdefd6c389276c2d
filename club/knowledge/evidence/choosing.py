"""Choosing cases by what they have, and counting what another choice would leave."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from club.knowledge.evidence.bands import Years

#: What a case can be chosen by, as addresses name it.
FACETS = (
    "sector", "size", "tool", "about", "place", "unit", "period", "strength", "shape", "topic",
    "result",
)  # fmt: skip
#: Conditions that are no values of a facet: years from and to, and words to find.
YEARS, WORDS = "period", "q"
#: The years that are offered at one click, from and to; others can be typed.
PERIODS: Mapping[str, Years] = {
    "-2009": Years(None, 2009),
    "2010-2014": Years(2010, 2014),
    "2015-2019": Years(2015, 2019),
    "2020-": Years(2020, None),
}


@dataclass(frozen=True)
class CaseTraits:
    """What cases are chosen and counted by."""

    id: int
    slug: str
    years: Years | None
    #: The names of its places, as far as the source writes them.
    places: Mapping[str, str]
    #: The keys it has for each facet.
    values: Mapping[str, Collection[str]]
    #: The names of its ward, in Vietnamese and English, by its key.
    units: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Chosen:
    """What is asked for: one key for each facet, and years that a case's own must meet."""

    keys: Mapping[str, str] = field(default_factory=dict)
    years: Years | None = None

    def fails(self, one: CaseTraits) -> list[str]:
        """The conditions that this case does not meet."""
        failing = [name for name, key in self.keys.items() if key not in one.values[name]]
        if self.years and not (one.years and one.years.meets(self.years)) and YEARS not in failing:
            failing.append(YEARS)
        return failing


@dataclass(frozen=True)
class Sifted:
    matching: list[CaseTraits]
    #: How many cases each key of each facet would leave, all other conditions kept.
    counts: Mapping[str, Counter[str]]
    #: How many cases would be left without this one condition.
    without: Counter[str]


def sift(
    traits: Iterable[CaseTraits], chosen: Chosen, *, found: Collection[str] | None = None
) -> Sifted:
    """``found``: the addresses of those that have the words asked for; ``None``: none are."""
    sifted = Sifted([], {name: Counter() for name in FACETS}, Counter())
    for one in traits:
        failing = chosen.fails(one)
        if found is not None and one.slug not in found:
            failing.append(WORDS)
        if not failing:
            sifted.matching.append(one)
        if len(failing) < 2:
            for name in failing or FACETS:
                sifted.counts.get(name, Counter()).update(one.values.get(name, ()))
            sifted.without.update(failing)
    return sifted
