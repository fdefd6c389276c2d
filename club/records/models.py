import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Funding, Run, RunForm, Session
from club.db import Model
from club.people.models import AudienceKind, JobGroup, Organisation, Person, Sex, SizeClass


class Mark(StrEnum):
    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"

    @property
    def was_there(self) -> bool:
        return self in {Mark.PRESENT, Mark.LATE}


class MarkSource(StrEnum):
    """How a mark was taken."""

    TRAINER_TAP = "trainer_tap"
    SELF_CHECK_IN = "self_check_in"
    PAPER_LIST = "paper_list"
    ONLINE_IMPORT = "online_import"


class AttendanceMark(Model):
    """What holds now for one person in one session; earlier values are in ``AttendanceChange``."""

    __tablename__ = "attendance_mark"
    __table_args__ = (
        UniqueConstraint("session_id", "person_id"),
        CheckConstraint("minutes IS NULL OR minutes >= 0", name="minutes_not_negative"),
        Index("ix_attendance_mark_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mark: Mapped[Mark]
    #: Attended minutes where they differ from the whole session.
    minutes: Mapped[int | None]
    source: Mapped[MarkSource] = mapped_column(default=MarkSource.TRAINER_TAP)
    marked_at: Mapped[datetime]
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    session: Mapped[Session] = relationship()
    person: Mapped[Person] = relationship()


class AttendanceChange(Model):
    """A mark that was replaced: what it was, who had set it and when."""

    __tablename__ = "attendance_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_mark_id: Mapped[int] = mapped_column(ForeignKey("attendance_mark.id"), index=True)
    mark: Mapped[Mark]
    minutes: Mapped[int | None]
    source: Mapped[MarkSource]
    marked_at: Mapped[datetime]
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    replaced_at: Mapped[datetime]


class WalkIn(Model):
    """Somebody on a run's attendance list who never registered."""

    __tablename__ = "walk_in"
    __table_args__ = (UniqueConstraint("run_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    audience: Mapped[AudienceKind]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    run: Mapped[Run] = relationship()
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


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
        # Covers every figure, so that counting a year reads no record itself.
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
    form: Mapped[RunForm]
    funding: Mapped[Funding]
    computed_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]

    run: Mapped[Run] = relationship()
    person: Mapped[Person] = relationship()


class CertificateState(StrEnum):
    VALID = "valid"
    REVOKED = "revoked"
    REPLACED = "replaced"


class CompletionCertificate(Model):
    """A numbered certificate that a run was completed. It repeats what it certifies for ever."""

    __tablename__ = "completion_certificate"
    __table_args__ = (
        Index(
            "uq_completion_certificate_standing",
            "run_id",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'valid'"),
            postgresql_where=text("state = 'valid'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: For the holder's own addresses; what strangers may look up by is ``code``.
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    #: Such as ``CN-2026-000123``.
    number: Mapped[str] = mapped_column(unique=True)
    #: What is typed at ``/verify``: unguessable, without look-alike letters, with check letters.
    code: Mapped[str] = mapped_column(unique=True)
    training_record_id: Mapped[int] = mapped_column(ForeignKey("training_record.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: As printed on that day; later changes of name, course or club do not touch it.
    holder_name: Mapped[str]
    course_code: Mapped[str]
    course_title: Mapped[str]
    course_title_en: Mapped[str]
    run_code: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    attended_minutes: Mapped[int]
    issuer_name: Mapped[str]
    issuer_name_en: Mapped[str]
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    state: Mapped[CertificateState] = mapped_column(default=CertificateState.VALID)
    state_changed_at: Mapped[datetime | None]
    state_changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: Public: shown to whoever looks the certificate up.
    state_reason: Mapped[str | None]
    #: The certificate that this one corrects.
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("completion_certificate.id"), unique=True
    )

    run: Mapped[Run] = relationship()
    person: Mapped[Person] = relationship()
    replaces: Mapped["CompletionCertificate | None"] = relationship(
        remote_side="CompletionCertificate.id", back_populates="replaced_by"
    )
    replaced_by: Mapped["CompletionCertificate | None"] = relationship(
        remote_side="CompletionCertificate.replaces_id", back_populates="replaces", uselist=False
    )

    @property
    def is_valid(self) -> bool:
        return self.state is CertificateState.VALID


class NumberSeries(Model):
    """The last number given out in a year, such as for certificates: no gap, no double."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("series", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str]
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)
