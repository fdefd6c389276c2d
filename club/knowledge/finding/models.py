"""What editors do about searches: answers they put first, and what was looked for in vain."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from club.accounts.models import Account
from club.db import Model


class PromotedAnswer(Model):
    """A thing that stands first for some words, from one day to another."""

    __tablename__ = "promoted_answer"
    __table_args__ = (
        CheckConstraint("till_day IS NULL OR from_day <= till_day", name="days_in_order"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_whom"),
        Index("ix_promoted_answer_asked", "asked", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    #: As the editor wrote them.
    words: Mapped[str]
    #: ``club.search.words.Question.whole`` of them: without marks, capitals and signs.
    asked: Mapped[str]
    #: The thing's name in the index.
    ref: Mapped[str]
    from_day: Mapped[date]
    #: Last day; ``None`` where it stays until somebody ends it.
    till_day: Mapped[date | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), index=True)


class UnansweredSearch(Model):
    """How often some words were looked for in vain on a day; not by whom, nor when that day."""

    __tablename__ = "unanswered_search"
    __table_args__ = (CheckConstraint("times >= 1", name="times_counted"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]
