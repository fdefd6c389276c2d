"""A question in terms, and the same terms in the words of FTS5 and of PostgreSQL.

Both give the same tiers, so both give the same order: typed accents first, where somebody
typed any; then words in titles; then words anywhere, and there those side by side first, or one
that comes back in the text; at last parts of words, where whole ones find too little. Of each
tier at most ``DEPTH`` documents are looked at, the newest, and counting ends at ``COUNTED``: a
question that more texts answer is too wide to be answered well, and may not become slow.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from club.search.schema import CODES
from club.search.words import Question, marked_term, often_term, pair_term

DEPTH = 300
#: How far the documents that have the words are counted.
COUNTED = 2000


@dataclass(frozen=True)
class Term:
    word: str
    is_beginning: bool = False
    #: Other words that will do as well.
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tier:
    """Documents with all the terms, in their titles or anywhere."""

    terms: tuple[Term, ...]
    in_titles: bool = False


@dataclass(frozen=True)
class Statement:
    sql: str
    given: dict[str, Any] = field(default_factory=dict)


def tiers(asked: Question) -> list[Tier]:
    """The sets of documents to look through, the best first."""
    bare = _words(asked, asked.folded)
    pairs = tuple(_pairs(asked))
    often = tuple(Term(often_term(word)) for word in asked.folded)
    found = [Tier(bare, in_titles=True), Tier((*bare, *(pairs or often))), Tier(bare)]
    if asked.has_marks:
        marked = _words(asked, tuple(map(marked_term, asked.exact)))
        exact = [Tier(marked, in_titles=True)]
        if pairs:
            exact += [Tier((*marked, *pairs))]
        found = [*exact, Tier(marked), *found]
    if asked.inside:
        found += [Tier(_parts(asked), in_titles=True), Tier(_parts(asked))]
    return found


def _parts(asked: Question) -> tuple[Term, ...]:
    return tuple(
        Term(word, asked.is_beginning(place), others)
        for place, (word, others) in enumerate(zip(asked.folded, asked.inside, strict=True))
    )


def _words(asked: Question, forms: Sequence[str]) -> tuple[Term, ...]:
    return (*map(Term, forms[:-1]), Term(forms[-1], asked.last_is_beginning))


def _pairs(asked: Question) -> Iterator[Term]:
    for first, second in asked.neighbours:
        is_last = second == asked.folded[-1] and asked.last_is_beginning
        yield Term(pair_term(first, second), is_last)


def counting(asked: Question, *, engine: str, codes: Sequence[int]) -> Statement:
    """A statement for (code, number): how many documents of a kind and language there are, among
    the first ``COUNTED`` with one of the codes.
    """
    terms = _parts(asked) if asked.inside else _words(asked, asked.folded)
    if engine == "sqlite":
        listed = ", ".join(map(str, codes))
        given = {"wanted": _match(terms), "codes": CODES, "most": COUNTED}
        return Statement(_FTS5_COUNT.format(codes=listed), given)
    given = {"wanted": _tsquery(terms), "codes": list(codes), "most": COUNTED}
    return Statement(_TSVECTOR_COUNT, given)


def side_by_side(words: Sequence[str]) -> tuple[Term, ...]:
    """Terms of texts in which each of the words stands beside the next."""
    return (*map(Term, words), *(Term(pair_term(*two)) for two in pairwise(words)))


def comparing(wanted: Sequence[Sequence[Term]], *, engine: str, codes: Sequence[int]) -> Statement:
    """A statement for (place in ``wanted``, number): how many documents have all the terms, counted
    to ``DEPTH``.
    """
    render = _match if engine == "sqlite" else _tsquery
    one = _FTS5_SOME if engine == "sqlite" else _TSVECTOR_SOME
    given: dict[str, Any] = {"depth": DEPTH}
    given |= {"codes": CODES} if engine == "sqlite" else {}
    given |= {f"wanted{number}": render(terms) for number, terms in enumerate(wanted)}
    listed = ", ".join(map(str, codes))
    parts = [one.format(number=number, codes=listed) for number in range(len(wanted))]
    return Statement(" UNION ALL ".join(parts), given)


def candidates(
    wanted: Sequence[Tier], *, engine: str, codes: Sequence[int], need: int
) -> Statement:
    """A statement for (tier, id, title_terms, boost) of the newest documents of these tiers with
    one of the codes; the last two of those found by their titles only. Tiers after one that has
    ``need`` documents may be left out.
    """
    given: dict[str, Any] = {"depth": DEPTH}
    if engine == "sqlite":
        listed = ", ".join(map(str, codes))
        given["codes"] = CODES
        given |= {f"wanted{number}": _match(tier.terms) for number, tier in enumerate(wanted)}
        parts = [
            _FTS5_TIER.format(number=number, codes=listed, name=_TABLES[tier.in_titles])
            for number, tier in enumerate(wanted)
        ]
        return Statement(_with_titles(" UNION ALL ".join(parts), wanted), given)
    given |= {
        "wanted": [_tsquery(tier.terms) for tier in wanted],
        "in_titles": [tier.in_titles for tier in wanted],
        "codes": list(codes),
        "need": need,
    }
    return Statement(_with_titles(_TSVECTOR_TIERS, wanted), given)


def _with_titles(found: str, wanted: Sequence[Tier]) -> str:
    places = ", ".join(str(number) for number, tier in enumerate(wanted) if tier.in_titles)
    return _WITH_TITLES.format(found=found, places=places or "NULL")


_WITH_TITLES = """
    SELECT hit.tier, hit.id, document.title_terms, document.boost FROM ({found}) AS hit
    LEFT JOIN search_document AS document ON document.id = hit.id AND hit.tier IN ({places})
