import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model


class Source(StrEnum):
    """Where a text was written."""

    FILE = "file"
    WEB = "web"


class ArticleRevision(Model):
    """A text as it was published at a moment. What it says is never changed, never deleted."""

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
    #: The draft that it was, with all hands that wrote on it.
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("article_draft.id"), index=True)
    #: It shows more of a firm than the firm agrees to now: readers no longer get at it.
    withheld: Mapped[bool] = mapped_column(default=False)


class ArticleAddress(Model):
    """An address that a text had before: it leads to the present one for ever."""

    __tablename__ = "article_address"

    slug: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    since: Mapped[datetime]
    #: It leads nowhere any more: it tells more of a firm than the firm agrees to.
    closed_at: Mapped[datetime | None]


class TextState(StrEnum):
    """How far a text has come: the first three and the last are states of a draft."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    PUBLISHED = "published"
    DUE = "due"
    RETIRED = "retired"
    DISCARDED = "discarded"


#: A draft that something can still become of.
OPEN = frozenset({TextState.DRAFT, TextState.IN_REVIEW, TextState.RETURNED})
_IS_OPEN = text("state IN ('draft', 'in_review', 'returned') AND source = 'web'")


class Draft(Model):
    """A text that is being written: a new one, or a change of one that is published."""

    __tablename__ = "article_draft"
    __table_args__ = (
        CheckConstraint("version >= 1", name="version_counts"),
        CheckConstraint(
            "state IN ('draft', 'in_review', 'returned', 'published', 'discarded')",
            name="state_of_a_draft",
        ),
        Index(
            "uq_article_draft_open",
            "article_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    #: The text that it changes; a new one has none until it is published.
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"), index=True)
    #: The number of the revision that it began from.
    base_number: Mapped[int | None]
    #: As it was typed, whether or not it may be published so (see ``ArticleRevision.facts``).
    facts: Mapped[dict[str, Any]]
    #: ``FILE``: a file said so, and the text had been changed on the site meanwhile.
    source: Mapped[Source]
    state: Mapped[TextState]
    #: Rises with every saving, so that nobody saves over what somebody else saved.
    version: Mapped[int] = mapped_column(default=1)
    #: What is changed, in a sentence.
    note: Mapped[str | None]
    created_at: Mapped[datetime]
    modified_at: Mapped[datetime]
    #: Who began it; nobody where a file did.
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    modified_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    #: The member who proposes it, or who told the club what it says.
    proposer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    #: Whether readers are told the proposer's name.
    names_proposer: Mapped[bool] = mapped_column(default=False)
    #: The firm that a proposal is about, where the proposer works there.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: Since when the club reads a proposal: until then it is its writer's alone.
    proposed_at: Mapped[datetime | None]

    @property
    def is_private(self) -> bool:
        return self.proposer_id is not None and self.proposed_at is None

    @property
    def title(self) -> str:
        return str(self.facts["title"]["vi"] or "")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class DraftHand(Model):
    """Somebody who wrote on a draft, and since when without a long rest."""

    __tablename__ = "article_draft_hand"

    draft_id: Mapped[int] = mapped_column(ForeignKey("article_draft.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    since: Mapped[datetime]
    saved_at: Mapped[datetime]


class DraftCopy(Model):
    """What a draft said before another hand saved it."""

    __tablename__ = "article_draft_copy"
    __table_args__ = (UniqueConstraint("draft_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("article_draft.id"))
    version: Mapped[int]
    facts: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class DraftStep(Model):
    """A draft came from one state to another."""

    __tablename__ = "article_draft_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("article_draft.id"), index=True)
    to_state: Mapped[TextState]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    #: Why it was returned.
    reason: Mapped[str | None]


class DraftComment(Model):
    """What somebody remarks about a draft, or answers to a remark."""

    __tablename__ = "article_draft_comment"
    __table_args__ = (
        CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)", name="settled_by_somebody"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("article_draft.id"), index=True)
    #: The remark that it answers.
    answers_id: Mapped[int | None] = mapped_column(
        ForeignKey("article_draft_comment.id"), index=True
    )
    text: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
