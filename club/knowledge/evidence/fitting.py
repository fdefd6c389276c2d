"""What fits a firm: cases and tools for what goes wrong there, each with the reasons."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from club.knowledge.evidence.bands import UNKNOWN
from club.knowledge.evidence.choosing import CaseTraits
from club.knowledge.models import Strength

#: Somebody who does not want to say.
ANY = "any"
MOST_CASES = 6
_SPEAKS, _MEASURED, _TOOL, _SECTOR, _SIZE = 4, 4, 2, 3, 3


@dataclass(frozen=True)
class Firm:
    """What was answered: keys of a sector and of a band of sizes, or ``any``."""

    sector: str
    size: str


@dataclass(frozen=True)
class Trouble:
    """What goes wrong, as ``content/problems.yaml`` describes it."""

    about: Sequence[str]
    tools: Sequence[str]
    #: Of the cases whose words speak of it.
    speaking: Collection[int]


@dataclass(frozen=True)
class FittingCase:
    case: CaseTraits
    speaks: bool
    #: Keys that it has in common with what was asked.
    about: list[str] = field(default_factory=list)
    tools: list[str] = field(default_factory=list)
    same_sector: bool = False
    same_size: bool = False

    @property
    def weight(self) -> int:
        return (
            _SPEAKS * self.speaks
            + _MEASURED * bool(self.about)
            + _TOOL * bool(self.tools)
            + _SECTOR * self.same_sector
            + _SIZE * self.same_size
        )


def fitting_cases(traits: Sequence[CaseTraits], firm: Firm, trouble: Trouble) -> list[FittingCase]:
    """Those that measured or speak of the trouble, the nearest first, of equals the clearest;
    what nobody measured comes after all that somebody did.
    """
    found = [_fitting(one, firm, trouble) for one in traits]
    near = [one for one in found if one.speaks or one.about]
    return sorted(near, key=lambda one: (not _is_measured(one.case), -one.weight))[:MOST_CASES]


def _fitting(one: CaseTraits, firm: Firm, trouble: Trouble) -> FittingCase:
    return FittingCase(
        case=one,
        speaks=one.id in trouble.speaking,
        about=[key for key in trouble.about if key in one.values["about"]],
        tools=[key for key in trouble.tools if key in one.values["tool"]],
        same_sector=firm.sector in one.values["sector"],
        # That neither size is known is nothing in common.
        same_size=firm.size != UNKNOWN and firm.size in one.values["size"],
    )


def uses_in_sector(traits: Sequence[CaseTraits], tool: str, sector: str) -> int:
    """How many measured cases of the sector used the tool."""
    return sum(
        tool in one.values["tool"] and sector in one.values["sector"] and _is_measured(one)
        for one in traits
    )


def _is_measured(one: CaseTraits) -> bool:
    return Strength.C.value not in one.values["strength"]
