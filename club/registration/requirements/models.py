from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Course
from club.db import Model


class RequirementKind(StrEnum):
    #: Has completed another course.
    EARLIER_COURSE = "earlier_course"
    #: Belongs to the club, as a person or by working for a member.
    MEMBERSHIP = "membership"


_HOLDS = text("ended_at IS NULL")


class CourseRequirement(Model):
    """What somebody must have to register for a course. Ended, never deleted."""

    __tablename__ = "course_requirement"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'earlier_course') = (earlier_course_id IS NOT NULL)",
            name="earlier_course_named",
        ),
        CheckConstraint("earlier_course_id <> course_id", name="not_itself"),
        Index(
            "uq_course_requirement_course",
            "course_id",
            "earlier_course_id",
            unique=True,
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
        Index(
            "uq_course_requirement_membership",
            "course_id",
            unique=True,
            sqlite_where=text("kind = 'membership' AND ended_at IS NULL"),
            postgresql_where=text("kind = 'membership' AND ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    kind: Mapped[RequirementKind]
    earlier_course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"))
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]

    course: Mapped[Course] = relationship(foreign_keys=[course_id])
    earlier_course: Mapped[Course | None] = relationship(foreign_keys=[earlier_course_id])
