"""Questions of members to the club. What happened is a row each, never overwritten."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.accounts.models import Account
from club.db import Model
from club.knowledge.models import Article, Topic
from club.people.models import Person


class QuestionState(StrEnum):
    """Where a question is. ``rules.TRANSITIONS`` says how it gets from one to the next."""

    ASKED = "asked"
    #: There is an answer, which nobody but the club has read.
    ANSWERED = "answered"
    PUBLISHED = "published"
    #: Without publication, or not public any more.
    CLOSED = "closed"


WAITING = (QuestionState.ASKED, QuestionState.ANSWERED)


class MemberQuestion(Model):
    __tablename__ = "member_question"
    __table_args__ = (
        Index("ix_member_question_state", "state", "state_since"),
        Index("ix_member_question_person", "person_id", "asked_at"),
        Index("ix_member_question_published", "topic_id", "published_at"),
        CheckConstraint("version >= 1", name="version_counts"),
        # Somebody waits for an answer; of an erased person nothing waits.
        CheckConstraint(
            "person_id IS NOT NULL OR state IN ('published', 'closed')", name="somebody_waits"
        ),
        CheckConstraint(
            "state <> 'published'"
            " OR (slug IS NOT NULL AND answer IS NOT NULL AND published_at IS NOT NULL)",
            name="published_is_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    #: In its public address, from its first publication on.
    slug: Mapped[str | None] = mapped_column(unique=True)
    #: Who asked; ``None`` once that person's data is erased. Never public.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    #: The text it is about.
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"), index=True)
    #: As it was asked.
    original_title: Mapped[str]
    original_words: Mapped[str | None]
    #: As it is, or may be, published: nobody is to be recognised in it.
    title: Mapped[str]
    words: Mapped[str | None]
    #: Markdown, in Vietnamese.
    answer: Mapped[str | None]
    #: Who is asked to draft the answer.
    drafter_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    state: Mapped[QuestionState]
    state_since: Mapped[datetime]
    asked_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    #: When what is public was last changed.
    modified_at: Mapped[datetime | None]
    #: The ``state_since`` for which whoever has to act was reminded.
    reminded_of: Mapped[datetime | None]
    #: Rises with each step, so that nobody decides on what somebody else has changed.
    version: Mapped[int] = mapped_column(default=1)

    @property
    def is_with_drafter(self) -> bool:
        """Whether somebody who was asked to draft the answer has not done so yet."""
        return self.state is QuestionState.ASKED and self.drafter_id is not None

    person: Mapped[Person | None] = relationship()
    topic: Mapped[Topic] = relationship()
    article: Mapped[Article | None] = relationship()
    drafter: Mapped[Account | None] = relationship()
    steps: Mapped[list["QuestionStep"]] = relationship(
        back_populates="question", order_by="QuestionStep.id"
    )


class QuestionStepKind(StrEnum):
    ASKED = "asked"
    #: Somebody is asked to draft the answer.
    HANDED = "handed"
    ANSWERED = "answered"
    #: Whoever drafted the answer is to look at it once more.
    SENT_BACK = "sent_back"
    #: The words of the question or the answer were changed.
    REVISED = "revised"
    PUBLISHED = "published"
    CLOSED = "closed"
    TAKEN_DOWN = "taken_down"
    #: Who asked needs no answer any more.
    WITHDRAWN = "withdrawn"


class QuestionStep(Model):
    __tablename__ = "member_question_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("member_question.id"), index=True)
    kind: Mapped[QuestionStepKind]
    #: The state from this step on.
    state: Mapped[QuestionState]
    #: What whoever took it wrote to whom it concerns.
    note: Mapped[str | None]
    #: ``{"title": …, "words": …, "answer": …}`` from this step on, where it changed them.
    texts: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    #: Who was asked to draft the answer.
    drafter_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    at: Mapped[datetime]
    #: ``None``: somebody whose data is erased.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)

    question: Mapped[MemberQuestion] = relationship(back_populates="steps")
