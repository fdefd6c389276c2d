"""Finding: every word must be there, with accents or without; the last may be unfinished. Where
whole words find less than a page, parts of words are looked for behind them.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row, and_, func, or_, select, text

from club.db import db
from club.search.engines import (
    COUNTED,
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
from club.search.words import SHORTEST_BEGINNING, Question, question


@dataclass(frozen=True)
class Found:
    kind: FoundKind
    ref: str
    url: str
    language: str
    title: Markup
    extract: Markup


Counts = dict[FoundKind, int]
_FIRST_TIERS = 2
#: Fewer found are a page that parts of words may fill.
_ENOUGH = 20
_MOST_COMPOUNDS = 400


@dataclass(frozen=True)
class Findings:
    """One page of results in one language, and how many there are of each kind."""

    question: Question
    language: str
    results: list[Found]
    #: What editors put first; not among the results.
    promoted: list[Found]
    #: Whatever kinds were chosen. Where not all are counted, at least so many of some kinds.
    counts: Counts
    total: int
    are_counted: bool = True


def find(  # noqa: PLR0913  one question has so many sides
    typed: str,
    *,
    language: str,
    else_in: str | None = None,
    kinds: Sequence[FoundKind] = (),
    limit: int = 20,
    offset: int = 0,
    promoted: Sequence[str] = (),
) -> Findings:
    """Documents in ``language`` with all the words of ``typed``, the best first; before them those
    named in ``promoted``, whether or not they have the words.

    Where there are none, those in the language ``else_in``: somebody may know a name or a foreign
    word, and that is better than nothing. In four questions to the database at most; in six where
    more have the words than are counted, or where parts of words are looked for.
    """
    asked = question(typed)
    counted = _counts(asked, language, else_in) if not asked.is_empty else {}
    if (number := _sum(counted)) < _ENOUGH and (wider := _with_parts(asked, number)) != asked:
        asked, counted = wider, _counts(wider, language, else_in)
    are_counted = _sum(counted) < COUNTED
    if not are_counted:
        counted = _counts(asked, language) or counted
    if else_in and not counted.get(language):
        language = else_in if counted.get(else_in) else language
    counts = counted.get(language, {})
    if kinds and not are_counted:
        total = _sum(_counts(asked, language, kinds=kinds))
    else:
        total = sum(number for kind, number in counts.items() if not kinds or kind in kinds)
    need = min(offset + limit, total)
    found = _ids(asked, tiers(asked), language, kinds, need=need) if total else []
    results = _shown(found[offset : offset + limit], asked, language=language, named=promoted)
    first = [results.pop(name) for name in promoted if name in results]
    return Findings(asked, language, list(results.values()), first, counts, total, are_counted)


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
    compared = _rows(comparing(wanted, engine=_engine(), codes=codes))
    numbers = {row.place: row.number for row in compared}
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
    if len(ids) < _ENOUGH and (wider := _with_parts(asked, len(ids))) != asked:
        ids = _ids(wider, tiers(wider), language, [kind], need=DEPTH)
    rows = db.session.execute(
        select(SearchDocument.id, SearchDocument.ref).where(SearchDocument.id.in_(ids))
    )
    names = {row.id: row.ref for row in rows}
    return [names[one] for one in ids]


def _with_parts(asked: Question, found: int) -> Question:
    """The question with the words of the index that have its words inside them, the shortest of
    them; ``found`` is how many have the whole words.
    """
    parts = [word for word in asked.folded if len(word) >= SHORTEST_BEGINNING]
    if not parts:
        return asked
    word = SearchSpelling.word
    query = (
        select(word)
        .where(SearchSpelling.form == word, or_(*(word.contains(part) for part in parts)))
        .order_by(func.length(word), word)
        .limit(_MOST_COMPOUNDS)
    )
    return asked.with_parts(db.session.scalars(query), found_nothing=not found)


def _counts(
    asked: Question, *languages: str | None, kinds: Collection[FoundKind] = tuple(FoundKind)
) -> dict[str, Counts]:
    """For each of the languages that has something, in the order of the kinds; at most ``COUNTED``
    together.
    """
    codes = [code_of(kind, language) for kind in kinds for language in languages if language]
    rows = _rows(counting(asked, engine=_engine(), codes=codes))
    found: dict[str, Counts] = defaultdict(dict)
    for code, number in sorted(map(tuple, rows)):
        kind, language = KIND_AND_LANGUAGE[code]
        found[language][kind] = number
    return found


def _sum(counted: dict[str, Counts]) -> int:
    return sum(number for counts in counted.values() for number in counts.values())


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
    found: dict[int, None] = {}
    # The first tiers of a wide question have enough, and those of a narrow one cost nothing.
    for some in (wanted[:_FIRST_TIERS], wanted[_FIRST_TIERS:]):
        if some and len(found) < need:
            statement = candidates(some, engine=_engine(), codes=codes, need=need)
            found |= dict.fromkeys(_in_order(_rows(statement), asked, some))
    return list(found)


def _in_order(rows: Sequence[Row[Any]], asked: Question, wanted: Sequence[Tier]) -> list[int]:
    """Tier by tier: in titles by how well they answer, elsewhere the newest first."""
    sets: dict[int, list[int]] = defaultdict(list)
    fit: dict[int, float] = {}
    for row in rows:
        sets[row.tier].append(row.id)
        if row.title_terms and row.id not in fit:
            fit[row.id] = how_well(row.title_terms, asked) * row.boost
    ordered = []
    for number, tier in enumerate(wanted):
        best_first = sorted(sets[number], reverse=True)
        if tier.in_titles:
            best_first.sort(key=lambda one: -fit[one])
        ordered += best_first
    return ordered


def _rows(statement: Statement) -> Sequence[Row[Any]]:
    return db.session.execute(text(statement.sql), statement.given).all()


def _engine() -> str:
    return db.engine.dialect.name


def _shown(
    ids: Sequence[int], asked: Question, *, language: str, named: Sequence[str]
) -> dict[str, Found]:
    """By name: the named ones, and those with the ids in their order."""
    if not ids and not named:
        return {}
    also = and_(SearchDocument.ref.in_(named), SearchDocument.language == language)
    query = select(SearchDocument).where(or_(SearchDocument.id.in_(ids), also))
    documents = {document.id: document for document in db.session.scalars(query)}
    ordered = [*(documents.pop(one) for one in ids if one in documents), *documents.values()]
    return {document.ref: _found(document, asked) for document in ordered}


def suggested(
    typed: str, *, language: str, promoted: Sequence[str] = (), limit: int = 8
) -> list[Found]:
    """What somebody may be typing the title of, the best first; no more of it than the page
    of results would show.
    """
    asked = question(typed)
    if asked.is_empty:
        return []
    wanted = [tier for tier in tiers(asked) if tier.in_titles]
    ids = _ids(asked, wanted, language, (), need=limit)[:limit]
    if len(ids) < limit and (wider := _with_parts(asked, len(ids))) != asked:
        asked, wanted = wider, [tier for tier in tiers(wider) if tier.in_titles]
        ids = _ids(asked, wanted, language, (), need=limit)[:limit]
    found = _shown(ids, asked, language=language, named=promoted)
    first = [found.pop(name) for name in promoted if name in found]
    return [*first, *found.values()][:limit]


def _found(document: SearchDocument, asked: Question) -> Found:
    return Found(
        kind=document.kind,
        ref=document.ref,
        url=document.url,
        language=document.language,
        title=highlighted(document.title, asked),
        extract=extract(document.body, asked),
    )
