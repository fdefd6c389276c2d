import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.accounts.models import Account
from club.certification.candidacy.models.candidates import Candidate
from club.certification.schemes.models import Requirement
from club.db import Model
from club.files.models import StoredFile
from club.people.models import Person
from club.pilots.models import PilotProject


class EvidenceKind(StrEnum):
    DEGREE = "degree"
    TRAINING_CERTIFICATE = "training_certificate"
    EMPLOYER_LETTER = "employer_letter"
    PROJECT_REPORT = "project_report"
    EXAMINATION_RESULT = "examination_result"
    STATEMENT = "statement"
    REFERENCE = "reference"
    RECEIPT = "receipt"
    OTHER = "other"


class Evidence(Model):
    """A paper of a person, handed in once and used for as many requirements as it proves
    something for. Withdrawn evidence keeps its row: somebody may have judged it.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by_whom"
        ),
        Index("ix_evidence_person", "person_id", "handed_in_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[EvidenceKind]
    title: Mapped[str]
    #: What it shows, in the person's words.
    note: Mapped[str | None]
    #: ``None``: the person's data was erased.
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    handed_in_at: Mapped[datetime]
    handed_in_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawal_reason: Mapped[str | None]

    person: Mapped[Person] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    uses: Mapped[list["EvidenceUse"]] = relationship(
        back_populates="evidence", order_by="EvidenceUse.id"
    )

    @property
    def standing_uses(self) -> "list[EvidenceUse]":
        return [use for use in self.uses if use.state is not UseState.WITHDRAWN]


class UseState(StrEnum):
    """What became of a claim that evidence proves something for a requirement."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


_STANDS = text("state <> 'withdrawn'")


class EvidenceUse(Model):
    """That a paper counts for a requirement of a candidacy: how much of it, of which day."""

    __tablename__ = "evidence_use"
    __table_args__ = (
        Index(
            "uq_evidence_use_standing",
            "candidate_id",
            "requirement_id",
            "evidence_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("day <= to_day", name="day_first"),
        CheckConstraint("(decided_at IS NULL) = (state = 'waiting')", name="decided_when"),
        CheckConstraint(
            "accepted_by_id IS NULL OR accepted_at IS NOT NULL", name="accepted_by_whom"
        ),
        CheckConstraint(
            "undone_because IS NULL OR (state = 'withdrawn' AND accepted_at IS NOT NULL)",
            name="undone_what",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), index=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    requirement_id: Mapped[int] = mapped_column(ForeignKey("scheme_requirement.id"), index=True)
    #: In the requirement's unit; 1 where it only asks for something to be there.
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    #: Of what it proves; of a time, its first day.
    day: Mapped[date]
    #: The last day of a time; ``None``: it is no time, or goes on.
    to_day: Mapped[date | None]
    #: Under which the scheme caps or weighs it.
    category: Mapped[str | None]
    claimed_at: Mapped[datetime]
    state: Mapped[UseState] = mapped_column(default=UseState.WAITING)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: When it was accepted, also where it has been taken back since; ``None``: never.
    accepted_at: Mapped[datetime | None]
    #: Who accepted it; ``None`` also where that was taken back before anybody kept it.
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: Why whoever accepts took the acceptance back: the claim goes on as a row of its own.
    undone_because: Mapped[str | None]
    #: What the candidate reads.
    remark: Mapped[str | None]

    evidence: Mapped[Evidence] = relationship(back_populates="uses")
    candidate: Mapped[Candidate] = relationship()
    requirement: Mapped[Requirement] = relationship()
    accepted_by: Mapped[Account | None] = relationship(foreign_keys=[accepted_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
    #: Of requirements of the kind project.
    project: Mapped["ShownProject | None"] = relationship(back_populates="use")


class ProjectPhase(StrEnum):
    """How far an improvement project has come."""

    PLAN = "plan"
    DO = "do"
    SUSTAIN = "sustain"


class ShownProject(Model):
    """What is said of the improvement project that a paper is used for."""

    __tablename__ = "shown_project"
    __table_args__ = (
        CheckConstraint(
            "(measured IS NULL) = (before IS NULL) AND (before IS NULL) = (before_on IS NULL)"
            " AND (before IS NULL) = (after IS NULL) AND (before IS NULL) = (after_on IS NULL)",
            name="measured_whole",
        ),
        CheckConstraint("before_on < after_on", name="before_first"),
    )

    use_id: Mapped[int] = mapped_column(ForeignKey("evidence_use.id"), primary_key=True)
    #: ``None``: nobody said so.
    phase: Mapped[ProjectPhase | None]
    #: Such as "thời gian chờ", in "phút"; ``None``: there are no figures.
    measured: Mapped[str | None]
    unit: Mapped[str | None]
    before: Mapped[Decimal | None] = mapped_column(Numeric(16, 4))
    before_on: Mapped[date | None]
    after: Mapped[Decimal | None] = mapped_column(Numeric(16, 4))
    after_on: Mapped[date | None]
    #: It is about this pilot project, which counts once.
    pilot_id: Mapped[int | None] = mapped_column(ForeignKey("pilot_project.id"), index=True)

    use: Mapped[EvidenceUse] = relationship(back_populates="project")
    pilot: Mapped[PilotProject | None] = relationship()

    @property
    def goes_on(self) -> bool:
        return self.phase in {ProjectPhase.PLAN, ProjectPhase.DO}
