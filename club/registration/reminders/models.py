from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model


class ReminderPlan(Model):
    """How long before its start a run's people are reminded. The latest one counts."""

    __tablename__ = "reminder_plan"
    __table_args__ = (Index("ix_reminder_plan_run", "run_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    #: Whole hours, the longest first; none: nobody is reminded.
    hours: Mapped[list[int]] = mapped_column(JSON())
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class RequestRecall(Model):
    """The coordinators were reminded of requests for a place that nobody had decided: once for
    each start of the run.
    """

    __tablename__ = "request_recall"
    __table_args__ = (
        UniqueConstraint("run_id", "starts_at"),
        CheckConstraint("requests > 0", name="requests_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    starts_at: Mapped[datetime]
    at: Mapped[datetime]
    #: How many waited for a decision then.
    requests: Mapped[int]


class Reminder(Model):
    """A run's people have been reminded, so long before this start: never twice.

    A run that moves has another start, and reminds anew.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("run_id", "starts_at", "hours"),
        CheckConstraint("hours > 0", name="hours_positive"),
        CheckConstraint("people >= 0", name="people_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    starts_at: Mapped[datetime]
    hours: Mapped[int]
    #: When it was done, and how many people it reached; zero also where a later one took its
    #: place because nobody had been at work.
    at: Mapped[datetime]
    people: Mapped[int]
