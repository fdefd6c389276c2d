"""Who judges what candidates handed in, what they found, and how a panel voted.

A decision has no table of its own: it is the step of the candidacy that it causes.
"""

import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.accounts.models import Account
from club.certification.candidacy.models import Candidate, CandidateStep
from club.certification.schemes.models import Requirement
from club.db import Model


class TaskState(StrEnum):
    #: The assessor is to judge.
    ASKED = "asked"
    #: The assessor has judged everything that was to be judged.
    DONE = "done"
    #: The assessor gave it back.
    GIVEN_BACK = "given_back"
    #: The club took it back.
    TAKEN_BACK = "taken_back"

    @property
    def stands(self) -> bool:
        """Its findings count, now or once they are all there."""
        return self in {TaskState.ASKED, TaskState.DONE}


_STANDS = text("state IN ('asked', 'done')")
_HOLDS = text("superseded_at IS NULL")


class AssessorTask(Model):
    """That one assessor is asked to judge what a candidate handed in.

    Each handing in begins a round, told by its step; a round has assessors of its own.
    """

    __tablename__ = "assessor_task"
    __table_args__ = (
        Index(
            "uq_assessor_task_standing",
            "round_id",
            "assessor_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("ix_assessor_task_assessor", "assessor_id", "state", "due_on"),
        CheckConstraint("(state = 'asked') = (ended_at IS NULL)", name="ended_when"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("candidate_step.id"))
    assessor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    due_on: Mapped[date]
    state: Mapped[TaskState] = mapped_column(default=TaskState.ASKED)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
    #: Why it was given or taken back.
    remark: Mapped[str | None]

    candidate: Mapped[Candidate] = relationship()
    round: Mapped[CandidateStep] = relationship()
    assessor: Mapped[Account] = relationship(foreign_keys=[assessor_id])
    findings: Mapped[list["Finding"]] = relationship(back_populates="task", order_by="Finding.id")


class Finding(Model):
    """What an assessor found of one requirement. Another finding is a new row; the one before
    stays with ``superseded_at``, and so does disagreement between assessors.
    """

    __tablename__ = "assessor_finding"
    __table_args__ = (
        Index(
            "uq_assessor_finding_holding",
            "task_id",
            "requirement_id",
            unique=True,
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
        CheckConstraint(
            "(score IS NULL) = (sat_on IS NULL) AND (score IS NULL) = (attempt IS NULL)",
            name="sitting_whole",
        ),
        CheckConstraint("score <= score_of", name="score_within"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("assessor_task.id"), index=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("scheme_requirement.id"), index=True)
    fulfilled: Mapped[bool]
    note: Mapped[str | None]
    #: Of an examination that the club held: what was reached of how much, when, and in which try.
    score: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    score_of: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    sat_on: Mapped[date | None]
    attempt: Mapped[int | None]
    at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]

    task: Mapped[AssessorTask] = relationship(back_populates="findings")
    requirement: Mapped[Requirement] = relationship()


class Choice(StrEnum):
    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class PanelVote(Model):
    """How a member of the panel voted on whether the level is reached; each vote is a new row."""

    __tablename__ = "panel_vote"
    __table_args__ = (
        Index(
            "uq_panel_vote_holding",
            "round_id",
            "voter_id",
            unique=True,
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("candidate_step.id"))
    voter_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    choice: Mapped[Choice]
    note: Mapped[str | None]
    at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]

    candidate: Mapped[Candidate] = relationship()
    voter: Mapped[Account] = relationship()