"""


# --- SQLite. Terms are quoted, and words have no signs, so nothing typed can become syntax. ---

_TABLES = {True: "search_index_titles", False: "search_index_texts"}
_FTS5_COUNT = """
    SELECT code, count(*) AS number FROM (
        SELECT rowid % :codes AS code FROM search_index_texts
        WHERE search_index_texts MATCH :wanted AND rowid % :codes IN ({codes}) LIMIT :most
    ) GROUP BY 1
"""
_FTS5_TIER = """
    SELECT * FROM (
        SELECT {number} AS tier, rowid / :codes AS id FROM {name}
        WHERE {name} MATCH :wanted{number} AND rowid % :codes IN ({codes})
        ORDER BY rowid DESC LIMIT :depth
    )
"""
_FTS5_SOME = """
    SELECT {number} AS place, count(*) AS number FROM (
        SELECT 1 FROM search_index_texts WHERE search_index_texts MATCH :wanted{number}
        AND rowid % :codes IN ({codes}) LIMIT :depth
    )
"""


def _match(terms: Iterable[Term]) -> str:
    return " AND ".join(_either(term, '"{}"', '"{}" *', " OR ") for term in terms)


def _either(term: Term, whole: str, beginning: str, sign: str) -> str:
    """The term in an engine's words, or any of those that do as well."""
    own = (beginning if term.is_beginning else whole).format(term.word)
    return f"({sign.join([own, *map(whole.format, term.others)])})"


# --- PostgreSQL. Its functions stand in club.search.schema. ---

_TSVECTOR_COUNT = """
    SELECT code, number
    FROM search_counts(CAST(:wanted AS tsquery), CAST(:codes AS smallint[]), :most)
"""
_TSVECTOR_TIERS = """
    SELECT tier, id FROM search_tiers(
        CAST(:wanted AS tsquery[]), CAST(:in_titles AS boolean[]), CAST(:codes AS smallint[]),
        :depth, :need
    )
"""
_TSVECTOR_SOME = """
    SELECT {number} AS place, count(*) AS number FROM search_tiers(
        ARRAY[CAST(:wanted{number} AS tsquery)], ARRAY[false], ARRAY[{codes}]::smallint[],
        :depth, 1
    )
"""


def _tsquery(terms: Iterable[Term]) -> str:
    return " & ".join(_either(term, "'{}'", "'{}':*", " | ") for term in terms)
