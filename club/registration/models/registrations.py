import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    CheckConstraint,
    Connection,
    Enum,
    ForeignKey,
    Index,
    Table,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Run
from club.db import Model
from club.people.models import AudienceKind, Organisation, Person
from club.registration.models import news


class RegistrationState(StrEnum):
    """How a registration stands. ``MEANINGS`` says what each state means."""

    #: Asks for a place that the organisation or the coordinator decides about.
    REQUESTED = "requested"
    #: The organisation agreed; the coordinator decides.
    ENDORSED = "endorsed"
    CONFIRMED = "confirmed"
    #: A place is held for the person until the offer is answered or runs out.
    OFFERED = "offered"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    #: The request was turned down.
    REFUSED = "refused"
    #: The offer ran out without an answer.
    LAPSED = "lapsed"
    #: The organisation sends somebody else, who has the place or the number now.
    REPLACED = "replaced"
    #: The run was cancelled.
    CANCELLED = "cancelled"

    @property
    def is_active(self) -> bool:
        return MEANINGS[self].is_active

    @property
    def takes_a_seat(self) -> bool:
        return MEANINGS[self].takes_a_seat

    @property
    def has_a_place(self) -> bool:
        return MEANINGS[self].has_a_place

    @property
    def awaits_decision(self) -> bool:
        return self in {RegistrationState.REQUESTED, RegistrationState.ENDORSED}


class Meaning(NamedTuple):
    #: Still on the list: nobody may register for the same run a second time.
    is_active: bool
    #: Nobody else can have the seat.
    takes_a_seat: bool
    #: Expected in class: on the attendance list, counted among the participants.
    has_a_place: bool


#: The one table of what the states mean.
MEANINGS = {
    RegistrationState.REQUESTED: Meaning(is_active=True, takes_a_seat=False, has_a_place=False),
    RegistrationState.ENDORSED: Meaning(is_active=True, takes_a_seat=False, has_a_place=False),
    RegistrationState.CONFIRMED: Meaning(is_active=True, takes_a_seat=True, has_a_place=True),
    RegistrationState.OFFERED: Meaning(is_active=True, takes_a_seat=True, has_a_place=False),
    RegistrationState.WAITING: Meaning(is_active=True, takes_a_seat=False, has_a_place=False),
    RegistrationState.WITHDRAWN: Meaning(is_active=False, takes_a_seat=False, has_a_place=False),
    RegistrationState.REFUSED: Meaning(is_active=False, takes_a_seat=False, has_a_place=False),
    RegistrationState.LAPSED: Meaning(is_active=False, takes_a_seat=False, has_a_place=False),
    RegistrationState.REPLACED: Meaning(is_active=False, takes_a_seat=False, has_a_place=False),
    RegistrationState.CANCELLED: Meaning(is_active=False, takes_a_seat=False, has_a_place=False),
}
ACTIVE_STATES = [state for state in RegistrationState if state.is_active]
SEATED_STATES = [state for state in RegistrationState if state.takes_a_seat]
_IS_ACTIVE = text(f"state IN ({', '.join(repr(state.value) for state in ACTIVE_STATES)})")


class Registration(Model):
    """One person's wish for a place in one run. A new attempt after leaving is a new row."""

    __tablename__ = "registration"
    __table_args__ = (
        Index(
            "uq_registration_active",
            "run_id",
            "person_id",
            unique=True,
            sqlite_where=_IS_ACTIVE,
            postgresql_where=_IS_ACTIVE,
        ),
        UniqueConstraint("run_id", "queue_number"),
        CheckConstraint("queue_number > 0", name="queue_number_positive"),
        Index("ix_registration_run_state", "run_id", "state", "waits_since", "queue_number"),
        # With the run, so that a person's calendar finds its runs without reading the rows.
        Index("ix_registration_person", "person_id", "state", "run_id"),
        # Calendars ask for the news day and night, and for nothing else of the rows.
        Index("ix_registration_news_of_person", "person_id", "news", "news_at"),
        Index("ix_registration_news_of_organisation", "organisation_id", "news", "news_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Many rows that are inserted at once find their ids by it.
    public_id: Mapped[uuid.UUID] = mapped_column(
        unique=True, default=uuid.uuid4, insert_sentinel=True
    )
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[RegistrationState]
    #: Order of arrival within the run, from 1.
    queue_number: Mapped[int]
    #: As whom the person comes; frozen into the training record when the run closes.
    audience: Mapped[AudienceKind]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    registered_at: Mapped[datetime]
    #: The moment that decides about the place in line: of arrival, but for who was moved.
    waits_since: Mapped[datetime] = mapped_column(
        default=lambda row: row.get_current_parameters()["registered_at"]
    )
    #: The group with seats of its own that the person belongs to; ``None``: the general seats.
    quota_id: Mapped[int | None] = mapped_column(ForeignKey("run_quota.id"), index=True)
    #: Wants a place that falls free in the last hours at once, without being asked.
    takes_late_place: Mapped[bool] = mapped_column(default=False)
    #: Would come to any run of the course: new ones offer their places to these people first.
    any_run: Mapped[bool] = mapped_column(default=False)
    #: Whose place or number this person took over, sent by the same organisation.
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), unique=True)
    #: How many steps and revisions of the run there were, and when the latest: see ``news.py``.
    news: Mapped[int] = mapped_column(default=0)
    news_at: Mapped[datetime | None]

    run: Mapped[Run] = relationship()
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    steps: Mapped[list["RegistrationStep"]] = relationship(
        back_populates="registration", order_by="RegistrationStep.id"
    )


