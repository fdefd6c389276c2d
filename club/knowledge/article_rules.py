"""What a text of the library may say: the one place of rules, for files and for forms."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from club.files.content_error import Wrong
from club.files.fields import Complaints, FieldRule, Fields, Path, Said
from club.knowledge.case_rules import read_case
from club.knowledge.facts import ArticleFacts, Consent, Document
from club.knowledge.models import ArticleKind
from club.knowledge.pictures.addresses import PictureAddress
from club.knowledge.rendering import (
    LONGEST_TEXT,
    MOST_LINES,
    MOST_MARKS,
    is_crowded,
    pictures_in,
)
from club.knowledge.text_rule import TextRule
from club.vietnamese import nfc

#: Where each kind of text lies in ``content/``.
FOLDERS = {
    "cases": ArticleKind.CASE,
    "tools": ArticleKind.TOOL,
    "articles": ArticleKind.ARTICLE,
}
#: Addresses below /knowledge/ that are other pages.
_TAKEN_SLUGS = {*FOLDERS, "documents", "data", "calculators", "pictures", "fits", "questions"}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Known:
    """The keys that a text may name."""

    topics: Collection[str]
    tools: Collection[str]
    #: Codes of pictures; ``None``: not looked at.
    pictures: Collection[str] | None = None
    #: Keys of wards and communes, likewise.
    units: Collection[str] | None = None


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
        case=read_case(fields, units=known.units) if kind is ArticleKind.CASE else None,
        body=nfc(body),
        english=fields.prose("english"),
        review_by=fields.day_or_none("review_by"),
        was=_old_addresses(fields),
    )
    if facts.review_by and facts.review_by <= facts.checked_on:
        fields.fault("review_by", Wrong(TextRule.REVIEW_TOO_EARLY))
    if facts.case and facts.case.consent is Consent.PUBLISHED_SOURCE and not facts.sources:
        fields.fault("sources", Wrong(TextRule.NO_SOURCE))
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
