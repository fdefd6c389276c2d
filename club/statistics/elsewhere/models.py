"""Training that departments or partners gave themselves, as sums without names."""

import uuid
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.accounts.models import Account
from club.db import Model
from club.knowledge.models import Topic
from club.people.models import AudienceKind
from club.units.models import Unit


class ReportedTraining(Model):
    """What one unit reported of some days, one topic and one group. Rows are added, never changed:
    of one ``public_id`` the highest number holds. A correction to no turns takes the report back.
    """

    __tablename__ = "reported_training"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="first_before_last"),
        CheckConstraint("turns BETWEEN 0 AND 1000000", name="turns_sensible"),
        CheckConstraint("minutes BETWEEN 0 AND 6000000000", name="minutes_sensible"),
        CheckConstraint("turns > 0 OR number > 1", name="only_corrected_to_none"),
        CheckConstraint("(number = 1) = (reason IS NULL)", name="corrected_with_reason"),
        CheckConstraint("number >= 1", name="number_counts"),
        UniqueConstraint("public_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The same for all its corrections.
    public_id: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4)
    number: Mapped[int] = mapped_column(default=1)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    first_day: Mapped[date]
    #: Decides to which period it belongs.
    last_day: Mapped[date] = mapped_column(index=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    audience: Mapped[AudienceKind]
    turns: Mapped[int]
    #: What all of them attended together; ``None``: not reported.
    minutes: Mapped[int | None] = mapped_column(BigInteger)
    #: The document that says so.
    source: Mapped[str]
    #: Why the one before had to be corrected.
    reason: Mapped[str | None]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    unit: Mapped[Unit] = relationship()
    topic: Mapped[Topic] = relationship()
    entered_by: Mapped[Account | None] = relationship()
