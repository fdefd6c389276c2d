"""What else to read after a text, and what the two have in common: worked out by one statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from club.db import db
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.evidence.models import ArticleProblem, Problem
from club.knowledge.models import (
    Article,
    ArticleKind,
    ArticleTool,
    ArticleTopic,
    CaseStudy,
    Measure,
    Tool,
    Topic,
)
from club.knowledge.queries import CLEAREST_FIRST, LISTED, Rows

#: How much each thing in common says. A tool's page is first of all about its own tool, and a
#: topic alone, of which there are six, is no reason.
_WEIGHTS = {"tool": 4, "problem": 3, "sector": 3, "about": 2, "topic": 1}
_OF_ITS_OWN_TOOL = 40
_LEAST = 3
#: What is shown of a text that is related.
_SHOWN = {
    column.key: column
    for column in (
        Article.slug,
        Article.kind,
        Article.title,
        Article.title_en,
        CaseStudy.sector,
        CaseStudy.country,
        CaseStudy.place,
        CaseStudy.year,
    )
}


@dataclass(frozen=True)
class Shared:
    """Something that two texts have in common: its key, and its name where that is data."""

    what: str
    key: str
    name: str | None
    name_en: str | None


@dataclass(frozen=True)
class Related:
    slug: str
    kind: ArticleKind
    title: str
    title_en: str
    #: Of a case.
    sector: str | None
    country: str | None
    place: str | None
    year: str | None
    #: The weightiest first.
    shared: list[Shared]


def related_to(article: Article, *, cases: int, texts: int) -> list[Related]:
    """At most so many cases and so many others, those with the most in common first."""
    shared = _shared_with(article).cte("shared")
    nearest = _nearest(shared, article).cte("nearest")
    query = (
        select(*_SHOWN.values(), *shared.c["what", "key", "name", "name_en"])
        .join(nearest, nearest.c.article_id == Article.id)
        .join(shared, shared.c.article_id == Article.id)
        .outerjoin(CaseStudy, CaseStudy.article_id == Article.id)
        .where(nearest.c.place <= case((Article.kind == ArticleKind.CASE, cases), else_=texts))
        .order_by(nearest.c.place, shared.c.weight.desc(), shared.c.position, shared.c.key)
    )
    return _gathered(db.session.execute(query))


def _gathered(rows: Iterable[Any]) -> list[Related]:
    found: dict[str, Related] = {}
    for row in rows:
        if row.slug not in found:
            about = {column: getattr(row, column) for column in _SHOWN}
            found[row.slug] = Related(**about, shared=[])
        found[row.slug].shared.append(Shared(row.what, row.key, row.name, row.name_en))
    return list(found.values())


def _nearest(shared: Any, article: Article) -> Rows:
    """The others with their place among cases or among texts."""
    score = func.sum(shared.c.weight)
    is_case = case((Article.kind == ArticleKind.CASE, 1), else_=0)
    place = func.row_number().over(
        partition_by=is_case, order_by=(score.desc(), *CLEAREST_FIRST, Article.id)
    )
    # A case names its tools beside itself already: their pages are no news.
    is_news = Article.kind != ArticleKind.TOOL if article.kind is ArticleKind.CASE else LISTED
    least = _OF_ITS_OWN_TOOL if article.kind is ArticleKind.TOOL else _LEAST
    return (
        select(shared.c.article_id, place.label("place"))
        .join(Article, Article.id == shared.c.article_id)
        .outerjoin(CaseStudy, CaseStudy.article_id == Article.id)
        .where(LISTED, is_news)
        .group_by(shared.c.article_id, Article.id, CaseStudy.article_id)
        .having(score >= case((Article.kind == ArticleKind.CASE, least), else_=_LEAST))
    )


def _shared_with(article: Article) -> Any:
    """A row for each thing that another text has in common with this one."""
    parts = [
        _links(article, ArticleTool, ArticleTool.tool_id, Tool, "tool"),
        _links(article, ArticleTopic, ArticleTopic.topic_id, Topic, "topic"),
        _links(article, ArticleProblem, ArticleProblem.problem_id, Problem, "problem"),
    ]
    if article.case:
        parts += [_same_sector(article), _same_measures(article)]
    return union_all(*parts)


def _links(article: Article, link: Any, target: Any, thing: Any, what: str) -> Rows:
    mine, theirs = aliased(link), aliased(link)
    weight: Any = literal_column(str(_WEIGHTS[what]))
    if what == "tool" and article.kind is ArticleKind.TOOL:
        weight = case((mine.position == 1, _OF_ITS_OWN_TOOL), else_=1)
    same = getattr(theirs, target.key) == getattr(mine, target.key)
    query: Rows = (
        _row(theirs.article_id, what, thing.key, weight)
        .add_columns(thing.name, thing.name_en, thing.position)
        .select_from(mine)
        .join(theirs, and_(same, theirs.article_id != mine.article_id))
        .join(thing, thing.id == getattr(mine, target.key))
        .where(mine.article_id == article.id)
    )
    return query


def _same_sector(article: Article) -> Rows:
    assert article.case
    return _nameless(
        _row(CaseStudy.article_id, "sector", CaseStudy.sector, _weight("sector")).where(
            CaseStudy.sector == article.case.sector,
            CaseStudy.sector != "other",
            CaseStudy.article_id != article.id,
        )
    )


def _same_measures(article: Article) -> Rows:
    kinds = {one.about for one in article.measures} - {MeasureKind.OTHER}
    return _nameless(
        _row(Measure.article_id, "about", cast(Measure.about, String), _weight("about"))
        .where(Measure.about.in_(kinds), Measure.article_id != article.id)
        .distinct()
    )


def _weight(what: str) -> ColumnElement[int]:
    return literal_column(str(_WEIGHTS[what]))


def _row(article_id: Any, what: str, key: Any, weight: Any) -> Select[Any]:
    return select(
        article_id.label("article_id"),
        literal_column(f"'{what}'", String).label("what"),
        key.label("key"),
        weight.label("weight"),
    )


def _nameless(query: Select[Any]) -> Rows:
    nothing = cast(literal_column("NULL"), String)
    named: Rows = query.add_columns(
        nothing.label("name"), nothing.label("name_en"), literal_column("0").label("position")
    )
    return named
