from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model


class ExpiryReminder(Model):
    """The holder of a certificate has been reminded of its end, so many days before it: never
    twice. A certificate whose last day is corrected reminds anew.
    """

    __tablename__ = "expiry_reminder"
    __table_args__ = (
        UniqueConstraint("certificate_id", "expires_on", "days"),
        CheckConstraint("days >= 0", name="days_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("expert_certificate.id"))
    expires_on: Mapped[date]
    #: Which of the planned reminders it was; it may have been written some days later.
    days: Mapped[int]
    at: Mapped[datetime]
