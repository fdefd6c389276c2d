"""What people ask the club to do with their data, and what became of it."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.people.models import Person

_OPEN = text("state = 'open'")


class RequestKind(StrEnum):
    """Rights of Law 91/2025/QH15, article 4.1, that the club has to decide about. Seeing and
    downloading one's data and taking back a consent need nobody's decision here.
    """

    CORRECTION = "correction"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"


class RequestChannel(StrEnum):
    """How a request came."""

    SITE = "site"
    PAPER = "paper"
    EMAIL = "email"
    SPOKEN = "spoken"


class IdentityCheck(StrEnum):
    """How staff made sure that a request comes from the person it is about."""

    #: Nothing of the paper is written down.
    PAPER_SHOWN = "paper_shown"
    #: At a number or an address that the club had before.
    ASKED_BACK = "asked_back"
    KNOWN_TO_STAFF = "known_to_staff"


class RequestState(StrEnum):
    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class PrivacyRequest(Model):
    __tablename__ = "privacy_request"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_when"),
        CheckConstraint(
            "(kind = 'erasure') = (keeps_certificates IS NOT NULL)", name="certificates_asked"
        ),
        CheckConstraint(
            "(channel = 'site') = (entered_by_id IS NULL) AND "
            "(channel = 'site') = (identity_check IS NULL)",
            name="entered_by_whom",
        ),
        Index(
            "uq_privacy_request_open",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_privacy_request_person", "person_id", "id"),
        Index("ix_privacy_request_due", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[RequestKind]
    #: What is wrong, or what the person does not want, in the person's words.
    words: Mapped[str]
    #: Of a correction: what should stand there instead.
    instead: Mapped[str | None]
    #: Of an erasure: whether certificates can still be checked, with the name printed on them.
    keeps_certificates: Mapped[bool | None]
    state: Mapped[RequestState] = mapped_column(default=RequestState.OPEN)
    channel: Mapped[RequestChannel] = mapped_column(default=RequestChannel.SITE)
    #: Of staff, who also made sure who asks; ``None``: the person asked on the site.
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    identity_check: Mapped[IdentityCheck | None]
    #: When the club received it: the days count from there, whenever it was entered.
    asked_at: Mapped[datetime]
    #: The last day on which it can be decided in time.
    due_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    #: When the person was told that it has come: by the letter, or by staff where none went out.
    confirmed_on: Mapped[date | None]

    person: Mapped[Person] = relationship()
    steps: Mapped[list["PrivacyRequestStep"]] = relationship(
        back_populates="request", order_by="PrivacyRequestStep.id"
    )


class RequestStep(StrEnum):
    ASKED = "asked"
    EXTENDED = "extended"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class PrivacyRequestStep(Model):
    """Every step is a row: who, when, why."""

    __tablename__ = "privacy_request_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("privacy_request.id"), index=True)
    step: Mapped[RequestStep]
    at: Mapped[datetime]
    #: Of staff; ``None``: the person.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: What the person was told.
    reason: Mapped[str | None]

    request: Mapped[PrivacyRequest] = relationship(back_populates="steps")
