"""Decisions, plans and standards that the productivity plan stands on, and what they say."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.periods import next_check


class DocumentKind(StrEnum):
    DECISION = "decision"
    DIRECTIVE = "directive"
    RESOLUTION = "resolution"
    CONCLUSION = "conclusion"
    PLAN = "plan"
    OFFICIAL_LETTER = "official_letter"
    STANDARD = "standard"


class StatedStatus(StrEnum):
    """What a source says of a document's force; most say nothing."""

    UNKNOWN = "unknown"
    IN_FORCE = "in_force"
    NO_LONGER = "no_longer"


class Document(Model):
    """One document, each fact only as far as a source gives it."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("(status = 'unknown') = (status_source IS NULL)", name="status_has_source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[DocumentKind]
    #: As it is called in a sentence: ``Quyết định 36/QĐ-TTg``.
    name: Mapped[str]
    name_en: Mapped[str]
    number: Mapped[str | None]
    dated: Mapped[date | None]
    issuer: Mapped[str | None]
    issuer_en: Mapped[str | None]
    signer: Mapped[str | None]
    title: Mapped[str]
    title_en: Mapped[str]
    about: Mapped[str]
    about_en: Mapped[str]
    #: The last year of the period that its own title names.
    until_year: Mapped[int | None]
    status: Mapped[StatedStatus]
    #: Address of the page that states it.
    status_source: Mapped[str | None]
    #: As of an article: ``{"title": …, "url": … or null, "secondary": …}``
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    note: Mapped[str | None]
    note_en: Mapped[str | None]
    #: Below this address each line has a page of its own, named as the line is.
    lines_at: Mapped[str | None]
    #: When somebody last compared it with its sources, and who, if it was said on the site.
    checked_on: Mapped[date]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: The day from which on that should be done again.
    review_by: Mapped[date] = mapped_column(index=True)
    #: The ``review_by`` of which editors have been reminded.
    reminded_of: Mapped[date | None]
    #: The hash of the file that was read.
    content_hash: Mapped[str]
    modified_at: Mapped[datetime]
    #: Its file is gone: kept, but neither listed nor shown.
    retired_at: Mapped[datetime | None]

    def note_check(self, day: date, *, review_by: date | None, by: int | None = None) -> None:
        """A later check that was noted already stays. ``by``: an account."""
        if self.checked_on is None or day > self.checked_on:
            self.checked_on, self.checked_by_id = day, by
        self.review_by = next_check(self.checked_on, chosen=review_by)

    relations: Mapped[list["DocumentRelation"]] = relationship(
        foreign_keys="DocumentRelation.document_id",
        order_by="DocumentRelation.position",
        cascade="all, delete-orphan",
    )
    lines: Mapped[list["DocumentLine"]] = relationship(
        order_by="DocumentLine.position", cascade="all, delete-orphan"
    )


class RelationKind(StrEnum):
    """How a document stands to another one."""

    REPLACES = "replaces"
    BASED_ON = "based_on"
    #: Takes up what the other began, without a source that says it replaces it.
    FOLLOWS = "follows"


class DocumentRelation(Model):
    __tablename__ = "document_relation"
    __table_args__ = (CheckConstraint("document_id <> other_id", name="between_two"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    kind: Mapped[RelationKind] = mapped_column(primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, index=True)
    position: Mapped[int]

    other: Mapped[Document] = relationship(foreign_keys=[other_id])


class DocumentLine(Model):
    """A heading, dash or paragraph of a document's text, in its own words."""

    __tablename__ = "document_line"
    __table_args__ = (
        UniqueConstraint("document_id", "position"),
        UniqueConstraint("document_id", "line"),
        CheckConstraint("heading BETWEEN 0 AND 3", name="heading_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    position: Mapped[int]
    #: Where it stands, as people cite it: ``I.2.a-4``.
    line: Mapped[str]
    #: 1 to 3 for the levels of headings, 0 for text.
    heading: Mapped[int]
    words: Mapped[str]
    #: What it says, in short; not a translation of the whole.
    english: Mapped[str | None]
    #: Where on the site it is done or counted: ``{"href": …, "vi": …, "en": …}``.
    leads_to: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
