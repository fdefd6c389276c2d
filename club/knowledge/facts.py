"""What a text of the library says, whether a file of ``content/`` or a form says it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from club.files.fields import Said
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.figures import shape_of, written
from club.knowledge.models import (
    ArticleKind,
    Direction,
    FigureShape,
    ResultKind,
    Strength,
)

#: The facts as JSON can hold them: the keys of a file's front matter, ``slug`` and ``body``.
Document = dict[str, Any]


class Consent(StrEnum):
    """What allows the club to publish a case."""

    #: Everybody can read it at its source.
    PUBLISHED_SOURCE = "published_source"
    #: The firm agreed: see ``club.knowledge.agreements``.
    AGREEMENT = "agreement"


@dataclass(frozen=True)
class OtherFigure:
    """What a source gives otherwise of the same thing."""

    before: float | str | None
    after: float | str | None
    change: Said | None
    #: Where it stands, and what it is about.
    where: Said

    @property
    def figures(self) -> str:
        """``60,5 → 33,5``, as far as there are both."""
        return " → ".join(text for one in (self.before, self.after) if (text := written(one)))


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
    #: Unless said, those of the case.
    strength: Strength | None = None
    how_measured: Said | None = None
    #: The number of the text's source that gives it, from 1.
    source: int | None = None
    conflicts: list[OtherFigure] = field(default_factory=list)

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
    #: Of one that is described and not named.
    organisation_en: str | None
    name_unconfirmed: bool
    #: The firm is described and not named.
    anonymised: bool
    country: str
    place: str | None
    #: The key of the ward or commune, where the site has it.
    unit: str | None
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
    consent: Consent = Consent.PUBLISHED_SOURCE

    @property
    def shape(self) -> FigureShape:
        first = self.measures[0]
        return FigureShape.NOT_MEASURED if self.strength_of(first) is Strength.C else first.shape

    @property
    def exact_pairs(self) -> int:
        measured = (m for m in self.measures if self.strength_of(m) is not Strength.C)
        return sum(m.is_exact_pair for m in measured)

    def strength_of(self, measure: MeasureFacts) -> Strength:
        return measure.strength or self.strength


@dataclass(frozen=True)
class ArticleFacts:
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
    #: When somebody should compare it with its sources again, if not after the usual time.
    review_by: date | None = None
    #: Addresses that it had before.
    was: list[str] = field(default_factory=list)


def document_of(facts: ArticleFacts) -> Document:
    """The same in the form in which it is stored, and in which two of them are compared."""
    return {
        "slug": facts.slug,
        "kind": facts.kind.value,
        "title": _pair(facts.title),
        "summary": _pair(facts.summary),
        "topics": facts.topics,
        "tools": facts.tools,
        "courses": facts.courses,
        "checked_on": facts.checked_on.isoformat(),
        "review_by": facts.review_by.isoformat() if facts.review_by else None,
        "sources": facts.sources,
        "body": facts.body,
        "english": facts.english,
        **(_case_document(facts.case) if facts.case else {}),
    }


def where_said(**facts: Any) -> Document:
    """Those that say something. The others are left out, as they are of texts that were kept
    before they could be said.
    """
    return {name: fact for name, fact in facts.items() if fact}


def _pair(said: Said | None) -> dict[str, str] | None:
    return {"vi": said.vi, "en": said.en} if said else None


def _case_document(case: CaseFacts) -> Document:
    return {
        "organisation": {
            "name": case.organisation,
            "name_unconfirmed": case.name_unconfirmed,
            **where_said(name_en=case.organisation_en, anonymised=case.anonymised),
        },
        "country": case.country,
        "place": case.place,
        **where_said(unit=case.unit),
        "sector": case.sector,
        "size": _pair(case.size),
        "year": case.year,
        "duration": _pair(case.duration),
        "cost": _pair(case.cost),
        "programme": _pair(case.programme),
        "problem": _pair(case.problem),
        "result_kind": case.result_kind.value,
        "strength": case.strength.value,
        "how_measured": _pair(case.how_measured),
        "unknown": {"vi": case.unknown, "en": case.unknown_en},
        "measures": [document_of_measure(one) for one in case.measures],
        **({} if case.consent is Consent.PUBLISHED_SOURCE else {"consent": case.consent.value}),
    }


def document_of_measure(measure: MeasureFacts) -> Document:
    return {
        "metric": _pair(measure.metric),
        "about": measure.about.value,
        "unit": _pair(measure.unit),
        "before": measure.before,
        "after": measure.after,
        "change": _pair(measure.change),
        "direction": measure.direction.value,
        "period": _pair(measure.period),
        "note": _pair(measure.note),
        **where_said(
            strength=measure.strength.value if measure.strength else None,
            how_measured=_pair(measure.how_measured),
            source=measure.source,
            conflicts=[_other_document(one) for one in measure.conflicts],
        ),
    }


def _other_document(other: OtherFigure) -> Document:
    return {
        "before": other.before,
        "after": other.after,
        "change": _pair(other.change),
        "where": _pair(other.where),
    }
