from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model


class Source(StrEnum):
    """Where a text was written."""

    FILE = "file"
    WEB = "web"


class ArticleRevision(Model):
    """A text as it was published at a moment. Never changed, never deleted."""

    __tablename__ = "article_revision"
    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        CheckConstraint("number >= 1", name="number_counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    number: Mapped[int]
    #: See ``club.knowledge.facts.document_of``.
    facts: Mapped[dict[str, Any]]
    source: Mapped[Source]
    #: What was changed, in a sentence; a file says nothing of it.
    note: Mapped[str | None]
    published_at: Mapped[datetime]
    #: Who wrote it, and who looked it over, where that was done on the site.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class ArticleAddress(Model):
    """An address that a text had before: it leads to the present one for ever."""

    __tablename__ = "article_address"

    slug: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    since: Mapped[datetime]
