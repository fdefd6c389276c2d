from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model


class MarkKind(StrEnum):
    #: To be read later, or again.
    KEPT = "kept"
    #: It was of use at work.
    HELPED = "helped"


class ArticleMark(Model):
    """What somebody notes of a text for the own list, or for others. Taken back, it is deleted."""

    __tablename__ = "article_mark"
    __table_args__ = (
        Index("uq_article_mark", "person_id", "article_id", "kind", unique=True),
        Index("ix_article_mark_article", "article_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    kind: Mapped[MarkKind]
    made_at: Mapped[datetime]
