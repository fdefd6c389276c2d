import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Run
from club.db import Model
from club.people.models import Organisation, Person
from club.registration.models import Registration


class Nomination(Model):
    """A list of people that an organisation sent to a run, as it was confirmed."""

    __tablename__ = "nomination"
    __table_args__ = (
        CheckConstraint("places_shown >= 0", name="places_shown_not_negative"),
        Index("ix_nomination_run", "run_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Given when the list was shown for confirmation, so that confirming twice is once.
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: How many of the list would have got a place when it was shown for confirmation.
    places_shown: Mapped[int]
    #: What whoever confirmed it stated about the people's agreement.
    statement: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    run: Mapped[Run] = relationship()
    organisation: Mapped[Organisation] = relationship()
    nominees: Mapped[list["Nominee"]] = relationship(
        back_populates="nomination", order_by="Nominee.position"
    )


class Outcome(StrEnum):
    """What became of a line of the list when it was confirmed."""

    PLACE = "place"
    WAITING = "waiting"
    #: On the list of the class already.
    ALREADY = "already"
    REFUSED = "refused"


class Nominee(Model):
    """A line of a nomination. Who was refused is kept by the typed name only."""

    __tablename__ = "nominee"
    __table_args__ = (
        UniqueConstraint("nomination_id", "position"),
        CheckConstraint(
            "(registration_id IS NOT NULL) = (outcome IN ('place', 'waiting'))",
            name="registered_or_not",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"))
    #: The place in the list, from 1.
    position: Mapped[int]
    #: As the organisation knows the person: what it typed, or the name in its list.
    full_name: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), unique=True)
    outcome: Mapped[Outcome]
    #: A sentence of ``rules``, where somebody was refused.
    refusal: Mapped[str | None]

    nomination: Mapped[Nomination] = relationship(back_populates="nominees")
    person: Mapped[Person | None] = relationship()
    registration: Mapped[Registration | None] = relationship()
