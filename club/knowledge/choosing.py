"""Choosing cases by what they have, and counting what another choice would leave."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from club.knowledge.rows import CaseTraits


@dataclass(frozen=True)
class Chosen:
    """What is asked for in the address; an empty text asks for nothing."""

    shape: str = ""
    result: str = ""
    sector: str = ""
    tool: str = ""
    topic: str = ""

    def without(self, name: str) -> "Chosen":
        return replace(self, **{name: ""})

    def used(self) -> dict[str, str]:
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}


def cases_matching(traits: Iterable[CaseTraits], chosen: Chosen) -> list[CaseTraits]:
    return [one for one in traits if _matches(one, chosen)]


def counts_by(traits: Sequence[CaseTraits], chosen: Chosen, name: str) -> Counter[str]:
    """How many cases each value of ``name`` would leave, all other choices kept."""
    others = chosen.without(name)
    tally: Counter[str] = Counter()
    for one in traits:
        if _matches(one, others):
            tally.update(_values(one)[name])
    return tally


def _matches(one: CaseTraits, chosen: Chosen) -> bool:
    values = _values(one)
    return all(value in values[name] for name, value in chosen.used().items())


def _values(one: CaseTraits) -> dict[str, Iterable[str]]:
    return {
        "shape": (one.shape.value,),
        "result": (one.result.value,),
        "sector": (one.sector,),
        "tool": one.tools,
        "topic": one.topics,
    }
