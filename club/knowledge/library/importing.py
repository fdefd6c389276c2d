"""Brings ``content/documents`` in: all files or, where one has a fault, none."""

import hashlib
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from club.db import transaction
from club.files.content_error import ContentError, Fault
from club.files.synced import Synced
from club.knowledge.library.document_file import DocumentFile, read_document_file
from club.knowledge.library.indexing import index_document_of_plan, name_of
from club.knowledge.library.models import (
    Document,
    DocumentLine,
    DocumentRelation,
    RelationKind,
)
from club.search.operations import forget

_FOLDER = "documents"


def sync_documents(folder: Path, *, now: datetime) -> Synced:
    """Add, mend and retire what the files below ``folder/documents`` say; harmless to repeat.

    A document whose file is gone is retired. Raises ``ContentError`` with every fault.
    """
    texts = {
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted((folder / _FOLDER).glob("*.yaml"))
    }
    files = _checked(texts)
    hashes = {slug: hashlib.sha256(text.encode()).hexdigest() for slug, text in texts.items()}
    with transaction() as session:
        known = {one.slug: one for one in session.scalars(select(Document))}
        standing = {slug for slug, one in known.items() if not one.retired_at}
        changed = [
            file
            for file in files
            if file.slug not in standing or known[file.slug].content_hash != hashes[file.slug]
        ]
        for file in changed:
            known[file.slug] = _describe(session, known.get(file.slug), file, now=now)
            known[file.slug].content_hash = hashes[file.slug]
        session.flush()
        ids = {slug: one.id for slug, one in known.items()}
        for file in changed:
            _relate(session, known[file.slug], file, ids)
            index_document_of_plan(file, now=now)
        gone = [known[slug] for slug in standing - texts.keys()]
        for document in gone:
            document.retired_at = document.modified_at = now
            forget(name_of(document.slug))
    added = sum(file.slug not in standing for file in changed)
    return Synced(added, len(changed) - added + len(gone), len(files) - len(changed))


def _checked(texts: dict[str, str]) -> list[DocumentFile]:
    read, faults = [], []
    for slug, text in texts.items():
        facts, wrong = read_document_file(f"{_FOLDER}/{slug}.yaml", text, known=set(texts))
        read.append(facts)
        faults += wrong
    faults += _circles(read)
    if faults:
        raise ContentError(faults)
    return read


def _circles(files: list[DocumentFile]) -> list[Fault]:
    """A document cannot replace, or rest on, what replaces or rests on it."""
    return [
        Fault(f"{_FOLDER}/{file.slug}.yaml", None, kind.value, "leads back to this document")
        for kind in RelationKind
        for file in files
        if file.slug in _reached(file.slug, {one.slug: one.relations[kind] for one in files})
    ]


def _reached(start: str, others: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(others[start])
    while waiting:
        slug = waiting.pop()
        if slug not in found:
            found.add(slug)
            waiting += others.get(slug, [])
    return found


def _describe(
    session: Session, document: Document | None, file: DocumentFile, *, now: datetime
) -> Document:
    if document is None:
        document = Document(slug=file.slug)
        session.add(document)
    document.kind, document.number, document.dated = file.kind, file.number, file.dated
    document.name, document.name_en = file.name
    document.issuer, document.issuer_en = file.issuer or (None, None)
    document.signer, document.until_year = file.signer, file.until_year
    document.title, document.title_en = file.title
    document.about, document.about_en = file.about
    document.status, document.status_source = file.status, file.status_source
    document.sources = file.sources
    document.note, document.note_en = file.note or (None, None)
    document.lines_at = file.lines_at
    document.note_check(file.checked_on, review_by=file.review_by)
    document.content_hash = ""
    document.modified_at, document.retired_at = now, None
    # New rows take the same places.
    document.lines, document.relations = [], []
    session.flush()
    document.lines = [
        DocumentLine(position=position, **vars(line))
        for position, line in enumerate(file.lines, start=1)
    ]
    return document


def _relate(session: Session, document: Document, file: DocumentFile, ids: dict[str, int]) -> None:
    session.add_all(
        DocumentRelation(document_id=document.id, kind=kind, other_id=ids[other], position=position)
        for kind, others in file.relations.items()
        for position, other in enumerate(others, start=1)
    )
