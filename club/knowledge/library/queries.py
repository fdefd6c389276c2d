from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import exists, select
from sqlalchemy.orm import load_only, selectinload

from club.db import db
from club.knowledge.editing.also_due import Due
from club.knowledge.library.models import (
    Document,
    DocumentLine,
    DocumentRelation,
    RelationKind,
)
from club.knowledge.library.parting import addresses_of


@dataclass(frozen=True)
class ListedDocument:
    document: Document
    is_replaced: bool


def documents() -> list[ListedDocument]:
    """All that are shown, the latest first; those without a day come last."""
    replacing = Document.__table__.alias()
    is_replaced = exists().where(
        DocumentRelation.other_id == Document.id,
        DocumentRelation.kind == RelationKind.REPLACES,
        DocumentRelation.document_id == replacing.c.id,
        replacing.c.retired_at.is_(None),
    )
    query = (
        select(Document, is_replaced)
        .where(Document.retired_at.is_(None))
        .order_by(Document.dated.is_(None), Document.dated.desc(), Document.slug)
    )
    return [ListedDocument(document, found) for document, found in db.session.execute(query)]


def documents_due(on: date) -> list[Due]:
    """What should be compared with its sources again by that day."""
    query = select(Document).where(Document.retired_at.is_(None), Document.review_by <= on)
    return [
        Due(
            row=one,
            title=f"{one.name}: {one.title}",
            title_en=f"{one.name_en}: {one.title_en}",
            address=f"/knowledge/documents/{one.slug}",
            check_address=f"/office/knowledge/documents/{one.slug}/check",
            checked_on=one.checked_on,
            review_by=one.review_by,
        )
        for one in db.session.scalars(query)
    ]


def document_by_slug(slug: str) -> Document | None:
    """With its text and what it refers to; also one that is retired."""
    query = select(Document).where(Document.slug == slug)
    loaded = query.options(
        selectinload(Document.lines),
        selectinload(Document.relations).joinedload(DocumentRelation.other),
    )
    return db.session.scalars(loaded).one_or_none()


def relations_to(document: Document) -> list[tuple[RelationKind, Document]]:
    """What other documents say of this one."""
    query = (
        select(DocumentRelation.kind, Document)
        .join(Document, Document.id == DocumentRelation.document_id)
        .where(DocumentRelation.other_id == document.id, Document.retired_at.is_(None))
        .order_by(DocumentRelation.kind, Document.dated, Document.slug)
    )
    return [(kind, other) for kind, other in db.session.execute(query)]


def places_in_text(before: str) -> dict[str, str]:
    """Where in documents the lines stand that lead to addresses beginning with ``before``,
    by that address; the first line of each.
    """
    query = (
        select(DocumentLine)
        .join(Document, Document.id == DocumentLine.document_id)
        .where(Document.retired_at.is_(None))
        .order_by(Document.id, DocumentLine.position)
        .add_columns(Document.slug)
        .options(load_only(DocumentLine.line, DocumentLine.heading, DocumentLine.leads_to))
    )
    found: dict[str, str] = {}
    for slug, rows in groupby(db.session.execute(query), key=lambda row: row.slug):
        lines = [line for line, _slug in rows]
        addresses = addresses_of(slug, lines)
        for line in lines:
            for link in line.leads_to:
                if link["href"].startswith(before):
                    found.setdefault(link["href"], addresses[line.line])
    return found
