"""Finding: every word must be there, with accents or without; the last may be unfinished."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import select, text

from club.db import db
from club.search.engines import (
    DEPTH,
    Statement,
    Term,
    Tier,
    candidates,
    comparing,
    counting,
    side_by_side,
    tiers,
)
from club.search.extract import extract, highlighted
from club.search.models import KIND_AND_LANGUAGE, FoundKind, SearchDocument, SearchSpelling, code_of
from club.search.ranking import how_well
from club.search.spelling import SHORTEST, forms_of, meanings, readings
from club.search.words import Question, question


@dataclass(frozen=True)
class Found:
    kind: FoundKind
    ref: str
    url: str
    language: str
    title: Markup
    extract: Markup


Counts = dict[FoundKind, int]


@dataclass(frozen=True)
class Findings:
    """One page of results in one language, and how many there are of each kind."""

    question: Question
    language: str
    results: list[Found]
    #: Whatever kinds were chosen.
    counts: Counts
    total: int


def find(
    typed: str,
    *,
    language: str,
    else_in: str | None = None,
    kinds: Sequence[FoundKind] = (),
    limit: int = 20,
    offset: int = 0,
) -> Findings:
    """Documents in ``language`` with all the words of ``typed``, the best first.

    Where there are none, those in the language ``else_in``: somebody may know a name or a foreign
    word, and that is better than nothing. In three questions to the database.
    """
    asked = question(typed)
    counted = _counts(asked) if not asked.is_empty else {}
    if else_in and not counted.get(language):
        language = else_in if counted.get(else_in) else language
    counts = counted.get(language, {})
    total = sum(number for kind, number in counts.items() if not kinds or kind in kinds)
    need = min(offset + limit, total)
    found = _ids(asked, tiers(asked), language, kinds, need=need) if total else []
    results = _shown(found[offset : offset + limit], asked)
    return Findings(asked, language, results, counts, total)


def meant(asked: Question, *, language: str) -> str | None:
    """What somebody may have meant whose words nothing has: the same with words of the index, of
    which at least one text has all; ``None`` where nothing comes near. In two questions.
    """
    forms = {form for word in asked.folded for form in forms_of(word)}
    known = defaultdict(set)
    query = select(SearchSpelling.form, SearchSpelling.word)
    for form, word in db.session.execute(query.where(SearchSpelling.form.in_(forms))):
        known[form].add(word)
    likely = {
        word: meanings(word, {near for form in forms_of(word) for near in known[form]})
        for word in asked.folded
        if word not in known[word] and len(word) >= SHORTEST
    }
    ways = readings(asked.folded, likely)
    if not ways:
        return None
    codes = [code_of(kind, language) for kind in FoundKind]
    wanted = [*(list(map(Term, way)) for way in ways), *map(side_by_side, ways)]
    numbers = dict(_rows(comparing(wanted, engine=_engine(), codes=codes)))
    # Two words of the index need not make sense together: those that stand side by side do.
    best = max(range(len(ways)), key=lambda n: (numbers[len(ways) + n], min(1, numbers[n]), -n))
    return " ".join(ways[best]) if numbers[best] else None


def is_in_a_text(word: str) -> bool:
    every = list(KIND_AND_LANGUAGE)
    wanted = [Tier((Term(word),))]
    return bool(_rows(candidates(wanted, engine=_engine(), codes=every, need=1)))


def refs_found(typed: str, *, language: str, kind: FoundKind) -> list[str]:
    """The names of the things of a kind that match, the best first; at most ``DEPTH`` or so."""
    asked = question(typed)
    if asked.is_empty:
        return []
    ids = _ids(asked, tiers(asked), language, [kind], need=DEPTH)
    rows = db.session.execute(
        select(SearchDocument.id, SearchDocument.ref).where(SearchDocument.id.in_(ids))
    )
    names = {row.id: row.ref for row in rows}
    return [names[one] for one in ids]


def _counts(asked: Question) -> dict[str, Counts]:
    """For each language that has something, in the order of the kinds."""
    rows = _rows(counting(asked, engine=_engine()))
    found: dict[str, Counts] = defaultdict(dict)
    for code, number in sorted(rows):
        kind, language = KIND_AND_LANGUAGE[code]
        found[language][kind] = number
    return found


def _ids(
    asked: Question,
    wanted: Sequence[Tier],
    language: str,
    kinds: Collection[FoundKind],
    *,
    need: int,
) -> list[int]:
    """Ids from the first tiers that fill the page, each document once, the best first."""
    codes = [code_of(kind, language) for kind in kinds or FoundKind]
    sets = defaultdict(list)
    for number, one in _rows(candidates(wanted, engine=_engine(), codes=codes, need=need)):
        sets[number].append(one)
    in_titles = {one for number, ids in sets.items() if wanted[number].in_titles for one in ids}
    fit = _fit(asked, in_titles)
    found: dict[int, None] = {}
    for number, tier in enumerate(wanted):
        newest_first = sorted(sets[number], reverse=True)
        if tier.in_titles:
            newest_first.sort(key=lambda one: -fit[one])
        found |= dict.fromkeys(newest_first)
        if len(found) >= need:
            break
    return list(found)


def _fit(asked: Question, ids: Collection[int]) -> dict[int, float]:
    """How well the title of each of these documents answers."""
    query = select(SearchDocument.id, SearchDocument.title_terms, SearchDocument.boost)
    rows = db.session.execute(query.where(SearchDocument.id.in_(ids))) if ids else ()
    return {row.id: how_well(row.title_terms, asked) * row.boost for row in rows}


def _rows(statement: Statement) -> list[tuple[int, int]]:
    return [(a, b) for a, b in db.session.execute(text(statement.sql), statement.given)]


def _engine() -> str:
    return db.engine.dialect.name


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
