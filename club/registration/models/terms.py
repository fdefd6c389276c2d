"""On which terms people come into a run, and who asked to be told of a course."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.knowledge.models import Topic
from club.people.models import AudienceKind, Organisation
from club.units.models import Unit


class WayIn(StrEnum):
    """How people come into a run."""

    OPEN = "open"
    #: The coordinator decides about each request.
    APPROVAL = "approval"
    #: The representative of the organisation agrees first, then the coordinator decides.
    ENDORSED_APPROVAL = "endorsed_approval"
    #: Only who was invited.
    INVITATION = "invitation"
    #: Only whom an organisation names.
    NOMINATION = "nomination"

    @property
    def asks_approval(self) -> bool:
        """Whether people ask for a place, and somebody decides."""
        return self in {WayIn.APPROVAL, WayIn.ENDORSED_APPROVAL}

    @property
    def is_for_anybody(self) -> bool:
        """Whether people come by themselves, if only to ask."""
        return self is WayIn.OPEN or self.asks_approval

    @property
    def takes_nominations(self) -> bool:
        """Whether organisations name who comes."""
        return self in {WayIn.OPEN, WayIn.NOMINATION}


class RunTerms(Model):
    """The terms on which people come into a run and leave it, where they are not the usual ones
    (``rules.terms.Terms``).
    """

    __tablename__ = "run_terms"
    __table_args__ = (
        CheckConstraint("cutoff_hours BETWEEN 0 AND 720", name="cutoff_sensible"),
        CheckConstraint("substitution_hours BETWEEN 0 AND 720", name="substitution_sensible"),
        CheckConstraint("offer_hours BETWEEN 2 AND 336", name="offer_sensible"),
        CheckConstraint(
            "most_per_organisation IS NULL OR most_per_organisation >= 1",
            name="most_per_organisation_positive",
        ),
    )

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    #: So long before the start people can leave without a reason, and places are offered.
    cutoff_hours: Mapped[int]
    #: So long an offer holds, if the cut-off is far enough.
    offer_hours: Mapped[int]
    #: From then on seats that no group has used are for everybody.
    quotas_open_at: Mapped[datetime | None]
    #: No organisation gets more places than this.
    most_per_organisation: Mapped[int | None]
    #: So long before the start organisations can send somebody else; ``None``: until people can
    #: leave without a reason.
    substitution_hours: Mapped[int | None]
    way_in: Mapped[WayIn] = mapped_column(default=WayIn.OPEN)


class RunQuota(Model):
    """Seats of a run that are kept for a group. Every criterion that is there must be met."""

    __tablename__ = "run_quota"
    __table_args__ = (
        CheckConstraint("seats BETWEEN 0 AND 2000", name="seats_sensible"),
        CheckConstraint(
            "audience IS NOT NULL OR ward_id IS NOT NULL OR organisation_id IS NOT NULL"
            " OR topic_id IS NOT NULL OR members_only",
            name="some_criterion",
        ),
        UniqueConstraint("run_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    #: Who fits several groups belongs to the first.
    position: Mapped[int]
    seats: Mapped[int]
    audience: Mapped[AudienceKind | None]
    #: Where the organisation is, or who comes for nobody lives.
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    #: Which the person follows.
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    #: The person, or the organisation the person comes for, belongs to the club.
    members_only: Mapped[bool] = mapped_column(default=False)

    ward: Mapped[Unit | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    topic: Mapped[Topic | None] = relationship()


class CourseInterest(Model):
    """Somebody wants to be told when a class of the course is planned. Ended, never deleted."""

    __tablename__ = "course_interest"
    __table_args__ = (
        Index(
            "uq_course_interest_open",
            "course_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
