"""The club's own recognitions: that somebody reached a level, for which times it is valid, and
what takes it away again.
"""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from club.accounts.models import Account
from club.certification.candidacy.models import Candidate, CandidateStep
from club.certification.progress.validity import AwardStanding
from club.certification.schemes.models import SchemeLevel
from club.db import Model
from club.people.models import Person


class Award(Model):
    """That the club recognised somebody: a fact that stays, whatever becomes of it.

    How it stands on a day follows from its periods, and from the steps of its candidacy that
    suspend it or take it back; ``spans`` keep what follows.
    """

    __tablename__ = "award"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: Of the version that it was decided by.
    level_id: Mapped[int] = mapped_column(ForeignKey("scheme_level.id"), index=True)
    #: The days between which the version chose the first valid one.
    decided_on: Mapped[date]
    #: ``None``: the decision does not say on which day everything was there.
    fulfilled_on: Mapped[date | None]
    issued_on: Mapped[date]
    recognised_at: Mapped[datetime]
    recognised_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    candidate: Mapped[Candidate] = relationship(backref=backref("recognition", uselist=False))
    person: Mapped[Person] = relationship()
    level: Mapped[SchemeLevel] = relationship()
    periods: Mapped[list["AwardPeriod"]] = relationship(
        back_populates="award", order_by="AwardPeriod.position"
    )
    suspensions: Mapped[list["AwardSuspension"]] = relationship(
        back_populates="award", order_by="AwardSuspension.id"
    )


class AwardPeriod(Model):
    """A time of validity: the first one, and one for each renewal."""

    __tablename__ = "award_period"
    __table_args__ = (
        UniqueConstraint("award_id", "position"),
        CheckConstraint("position >= 0", name="position_counts"),
        CheckConstraint("valid_from <= valid_until", name="first_day_first"),
        CheckConstraint("(position = 0) = (earned_on IS NULL)", name="renewals_are_earned"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"))
    #: Counted from 0, which is the first award; the others are renewals.
    position: Mapped[int]
    valid_from: Mapped[date]
    #: The last valid day; ``None``: without end, or the version has set none.
    valid_until: Mapped[date | None]
    #: When what renewal asks for was first there; ``None``: of the first award.
    earned_on: Mapped[date | None]
    decided_at: Mapped[datetime]
    #: ``None``: time did it, because everything was there.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    award: Mapped[Award] = relationship(back_populates="periods")


class AwardSuspension(Model):
    """What is said of a suspension beside its step, whose remark is the reason."""

    __tablename__ = "award_suspension"
    __table_args__ = (
        CheckConstraint("until_on IS NOT NULL OR to_do IS NOT NULL", name="until_when_or_what"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    #: The step of the candidacy with which it began.
    step_id: Mapped[int] = mapped_column(ForeignKey("candidate_step.id"), unique=True)
    #: What everybody reads who looks the recognition up.
    public_words: Mapped[str]
    #: Its last day, after which it ends by itself; ``None``: only when somebody ends it.
    until_on: Mapped[date | None]
    #: What the person has to do first.
    to_do: Mapped[str | None]

    award: Mapped[Award] = relationship(back_populates="suspensions")
    step: Mapped[CandidateStep] = relationship()


class AwardSpan(Model):
    """How a recognition stands through a time, as ``standing.spans_of`` found it, so that the
    database can be asked. ``timelines`` writes all of an award's anew with every step.
    """

    __tablename__ = "award_span"
    __table_args__ = (CheckConstraint("first_day <= last_day", name="first_day_first"),)

    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), primary_key=True)
    first_day: Mapped[date] = mapped_column(primary_key=True)
    #: ``None``: for good, as far as is decided.
    last_day: Mapped[date | None]
    standing: Mapped[AwardStanding]


class ProposalState(StrEnum):
    OPEN = "open"
    #: Somebody else agreed: the recognition is withdrawn.
    AGREED = "agreed"
    #: Somebody else did not agree, or who proposed it took it back.
    DROPPED = "dropped"


_IS_OPEN = text("state = 'open'")


class WithdrawalProposal(Model):
    """Somebody proposes to withdraw a recognition; it takes somebody else to agree."""

    __tablename__ = "award_withdrawal"
    __table_args__ = (
        Index(
            "uq_award_withdrawal_open",
            "award_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_when"),
        CheckConstraint(
            "state <> 'agreed' OR (ended_by_id IS NOT NULL AND ended_by_id <> proposed_by_id)",
            name="two_people",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    #: What the person reads once it is withdrawn.
    reason: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.OPEN)
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    award: Mapped[Award] = relationship()
    proposed_by: Mapped[Account] = relationship(foreign_keys=[proposed_by_id])
