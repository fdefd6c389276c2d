from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from club.db import db
from club.knowledge.models import Article, ArticleKind, ArticleTopic, Topic


@dataclass(frozen=True)
class Wanted:
    """Which texts a feed is about; ``None`` asks for every kind or topic."""

    kind: ArticleKind | None = None
    topic: str | None = None


@dataclass(frozen=True)
class NewText:
    slug: str
    kind: ArticleKind
    title: str
    title_en: str
    summary: str
    summary_en: str
    body_html: str
    body_en_html: str | None
    published_at: datetime
    modified_at: datetime


@dataclass(frozen=True)
class State:
    """Tells a feed from the one of yesterday."""

    texts: int
    modified_at: datetime | None


def newest_texts(wanted: Wanted, *, limit: int) -> list[NewText]:
    columns = [getattr(Article, name) for name in NewText.__dataclass_fields__]
    query = (
        select(*columns)
        .where(*_conditions(wanted))
        .order_by(Article.published_at.desc(), Article.slug)
        .limit(limit)
    )
    return [NewText(*row) for row in db.session.execute(query)]


def state_of(wanted: Wanted) -> State:
    query = select(func.count(), func.max(Article.modified_at)).where(*_conditions(wanted))
    return State(*db.session.execute(query).one())


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Article.retired_at.is_(None)]
    if wanted.kind:
        conditions.append(Article.kind == wanted.kind)
    if wanted.topic is not None:
        of_topic = (
            select(ArticleTopic.article_id)
            .join(Topic, Topic.id == ArticleTopic.topic_id)
            .where(Topic.key == wanted.topic)
        )
        conditions.append(Article.id.in_(of_topic))
    return conditions
