import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Run
from club.db import Model
from club.people.models import AudienceKind, Organisation, Person


class RegistrationState(StrEnum):
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    #: The run was cancelled.
    CANCELLED = "cancelled"

    @property
    def is_active(self) -> bool:
        return self in {RegistrationState.CONFIRMED, RegistrationState.WAITING}

    @property
    def takes_a_seat(self) -> bool:
        return self is RegistrationState.CONFIRMED


class Registration(Model):
    """One person's wish for a place in one run. A new attempt after withdrawing is a new row."""

    __tablename__ = "registration"
    __table_args__ = (
        Index(
            "uq_registration_active",
            "run_id",
            "person_id",
            unique=True,
            sqlite_where=text("state IN ('confirmed', 'waiting')"),
            postgresql_where=text("state IN ('confirmed', 'waiting')"),
        ),
        UniqueConstraint("run_id", "queue_number"),
        CheckConstraint("queue_number > 0", name="queue_number_positive"),
        Index("ix_registration_run_state", "run_id", "state", "queue_number"),
        Index("ix_registration_person", "person_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[RegistrationState]
    #: Order of arrival within the run, from 1; the waiting list is ordered by it.
    queue_number: Mapped[int]
    #: As whom the person comes; frozen into the training record when the run closes.
    audience: Mapped[AudienceKind]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    registered_at: Mapped[datetime]

    run: Mapped[Run] = relationship()
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    steps: Mapped[list["RegistrationStep"]] = relationship(
        back_populates="registration", order_by="RegistrationStep.id"
    )


class StepReason(StrEnum):
    """Why a registration changed its state."""

    REGISTERED = "registered"
    LIST_FULL = "list_full"
    SEAT_FELL_FREE = "seat_fell_free"
    SEATS_ADDED = "seats_added"
    WITHDRAWN_BY_PERSON = "withdrawn_by_person"
    WITHDRAWN_BY_STAFF = "withdrawn_by_staff"
    RUN_CANCELLED = "run_cancelled"


class RegistrationStep(Model):
    """Every step is a row: who, when, why, from which state to which."""

    __tablename__ = "registration_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    # Two columns of one enum need names of their own for their checks on PostgreSQL.
    from_state: Mapped[RegistrationState | None] = mapped_column(
        Enum(
            RegistrationState,
            name="from_state",
            native_enum=False,
            create_constraint=True,
            values_callable=lambda kind: [member.value for member in kind],
            length=32,
        )
    )
    to_state: Mapped[RegistrationState]
    reason: Mapped[StepReason]
    #: Free words of whoever decided.
    remark: Mapped[str | None]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    registration: Mapped[Registration] = relationship(back_populates="steps")