class StepReason(StrEnum):
    """Why a registration changed its state. ``states.TRANSITIONS`` says which way each leads."""

    REGISTERED = "registered"
    LIST_FULL = "list_full"
    NOMINATED = "nominated"
    NOMINATED_TO_WAIT = "nominated_to_wait"
    SEAT_FELL_FREE = "seat_fell_free"
    SEATS_ADDED = "seats_added"
    LATE_PLACE = "late_place"
    OFFER_ACCEPTED = "offer_accepted"
    OFFER_DECLINED = "offer_declined"
    OFFER_LAPSED = "offer_lapsed"
    LATE_PLACE_TAKEN = "late_place_taken"
    WITHDRAWN_BY_PERSON = "withdrawn_by_person"
    WITHDRAWN_BY_STAFF = "withdrawn_by_staff"
    #: Taken back by the organisation that nominated the person.
    WITHDRAWN_BY_ORGANISATION = "withdrawn_by_organisation"
    MOVED_AWAY = "moved_away"
    POOLED = "pooled"
    POOL_OFFER = "pool_offer"
    PLACE_ELSEWHERE = "place_elsewhere"
    MOVED_BY_STAFF = "moved_by_staff"
    OVERTAKEN = "overtaken"
    #: Comes in the place of a colleague; and the colleague, who does not.
    SUBSTITUTED = "substituted"
    REPLACED = "replaced"
    RUN_CANCELLED = "run_cancelled"
    ASKED = "asked"
    ENDORSED_BY_ORGANISATION = "endorsed_by_organisation"
    APPROVED = "approved"
    APPROVED_TO_WAIT = "approved_to_wait"
    REFUSED_BY_ORGANISATION = "refused_by_organisation"
    REFUSED_BY_STAFF = "refused_by_staff"
    #: The class began before anybody decided.
    UNDECIDED = "undecided"


class NoRoom(StrEnum):
    """Why there was no place for somebody who came."""

    ALL_TAKEN = "all_taken"
    #: Places were free, but kept for groups that the person does not belong to.
    KEPT_FOR_GROUPS = "kept_for_groups"
    #: Places were free, but the organisation had as many as one may have.
    ORGANISATION_AT_ITS_MOST = "organisation_at_its_most"


class RegistrationStep(Model):
    """Every step is a row: who, when, why, from which state to which."""

    __tablename__ = "registration_step"
    #: With the moment, which calendars ask for day and night.
    __table_args__ = (Index("ix_registration_step_registration", "registration_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
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
    #: Of who came to wait; ``None`` also where it was not written down yet.
    no_room: Mapped[NoRoom | None]
    #: Free words of whoever decided.
    remark: Mapped[str | None]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    registration: Mapped[Registration] = relationship(back_populates="steps")


@event.listens_for(RegistrationStep.__table__, "after_create")
def _gather_news(_table: Table, connection: Connection, **_given: Any) -> None:
    news.gather_news(connection)


@event.listens_for(RegistrationStep.__table__, "before_drop")
def _leave_news(_table: Table, connection: Connection, **_given: Any) -> None:
    news.leave_news(connection)


class OfferAnswer(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    #: Staff took the person off the list, or the run was cancelled.
    TAKEN_BACK = "taken_back"


class Offer(Model):
    """A place held for somebody from the waiting list, until a moment."""

    __tablename__ = "offer"
    __table_args__ = (
        # Nobody is offered the same vacancy twice.
        UniqueConstraint("vacancy", "person_id"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_with_answer"),
        CheckConstraint("made_at < expires_at", name="made_before_expiry"),
        Index(
            "uq_offer_open",
            "registration_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
        Index("ix_offer_due", "answered_at", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: One seat that fell free: it goes round until somebody takes it or all have been asked.
    vacancy: Mapped[uuid.UUID]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answer: Mapped[OfferAnswer | None]
    answered_at: Mapped[datetime | None]

    registration: Mapped[Registration] = relationship()
