import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Run
from club.db import Model
from club.people.models import Person
from club.records.certificates.models.every_kind import Certificate, CertificateState
from club.records.models import TrainingRecord


class CertificateStepKind(StrEnum):
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    REVOKED = "revoked"
    REPLACED = "replaced"


_STANDS = text("state IN ('valid', 'suspended')")


class CertificateBatch(Model):
    """Certificates that were issued together, and how far their files are."""

    __tablename__ = "certificate_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    started_at: Mapped[datetime]
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: When the last of its files was signed; ``None``: the worker is at it.
    finished_at: Mapped[datetime | None]
    #: Why the worker could not go on when it last tried: one of the rules' sentences.
    trouble: Mapped[str | None]


class CertificateException(Model):
    """That somebody who did not complete a run gets a certificate all the same: asked for by one
    account with a reason, decided by another one.
    """

    __tablename__ = "certificate_exception"
    __table_args__ = (
        CheckConstraint("decided_by_id <> asked_by_id", name="two_people"),
        CheckConstraint("(decided_at IS NULL) = (agreed IS NULL)", name="decided_wholly"),
        Index(
            "uq_certificate_exception_open",
            "run_id",
            "person_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    training_record_id: Mapped[int] = mapped_column(ForeignKey("training_record.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    agreed: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: Why it was turned down.
    remark: Mapped[str | None]

    training_record: Mapped[TrainingRecord] = relationship()
    run: Mapped[Run] = relationship()
    person: Mapped[Person] = relationship()


class CompletionCertificate(Certificate):
    """That a run was completed. It repeats what it certifies for ever; later changes of the course
    or the class do not touch it.
    """

    __tablename__ = "completion_certificate"
    __table_args__ = (
        Index(
            "uq_completion_certificate_standing",
            "run_id",
            "person_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        CheckConstraint(
            "(post_test IS NULL) = (post_test_maximum IS NULL)", name="post_test_measured"
        ),
        CheckConstraint(
            "assignment_maximum IS NULL OR assignment IS NOT NULL", name="assignment_measured"
        ),
    )

    training_record_id: Mapped[int] = mapped_column(ForeignKey("training_record.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    course_code: Mapped[str]
    #: By which credentials name the course for ever, where its page was on that day.
    course_slug: Mapped[str]
    course_title: Mapped[str]
    course_title_en: Mapped[str]
    run_code: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    attended_minutes: Mapped[int]
    #: Points and what they are measured by, where the design prints them (see ``scores``).
    post_test: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    post_test_maximum: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    assignment: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    #: ``None`` beside points: the assignment is passed.
    assignment_maximum: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    state: Mapped[CertificateState] = mapped_column(default=CertificateState.VALID)
    state_changed_at: Mapped[datetime | None]
    state_changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: Public: shown to whoever looks the certificate up.
    state_reason: Mapped[str | None]
    #: The certificate that this one corrects.
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("completion_certificate.id"), unique=True
    )
    #: ``None`` for those from before there were batches.
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("certificate_batch.id"), index=True)
    #: What it was issued upon, where its holder did not complete.
    exception_id: Mapped[int | None] = mapped_column(ForeignKey("certificate_exception.id"))

    training_record: Mapped[TrainingRecord] = relationship()
    run: Mapped[Run] = relationship()
    exception: Mapped[CertificateException | None] = relationship()
    replaces: Mapped["CompletionCertificate | None"] = relationship(
        remote_side="CompletionCertificate.id", back_populates="replaced_by"
    )
    replaced_by: Mapped["CompletionCertificate | None"] = relationship(
        remote_side="CompletionCertificate.replaces_id", back_populates="replaces", uselist=False
    )

    steps: Mapped[list["CertificateStep"]] = relationship(
        order_by="CertificateStep.id", back_populates="certificate"
    )

    @property
    def is_valid(self) -> bool:
        """Neither ended nor suspended; it may have expired (``states.state_on``)."""
        return self.state is CertificateState.VALID


class CertificateStep(Model):
    """Something that became of a certificate after it was issued: what, when, why, by whom."""

    __tablename__ = "certificate_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("completion_certificate.id"), index=True)
    kind: Mapped[CertificateStepKind]
    #: Public: shown to whoever looks the certificate up.
    reason: Mapped[str | None]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    certificate: Mapped[CompletionCertificate] = relationship(back_populates="steps")
