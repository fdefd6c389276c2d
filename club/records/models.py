import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Funding, Run, RunForm
from club.db import Model
from club.people.models import AudienceKind, JobGroup, Person, Sex, SizeClass
from club.records.results.models import PersonResult, RunScale


class TrainingRecord(Model):
    """What one person did in one run, with every dimension as it was when the run closed.

    Later moves, mergers and renamings change nothing here. Closing a reopened run again
    makes new rows; the old ones stay with ``superseded_at``.
    """

    __tablename__ = "training_record"
    __table_args__ = (
        Index(
            "uq_training_record_current",
            "run_id",
            "person_id",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        CheckConstraint("attended_minutes BETWEEN 0 AND planned_minutes", name="minutes_within"),
        CheckConstraint("counts OR NOT completed", name="completed_counts"),
        # Covers what is counted from the records themselves, day by day.
        Index(
            "ix_training_record_figures",
            "day",
            "audience",
            "topic_key",
            "person_id",
            "attended_minutes",
            "completed",
            "computed_at",
            "superseded_at",
            "course_code",
            "unit_id",
            "sector",
            "sex",
            "funding",
            sqlite_where=text("counts IS 1"),
            postgresql_where=text("counts IS true"),
        ),
        # Covers what classes of a period come to as they stand.
        Index(
            "ix_training_record_classes",
            "day",
            "run_id",
            "planned_minutes",
            "attended_minutes",
            "counts",
            "audience",
            "organisation_id",
            "unit_id",
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index(
            "ix_training_record_superseded",
            "superseded_at",
            sqlite_where=text("superseded_at IS NOT NULL"),
            postgresql_where=text("superseded_at IS NOT NULL"),
        ),
        Index("ix_training_record_person", "person_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    planned_minutes: Mapped[int]
    attended_minutes: Mapped[int]
    #: Days of at least 6 hours count 1, of at least 3 hours one half.
    person_days: Mapped[Decimal] = mapped_column(Numeric(5, 1))
    #: Reached the counting threshold: a participation (lượt người).
    counts: Mapped[bool]
    completed: Mapped[bool]
    #: Local day on which the run's last held session ended.
    day: Mapped[date]
    audience: Mapped[AudienceKind]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_name: Mapped[str | None]
    sector: Mapped[str | None]
    size_class: Mapped[SizeClass] = mapped_column(default=SizeClass.NOT_STATED)
    #: Ward of the organisation, else of the person, on that day.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    sex: Mapped[Sex]
    job_group: Mapped[JobGroup]
    topic_key: Mapped[str]
    course_code: Mapped[str]
    course_title: Mapped[str]
    course_title_en: Mapped[str]
    form: Mapped[RunForm]
    funding: Mapped[Funding]
    #: What was written down of the person when it was decided, measured by ``scale``: rows that
    #: stay as they are. ``None``: nothing was.
    result_id: Mapped[int | None] = mapped_column(ForeignKey("person_result.id"))
    scale_id: Mapped[int | None] = mapped_column(ForeignKey("run_scale.id"))
    computed_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]

    run: Mapped[Run] = relationship()
    person: Mapped[Person] = relationship()
    result: Mapped[PersonResult | None] = relationship()
    scale: Mapped[RunScale | None] = relationship()
