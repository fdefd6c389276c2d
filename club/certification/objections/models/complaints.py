import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club import clock
from club.db import Model
from club.files.models import StoredFile
from club.people.models import Person
from club.vietnamese import folded


class ComplaintAbout(StrEnum):
    PROCESS = "process"
    ASSESSOR = "assessor"
    SCHEME = "scheme"
    CERTIFIED_PERSON = "certified_person"
    CERTIFICATE_USE = "certificate_use"

    @property
    def is_about_somebody(self) -> bool:
        return self in {
            ComplaintAbout.ASSESSOR,
            ComplaintAbout.CERTIFIED_PERSON,
            ComplaintAbout.CERTIFICATE_USE,
        }


class ComplaintState(StrEnum):
    #: Of a visitor whose address is not known to be the visitor's: nobody deals with it yet.
    UNCONFIRMED = "unconfirmed"
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Somebody of the club has to do something."""
        return self in {ComplaintState.RECEIVED, ComplaintState.ACKNOWLEDGED}

    @property
    def is_outcome(self) -> bool:
        return self in {
            ComplaintState.UPHELD,
            ComplaintState.PARTLY,
            ComplaintState.NOT_UPHELD,
        }


_STANDS = text("state IN ('unconfirmed', 'received', 'acknowledged')")


class Complaint(Model):
    """Somebody is not content with how the club certifies, or with somebody who is certified."""

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) = (email IS NOT NULL)", name="from_whom"),
        CheckConstraint(
            "(state IN ('unconfirmed', 'received', 'acknowledged')) = (closed_at IS NULL)",
            name="closed_when",
        ),
        # The same words of the same sender while they wait: sent twice.
        Index(
            "uq_complaint_fingerprint",
            "fingerprint",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("ix_complaint_due", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    #: Who complains; ``None``: a visitor without an account.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    #: Of such a visitor.
    full_name: Mapped[str | None]
    email: Mapped[str | None]
    language: Mapped[str]
    #: Whether whom it is about is not to know who complains.
    keeps_name_back: Mapped[bool]
    about: Mapped[ComplaintAbout]
    #: Whom or what it is about, as the sender calls it.
    named: Mapped[str]
    words: Mapped[str]
    wish: Mapped[str | None]
    fingerprint: Mapped[str | None]
    state: Mapped[ComplaintState]
    #: When the club had it; of a visitor, when the address was confirmed.
    received_at: Mapped[datetime]
    #: The last days on which it is confirmed that somebody looks after it, and on which it is
    #: answered.
    acknowledge_by: Mapped[date]
    due_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    #: When what was said went, since nobody needs it any more.
    forgotten_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()
    steps: Mapped[list["ComplaintStep"]] = relationship(
        back_populates="complaint", order_by="ComplaintStep.id"
    )
    hearings: Mapped[list["ComplaintHearing"]] = relationship(
        back_populates="complaint", order_by="ComplaintHearing.id"
    )
    papers: Mapped[list["ComplaintPaper"]] = relationship(
        back_populates="complaint", order_by="ComplaintPaper.id"
    )

    @property
    def number(self) -> str:
        """What the receipt says, such as ``KN-2026-00012``."""
        return f"KN-{clock.local_day(self.received_at).year}-{self.id:05}"

    @property
    def sender(self) -> str:
        return self.person.full_name if self.person else self.full_name or ""

    def names(self, full_name: str) -> bool:
        """Whether the sender's words say that it is about somebody of this name."""
        return folded(full_name) in folded(self.named)


class ComplaintStepKind(StrEnum):
    SENT = "sent"
    CONFIRMED = "confirmed"
    ACKNOWLEDGED = "acknowledged"
    #: Whom it is about was asked to answer, and did.
    HEARD = "heard"
    ANSWERED = "answered"
    EXTENDED = "extended"
    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    WITHDRAWN = "withdrawn"


class ComplaintStep(Model):
    """Every step is a row: who, when, why, and what the sender was told."""

    __tablename__ = "complaint_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    kind: Mapped[ComplaintStepKind]
    at: Mapped[datetime]
    #: ``None``: a visitor.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None]
    told: Mapped[str | None]

    complaint: Mapped[Complaint] = relationship(back_populates="steps")


class ComplaintPaper(Model):
    """What the sender brings for a complaint. Whom it is about does not see it."""

    __tablename__ = "complaint_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    #: ``None``: it was erased.
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    at: Mapped[datetime]

    complaint: Mapped[Complaint] = relationship(back_populates="papers")
    file: Mapped[StoredFile | None] = relationship()


class ComplaintHearing(Model):
    """Whom a complaint is about, what the person was told of it, and what the person answered."""

    __tablename__ = "complaint_hearing"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) OR (answered_at IS NOT NULL)", name="answered_when"),
        Index("uq_complaint_hearing", "complaint_id", "person_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: What the person reads, in the words of who asks: never more where a name is kept back.
    put: Mapped[str]
    answer_by: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]

    complaint: Mapped[Complaint] = relationship(back_populates="hearings")
    person: Mapped[Person] = relationship()
