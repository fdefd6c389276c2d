import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.certification.candidacy.models import Candidate, CandidateStep
from club.db import Model
from club.files.models import StoredFile


class AppealState(StrEnum):
    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Remedy(StrEnum):
    """What granting an appeal leads to. ``rules.REMEDIES`` says which fits which decision."""

    #: Of who was not admitted.
    ADMITTED = "admitted"
    #: Assessed once more, by other assessors.
    NEW_ROUND = "new_round"
    #: The decision is nothing any more; the candidate goes on collecting.
    SET_ASIDE = "set_aside"
    #: The recognition stands as it stood before.
    RESTORED = "restored"


class Appeal(Model):
    """A candidate does not accept a decision. There is one appeal against a decision at most,
    whatever became of it.
    """

    __tablename__ = "appeal"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_when"),
        CheckConstraint("(state = 'granted') = (remedy IS NOT NULL)", name="granted_what"),
        Index("ix_appeal_due", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    #: The step of the candidacy that is not accepted.
    step_id: Mapped[int] = mapped_column(ForeignKey("candidate_step.id"), unique=True)
    #: Why it is not accepted, and what is asked for, in the candidate's words.
    words: Mapped[str]
    wish: Mapped[str]
    state: Mapped[AppealState] = mapped_column(default=AppealState.OPEN)
    remedy: Mapped[Remedy | None]
    made_at: Mapped[datetime]
    #: The last day on which it can be decided in time.
    due_on: Mapped[date]
    closed_at: Mapped[datetime | None]

    candidate: Mapped[Candidate] = relationship()
    step: Mapped[CandidateStep] = relationship()
    steps: Mapped[list["AppealStep"]] = relationship(
        back_populates="appeal", order_by="AppealStep.id"
    )
    papers: Mapped[list["AppealPaper"]] = relationship(
        back_populates="appeal", order_by="AppealPaper.id"
    )


class AppealStepKind(StrEnum):
    MADE = "made"
    EXTENDED = "extended"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class AppealStep(Model):
    """Every step is a row: who, when, why, and what the candidate was told."""

    __tablename__ = "appeal_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    kind: Mapped[AppealStepKind]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None]
    #: The letter as it was written.
    told: Mapped[str | None]

    appeal: Mapped[Appeal] = relationship(back_populates="steps")


class AppealPaper(Model):
    """What a candidate brings for an appeal."""

    __tablename__ = "appeal_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    #: ``None``: the person's data was erased.
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    at: Mapped[datetime]

    appeal: Mapped[Appeal] = relationship(back_populates="papers")
    file: Mapped[StoredFile | None] = relationship()
