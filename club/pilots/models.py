import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.people.models import Organisation, Person, SizeClass


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


class PartRole(StrEnum):
    """What somebody does in a pilot project."""

    LEADS = "leads"
    MEMBER = "member"
    ADVISES = "advises"


_ON_THE_LIST = text("removed_at IS NULL")


class PilotPart(Model):
    """That somebody takes part in a project. What was removed keeps its row."""

    __tablename__ = "pilot_part"
    __table_args__ = (
        CheckConstraint("from_day <= to_day", name="first_day_first"),
        CheckConstraint("(removed_at IS NULL) = (removal_reason IS NULL)", name="removed_why"),
        Index(
            "uq_pilot_part_on_the_list",
            "project_id",
            "person_id",
            unique=True,
            sqlite_where=_ON_THE_LIST,
            postgresql_where=_ON_THE_LIST,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    project_id: Mapped[int] = mapped_column(ForeignKey("pilot_project.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[PartRole]
    #: ``None``: from the beginning of the project, to its end.
    from_day: Mapped[date | None]
    to_day: Mapped[date | None]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: ``None``: the firm says so, and the club has not confirmed it yet.
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    removal_reason: Mapped[str | None]

    project: Mapped[PilotProject] = relationship()
    person: Mapped[Person] = relationship()


class PilotMeasure(Model):
    """What was measured before and after. What turned out wrong is taken out and keeps its row."""

    __tablename__ = "pilot_measure"
    __table_args__ = (
        CheckConstraint("before_on < after_on", name="before_first"),
        CheckConstraint("(removed_at IS NULL) = (removal_reason IS NULL)", name="removed_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    project_id: Mapped[int] = mapped_column(ForeignKey("pilot_project.id"), index=True)
    #: Such as "thời gian chờ", in "phút".
    name: Mapped[str]
    unit: Mapped[str | None]
    before: Mapped[Decimal] = mapped_column(Numeric(16, 4))
    before_on: Mapped[date]
    after: Mapped[Decimal] = mapped_column(Numeric(16, 4))
    after_on: Mapped[date]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    removal_reason: Mapped[str | None]

    project: Mapped[PilotProject] = relationship()
