from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from club.db import db
from club.knowledge.models import Article, ArticleKind
from club.knowledge.reading.models import ArticleMark, MarkKind


@dataclass(frozen=True)
class KeptText:
    slug: str
    kind: ArticleKind
    title: str
    title_en: str
    summary: str
    summary_en: str
    reading_minutes: int
    retired_at: datetime | None
    withheld: bool
    kept_at: datetime


def marks_of(person_id: int, article_id: int) -> frozenset[MarkKind]:
    query = select(ArticleMark.kind).where(
        ArticleMark.person_id == person_id, ArticleMark.article_id == article_id
    )
    return frozenset(db.session.scalars(query))


def reading_list(person_id: int) -> list[KeptText]:
    """The texts that somebody keeps, the last one first; those no longer published, too."""
    named = list(KeptText.__dataclass_fields__)[:-1]
    columns: list[Any] = [*(getattr(Article, name) for name in named), ArticleMark.made_at]
    query = (
        select(*columns)
        .join(ArticleMark, ArticleMark.article_id == Article.id)
        .where(ArticleMark.person_id == person_id, ArticleMark.kind == MarkKind.KEPT)
        .order_by(ArticleMark.made_at.desc(), ArticleMark.id.desc())
    )
    return [KeptText(*row) for row in db.session.execute(query)]
