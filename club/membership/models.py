import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.people.models import Organisation, Person


class ApplicationState(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class MembershipApplication(Model):
    """Somebody asks to join, for himself or for an organisation."""

    __tablename__ = "membership_application"
    __table_args__ = (
        Index(
            "uq_membership_application_pending_person",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'pending' AND organisation_id IS NULL"),
            postgresql_where=text("state = 'pending' AND organisation_id IS NULL"),
        ),
        Index(
            "uq_membership_application_pending_organisation",
            "organisation_id",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    #: Who applies; for an organisation, the person who speaks for it.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    statement: Mapped[str | None]
    state: Mapped[ApplicationState] = mapped_column(default=ApplicationState.PENDING)
    applied_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: What the applicant was told; needed for a refusal.
    reason: Mapped[str | None]

    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class Membership(Model):
    """A time as a member, of a person or of an organisation. Ended, never deleted."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (organisation_id IS NULL)", name="one_holder"),
        CheckConstraint("to_day IS NULL OR from_day <= to_day", name="from_before_to"),
        Index("ix_membership_person", "person_id", "to_day"),
        Index("ix_membership_organisation", "organisation_id", "to_day"),
        Index(
            "uq_membership_open_person",
            "person_id",
            unique=True,
            sqlite_where=text("to_day IS NULL"),
            postgresql_where=text("to_day IS NULL"),
        ),
        Index(
            "uq_membership_open_organisation",
            "organisation_id",
            unique=True,
            sqlite_where=text("to_day IS NULL"),
            postgresql_where=text("to_day IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("membership_application.id"))
    from_day: Mapped[date]
    to_day: Mapped[date | None]

    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    events: Mapped[list["MembershipEvent"]] = relationship(
        back_populates="membership", order_by="MembershipEvent.id"
    )

    def holds_on(self, day: date) -> bool:
        return self.from_day <= day and (self.to_day is None or day <= self.to_day)


class MembershipEventKind(StrEnum):
    BEGAN = "began"
    ENDED = "ended"


class MembershipEvent(Model):
    """The story of a membership: who, when, why."""

    __tablename__ = "membership_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), index=True)
    kind: Mapped[MembershipEventKind]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None]

    membership: Mapped[Membership] = relationship(back_populates="events")
