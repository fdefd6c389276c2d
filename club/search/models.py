from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Connection, SmallInteger, Table, UniqueConstraint, event
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
    QUESTION = "question"


#: Stand in stored rows and in the index; a new kind takes the next number.
_KIND_NUMBERS = {
    FoundKind.COURSE: 0,
    FoundKind.CASE: 1,
    FoundKind.TOOL: 2,
    FoundKind.ARTICLE: 3,
    FoundKind.EXPERT: 4,
    FoundKind.DOCUMENT: 5,
    FoundKind.QUESTION: 6,
}
_LANGUAGES = ("vi", "en")


def code_of(kind: FoundKind, language: str) -> int:
    """Kind and language as one number below ``schema.CODES``."""
    return _KIND_NUMBERS[kind] * len(_LANGUAGES) + _LANGUAGES.index(language)


KIND_AND_LANGUAGE = {
    code_of(kind, language): (kind, language) for kind in FoundKind for language in _LANGUAGES
}


class SearchDocument(Model):
    """One findable thing in one language, as the one index knows it.

    The narrow columns come first: what asks for them then reads no long texts.
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
    #: See ``code_of``; the index filters by it.
    code: Mapped[int] = mapped_column(SmallInteger)
    url: Mapped[str]
    #: Moves a document up (above 1) or down among those with equally good titles.
    boost: Mapped[float] = mapped_column(default=1.0)
    updated_at: Mapped[datetime]
    title: Mapped[str]
    #: See ``club.search.words``.
    title_terms: Mapped[str]
    #: Plain text, single spaces.
    body: Mapped[str]
    terms: Mapped[str]


class SearchSpelling(Model):
    """A form under which a word of the index may have been typed; see ``club.search.spelling``."""

    __tablename__ = "search_spelling"

    form: Mapped[str] = mapped_column(primary_key=True)
    #: Without marks. It is among its own forms.
    word: Mapped[str] = mapped_column(primary_key=True, index=True)


@event.listens_for(SearchDocument.__table__, "after_create")
def _create_index(_table: Table, connection: Connection, **_given: Any) -> None:
    schema.create_index(connection)


@event.listens_for(SearchDocument.__table__, "before_drop")
def _drop_index(_table: Table, connection: Connection, **_given: Any) -> None:
    schema.drop_index(connection)
