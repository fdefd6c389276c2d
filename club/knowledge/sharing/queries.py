from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from club.db import db
from club.files.models import StoredFile
from club.knowledge.models import Article, ArticleKind, ArticleTopic, Topic
from club.knowledge.sharing.models import ArticlePicture


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


def undrawn() -> list[int]:
    """The ids of published texts whose present revision has no picture, and was not tried."""
    query = (
        select(Article.id)
        .outerjoin(ArticlePicture, ArticlePicture.article_id == Article.id)
        .where(
            Article.retired_at.is_(None),
            or_(ArticlePicture.revision.is_(None), ArticlePicture.revision != Article.revision),
        )
        .order_by(Article.modified_at.desc(), Article.id)
    )
    found = list(db.session.scalars(query))
    db.session.rollback()
    return found


def picture_of(slug: str) -> StoredFile | None:
    query = (
        select(StoredFile)
        .join(ArticlePicture, ArticlePicture.file_id == StoredFile.id)
        .join(Article, Article.id == ArticlePicture.article_id)
        .where(Article.slug == slug, Article.retired_at.is_(None))
    )
    return db.session.scalars(query).one_or_none()


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
