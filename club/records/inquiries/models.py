"""What people are asked after a class, and what they answered."""

import uuid
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Run
from club.db import Model
from club.knowledge.editing.models import Draft
from club.people.models import Person


class InquiryKind(StrEnum):
    #: How the class was: answered without a name.
    FEEDBACK = "feedback"
    #: What came of it, after so many days.
    AFTER_30_DAYS = "after_30_days"
    AFTER_90_DAYS = "after_90_days"

    @property
    def is_anonymous(self) -> bool:
        return self is InquiryKind.FEEDBACK


class Inquiry(Model):
    """Somebody was asked something about a run, once.

    Of feedback nothing but this says that somebody answered: no moment, and no way to the answer.
    """

    __tablename__ = "inquiry"
    __table_args__ = (UniqueConstraint("run_id", "person_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[InquiryKind]
    asked_at: Mapped[datetime]
    answered: Mapped[bool] = mapped_column(default=False)

    run: Mapped[Run] = relationship()
    person: Mapped[Person] = relationship()


class FeedbackAnswer(Model):
    """What somebody thought of a run. Nobody can tell who: there is no person and no moment, and
    the random key, by which the rows lie in SQLite, says nothing of their order.
    """

    __tablename__ = "feedback_answer"
    __table_args__ = (
        CheckConstraint("useful BETWEEN 1 AND 5", name="useful_rating"),
        CheckConstraint("clear BETWEEN 1 AND 5", name="clear_rating"),
        CheckConstraint("practical BETWEEN 1 AND 5", name="practical_rating"),
        CheckConstraint("recommended BETWEEN 1 AND 5", name="recommended_rating"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    #: Agreement from 1 (not at all) to 5 (fully); the questions are the club's own.
    useful: Mapped[int]
    clear: Mapped[int]
    practical: Mapped[int]
    recommended: Mapped[int]
    better: Mapped[str | None]


class FollowUp(Model):
    """What somebody says has come of a class, perhaps measured."""

    __tablename__ = "follow_up"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), unique=True)
    applied: Mapped[str]
    changed: Mapped[str | None]
    #: What was measured, in which unit and how, before and after.
    quantity: Mapped[str | None]
    unit: Mapped[str | None]
    before: Mapped[Decimal | None] = mapped_column(Numeric(15, 3))
    after: Mapped[Decimal | None] = mapped_column(Numeric(15, 3))
    measured_how: Mapped[str | None]
    #: Whether the club may come back to the person to make a case study of it.
    may_become_case: Mapped[bool]
    answered_at: Mapped[datetime]
    #: Since when a coordinator wants a case study made of it; ``None``: nobody does.
    case_candidate_since: Mapped[datetime | None]
    case_candidate_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    #: The draft of that case study, once somebody has begun it.
    case_draft_id: Mapped[int | None] = mapped_column(ForeignKey("article_draft.id"), index=True)

    inquiry: Mapped[Inquiry] = relationship()
    case_draft: Mapped[Draft | None] = relationship()

    @property
    def is_measured(self) -> bool:
        return self.before is not None and self.after is not None
