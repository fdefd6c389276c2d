"""The facts of a text in words, line by line, to be read and to be compared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import get_locale, gettext, pgettext

from club.files.fields import Said
from club.knowledge.evidence.bands import AT_HOME, NOT_NAMED
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.evidence.labels import LABELS as EVIDENCE_LABELS
from club.knowledge.facts import ArticleFacts, CaseFacts, MeasureFacts, OtherFigure
from club.knowledge.figures import in_english
from club.knowledge.labels import LABELS
from club.knowledge.models import Direction
from club.people.sectors import sector_name
from club.units.queries import unit_by_key
from club.web.language import day, is_english, said

#: Vietnamese and English, by key; under ``topics`` and ``tools``.
Names = Mapping[str, Mapping[str, tuple[str, str]]]


@dataclass(frozen=True)
class FactWords:
    """One fact: its name, and what is said of it, one thing a line."""

    name: str
    lines: list[str]


def fact_words(facts: ArticleFacts, names: Names) -> list[FactWords]:
    """All facts but the texts, in the reader's language; both languages where both are stored."""
    rows = [
        FactWords(pgettext("text", "Title"), _both(facts.title)),
        FactWords(gettext("Summary"), _both(facts.summary)),
        FactWords(gettext("Topics"), _named(facts.topics, names["topics"])),
        FactWords(gettext("Tools"), _named(facts.tools, names["tools"])),
        FactWords(gettext("Courses"), facts.courses),
        *(_case_words(facts.case) if facts.case else ()),
        FactWords(gettext("Sources"), [_source(one) for one in facts.sources]),
        FactWords(gettext("Last checked"), [day(facts.checked_on)]),
        FactWords(
            gettext("To be checked again by"), [day(facts.review_by)] if facts.review_by else []
        ),
        FactWords(gettext("Address"), [f"/knowledge/{facts.slug}"]),
    ]
    return [row for row in rows if row.lines]


def _case_words(case: CaseFacts) -> Iterator[FactWords]:
    name = case.organisation
    if case.name_unconfirmed:
        name = gettext("%(name)s (spelling not confirmed)", name=name)
    if case.anonymised:
        name = gettext("%(name)s (not named)", name=name)
    yield FactWords(gettext("Firm or agency"), list(filter(None, [name, case.organisation_en])))
    yield FactWords(gettext("Why the club may publish it"), [str(LABELS[case.consent])])
    yield FactWords(gettext("Where it is"), list(filter(None, [_place(case)])))
    yield FactWords(gettext("Ward"), [_unit(case.unit)] if case.unit else [])
    yield FactWords(gettext("Sector"), [sector_name(case.sector)])
    yield FactWords(gettext("Size"), _both(case.size))
    yield FactWords(gettext("Year"), [case.year] if case.year else [])
    yield FactWords(gettext("How long it took"), _both(case.duration))
    yield FactWords(gettext("Cost"), _both(case.cost))
    yield FactWords(gettext("Programme"), _both(case.programme))
    yield FactWords(gettext("Problem"), _both(case.problem))
    yield FactWords(gettext("Figures"), [_measure(one) for one in case.measures])
    yield FactWords(gettext("Where the result comes from"), [str(LABELS[case.result_kind])])
    strength = gettext("Level %(letter)s", letter=case.strength.value)
    yield FactWords(gettext("Strength of the evidence"), [strength])
    yield FactWords(gettext("How it was measured"), _both(case.how_measured))
    unknown = zip(case.unknown, case.unknown_en, strict=False)
    yield FactWords(gettext("What is not known"), [" / ".join(pair) for pair in unknown])


def _place(case: CaseFacts) -> str:
    """The country only where it is not plain: abroad, or where no place is named."""
    is_plain = (case.country == AT_HOME and case.place) or case.country == NOT_NAMED
    country = "" if is_plain else get_locale().territories.get(case.country, case.country)
    return ", ".join(filter(None, [case.place, country]))


def _both(said: Said | None) -> list[str]:
    return list(dict.fromkeys(filter(None, said))) if said else []


def _named(keys: list[str], names: Mapping[str, tuple[str, str]]) -> list[str]:
    return [names.get(key, (key, key))[is_english()] for key in keys]


def _unit(key: str) -> str:
    unit = unit_by_key(key)
    return said(unit.name, unit.name_en) if unit else key


def _measure(measure: MeasureFacts) -> str:
    better = (
        gettext("more is better")
        if measure.direction is Direction.HIGHER
        else gettext("less is better")
    )
    about = "" if measure.about is MeasureKind.OTHER else str(EVIDENCE_LABELS[measure.about])
    parts = [
        about,
        _said(measure.unit),
        gettext("before %(figure)s", figure=_figure(measure.before_text))
        if measure.before_text
        else "",
        gettext("after %(figure)s", figure=_figure(measure.after_text))
        if measure.after_text
        else "",
        _said(measure.change),
        better,
        _said(measure.period),
        _said(measure.note),
        _said(measure.how_measured),
        gettext("Level %(letter)s", letter=measure.strength.value) if measure.strength else "",
        gettext("source %(number)s", number=measure.source) if measure.source else "",
        *map(_conflicting, measure.conflicts),
    ]
    return f"{' / '.join(_both(measure.metric))}: {'; '.join(part for part in parts if part)}"


def _conflicting(other: OtherFigure) -> str:
    parts = [_figure(other.figures), _said(other.change)]
    words = ", ".join(part for part in parts if part)
    return str(
        gettext("otherwise %(figures)s (%(where)s)", figures=words, where=_said(other.where))
    )


def _said(said: Said | None) -> str:
    return " / ".join(_both(said))


def _figure(text: str) -> str:
    return in_english(text) if is_english() else text


def _source(source: Mapping[str, object]) -> str:
    how = (
        gettext("read in a copy or a retelling")
        if source["secondary"]
        else gettext("read at the source")
    )
    return f"{source['title']} ({how}) {source['url'] or ''}".strip()
