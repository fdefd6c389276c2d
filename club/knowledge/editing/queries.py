from collections.abc import Iterable, Sequence

from sqlalchemy import select

from club.db import db
from club.knowledge.editing.models import ArticleRevision
from club.knowledge.models import Article, Tool, Topic


def revisions_of(slug: str) -> Sequence[ArticleRevision]:
    """Of the text with this address, the latest first."""
    query = (
        select(ArticleRevision)
        .join(Article, Article.id == ArticleRevision.article_id)
        .where(Article.slug == slug)
        .order_by(ArticleRevision.number.desc())
    )
    return db.session.scalars(query).all()


def revisions_numbered(slug: str, numbers: Iterable[int]) -> dict[int, ArticleRevision]:
    """Those of the text with this address that there are, by number."""
    query = (
        select(ArticleRevision)
        .join(Article, Article.id == ArticleRevision.article_id)
        .where(Article.slug == slug, ArticleRevision.number.in_(list(numbers)))
    )
    return {one.number: one for one in db.session.scalars(query)}


def topic_and_tool_names() -> dict[str, dict[str, tuple[str, str]]]:
    """In Vietnamese and English, by key; under ``topics`` and ``tools``."""
    return {
        name: {
            row.key: (row.name, row.name_en)
            for row in db.session.execute(select(model.key, model.name, model.name_en))
        }
        for name, model in (("topics", Topic), ("tools", Tool))
    }
