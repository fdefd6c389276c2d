"""A text as it stood in one revision, for programs."""

from typing import Any

from club.knowledge.editing.models import ArticleRevision
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.facts import ArticleFacts, document_of
from club.knowledge.models import ArticleKind, Direction, ResultKind, Strength
from club.knowledge.rendering import render
from club.web.described import (
    DAY,
    FLAG,
    INTEGER,
    MOMENT,
    TEXT,
    Schema,
    list_of,
    maybe,
    one_of,
    record,
)

_PAIR = record(vi=TEXT, en=TEXT)
#: An exact number, or a text around one, such as ``2–3``.
_FIGURE: Schema = {"type": ["number", "string", "null"]}
_MEASURE = record(
    metric=_PAIR, about=one_of(MeasureKind), unit=maybe(_PAIR), before=_FIGURE, after=_FIGURE,
    change=maybe(_PAIR), direction=one_of(Direction), period=maybe(_PAIR), note=maybe(_PAIR),
)  # fmt: skip
_CASE = record(
    organisation=record(name=TEXT, name_unconfirmed=FLAG), country=TEXT, place=maybe(TEXT),
    sector=TEXT, size=maybe(_PAIR), year=maybe(TEXT), duration=maybe(_PAIR), cost=maybe(_PAIR),
    programme=maybe(_PAIR), problem=maybe(_PAIR), result_kind=one_of(ResultKind),
    strength=one_of(Strength), how_measured=maybe(_PAIR),
    unknown=record(vi=list_of(TEXT), en=list_of(TEXT)), measures=list_of(_MEASURE),
)  # fmt: skip
TEXT_DATA = record(
    slug=TEXT, url=TEXT, revision=INTEGER, revision_url=TEXT, is_present=FLAG,
    published_at=MOMENT, kind=one_of(ArticleKind), title=_PAIR, summary=_PAIR,
    topics=list_of(TEXT), tools=list_of(TEXT), courses=list_of(TEXT), checked_on=DAY,
    review_by=maybe(DAY), sources=list_of(record(title=TEXT, url=maybe(TEXT), secondary=FLAG)),
    markdown=TEXT, html=TEXT, markdown_en=maybe(TEXT), html_en=maybe(TEXT), case=maybe(_CASE),
)  # fmt: skip


def text_data(
    facts: ArticleFacts, revision: ArticleRevision, *, slug: str, present: int, site: str
) -> dict[str, Any]:
    """``slug`` and ``present``: the text's address and revision of today."""
    document = document_of(facts)
    url, english = f"{site}/knowledge/{slug}", facts.english
    return {
        **{name: document[name] for name in TEXT_DATA["properties"] if name in document},
        "slug": slug,
        "url": url,
        "revision": revision.number,
        "revision_url": f"{url}/revisions/{revision.number}",
        "is_present": revision.number == present,
        "published_at": revision.published_at.isoformat(),
        "markdown": facts.body,
        "html": render(facts.body, title=facts.title.vi).html,
        "markdown_en": english,
        "html_en": render(english, title=facts.title.en, beside="en").html if english else None,
        "case": {name: document[name] for name in _CASE["properties"]} if facts.case else None,
    }
