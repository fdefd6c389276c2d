"""Finding: every word must be there, with accents or without; the last may be unfinished."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import select, text

from club.db import db
from club.search.engines import BY_INDEX, MOST_COUNTED, counting, tiers
from club.search.extract import extract, highlighted
from club.search.models import FoundKind, SearchDocument
from club.search.words import Question, question

#: Among so many of a tier's best matches boosts decide.
_POOL = 200


@dataclass(frozen=True)
class Found:
    kind: FoundKind
    ref: str
    url: str
    language: str
    title: Markup
    extract: Markup


@dataclass(frozen=True)
class Findings:
    """One page of results. ``counts`` says how many there are of each kind, whatever was chosen.

    Counting stops at ``MOST_COUNTED`` of a kind; ``more_than_counted`` says that it did.
    """

    question: Question
    results: list[Found]
    counts: dict[FoundKind, int]
    total: int

    @property
    def more_than_counted(self) -> bool:
        return any(number >= MOST_COUNTED for number in self.counts.values())


def find(
    typed: str,
    *,
    language: str,
    kinds: Sequence[FoundKind] = (),
    limit: int = 20,
    offset: int = 0,
) -> Findings:
    """Documents in ``language`` with all the words of ``typed``, the best first."""
    asked = question(typed)
    if asked.is_empty:
        return Findings(asked, [], {}, 0)
    with _by_index():
        counts = _counts(asked, language)
        total = sum(number for kind, number in counts.items() if not kinds or kind in kinds)
        found = _ids(asked, language, kinds, need=min(offset + limit, total)) if total else []
    return Findings(asked, _shown(found[offset : offset + limit], asked), counts, total)


def refs_found(typed: str, *, language: str, kind: FoundKind) -> list[str]:
    """The names of at most two hundred things of a kind that match, the best first."""
    asked = question(typed)
    if asked.is_empty:
        return []
    with _by_index():
        ids = _ids(asked, language, [kind], need=_POOL)[:_POOL]
    rows = db.session.execute(
        select(SearchDocument.id, SearchDocument.ref).where(SearchDocument.id.in_(ids))
    )
    names = {row.id: row.ref for row in rows}
    return [names[one] for one in ids]


@contextmanager
def _by_index() -> Iterator[None]:
    statement = BY_INDEX[db.engine.dialect.name]
    if statement:
        db.session.execute(text(statement), {"scans": "off"})
    yield
    if statement:
        db.session.execute(text(statement), {"scans": "on"})


def _counts(asked: Question, language: str) -> dict[FoundKind, int]:
    statement = counting(asked, engine=db.engine.dialect.name, language=language)
    rows = db.session.execute(text(statement.sql), statement.given)
    return {FoundKind(row.kind): row.number for row in rows if row.number}


def _ids(asked: Question, language: str, kinds: Sequence[FoundKind], *, need: int) -> list[int]:
    """Ids from the first tiers that fill the page, each document once."""
    found: dict[int, None] = {}
    for tier in tiers(asked, engine=db.engine.dialect.name, language=language, kinds=kinds):
        given = tier.given | {"need": max(_POOL, need)}
        found |= dict.fromkeys(db.session.scalars(text(tier.sql), given))
        if len(found) >= need:
            break
    return list(found)


def _shown(ids: Sequence[int], asked: Question) -> list[Found]:
    documents = {
        document.id: document
        for document in db.session.scalars(select(SearchDocument).where(SearchDocument.id.in_(ids)))
    }
    return [_found(documents[one], asked) for one in ids]


def _found(document: SearchDocument, asked: Question) -> Found:
    return Found(
        kind=document.kind,
        ref=document.ref,
        url=document.url,
        language=document.language,
        title=highlighted(document.title, asked),
        extract=extract(document.body, asked),
    )
