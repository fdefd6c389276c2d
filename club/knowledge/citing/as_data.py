"""A text as it stood in one revision, for programs."""

from typing import Any

from club.knowledge.editing.models import ArticleRevision
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.evidence.views.cases import CONFLICT
from club.knowledge.facts import ArticleFacts, Consent, document_of
from club.knowledge.models import ArticleKind, Direction, ResultKind, Strength
from club.knowledge.rendering import render
from club.web.described import (
    DAY,
    FIGURE,
    FLAG,
    INTEGER,
    MOMENT,
    SAID,
    TEXT,
    list_of,
    maybe,
    one_of,
    record,
)

_MEASURE = record(
    metric=SAID, about=one_of(MeasureKind), unit=maybe(SAID), before=FIGURE, after=FIGURE,
    change=maybe(SAID), direction=one_of(Direction), period=maybe(SAID), note=maybe(SAID),
    may_have={
        "strength": one_of(Strength),
        "how_measured": SAID,
        "source": INTEGER,
        "conflicts": list_of(CONFLICT),
    },
)  # fmt: skip
_CASE = record(
    organisation=record(
        name=TEXT, name_unconfirmed=FLAG, may_have={"name_en": TEXT, "anonymised": FLAG}
    ),
    country=TEXT, place=maybe(TEXT), sector=TEXT, size=maybe(SAID), year=maybe(TEXT),
    duration=maybe(SAID), cost=maybe(SAID),
    programme=maybe(SAID), problem=maybe(SAID), result_kind=one_of(ResultKind),
    strength=one_of(Strength), how_measured=maybe(SAID),
    unknown=record(vi=list_of(TEXT), en=list_of(TEXT)), measures=list_of(_MEASURE),
    may_have={"unit": TEXT, "consent": one_of(Consent)},
)  # fmt: skip
TEXT_DATA = record(
    slug=TEXT, url=TEXT, revision=INTEGER, revision_url=TEXT, is_present=FLAG,
    published_at=MOMENT, kind=one_of(ArticleKind), title=SAID, summary=SAID,
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
        "case": {n: document[n] for n in _CASE["properties"] if n in document}
        if facts.case
        else None,
    }
