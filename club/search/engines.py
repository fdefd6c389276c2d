"""A question in the words of FTS5 and of PostgreSQL: which sets of documents to look through.

Both give the same tiers, so both give the same order: typed accents first, where somebody
typed any; then words in titles; then words anywhere. Inside a tier the engine's own measure
decides. Of each tier at most ``DEPTH`` documents are ranked, the newest: a question that more
texts answer is too wide to be answered well, and may not become slow.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from club.search.models import FoundKind
from club.search.words import Question

DEPTH = {"sqlite": 2000, "postgresql": 400}
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
            scope = _tsquery_scope(language, [kind])
            given[kind.value] = f"{_tsquery(asked.folded, asked)} & {scope}"
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
        _FTS5_TIER,
        {"match": f"({words}) AND {_fts5_scope(language, kinds)}", "depth": DEPTH["sqlite"]},
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


# --- PostgreSQL. In whole texts titles have weight A; ts_rank takes weights for D, C, B, A. ---

#: The planner does not know that looking for a word in a long text means fetching it from
#: outside the row: left alone it reads every text instead of the index, a hundred times slower.
BY_INDEX = {
    "sqlite": None,
    "postgresql": "SELECT set_config('enable_seqscan', :scans, true),"
    " set_config('enable_indexscan', :scans, true)",
}
_TSVECTOR_COLUMNS = {
    ("exact", True): "exact_title",
    ("exact", False): "exact",
    ("folded", True): "folded_title",
    ("folded", False): "folded",
}
_TSVECTOR_TIER = """
    SELECT hit.id FROM (
        SELECT among.id,
            ts_rank('{{0.02, 0.1, 0.1, 1}}', among.vector, to_tsquery('simple', :words))
            + ts_rank('{{0.02, 0.1, 0.1, 1}}', among.vector, to_tsquery('simple', :phrase))
            + ts_rank('{{0.02, 0.1, 0.1, 1}}', among.typed, to_tsquery('simple', :typed)) AS score
        FROM (
            SELECT document_id AS id, {typed} AS typed, {column} AS vector FROM search_index
            WHERE {column} @@ to_tsquery('simple', :match) ORDER BY document_id DESC LIMIT :depth
        ) AS among
        ORDER BY score DESC LIMIT :need
    ) AS hit JOIN search_document AS d ON d.id = hit.id
    ORDER BY hit.score * d.boost DESC, d.id
"""
_TSVECTOR_COUNT = """
    SELECT '{kind}' AS kind, count(*) AS number FROM
        (SELECT 1 FROM search_index WHERE folded @@ to_tsquery('simple', :{kind}) LIMIT :most)
        AS hits
"""


def _tsvector_tier(
    asked: Question, form: str, *, in_titles: bool, language: str, kinds: Sequence[FoundKind]
) -> Statement:
    words = _tsquery(asked.exact if form == "exact" else asked.folded, asked)
    column, typed = _TSVECTOR_COLUMNS[form, in_titles], _TSVECTOR_COLUMNS["exact", in_titles]
    return Statement(
        _TSVECTOR_TIER.format(column=column, typed=typed),
        {
            "match": f"{words} & {_tsquery_scope(language, kinds)}",
            "words": words,
            "phrase": words.replace(" & ", " <-> "),
            "typed": _tsquery(asked.exact, asked).replace(" & ", " <-> "),
            "depth": DEPTH["postgresql"],
        },
    )


def _tsquery_scope(language: str, kinds: Sequence[FoundKind]) -> str:
    among = " | ".join(f"'kind{kind.value}'" for kind in kinds)
    return f"'lang{language}'" + (f" & ({among})" if kinds else "")


def _tsquery(words: Sequence[str], asked: Question) -> str:
    quoted = [f"'{word}'" for word in words]
    if asked.last_is_beginning:
        quoted[-1] += ":*"
    return " & ".join(quoted)
