"""Lists of texts that are no cases: the tools' pages, and articles."""

from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from club.db import db
from club.knowledge.models import (
    Article,
    ArticleCourse,
    ArticleKind,
    ArticleTool,
    ArticleTopic,
    CaseStudy,
    Tool,
    Topic,
)
from club.knowledge.rows import TextRow

_LISTED = Article.retired_at.is_(None)


def tools() -> list[TextRow]:
    """The tools that have a page, field by field, and how many cases used each."""
    uses = (
        select(func.count())
        .select_from(ArticleTool)
        .join(CaseStudy, CaseStudy.article_id == ArticleTool.article_id)
        .join(Article, Article.id == ArticleTool.article_id)
        .where(ArticleTool.tool_id == Tool.id, _LISTED)
        .correlate(Tool)
        .scalar_subquery()
    )
    first = and_(ArticleTool.article_id == Article.id, ArticleTool.position == 1)
    field, listed = aliased(Topic), aliased(Topic)
    first_field = (
        select(func.min(listed.position))
        .join(ArticleTopic, ArticleTopic.topic_id == listed.id)
        .where(ArticleTopic.article_id == Article.id)
        .correlate(Article)
        .scalar_subquery()
    )
    query = (
        _texts(ArticleKind.TOOL)
        .add_columns(Tool.key, Tool.name, Tool.name_en, uses.label("cases"))
        .add_columns(field.name.label("topic"), field.name_en.label("topic_en"))
        .outerjoin(ArticleTool, first)
        .outerjoin(Tool, Tool.id == ArticleTool.tool_id)
        .outerjoin(field, field.position == first_field)
        .order_by(field.position.is_(None), field.position, Tool.position, Article.slug)
    )
    return [_text_row(row, *row[6:]) for row in db.session.execute(query)]


def tools_for_course(code: str, *, limit: int) -> list[TextRow]:
    """The tools' pages about what a course teaches, those that are most about it first."""
    first = and_(ArticleTool.article_id == Article.id, ArticleTool.position == 1)
    query = (
        _texts(ArticleKind.TOOL)
        .add_columns(Tool.key, Tool.name, Tool.name_en)
        .join(ArticleCourse, ArticleCourse.article_id == Article.id)
        .outerjoin(ArticleTool, first)
        .outerjoin(Tool, Tool.id == ArticleTool.tool_id)
        .where(ArticleCourse.course_code == code)
        .order_by(ArticleCourse.position, Tool.position, Article.slug)
        .limit(limit)
    )
    return [_text_row(row, *row[6:]) for row in db.session.execute(query)]


def articles() -> list[TextRow]:
    query = _texts(ArticleKind.ARTICLE).order_by(Article.published_at.desc(), Article.slug)
    return [_text_row(row) for row in db.session.execute(query)]


def _texts(kind: ArticleKind) -> Select[*tuple[Any, ...]]:
    columns: list[Any] = [
        Article.slug,
        Article.title,
        Article.title_en,
        Article.summary,
        Article.summary_en,
        Article.reading_minutes,
    ]
    return select(*columns).where(Article.kind == kind, _LISTED)


def _text_row(row: Any, *tool: Any) -> TextRow:
    return TextRow(*row[:6], *tool)
