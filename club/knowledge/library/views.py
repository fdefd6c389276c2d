from dataclasses import dataclass, fields
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from club import clock
from club.knowledge.library import queries
from club.knowledge.library.choosing import Chosen, Shelved, counts_by, shelved
from club.knowledge.library.indexing import name_of
from club.knowledge.library.labels import BACKWARDS, LABELS
from club.knowledge.library.models import Document, DocumentKind, RelationKind
from club.knowledge.library.parting import addresses_of, pages_of
from club.knowledge.library.rules import DocumentStatus, status_of
from club.search.models import FoundKind
from club.search.queries import refs_found
from club.search.words import LONGEST_QUESTION
from club.vietnamese import tidy_line
from club.web.access import Audience, open_to
from club.web.described import DAY, INTEGER, TEXT, described, list_of, maybe, one_of, record
from club.web.language import is_english, said

bp = Blueprint("library", __name__, url_prefix="/knowledge")
_LISTED = {
    "slug": TEXT, "url": TEXT, "kind": one_of(DocumentKind), "name": TEXT, "name_en": TEXT,
    "number": maybe(TEXT), "date": maybe(DAY), "issuer": maybe(TEXT), "title": TEXT,
    "title_en": TEXT, "about": TEXT, "about_en": TEXT, "until": maybe(INTEGER),
    "status": one_of(DocumentStatus), "sources": list_of(TEXT),
}  # fmt: skip
_RELATION = record(kind=one_of(RelationKind), document=TEXT, other=TEXT)
_LINE = record(line=TEXT, heading=INTEGER, words=TEXT, english=maybe(TEXT), leads_to=list_of(TEXT))
_CONDITIONS = {
    "q": "Words of the document, with or without accents",
    "kind": ", ".join(kind.value for kind in DocumentKind),
    "status": ", ".join(status.value for status in DocumentStatus),
    "issuer": "Who issued it, in Vietnamese",
    "year": "Year of its date",
}


@dataclass(frozen=True)
class Asked:
    """What the address of the list asks for."""

    q: str
    chosen: Chosen

    def address(self, but: tuple[str, str] | None = None, *, path: str = "documents/") -> str:
        """The same list, with another value for one name."""
        given = {"q": self.q, **self.chosen.used()} | dict([but] if but else [])
        kept = urlencode({name: value for name, value in given.items() if value})
        return f"/knowledge/{path}" + (f"?{kept}" if kept else "")


@bp.get("/documents/")
@open_to(Audience.EVERYONE)
def document_list() -> str:
    asked = _asked()
    shelf = _found_by_words(asked.q)
    facets = [facet for facet in _facets(shelf, asked) if facet[1]]
    return render_template(
        "knowledge/library/list.html",
        asked=asked,
        shown=[one for one in shelf if asked.chosen.fits(one)],
        facets=facets,
        chips=_chips(facets, asked),
    )


@bp.get("/documents.json")
@open_to(Audience.EVERYONE)
@described(
    "Documents that the plan stands on, the latest first",
    record(items=list_of(record(**_LISTED)), next=maybe(TEXT)),
    query=_CONDITIONS,
)
def documents_json() -> Response:
    asked = _asked()
    found = [one for one in _found_by_words(asked.q) if asked.chosen.fits(one)]
    return jsonify(items=[_facts(one.document, one.status) for one in found], next=None)


@bp.get("/documents/<string:slug>")
@open_to(Audience.EVERYONE)
def document(slug: str) -> ResponseReturnValue:
    found = queries.document_by_slug(slug) or abort(404)
    backwards = queries.relations_to(found)
    first, *chapters = pages_of(found.lines)
    page = render_template(
        "knowledge/library/document.html",
        document=found,
        is_due=found.review_by <= clock.today(),
        status=_status(found, backwards),
        relations=_relations(found, backwards),
        lines=first,
        headings=[line for line in first if line.heading in (1, 2)],
        chapters=chapters,
        addresses=addresses_of(found.slug, found.lines),
        site=_site(),
    )
    return (page, 410) if found.retired_at else page


@bp.get("/documents/<string:slug>/<string:chapter>")
@open_to(Audience.EVERYONE)
def document_chapter(slug: str, chapter: str) -> ResponseReturnValue:
    found = queries.document_by_slug(slug) or abort(404)
    chapters = pages_of(found.lines)[1:]
    names = [lines[0].line for lines in chapters]
    if chapter not in names:
        abort(404)
    place = names.index(chapter)
    page = render_template(
        "knowledge/library/chapter.html",
        document=found,
        heading=chapters[place][0],
        lines=chapters[place][1:],
        before=chapters[place - 1][0] if place else None,
        after=chapters[place + 1][0] if place + 1 < len(chapters) else None,
        site=_site(),
    )
    return (page, 410) if found.retired_at else page


