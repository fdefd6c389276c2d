"""A question in the words of FTS5 and of PostgreSQL: which sets of documents to look through.

Both give the same tiers, so both give the same order: typed accents first, where somebody
typed any; then words in titles; then words anywhere. Inside a tier the engine's own measure
decides. Each tier is ranked by at most ``DEPTH`` documents, the newest: a question that more
texts answer is too wide to be answered well, and may not become slow.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from club.search.models import FoundKind
from club.search.words import Question

DEPTH = 2000
#: Counting stops here; a page then says "more than".
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Statement:
    sql: str
    given: dict[str, str | int] = field(default_factory=dict)


def tiers(
    asked: Question, *, engine: str, language: str, kinds: Sequence[FoundKind]
) -> list[Statement]:
    """Statements for the ids of matching documents, each set best first; ``:need`` is how many."""
    build = _fts5_tier if engine == "sqlite" else _tsvector_tier
    steps = [("folded", True), ("folded", False)]
    if asked.has_marks:
        steps = [("exact", True), ("exact", False), *steps]
    return [
        build(asked, form, in_titles=in_titles, language=language, kinds=kinds)
        for form, in_titles in steps
    ]


def counting(asked: Question, *, engine: str, language: str) -> Statement:
    """A statement for (kind, number) of every kind, each counted up to ``MOST_COUNTED``."""
    one = _FTS5_COUNT if engine == "sqlite" else _TSVECTOR_COUNT
    given: dict[str, str | int] = {"most": MOST_COUNTED}
    for kind in FoundKind:
        if engine == "sqlite":
            scope = _fts5_scope(language, [kind])
            given[kind.value] = f"({_fts5_words(asked, 'folded', in_titles=False)}) AND {scope}"
        else:
            given |= {"words": _tsquery(asked.folded, asked), "language": language}
    return Statement(" UNION ALL ".join(one.format(kind=kind.value) for kind in FoundKind), given)


# --- SQLite. Words are quoted and have no signs, so nothing typed can become syntax. ---

_FTS5_COLUMNS = {
    ("exact", True): "title",
    ("exact", False): "title body",
    ("folded", True): "folded_title",
    ("folded", False): "folded_title folded_body",
}
# Columns: title, body, folded_title, folded_body, scope. Better is more negative. bm25
# saturates, so only a score that sees nothing but titles lets a title outweigh a long text.
_FTS5_TIER = """
    SELECT hit.id FROM (
        SELECT id, score FROM (
            SELECT rowid AS id,
                bm25(search_index, 2.0, 1.0, 2.0, 1.0, 0.0)
                + 30 * bm25(search_index, 1.0, 0.0, 1.0, 0.0, 0.0) AS score
            FROM search_index WHERE search_index MATCH :match ORDER BY rowid DESC LIMIT :depth
        ) ORDER BY score LIMIT :need
    ) AS hit JOIN search_document AS d ON d.id = hit.id
    ORDER BY hit.score * d.boost, d.id
"""
_FTS5_COUNT = """
    SELECT '{kind}' AS kind, count(*) AS number FROM
        (SELECT 1 FROM search_index WHERE search_index MATCH :{kind} LIMIT :most)
"""


def _fts5_tier(
    asked: Question, form: str, *, in_titles: bool, language: str, kinds: Sequence[FoundKind]
) -> Statement:
    words = _fts5_words(asked, form, in_titles=in_titles)
    if len(asked.folded) > 1:
        # The phrase alone implies all words: it finds nothing more, but ranks higher.
        chosen = asked.exact if form == "exact" else asked.folded
        columns = _FTS5_COLUMNS[form, in_titles]
        words = f'({words}) OR {{{columns}}} : "{" ".join(chosen)}"{_fts5_star(asked)}'
    if form == "folded":
        # Texts that also have the word exactly as typed come first among the others.
        columns = _FTS5_COLUMNS["exact", in_titles]
        typed = f'{{{columns}}} : "{" ".join(asked.exact)}"{_fts5_star(asked)}'
        words = f"({words}) OR {typed}"
    return Statement(
        _FTS5_TIER, {"match": f"({words}) AND {_fts5_scope(language, kinds)}", "depth": DEPTH}
    )


def _fts5_words(asked: Question, form: str, *, in_titles: bool) -> str:
    chosen = asked.exact if form == "exact" else asked.folded
    quoted = [f'"{word}"' for word in chosen]
    quoted[-1] += _fts5_star(asked)
    return f"{{{_FTS5_COLUMNS[form, in_titles]}}} : ({' AND '.join(quoted)})"


def _fts5_star(asked: Question) -> str:
    return " *" if asked.last_is_beginning else ""


def _fts5_scope(language: str, kinds: Sequence[FoundKind]) -> str:
    among = " OR ".join(f'"kind{kind.value}"' for kind in kinds)
    return f'{{scope}} : ("lang{language}"' + (f" AND ({among}))" if kinds else ")")


# --- PostgreSQL. Titles have weight A, texts D; ts_rank takes the weights of D, C, B, A. ---

_TSVECTOR_TIER = """
    SELECT hit.id FROM (
        SELECT ranked.id, ranked.boost,
            ts_rank('{{0.02, 0, 0, 1}}', ranked.vector, to_tsquery('simple', :words))
            + ts_rank('{{0.02, 0, 0, 1}}', ranked.vector, to_tsquery('simple', :phrase))
            + ts_rank('{{0.02, 0, 0, 1}}', ranked.exact, to_tsquery('simple', :typed)) AS score
        FROM (
            SELECT s.id, s.boost, i.exact, i.{form} AS vector
            FROM search_index AS i JOIN search_document AS s ON s.id = i.document_id
            WHERE i.{form} @@ to_tsquery('simple', :words) AND s.language = :language
                AND (:kinds = '' OR s.kind = ANY (string_to_array(:kinds, ',')))
            ORDER BY s.id DESC LIMIT :depth
        ) AS ranked
        ORDER BY score DESC LIMIT :need
    ) AS hit ORDER BY hit.score * hit.boost DESC, hit.id
"""
_TSVECTOR_COUNT = """
    SELECT '{kind}' AS kind, count(*) AS number FROM (
        SELECT 1 FROM search_index AS i JOIN search_document AS s ON s.id = i.document_id
        WHERE i.folded @@ to_tsquery('simple', :words)
            AND s.language = :language AND s.kind = '{kind}' LIMIT :most
    ) AS hits
"""


def _tsvector_tier(
    asked: Question, form: str, *, in_titles: bool, language: str, kinds: Sequence[FoundKind]
) -> Statement:
    chosen = asked.exact if form == "exact" else asked.folded
    return Statement(
        _TSVECTOR_TIER.format(form=form),
        {
            "words": _tsquery(chosen, asked, only="A" if in_titles else ""),
            "phrase": _tsquery(chosen, asked, joined=" <-> "),
            "typed": _tsquery(asked.exact, asked, joined=" <-> "),
            "language": language,
            "kinds": ",".join(kind.value for kind in kinds),
            "depth": DEPTH,
        },
    )


def _tsquery(words: Sequence[str], asked: Question, *, joined: str = " & ", only: str = "") -> str:
    """``only`` is the weight of the places to look in."""
    ends = [only] * len(words)
    if asked.last_is_beginning:
        ends[-1] = "*" + only
    return joined.join(
        f"'{word}'" + (f":{end}" if end else "") for word, end in zip(words, ends, strict=True)
    )
