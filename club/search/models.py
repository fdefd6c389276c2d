from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Connection, Table, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model
from club.search import schema


class FoundKind(StrEnum):
    """What a search can find."""

    COURSE = "course"
    CASE = "case"
    TOOL = "tool"
    ARTICLE = "article"
    EXPERT = "expert"
    DOCUMENT = "document"


class SearchDocument(Model):
    """One findable thing in one language, as the one index knows it.

    The narrow columns come first: on SQLite a count by kind then reads no long texts.
    """

    __tablename__ = "search_document"
    __table_args__ = (
        UniqueConstraint("ref", "language"),
        CheckConstraint("language IN ('vi', 'en')", name="language_known"),
        CheckConstraint("boost > 0", name="boost_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FoundKind]
    #: Stable name of the thing: its kind, a colon, its public code or slug.
    ref: Mapped[str]
    language: Mapped[str]
    #: Kind and language as words of the index, so that it can filter by them itself.
    scope: Mapped[str]
    url: Mapped[str]
    #: Moves a document up (above 1) or down among equally good matches.
    boost: Mapped[float] = mapped_column(default=1.0)
    updated_at: Mapped[datetime]
    title: Mapped[str]
    folded_title: Mapped[str]
    #: Plain text, single spaces.
    body: Mapped[str]
    folded_body: Mapped[str]


@event.listens_for(SearchDocument.__table__, "after_create")
def _create_index(_table: Table, connection: Connection, **_given: Any) -> None:
    schema.create_index(connection)


@event.listens_for(SearchDocument.__table__, "before_drop")
def _drop_index(_table: Table, connection: Connection, **_given: Any) -> None:
    schema.drop_index(connection)
