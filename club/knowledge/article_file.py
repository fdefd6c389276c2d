"""What a file of ``content/`` says, checked in every detail before anything is brought in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from club.files.content_error import Fault
from club.files.strict_yaml import Fields, Said
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.figures import shape_of, written
from club.knowledge.front_matter import FrontMatter
from club.knowledge.models import (
    MEASURED,
    RECKONED,
    ArticleKind,
    Direction,
    FigureShape,
    ResultKind,
    Strength,
)
from club.knowledge.rendering import LONGEST_TEXT, MOST_LINES, MOST_MARKS, is_crowded
from club.people.sectors import SECTORS

FOLDERS = {
    "cases": ArticleKind.CASE,
    "tools": ArticleKind.TOOL,
    "articles": ArticleKind.ARTICLE,
}
#: Addresses below /knowledge/ that are other pages.
_TAKEN_SLUGS = {*FOLDERS, "documents", "data", "calculators"}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class MeasureFacts:
    metric: Said
    about: MeasureKind
    unit: Said | None
    before: float | str | None
    after: float | str | None
    change: Said | None
    direction: Direction
    period: Said | None
    note: Said | None

    @property
    def before_text(self) -> str | None:
        return written(self.before)

    @property
    def after_text(self) -> str | None:
        return written(self.after)

    @property
    def is_exact_pair(self) -> bool:
        return isinstance(self.before, int | float) and isinstance(self.after, int | float)

    @property
    def shape(self) -> FigureShape:
        return shape_of(self.before_text, self.after_text)


@dataclass(frozen=True)
class CaseFacts:
    organisation: str
    name_unconfirmed: bool
    country: str
    place: str | None
    sector: str
    size: Said | None
    year: str | None
    duration: Said | None
    cost: Said | None
    programme: Said | None
    problem: Said | None
    result_kind: ResultKind
    strength: Strength
    how_measured: Said | None
    unknown: list[str]
    unknown_en: list[str]
    measures: list[MeasureFacts]

    @property
    def shape(self) -> FigureShape:
        return FigureShape.NOT_MEASURED if self.strength is Strength.C else self.measures[0].shape

    @property
    def exact_pairs(self) -> int:
        return 0 if self.strength is Strength.C else sum(m.is_exact_pair for m in self.measures)


@dataclass(frozen=True)
class ArticleFile:
    path: str
    slug: str
    kind: ArticleKind
    title: Said
    summary: Said
    topics: list[str]
    tools: list[str]
    courses: list[str]
    checked_on: date
    sources: list[dict[str, Any]]
    case: CaseFacts | None
    body: str
    #: A short version in English, in Markdown.
    english: str | None = None


def read_article_file(
    path: str, text: str, *, topics: set[str], tools: set[str]
) -> tuple[ArticleFile, list[Fault]]:
    """The facts of the file at ``path`` (below ``content/``), and all that is wrong with it.

    ``topics`` and ``tools`` are the keys that it may name.
    """
    matter = FrontMatter(path, text)
    if matter.faults:
        return _nothing(path), matter.faults
    fields = matter.fields
    kind = _kind(fields, path)
    facts = ArticleFile(
        path=path,
        slug=PurePath(path).stem,
        kind=kind,
        title=fields.said("title", needed=True) or Said("", ""),
        summary=fields.said("summary", needed=True) or Said("", ""),
        topics=_known(fields, "topics", topics),
        tools=_known(fields, "tools", tools),
        courses=_each_once(fields, "courses"),
        checked_on=fields.day("checked_on"),
        sources=[_source(source) for source in fields.mappings("sources")],
        case=_case(fields) if kind is ArticleKind.CASE else None,
        body=matter.body,
        english=fields.prose("english"),
    )
    fields.finish()
    _check_outside(matter, facts)
    return facts, matter.faults


def _nothing(path: str) -> ArticleFile:
    said = Said("", "")
    kind = ArticleKind.ARTICLE
    return ArticleFile(path, "", kind, said, said, [], [], [], date.min, [], None, "")


def _kind(fields: Fields, path: str) -> ArticleKind:
    kind = fields.choice("kind", ArticleKind)
    expected = FOLDERS[PurePath(path).parts[0]]
    if kind is not expected:
        fields.fault("kind", f"is {expected.value} in this folder")
    return expected


def _check_outside(matter: FrontMatter, facts: ArticleFile) -> None:
    if not _SLUG.fullmatch(facts.slug) or facts.slug in _TAKEN_SLUGS:
        message = "the file's name is its address: small letters a-z, digits and hyphens"
        matter.faults.append(Fault(facts.path, None, "", message))
    if not facts.body:
        matter.faults.append(Fault(facts.path, None, "", "has no text below the front matter"))
    for where, text in (("", facts.body), ("english", facts.english or "")):
        matter.faults += [Fault(facts.path, None, where, message) for message in _too_much(text)]


def _too_much(text: str) -> Iterator[str]:
    if len(text) > LONGEST_TEXT:
        yield f"is longer than {LONGEST_TEXT} characters"
    if is_crowded(text):
        yield f"has more than {MOST_MARKS} marks such as * or [, or {MOST_LINES} lines"


def _known(fields: Fields, key: str, known: set[str]) -> list[str]:
    given = _each_once(fields, key)
    for one in given:
        if one not in known:
            fields.fault(key, f"{one[:40]} is not one of {', '.join(sorted(known))}")
    return given


def _each_once(fields: Fields, key: str) -> list[str]:
    given = fields.texts(key)
    if len(given) != len(set(given)):
        fields.fault(key, "names something twice")
    return given


def _source(fields: Fields) -> dict[str, Any]:
    source = {
        "title": fields.text("title", needed=True),
        "url": fields.text("url"),
        "secondary": fields.flag("secondary"),
    }
    if source["url"] and not str(source["url"]).startswith(("http://", "https://")):
        fields.fault("url", "begins with http:// or https://")
    fields.finish()
    return source


def _case(fields: Fields) -> CaseFacts:
    organisation = fields.mapping("organisation")
    name = organisation.text("name", needed=True) or ""
    name_unconfirmed = organisation.flag("name_unconfirmed")
    organisation.finish()
    result_kind, strength = _evidence(fields)
    unknown, unknown_en = fields.texts_said("unknown")
    return CaseFacts(
        organisation=name,
        name_unconfirmed=name_unconfirmed,
        country=_country(fields),
        place=fields.text("place"),
        sector=_sector(fields),
        size=fields.said("size"),
        year=_year(fields),
        duration=fields.said("duration"),
        cost=fields.said("cost"),
        programme=fields.said("programme"),
        problem=fields.said("problem"),
        result_kind=result_kind,
        strength=strength,
        how_measured=fields.said("how_measured"),
        unknown=unknown,
        unknown_en=unknown_en,
        measures=_measures(fields),
    )


def _country(fields: Fields) -> str:
    country = fields.text("country", needed=True) or "VN"
    if not re.fullmatch(r"[A-Z]{2}", country):
        fields.fault("country", "is a code of two letters, such as VN")
    return country


def _year(fields: Fields) -> str | None:
    year = fields.text("year")
    _without_words(fields, "year", year)
    return year


def _without_words(fields: Fields, key: str, given: float | str | None) -> None:
    if isinstance(given, str) and any(letter.isalpha() for letter in given):
        fields.fault(key, "is read in both languages: signs such as ≈ or <, and no words")


def _sector(fields: Fields) -> str:
    sector = fields.text("sector", needed=True) or "other"
    if sector not in SECTORS:
        fields.fault("sector", f"is one of {', '.join(SECTORS)}, not {sector[:40]}")
    return sector


def _evidence(fields: Fields) -> tuple[ResultKind, Strength]:
    kind = fields.choice("result_kind", ResultKind)
    strength = fields.choice("strength", Strength)
    if strength is Strength.C and kind in MEASURED:
        fields.fault("strength", f"C was not measured, but result_kind is {kind.value}")
    if strength is not Strength.C and kind in RECKONED:
        fields.fault("strength", f"is C where result_kind is {kind.value}: nobody measured it")
    return kind, strength


def _measures(fields: Fields) -> list[MeasureFacts]:
    measures = [_measure(one) for one in fields.mappings("measures")]
    if not measures:
        fields.fault("measures", "has at least one figure")
    return measures


def _measure(fields: Fields) -> MeasureFacts:
    measure = MeasureFacts(
        metric=fields.said("metric", needed=True) or Said("", ""),
        about=fields.choice("about", MeasureKind, unsaid=MeasureKind.OTHER),
        unit=fields.said("unit"),
        before=fields.number_or_text("before"),
        after=fields.number_or_text("after"),
        change=fields.said("change"),
        direction=fields.choice("direction", Direction),
        period=fields.said("period"),
        note=fields.said("note"),
    )
    if measure.after is None and measure.change is None:
        fields.fault("after", "or a change is needed")
    for key, figure in (("before", measure.before), ("after", measure.after)):
        _without_words(fields, key, figure)
    fields.finish()
    return measure
