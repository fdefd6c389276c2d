"""Asking an expert for help through the site. What happened is a row each, never overwritten."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.certification.models import Expert
from club.db import Model
from club.knowledge.models import Tool
from club.people.models import Organisation, Person


class HelpState(StrEnum):
    """Where a request is. ``rules.TRANSITIONS`` says how it gets from one to the next."""

    #: The expert is to answer.
    WITH_EXPERT = "with_expert"
    #: The expert has asked something; who asked for help is to answer.
    WITH_ASKER = "with_asker"
    #: The expert cannot help; who asked is to say what next.
    DECLINED = "declined"
    #: The club is to find somebody.
    WITH_CLUB = "with_club"
    #: The expert has accepted, and both know how to reach each other.
    UNDER_WAY = "under_way"
    HELPED = "helped"
    NOT_HELPED = "not_helped"
    #: Who asked needs it no more.
    WITHDRAWN = "withdrawn"
    #: The club found nobody.
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        return self not in ENDED


ENDED = (HelpState.HELPED, HelpState.NOT_HELPED, HelpState.WITHDRAWN, HelpState.CLOSED)
OPEN = tuple(state for state in HelpState if state.is_open)
_IS_OPEN = text(f"expert_id IS NOT NULL AND state IN ({', '.join(repr(s.value) for s in OPEN)})")


class HelpRequest(Model):
    """Somebody asks for help with a problem."""

    __tablename__ = "help_request"
    __table_args__ = (
        # Nobody asks one expert twice at once.
        Index(
            "uq_help_request_open",
            "person_id",
            "expert_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_help_request_state", "state", "state_since"),
        Index("ix_help_request_person", "person_id", "asked_at"),
        CheckConstraint(
            "state NOT IN ('with_expert', 'with_asker', 'under_way', 'helped', 'not_helped')"
            " OR expert_id IS NOT NULL",
            name="expert_where_needed",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    #: Who asks.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: For which organisation; ``None``: for oneself.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: Who is asked now, or was last; ``None``: nobody yet.
    expert_id: Mapped[int | None] = mapped_column(ForeignKey("expert.id"), index=True)
    problem: Mapped[str]
    tool_id: Mapped[int | None] = mapped_column(ForeignKey("tool.id"))
    #: A key of ``club.people.sectors``.
    sector: Mapped[str | None]
    place: Mapped[str]
    #: When, in the words of who asks.
    time: Mapped[str]
    state: Mapped[HelpState]
    state_since: Mapped[datetime]
    asked_at: Mapped[datetime]
    #: An address on this site of what came of it: a case, a pilot project.
    led_to: Mapped[str | None]

    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    expert: Mapped[Expert | None] = relationship()
    tool: Mapped[Tool | None] = relationship()
    steps: Mapped[list["HelpStep"]] = relationship(back_populates="request", order_by="HelpStep.id")


class HelpStepKind(StrEnum):
    ASKED = "asked"
    #: The club is asked to find somebody.
    ASKED_CLUB = "asked_club"
    ASKED_BACK = "asked_back"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    HANDED_ON = "handed_on"
    PASSED = "passed"
    #: The expert's entry in the register ended meanwhile.
    EXPERT_LEFT = "expert_left"
    REMINDED = "reminded"
    HELPED = "helped"
    NOT_HELPED = "not_helped"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class HelpStep(Model):
    __tablename__ = "help_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("help_request.id"), index=True)
    kind: Mapped[HelpStepKind]
    #: The state from this step on.
    state: Mapped[HelpState]
    #: Who was asked from this step on, or had been.
    expert_id: Mapped[int | None] = mapped_column(ForeignKey("expert.id"), index=True)
    #: What whoever took it wrote to the others.
    words: Mapped[str | None]
    at: Mapped[datetime]
    #: ``None``: time did it.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    request: Mapped[HelpRequest] = relationship(back_populates="steps")
    expert: Mapped[Expert | None] = relationship()
