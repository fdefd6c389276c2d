from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model


class Reminder:
    """A holder has been reminded of an end, so many days before it: never twice. Whatever gets
    another last day reminds anew.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    expires_on: Mapped[date]
    #: Which of the planned reminders it was; it may have been written some days later.
    days: Mapped[int]
    at: Mapped[datetime]


class ExpiryReminder(Reminder, Model):
    """Of the end of a certificate that another body issued."""

    __tablename__ = "expiry_reminder"
    __table_args__ = (
        UniqueConstraint("certificate_id", "expires_on", "days"),
        CheckConstraint("days >= 0", name="days_not_negative"),
    )

    certificate_id: Mapped[int] = mapped_column(ForeignKey("expert_certificate.id"))


class AwardReminder(Reminder, Model):
    """Of the end of the club's own recognition."""

    __tablename__ = "award_reminder"
    __table_args__ = (
        UniqueConstraint("award_id", "expires_on", "days"),
        CheckConstraint("days >= 0", name="days_not_negative"),
    )

    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"))
