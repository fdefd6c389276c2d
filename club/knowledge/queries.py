from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Label, Row, Select, and_, case, select
from sqlalchemy.orm import aliased, joinedload

from club.db import db
from club.knowledge.article_rules import Known
from club.knowledge.models import (
    Article,
    ArticleCourse,
    ArticleKind,
    ArticleTool,
    CaseStudy,
    FigureShape,
    Measure,
    Tool,
    Topic,
)
from club.knowledge.pictures.models import Picture
from club.knowledge.rows import CaseRow, ToolTag, figure_of
from club.units.queries import area_keys

Rows = Select[*tuple[Any, ...]]


#: What lists show: nothing that was retired.
LISTED = Article.retired_at.is_(None)
CLEAREST_FIRST = (
    case({shape: place for place, shape in enumerate(FigureShape)}, value=CaseStudy.figure_shape),
    CaseStudy.strength,
    case((CaseStudy.country == "VN", 0), else_=1),
    CaseStudy.exact_pairs.desc(),
    Article.slug,
)
_CASE_FACTS = (
    Article.id,
    Article.slug,
    Article.title,
    Article.title_en,
    Article.summary,
    Article.summary_en,
    CaseStudy.organisation,
    CaseStudy.organisation_en,
    CaseStudy.country,
    CaseStudy.place,
    CaseStudy.sector,
    CaseStudy.size,
    CaseStudy.year,
    CaseStudy.result_kind,
    CaseStudy.strength,
    CaseStudy.figure_shape,
)
_CASE_COLUMNS = (
    *_CASE_FACTS,
    Measure.metric,
    Measure.metric_en,
    Measure.unit,
    Measure.unit_en,
    Measure.before_text,
    Measure.before_number,
    Measure.after_text,
    Measure.after_number,
    Measure.change,
    Measure.change_en,
    Measure.direction,
    Measure.own_strength,
)


def article_by_slug(slug: str) -> Article | None:
    """Retired ones too, with their case facts and figures."""
    query = select(Article).where(Article.slug == slug)
    loaded = query.options(
        joinedload(Article.case).joinedload(CaseStudy.unit), joinedload(Article.measures)
    )
    return db.session.scalars(loaded).unique().one_or_none()


def shown_instead_of(article: Article) -> Article | None:
    """What readers find in place of a retired text, if it was replaced by one that they see."""
    query = select(Article).where(Article.id == article.replaced_by_id, LISTED)
    return db.session.scalars(query).one_or_none()


def page_of_tool() -> Label[str]:
    """The address of the page about a ``Tool`` of the statement around it, as ``slug``."""
    page, page_link = aliased(Article), aliased(ArticleTool)
    return (
        select(page.slug)
        .join(page_link, page_link.article_id == page.id)
        .where(
            page_link.tool_id == Tool.id,
            page_link.position == 1,
            page.kind == ArticleKind.TOOL,
            page.retired_at.is_(None),
        )
        .limit(1)
        .scalar_subquery()
        .label("slug")
    )


def tools_of(article_ids: Iterable[int]) -> dict[int, tuple[ToolTag, ...]]:
    """The tools that each of the articles names, in its order, with their own pages."""
    query = (
        select(ArticleTool.article_id, Tool.key, Tool.name, Tool.name_en, page_of_tool())
        .join(Tool, Tool.id == ArticleTool.tool_id)
        .where(ArticleTool.article_id.in_(list(article_ids)))
        .order_by(ArticleTool.article_id, ArticleTool.position)
    )
    tags: dict[int, list[ToolTag]] = defaultdict(list)
    for row in db.session.execute(query):
        tags[row.article_id].append(ToolTag(row.key, row.name, row.name_en, row.slug))
    return {number: tuple(some) for number, some in tags.items()}


def case_rows(ids: Sequence[int]) -> list[CaseRow]:
    """The cases with these ids, in this order, with their tools."""
    rows = {row.id: row for row in db.session.execute(_cases().where(Article.id.in_(ids)))}
    tools = tools_of(ids)
    return [_case_row(rows[one], tools.get(one, ())) for one in ids if one in rows]


def new_cases(limit: int) -> list[CaseRow]:
    """The latest ones; of those that came together the clearest."""
    query = _cases().order_by(Article.published_at.desc(), *CLEAREST_FIRST).limit(limit)
    return _with_tools(query)


def cases_with_figures(limit: int) -> list[CaseRow]:
    """Cases whose headline figure has an exact before and after, one of each sector first."""
    query = (
        _cases()
        .where(
            CaseStudy.figure_shape == FigureShape.BEFORE_AND_AFTER,
            Measure.before_number.is_not(None),
            Measure.after_number.is_not(None),
        )
        .order_by(*CLEAREST_FIRST)
    )
    rows = db.session.execute(query).all()
    seen: dict[str, int] = defaultdict(int)
    turns: list[tuple[int, int, Row[*tuple[Any, ...]]]] = []
    for row in rows:
        turns.append((seen[row.sector], len(turns), row))
        seen[row.sector] += 1
    return [_case_row(row) for _turn, _place, row in sorted(turns, key=lambda t: t[:2])[:limit]]


def titles_of_cases_published(since: datetime, before: datetime) -> list[str]:
    """Of those that are shown still, in the order in which they were published."""
    query = (
        select(Article.title)
        .where(
            Article.kind == ArticleKind.CASE,
            Article.published_at >= since,
            Article.published_at < before,
            LISTED,
        )
        .order_by(Article.published_at, Article.id)
    )
    return list(db.session.scalars(query))


def case_for_course(code: str) -> CaseRow | None:
    """The clearest case of what a course teaches, of those with a result."""
    taught = select(ArticleCourse.article_id).where(ArticleCourse.course_code == code)
    has_result = CaseStudy.figure_shape != FigureShape.NOT_MEASURED
    query = _cases().where(Article.id.in_(taught), has_result).order_by(*CLEAREST_FIRST).limit(1)
    row = db.session.execute(query).first()
    return _case_row(row) if row else None


def tool_names() -> dict[str, ToolTag]:
    rows = db.session.execute(select(Tool.key, Tool.name, Tool.name_en).order_by(Tool.position))
    return {row.key: ToolTag(*row) for row in rows}


def topics_in_order() -> list[Topic]:
    return list(db.session.scalars(select(Topic).order_by(Topic.position)))


def _cases() -> Rows:
    return (
        select(*_CASE_COLUMNS)
        .join(CaseStudy, CaseStudy.article_id == Article.id)
        .join(Measure, and_(Measure.article_id == Article.id, Measure.position == 1))
        .where(LISTED)
    )


def _with_tools(query: Rows) -> list[CaseRow]:
    rows = db.session.execute(query).all()
    tags = tools_of(row.id for row in rows)
    return [_case_row(row, tags.get(row.id, ())) for row in rows]


def _case_row(row: Row[*tuple[Any, ...]], tools: tuple[ToolTag, ...] = ()) -> CaseRow:
    facts = {column.key: getattr(row, column.key) for column in _CASE_FACTS}
    return CaseRow(figure=figure_of(row), tools=tools, **facts)


def known_keys() -> Known:
    """What a text may name."""
    return Known(
        topics=set(db.session.scalars(select(Topic.key))),
        tools=set(db.session.scalars(select(Tool.key))),
        pictures=set(db.session.scalars(select(Picture.code))),
        units=area_keys(),
    )
