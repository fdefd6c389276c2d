"""Dated runs of courses, their sessions, who teaches them, and their story."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models.courses import Course
from club.db import Model
from club.people.models import Organisation, Person
from club.units.models import Unit


class RunState(StrEnum):
    """What staff decided about a run. Open, full and over follow from time and places."""

    DRAFT = "draft"
    PUBLISHED = "published"
    #: Attendance is final and training records are computed.
    CLOSED = "closed"
    CANCELLED = "cancelled"


class RunForm(StrEnum):
    IN_PERSON = "in_person"
    ONLINE = "online"
    BLENDED = "blended"
    IN_COMPANY = "in_company"


class Funding(StrEnum):
    SCIENCE_BUDGET = "science_budget"
    ENTERPRISE = "enterprise"
    OTHER = "other"
    NOT_STATED = "not_stated"


class Run(Model):
    """A dated run (lớp) of a course, with a fixed number of seats."""

    __tablename__ = "run"
    __table_args__ = (
        CheckConstraint("seats BETWEEN 1 AND 2000", name="seats_sensible"),
        CheckConstraint("price_vnd >= 0", name="price_not_negative"),
        CheckConstraint("counting_threshold BETWEEN 1 AND 100", name="counting_threshold_share"),
        CheckConstraint(
            "completion_threshold BETWEEN counting_threshold AND 100",
            name="completion_threshold_share",
        ),
        CheckConstraint("post_test_minimum BETWEEN 1 AND 100", name="post_test_minimum_share"),
        CheckConstraint("assignment_minimum BETWEEN 1 AND 100", name="assignment_minimum_share"),
        CheckConstraint(
            "registration_opens_at IS NULL OR registration_closes_at IS NULL"
            " OR registration_opens_at < registration_closes_at",
            name="registration_window",
        ),
        CheckConstraint("places_taken >= 0", name="places_taken_not_negative"),
        CheckConstraint("waiting_count >= 0", name="waiting_count_not_negative"),
        Index("ix_run_state_starts", "state", "starts_at"),
        Index("ix_run_course", "course_id", "starts_at"),
        # Covers what a feed asks to say that nothing has changed.
        Index("ix_run_feed", "ends_at", "state", "published_at", "revision", "modified_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Public code in addresses: course code, year, number, such as ``5S-2026-03``.
    code: Mapped[str] = mapped_column(unique=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    state: Mapped[RunState] = mapped_column(default=RunState.DRAFT)
    form: Mapped[RunForm] = mapped_column(default=RunForm.IN_PERSON)
    #: Room or hall, in words. The ward makes it findable.
    place: Mapped[str | None]
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    #: Only for those who have a place.
    online_link: Mapped[str | None]
    #: For runs held in a firm.
    host_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    note: Mapped[str | None]
    price_vnd: Mapped[int] = mapped_column(default=0)
    funding: Mapped[Funding] = mapped_column(default=Funding.NOT_STATED)
    seats: Mapped[int]
    #: How many registrations are confirmed and how many wait: kept by whoever changes them,
    #: in the same transaction, so that lists of runs need not count.
    places_taken: Mapped[int] = mapped_column(default=0)
    waiting_count: Mapped[int] = mapped_column(default=0)
    #: Rises with every change of these two, so that lists know when to draw themselves anew.
    places_revision: Mapped[int] = mapped_column(default=0)
    #: Whether people come in on other terms than the usual ones (``club.registration``).
    has_own_terms: Mapped[bool] = mapped_column(default=False)
    #: ``None``: from publication; closing ``None``: until the first session begins.
    registration_opens_at: Mapped[datetime | None]
    registration_closes_at: Mapped[datetime | None]
    #: The deadline is a calendar entry of its own: rises when ``registration_closes_at`` or
    #: the run's state changes, for no other reason.
    deadline_sequence: Mapped[int] = mapped_column(default=0)
    deadline_modified_at: Mapped[datetime | None]
    #: Held before the club kept its classes here, and entered with its records from a list
    #: (``club.records.earlier``): it has no sessions, and was never announced.
    is_earlier: Mapped[bool] = mapped_column(default=False)
    #: Percent of planned time a person must attend to count, and to complete.
    counting_threshold: Mapped[int] = mapped_column(default=50)
    completion_threshold: Mapped[int] = mapped_column(default=80)
    #: What completing asks for beside that: percent of the maximum score, ``None`` for nothing.
    post_test_minimum: Mapped[int | None]
    assignment_minimum: Mapped[int | None]
    #: Whether the trainer has to confirm each person.
    confirmation_needed: Mapped[bool] = mapped_column(default=False)
    #: First start and last end of the sessions that are not cancelled, kept by operations.
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    #: Rises with every change of the run or its sessions: the source of every ETag.
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    modified_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    cancelled_at: Mapped[datetime | None]
    cancellation_reason: Mapped[str | None]

    course: Mapped[Course] = relationship(back_populates="runs")
    ward: Mapped[Unit | None] = relationship()
    host: Mapped[Organisation | None] = relationship()
    sessions: Mapped[list["Session"]] = relationship(
        back_populates="run", order_by="Session.starts_at, Session.id"
    )
    trainers: Mapped[list["RunTrainer"]] = relationship(
        back_populates="run", order_by="RunTrainer.id", cascade="all, delete-orphan"
    )
    events: Mapped[list["RunEvent"]] = relationship(back_populates="run", order_by="RunEvent.id")

    @property
    def is_announced(self) -> bool:
        """Whether the public has ever been told of it."""
        return self.published_at is not None

    def is_taught_by(self, person_id: int) -> bool:
        return any(trainer.person_id == person_id for trainer in self.trainers)

    @property
    def planned_minutes(self) -> int:
        return sum(session.minutes for session in self.held_sessions)

    @property
    def asks_for_results(self) -> bool:
        """Whether completing asks for more than being there."""
        return (
            self.post_test_minimum is not None
            or self.assignment_minimum is not None
            or self.confirmation_needed
        )

    @property
    def places_free(self) -> int:
        return max(self.seats - self.places_taken, 0)

    @property
    def held_sessions(self) -> list["Session"]:
        return [s for s in self.sessions if s.state is SessionState.PLANNED]


class SessionState(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"


_TRAINER = ForeignKey("run_trainer.id", ondelete="CASCADE")
_HELD_BY = Table(
    "session_trainer", Model.metadata,
    Column("session_id", ForeignKey("session.id"), primary_key=True),
    Column("run_trainer_id", _TRAINER, primary_key=True, index=True),
)  # fmt: skip


class Session(Model):
    """One meeting (buổi) of a run. Never deleted: subscribers' calendars remember it."""

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="starts_before_end"),
        Index("ix_session_run", "run_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The stable half of the calendar UID.
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    title: Mapped[str | None]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    #: Where this session differs from its run.
    place: Mapped[str | None]
    state: Mapped[SessionState] = mapped_column(default=SessionState.PLANNED)
    #: iCalendar SEQUENCE: rises by one when time, place or state changes, for no other reason.
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    #: When anything that its calendar entry says last changed.
    modified_at: Mapped[datetime]

    run: Mapped[Run] = relationship(back_populates="sessions")
    #: Which of the run's trainers hold it; nobody named: all of them.
    held_by: Mapped[list["RunTrainer"]] = relationship(secondary=_HELD_BY, order_by="RunTrainer.id")

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class RunTrainer(Model):
    """A person teaches a run."""

    __tablename__ = "run_trainer"
    __table_args__ = (UniqueConstraint("run_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)

    run: Mapped[Run] = relationship(back_populates="trainers")
    person: Mapped[Person] = relationship()


class RunEventKind(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    SEATS_CHANGED = "seats_changed"
    SESSION_ADDED = "session_added"
    SESSION_MOVED = "session_moved"
    SESSION_RETITLED = "session_retitled"
    SESSION_CANCELLED = "session_cancelled"
    TRAINER_ADDED = "trainer_added"
    TRAINER_REMOVED = "trainer_removed"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    REOPENED = "reopened"


class RunEvent(Model):
    """The story of a run: who changed what, and why."""

    __tablename__ = "run_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    kind: Mapped[RunEventKind]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: What changed: names of facts, of a person, dates; never a sentence of one language.
    detail: Mapped[str | None]
    reason: Mapped[str | None]

    run: Mapped[Run] = relationship(back_populates="events")
