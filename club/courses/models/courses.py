"""What the club offers to teach, without a date."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from club.db import Model
from club.knowledge.models import Topic
from club.vietnamese import folded

if TYPE_CHECKING:
    from club.courses.models.runs import Run


class CourseAudience(StrEnum):
    """Whom a course is for, as the catalogue's filter asks. The first two are audience kinds."""

    ENTERPRISE = "enterprise"
    STATE_AGENCY = "state_agency"
    WORKERS = "workers"
    MANAGERS = "managers"
    OFFICE = "office"
    EXPERTS = "experts"


class Course(Model):
    """A training the club offers, without a date."""

    __tablename__ = "course"
    __table_args__ = (
        CheckConstraint(
            "duration_days_min IS NULL OR duration_days_min <= duration_days_max",
            name="duration_ordered",
        ),
        CheckConstraint("certificate_months BETWEEN 1 AND 120", name="certificate_months_sound"),
        CheckConstraint(
            "completion_threshold BETWEEN 1 AND 100", name="completion_threshold_share"
        ),
        CheckConstraint("post_test_minimum BETWEEN 1 AND 100", name="post_test_minimum_share"),
        CheckConstraint("assignment_minimum BETWEEN 1 AND 100", name="assignment_minimum_share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Short code of the catalogue, such as ``LSS-YB``; part of every run's code.
    code: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    title_en: Mapped[str]
    summary: Mapped[str | None]
    summary_en: Mapped[str | None]
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), index=True)
    #: For whom, in words, one entry each.
    audience: Mapped[list[str]] = mapped_column(default=list)
    audience_en: Mapped[list[str]] = mapped_column(default=list)
    #: The same for the filter: values of ``CourseAudience``.
    audience_keys: Mapped[list[str]] = mapped_column(default=list)
    outline: Mapped[list[str]] = mapped_column(default=list)
    outline_en: Mapped[list[str]] = mapped_column(default=list)
    duration_days_min: Mapped[int | None]
    duration_days_max: Mapped[int | None]
    #: Where duration and outline come from; ``None`` shows the duration as "dự kiến".
    duration_source: Mapped[str | None]
    outline_source: Mapped[str | None]
    #: How many months its certificates are valid; ``None``: without end.
    certificate_months: Mapped[int | None]
    #: What completing a new run asks for, unless its draft says otherwise (see ``Run``).
    completion_threshold: Mapped[int] = mapped_column(default=80)
    post_test_minimum: Mapped[int | None]
    assignment_minimum: Mapped[int | None]
    confirmation_needed: Mapped[bool] = mapped_column(default=False)
    search_key: Mapped[str]
    position: Mapped[int]
    #: From this day on the club no longer offers it.
    retired_on: Mapped[date | None]
    #: When staff last changed it here; the files of ``content/`` no longer touch it then.
    edited_at: Mapped[datetime | None]

    topic: Mapped[Topic] = relationship()
    runs: Mapped[list["Run"]] = relationship(back_populates="course")


@event.listens_for(Course, "before_insert")
@event.listens_for(Course, "before_update")
def _keep_search_key(_mapper: Mapper[Any], _connection: object, course: Course) -> None:
    words = [course.code, course.title, course.title_en, course.summary, course.summary_en]
    lists = (course.audience, course.audience_en, course.outline, course.outline_en)
    words += [word for entries in lists for word in entries or ()]
    course.search_key = folded(" ".join(word for word in words if word))
