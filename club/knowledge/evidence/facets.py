"""The choices beside the list of cases in the reader's words, each with what it would leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask_babel import get_locale, gettext

from club.knowledge import queries
from club.knowledge.evidence.asking import FROM, TO, Asked
from club.knowledge.evidence.bands import UNKNOWN, SizeBand
from club.knowledge.evidence.choosing import PERIODS, WORDS, YEARS, CaseTraits, Sifted
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.evidence.labels import LABELS, STRENGTHS
from club.knowledge.labels import LABELS as KNOWLEDGE_LABELS
from club.knowledge.models import FigureShape, ResultKind
from club.people.sectors import SECTORS
from club.units.queries import unit_by_key
from club.web.language import said

_COMMONEST_FIRST = {"sector", "tool", "about", "place", "unit"}


class Choice(NamedTuple):
    label: str
    href: str
    number: int
    is_current: bool


@dataclass(frozen=True)
class Facet:
    name: str
    title: str
    choices: list[Choice]

    @property
    def current(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.is_current), None)


@dataclass(frozen=True)
class Condition:
    """One thing that the list is filtered by."""

    label: str
    #: The list without it, and how many cases it would have.
    href: str
    count: int


def facets_of(traits: Sequence[CaseTraits], sifted: Sifted, asked: Asked) -> list[Facet]:
    """Each choice that leaves something, and the one in use; choosing that again undoes it."""
    return [
        Facet(name, title, _choices(name, words, sifted, asked))
        for name, (title, words) in _vocabulary(traits, asked).items()
    ]


def conditions_of(facets: Sequence[Facet], sifted: Sifted, asked: Asked) -> list[Condition]:
    """What the list is filtered by, in the order of the page."""
    found = []
    if asked.q:
        found.append(Condition(f"“{asked.q}”", asked.address({"q": ""}), sifted.without[WORDS]))
    for facet in facets:
        if facet.current:
            label = f"{facet.title}: {facet.current.label}"
            without = sifted.without[facet.name]
            found.append(Condition(label, asked.address({facet.name: ""}), without))
    if asked.chosen.years:
        href = asked.address({FROM: "", TO: ""})
        found.append(Condition(_years(asked), href, sifted.without[YEARS]))
    return found


def _years(asked: Asked) -> str:
    if not asked.last:
        return str(gettext("From %(year)s on", year=asked.first))
    if not asked.first:
        return str(gettext("Up to %(year)s", year=asked.last))
    return f"{asked.first} – {asked.last}"


def _choices(name: str, words: dict[str, str], sifted: Sifted, asked: Asked) -> list[Choice]:
    counts, current = sifted.counts[name], asked.keys.get(name, "")
    # What nobody has ever heard of can still be taken away.
    words = {current: current} | words if current and current not in words else words
    also: dict[str, str] = {FROM: "", TO: ""} if name == YEARS else {}
    choices = [
        Choice(
            label=label,
            href=asked.address({name: "" if key == current else key, **also}),
            number=counts[key],
            is_current=key == current,
        )
        for key, label in words.items()
        if counts[key] or key == current
    ]
    if name in _COMMONEST_FIRST:
        last = {words.get(UNKNOWN), words.get(MeasureKind.OTHER) if name == "about" else None}
        choices.sort(key=lambda choice: (choice.label in last, -choice.number))
    return choices


def _vocabulary(
    traits: Sequence[CaseTraits], asked: Asked
) -> dict[str, tuple[str, dict[str, str]]]:
    tools = {key: said(tool.name, tool.name_en) for key, tool in queries.tool_names().items()}
    topics = {topic.key: said(topic.name, topic.name_en) for topic in queries.topics_in_order()}
    periods = {key: key.replace("-", " – ", 1) for key in PERIODS}
    periods |= {"-2009": gettext("Before 2010"), "2020-": gettext("2020 and later")}
    return {
        "sector": (gettext("Sector"), {key: str(name) for key, name in SECTORS.items()}),
        "size": (gettext("Size"), {band.value: str(LABELS[band]) for band in SizeBand}),
        "tool": (gettext("Tool"), {key: name or key for key, name in tools.items()}),
        "about": (gettext("Kind of measure"), {k.value: str(LABELS[k]) for k in MeasureKind}),
        "place": (gettext("Where it is"), _places(traits)),
        "unit": (gettext("Ward"), _units(traits, asked.keys.get("unit"))),
        "period": (gettext("Year of the figures"), periods | {UNKNOWN: gettext("Year not known")}),
        "strength": (gettext("Strength"), {s.value: str(STRENGTHS[s]) for s in STRENGTHS}),
        "shape": (gettext("Figures"), {s.value: str(KNOWLEDGE_LABELS[s]) for s in FigureShape}),
        "topic": (gettext("Topic"), {key: name or key for key, name in topics.items()}),
        "result": (
            gettext("Where the result comes from"),
            {kind.value: str(KNOWLEDGE_LABELS[kind]) for kind in ResultKind},
        ),
    }


def _places(traits: Sequence[CaseTraits]) -> dict[str, str]:
    territories = get_locale().territories
    named = {key: name for one in traits for key, name in one.places.items()}
    names = {key: name or territories.get(key.upper(), key) for key, name in named.items()}
    return names | ({UNKNOWN: gettext("Place not known")} if UNKNOWN in names else {})


def _units(traits: Sequence[CaseTraits], wanted: str | None) -> dict[str, str]:
    """Those of cases, and the one asked for, by its name too where it has no case yet."""
    units = {key: said(*names) for one in traits for key, names in one.units.items()}
    if wanted and wanted not in units and (unit := unit_by_key(wanted)):
        units[wanted] = said(unit.name, unit.name_en)
    return units
