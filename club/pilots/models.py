import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.people.models import Organisation, SizeClass


class PilotOutcome(StrEnum):
    """How a pilot project ended; one that is running has none."""

    COMPLETED = "completed"
    #: Given up before its end: it counts until that day, not after.
    ABANDONED = "abandoned"


class PilotProject(Model):
    """A firm tries out an improvement as a model for others (dự án điểm). Never deleted."""

    __tablename__ = "pilot_project"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR started_on <= ended_on", name="starts_before_end"),
        CheckConstraint("(ended_on IS NULL) = (outcome IS NULL)", name="outcome_when_ended"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: As the firm was when the project was entered; a firm that grows later changes no figure.
    size_class: Mapped[SizeClass]
    title: Mapped[str]
    description: Mapped[str | None]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    outcome: Mapped[PilotOutcome | None]
    #: Where it is written that the project exists: a decision, a contract, minutes, a link.
    evidence: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    organisation: Mapped[Organisation] = relationship()
