"""What a file below ``content/documents`` says, checked before anything is brought in."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from club.files.content_error import Fault
from club.files.fields import Fields, Said
from club.files.strict_yaml import StrictYaml
from club.knowledge.library.models import DocumentKind, RelationKind, StatedStatus

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NOTHING = Said("", "")


@dataclass(frozen=True)
class LineFacts:
    line: str
    heading: int
    words: str
    english: str | None
    leads_to: list[dict[str, str]]


@dataclass(frozen=True)
class DocumentFile:
    slug: str
    kind: DocumentKind
    name: Said
    number: str | None
    dated: date | None
    issuer: Said | None
    signer: str | None
    title: Said
    about: Said
    until_year: int | None
    status: StatedStatus
    status_source: str | None
    sources: list[dict[str, Any]]
    note: Said | None
    lines_at: str | None
    checked_on: date
    review_by: date | None
    relations: dict[RelationKind, list[str]]
    lines: list[LineFacts]


def read_document_file(
    path: str, text: str, *, known: set[str]
) -> tuple[DocumentFile, list[Fault]]:
    """The facts of the file at ``path`` (below ``content/``), and all that is wrong with it.

    ``known`` are the names of all documents, for those that it refers to.
    """
    matter = StrictYaml(path, text)
    fields = matter.fields
    slug = PurePath(path).stem
    facts = DocumentFile(
        slug=slug,
        kind=fields.choice("kind", DocumentKind),
        name=fields.said("name", needed=True) or _NOTHING,
        number=fields.text("number"),
        dated=fields.day("date") if fields.peek("date") is not None else fields.take("date"),
        issuer=fields.said("issuer"),
        signer=fields.text("signer"),
        title=fields.said("title", needed=True) or _NOTHING,
        about=fields.said("about", needed=True) or _NOTHING,
        until_year=_year(fields),
        status=fields.choice("status", StatedStatus),
        status_source=_address(fields, "status_source"),
        sources=[_source(one) for one in fields.mappings("sources")],
        note=fields.said("note"),
        lines_at=_here(fields, "lines_at", fields.text("lines_at")),
        checked_on=fields.day("checked_on"),
        review_by=fields.day_or_none("review_by"),
        relations={kind: _others(fields, kind, slug, known) for kind in RelationKind},
        lines=[_line(one) for one in fields.mappings("text")],
    )
    fields.finish()
    _check_whole(fields, facts)
    if not _SLUG.fullmatch(slug):
        message = "the file's name is its address: small letters a-z, digits and hyphens"
        matter.faults.append(Fault(path, None, "", message))
    return facts, matter.faults


def _check_whole(fields: Fields, facts: DocumentFile) -> None:
    if (facts.status is StatedStatus.UNKNOWN) != (facts.status_source is None):
        fields.fault("status", "other than unknown needs a status_source, and only then")
    if facts.review_by and facts.review_by <= facts.checked_on:
        fields.fault("review_by", "is a day after checked_on")
    if not facts.sources:
        fields.fault("sources", "names at least one")
    lines = [one.line for one in facts.lines]
    for twice in sorted({line for line in lines if lines.count(line) > 1}):
        fields.fault("text", f"has the line {twice} twice")


def _year(fields: Fields) -> int | None:
    year = fields.take("until")
    if year is None or (type(year) is int and 1990 <= year <= 2100):
        return year
    fields.fault("until", "is a year such as 2030")
    return None


def _address(fields: Fields, key: str) -> str | None:
    address = fields.text(key)
    if address and not address.startswith(("http://", "https://")):
        fields.fault(key, "begins with http:// or https://")
    return address


def _source(fields: Fields) -> dict[str, Any]:
    source = {
        "title": fields.text("title", needed=True),
        "url": _address(fields, "url"),
        "secondary": fields.flag("secondary"),
    }
    fields.finish()
    return source


def _others(fields: Fields, kind: RelationKind, slug: str, known: set[str]) -> list[str]:
    others = fields.texts(kind.value)
    for other in others:
        if other == slug or other not in known or others.count(other) > 1:
            fields.fault(kind.value, f"{other[:60]} is not the name of one other document")
    return [other for other in others if other in known]


def _line(fields: Fields) -> LineFacts:
    heading = fields.take("heading")
    if heading not in (None, 1, 2, 3):
        fields.fault("heading", "is 1, 2 or 3")
    facts = LineFacts(
        line=fields.text("line", needed=True) or "",
        heading=heading if heading in (1, 2, 3) else 0,
        words=fields.text("words", needed=True) or "",
        english=fields.text("english"),
        leads_to=[_link(one) for one in fields.mappings("leads_to")],
    )
    fields.finish()
    return facts


def _link(fields: Fields) -> dict[str, str]:
    link = {key: fields.text(key, needed=True) or "" for key in ("href", "vi", "en")}
    _here(fields, "href", link["href"])
    fields.finish()
    return link


def _here(fields: Fields, key: str, address: str | None) -> str | None:
    if address is not None and not re.match(r"/(?!/)", address):
        fields.fault(key, "is an address on this site, such as /plan/")
    return address
