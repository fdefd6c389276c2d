import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model
from club.registration.models import RegistrationState


class Group(StrEnum):
    """Which of a run's people a message is for."""

    ALL = "all"
    CONFIRMED = "confirmed"
    WAITING = "waiting"

    def includes(self, state: RegistrationState) -> bool:
        if self is Group.CONFIRMED:
            return state is RegistrationState.CONFIRMED
        if self is Group.WAITING:
            return state is RegistrationState.WAITING
        return state.is_active


class RunMessage(Model):
    """Somebody wrote to a run's people: who, when, to whom, what."""

    __tablename__ = "run_message"
    __table_args__ = (
        Index("ix_run_message_run", "run_id", "id"),
        CheckConstraint("people > 0", name="reached_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Given when the message is looked over, so that sending it twice is once.
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    group: Mapped[Group]
    subject: Mapped[str]
    body: Mapped[str]
    people: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
