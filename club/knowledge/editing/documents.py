"""Texts while they are written: a blank one, and what has to be mended before it can be read."""

from datetime import date

from club.files.content_error import Wrong
from club.files.fields import Path
from club.knowledge.article_rules import Known, facts_in
from club.knowledge.facts import Document
from club.knowledge.models import ArticleKind

_NO_PAIR = {"vi": "", "en": ""}


def blank(kind: ArticleKind, *, today: date) -> Document:
    """A text about which nothing is said yet."""
    document: Document = {
        "slug": "",
        "kind": kind.value,
        "title": _NO_PAIR,
        "summary": _NO_PAIR,
        "topics": [],
        "tools": [],
        "courses": [],
        "checked_on": today.isoformat(),
        "review_by": None,
        "sources": [],
        "body": "",
        "english": None,
    }
    if kind is ArticleKind.CASE:
        document["organisation"] = {"name": "", "name_unconfirmed": False}
        document |= {"country": "VN", "sector": "", "result_kind": None, "strength": None}
        document["consent"] = ""
        document |= {"unknown": {"vi": [], "en": []}, "measures": []}
    return document


def problems_with(document: Document, *, known: Known) -> list[tuple[Path, Wrong]]:
    """Everything that keeps a text from being published, and where."""
    return [(at, wrong) for at, wrong in facts_in(document, known)[1] if isinstance(wrong, Wrong)]
