"""What a text of the library may say: the one place of rules, for files and for forms."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from club.files.content_error import Wrong
from club.files.strict_yaml import Complaints, FieldRule, Fields, Path, Said
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.facts import ArticleFacts, CaseFacts, Document, MeasureFacts
from club.knowledge.models import (
    MEASURED,
    RECKONED,
    ArticleKind,
    Direction,
    ResultKind,
    Strength,
)
from club.knowledge.pictures.addresses import PictureAddress
from club.knowledge.rendering import (
    LONGEST_TEXT,
    MOST_LINES,
    MOST_MARKS,
    is_crowded,
    pictures_in,
)
from club.people.sectors import SECTORS
from club.vietnamese import nfc

#: Where each kind of text lies in ``content/``.
FOLDERS = {
    "cases": ArticleKind.CASE,
    "tools": ArticleKind.TOOL,
    "articles": ArticleKind.ARTICLE,
}
#: Addresses below /knowledge/ that are other pages.
_TAKEN_SLUGS = {*FOLDERS, "documents", "data", "calculators", "pictures"}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class TextRule(StrEnum):
    """What a text may break beside the shape of its fields, in words for who edits files."""

    ADDRESS = "the file's name is its address: small letters a-z, digits and hyphens"
    OTHER_KIND = "is {kind} in this folder"
    OLD_ADDRESS = "{given} is no address: small letters a-z, digits and hyphens"
    NO_BODY = "has no text below the front matter"
    CROWDED = "has more than {marks} marks such as * or [, or {lines} lines"
    UNKNOWN = "{given} is not one of {known}"
    TWICE = "names something twice"
    NO_LINK = "begins with http:// or https://"
    NO_COUNTRY = "is a code of two letters, such as VN"
    WORDS = "is read in both languages: signs such as ≈ or <, and no words"
    MEASURED_C = "C was not measured, but result_kind is {kind}"
    RECKONED_NOT_C = "is C where result_kind is {kind}: nobody measured it"
    NO_MEASURE = "has at least one figure"
    SAYS_NOTHING = "or a change is needed"
    REVIEW_TOO_EARLY = "is a day after checked_on"
    PICTURE_ELSEWHERE = "shows a picture from {given}, which is not one of the site's"
    NO_PICTURE = "shows a picture that is not there: {given}"
    NO_ALT = "does not say in the brackets what is to be seen: {given}"


@dataclass(frozen=True)
class Known:
    """The keys that a text may name."""

    topics: Collection[str]
    tools: Collection[str]
    #: Codes of pictures; ``None``: not looked at.
    pictures: Collection[str] | None = None


def read_facts(
    fields: Fields, complaints: Complaints, *, slug: str, kind: ArticleKind, known: Known, body: str
) -> ArticleFacts:
    """The facts that the fields give; all that is wrong with them goes to the complaints."""
    facts = ArticleFacts(
        slug=slug,
        kind=kind,
        title=fields.said("title", needed=True) or Said("", ""),
        summary=fields.said("summary", needed=True) or Said("", ""),
        topics=_known(fields, "topics", known.topics),
        tools=_known(fields, "tools", known.tools),
        courses=_each_once(fields, "courses"),
        checked_on=fields.day("checked_on"),
        sources=[_source(source) for source in fields.mappings("sources")],
        case=_case(fields) if kind is ArticleKind.CASE else None,
        body=nfc(body),
        english=fields.prose("english"),
        review_by=fields.day_or_none("review_by"),
        was=_old_addresses(fields),
    )
    if facts.review_by and facts.review_by <= facts.checked_on:
        fields.fault("review_by", Wrong(TextRule.REVIEW_TOO_EARLY))
    fields.finish()
    _check_outside(complaints, facts, known)
    return facts


def is_address(slug: str) -> bool:
    return bool(_SLUG.fullmatch(slug)) and slug not in _TAKEN_SLUGS


def _old_addresses(fields: Fields) -> list[str]:
    given = _each_once(fields, "was")
    for one in given:
        if not is_address(one):
            fields.fault("was", Wrong(TextRule.OLD_ADDRESS, given=one[:40]))
    return given


def _check_outside(complaints: Complaints, facts: ArticleFacts, known: Known) -> None:
    if not is_address(facts.slug):
        complaints.fault(("slug",), Wrong(TextRule.ADDRESS))
    if not facts.body:
        complaints.fault(("body",), Wrong(TextRule.NO_BODY))
    for where, text in (("body", facts.body), ("english", facts.english or "")):
        for wrong in (*_too_much(text), *_wrong_pictures(text, known)):
            complaints.fault((where,), wrong)


def _too_much(text: str) -> Iterator[Wrong]:
    if len(text) > LONGEST_TEXT:
        yield Wrong(FieldRule.TOO_LONG, most=LONGEST_TEXT)
    if is_crowded(text):
        yield Wrong(TextRule.CROWDED, marks=MOST_MARKS, lines=MOST_LINES)


def _wrong_pictures(text: str, known: Known) -> Iterator[Wrong]:
    for given, words in pictures_in(text):
        address = PictureAddress.at(given)
        if address is None:
            yield Wrong(TextRule.PICTURE_ELSEWHERE, given=given[:80])
        elif known.pictures is not None and address.code not in known.pictures:
            yield Wrong(TextRule.NO_PICTURE, given=given[:80])
        elif not words:
            yield Wrong(TextRule.NO_ALT, given=given[:80])


def _known(fields: Fields, key: str, known: Collection[str]) -> list[str]:
    given = _each_once(fields, key)
    for one in given:
        if one not in known:
            allowed = ", ".join(sorted(known))
            fields.fault(key, Wrong(TextRule.UNKNOWN, given=one[:40], known=allowed))
    return given


def _each_once(fields: Fields, key: str) -> list[str]:
    given = fields.texts(key)
    if len(given) != len(set(given)):
        fields.fault(key, Wrong(TextRule.TWICE))
    return given


def _source(fields: Fields) -> dict[str, Any]:
    source = {
        "title": fields.text("title", needed=True),
        "url": fields.text("url"),
        "secondary": fields.flag("secondary"),
    }
    if source["url"] and not str(source["url"]).startswith(("http://", "https://")):
        fields.fault("url", Wrong(TextRule.NO_LINK))
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
        fields.fault("country", Wrong(TextRule.NO_COUNTRY))
    return country


def _year(fields: Fields) -> str | None:
    year = fields.text("year")
    _without_words(fields, "year", year)
    return year


def _without_words(fields: Fields, key: str, given: float | str | None) -> None:
    if isinstance(given, str) and any(letter.isalpha() for letter in given):
        fields.fault(key, Wrong(TextRule.WORDS))


def _sector(fields: Fields) -> str:
    sector = fields.text("sector", needed=True) or "other"
    if sector not in SECTORS:
        wrong = Wrong(FieldRule.NO_CHOICE, known=", ".join(SECTORS), given=sector[:40])
        fields.fault("sector", wrong)
    return sector


def _evidence(fields: Fields) -> tuple[ResultKind, Strength]:
    kind = fields.choice("result_kind", ResultKind)
    strength = fields.choice("strength", Strength)
    if strength is Strength.C and kind in MEASURED:
        fields.fault("strength", Wrong(TextRule.MEASURED_C, kind=kind.value))
    if strength is not Strength.C and kind in RECKONED:
        fields.fault("strength", Wrong(TextRule.RECKONED_NOT_C, kind=kind.value))
    return kind, strength


def _measures(fields: Fields) -> list[MeasureFacts]:
    measures = [_measure(one) for one in fields.mappings("measures")]
    if not measures:
        fields.fault("measures", Wrong(TextRule.NO_MEASURE))
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
        fields.fault("after", Wrong(TextRule.SAYS_NOTHING))
    for key, figure in (("before", measure.before), ("after", measure.after)):
        _without_words(fields, key, figure)
    fields.finish()
    return measure


class Collected:
    """Complaints about fields that come from no file."""

    def __init__(self) -> None:
        self.faults: list[tuple[Path, str]] = []

    def fault(self, at: Path, message: str) -> None:
        self.faults.append((at, message))


def facts_in(
    document: Document, known: Known | None = None
) -> tuple[ArticleFacts, list[tuple[Path, str]]]:
    """The facts of a document, and all that is wrong with it. Without ``known`` any key may be
    named: what was right when it was published is not asked again.
    """
    given = dict(document)
    slug, body = str(given.pop("slug", "")), str(given.pop("body", ""))
    kind = ArticleKind(given.pop("kind"))
    for key in ("checked_on", "review_by"):
        given[key] = _day(given.get(key))
    if known is None:
        known = Known(given.get("topics") or (), given.get("tools") or ())
    collected = Collected()
    fields = Fields(collected, (), given)
    facts = read_facts(fields, collected, slug=slug, kind=kind, known=known, body=body)
    return facts, collected.faults


def _day(given: object) -> object:
    try:
        return date.fromisoformat(given) if isinstance(given, str) and given else given
    except ValueError:
        return given
