"""Training that people took elsewhere, and what became of what they entered."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.files.models import StoredFile
from club.knowledge.models import Topic
from club.people.models import Person


class OutsideState(StrEnum):
    WAITING = "waiting"
    #: A coordinator asks for something to be mended.
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class OutsideTraining(Model):
    """Training of a person that somebody else gave. It stands in the transcript once it is
    accepted, apart from the club's own, and never counts among the club's trainees.
    """

    __tablename__ = "outside_training"
    __table_args__ = (
        CheckConstraint("from_day <= to_day", name="from_before_to"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("version >= 1", name="version_positive"),
        Index("ix_outside_training_person", "person_id", "to_day"),
        Index("ix_outside_training_state", "state", "changed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    title: Mapped[str]
    #: Who gave it, as the person wrote it.
    provider: Mapped[str]
    from_day: Mapped[date]
    to_day: Mapped[date]
    minutes: Mapped[int]
    #: ``None``: none of the club's topics.
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), index=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    state: Mapped[OutsideState] = mapped_column(default=OutsideState.WAITING)
    #: Rises with every correction: a decision is about what was looked at.
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
    topic: Mapped[Topic | None] = relationship()
    evidence: Mapped[StoredFile] = relationship()
    steps: Mapped[list["OutsideStep"]] = relationship(
        back_populates="training", order_by="OutsideStep.id"
    )


class OutsideStep(Model):
    """What happened: entered, corrected, decided. ``facts`` and ``evidence`` keep what was handed
    in with it, so that a correction hides nothing.
    """

    __tablename__ = "outside_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(ForeignKey("outside_training.id"), index=True)
    #: What it became.
    state: Mapped[OutsideState]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: Of a decision: what the person reads.
    remark: Mapped[str | None]
    facts: Mapped[dict[str, Any] | None]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)

    training: Mapped[OutsideTraining] = relationship(back_populates="steps")