@bp.get("/documents/<string:slug>.json")
@open_to(Audience.EVERYONE)
@described(
    "One document, what it refers to and what its text says",
    record(**_LISTED, relations=list_of(_RELATION), text=list_of(_LINE)),
    otherwise={404: ("There is no such document", None)},
)
def document_json(slug: str) -> Response:
    found = queries.document_by_slug(slug)
    if found is None or found.retired_at:
        abort(404)
    backwards = queries.relations_to(found)
    outwards = [(r.kind, found.slug, r.other.slug) for r in found.relations]
    inwards = [(kind, other.slug, found.slug) for kind, other in backwards]
    return jsonify(
        **_facts(found, _status(found, backwards)),
        relations=[
            {"kind": kind.value, "document": one, "other": other}
            for kind, one, other in outwards + inwards
        ],
        text=[
            {
                "line": line.line,
                "heading": line.heading,
                "words": line.words,
                "english": line.english,
                "leads_to": [_site() + link["href"] for link in line.leads_to],
            }
            for line in found.lines
        ],
    )


def _facts(one: Document, status: DocumentStatus) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "url": f"{_site()}/knowledge/documents/{one.slug}",
        "kind": one.kind.value,
        "name": one.name,
        "name_en": one.name_en,
        "number": one.number,
        "date": one.dated.isoformat() if one.dated else None,
        "issuer": one.issuer,
        "title": one.title,
        "title_en": one.title_en,
        "about": one.about,
        "about_en": one.about_en,
        "until": one.until_year,
        "status": status.value,
        "sources": [source["url"] or source["title"] for source in one.sources],
    }


def _status(one: Document, backwards: list[tuple[RelationKind, Document]]) -> DocumentStatus:
    return status_of(
        one.status,
        is_replaced=any(kind is RelationKind.REPLACES for kind, _other in backwards),
        until_year=one.until_year,
        on=clock.today(),
    )


def _relations(
    one: Document, backwards: list[tuple[RelationKind, Document]]
) -> list[tuple[str, list[Document]]]:
    """Under the words for it, the documents that this one refers to and those that refer to it."""
    outwards = [(LABELS[r.kind], r.other) for r in one.relations if not r.other.retired_at]
    inwards = [(BACKWARDS[kind], other) for kind, other in backwards]
    both = groupby([(str(words), other) for words, other in outwards + inwards], lambda row: row[0])
    return [(words, [other for _words, other in rows]) for words, rows in both]


def _site() -> str:
    return str(current_app.extensions["club.settings"].public_url)


def _asked() -> Asked:
    given = {field.name: request.args.get(field.name, "") for field in fields(Chosen)}
    q = tidy_line(request.args.get("q", "")[:LONGEST_QUESTION])
    return Asked(q=q, chosen=Chosen(**given))


def _found_by_words(q: str) -> list[Shelved]:
    shelf = shelved(queries.documents(), on=clock.today())
    if not q:
        return shelf
    language = "en" if is_english() else "vi"
    found = set(refs_found(q, language=language, kind=FoundKind.DOCUMENT))
    return [one for one in shelf if name_of(one.document.slug) in found]


def _facets(
    shelf: list[Shelved], asked: Asked
) -> list[tuple[str, list[tuple[str, str, int, bool]]]]:
    issuers = {d.issuer: said(d.issuer, d.issuer_en) for d in (one.document for one in shelf)}
    years = sorted({one.traits["year"] for one in shelf}, reverse=True)
    words = {
        "kind": (gettext("Kind of document"), {k.value: str(LABELS[k]) for k in DocumentKind}),
        "issuer": (gettext("Issuing body"), {key: name for key, name in issuers.items() if key}),
        "status": (gettext("Force"), {s.value: str(LABELS[s]) for s in DocumentStatus}),
        "year": (gettext("Year"), {year: year for year in years if year}),
    }
    return [
        (title, _facet(shelf, asked, name, choices)) for name, (title, choices) in words.items()
    ]


def _facet(
    shelf: list[Shelved], asked: Asked, name: str, choices: dict[str, str]
) -> list[tuple[str, str, int, bool]]:
    """Each choice that leaves something, and the one in use; choosing that again undoes it."""
    counts, current = counts_by(shelf, asked.chosen, name), getattr(asked.chosen, name)
    return [
        (
            words,
            asked.address((name, "" if key == current else key)),
            counts[key],
            key == current,
        )
        for key, words in choices.items()
        if counts[key] or key == current
    ]


def _chips(
    facets: list[tuple[str, list[tuple[str, str, int, bool]]]], asked: Asked
) -> list[tuple[str, str]]:
    """What is filtered by, each with the address without it."""
    used = [(words, href) for _title, entries in facets for words, href, _n, on in entries if on]
    return [(f"“{asked.q}”", asked.address(("q", ""))), *used] if asked.q else used
