import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Run
from club.db import Model
from club.files.models import StoredFile
from club.people.models import Person
from club.records.models import TrainingRecord


class CertificateState(StrEnum):
    """What each means, and how one is reached: see ``states``."""

    VALID = "valid"
    #: Never stored: what is valid expires by its day (``states.state_on``).
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    REPLACED = "replaced"


class CertificateStepKind(StrEnum):
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    REVOKED = "revoked"
    REPLACED = "replaced"


_STANDS = text("state IN ('valid', 'suspended')")


class SigningKey(Model):
    """The public half of a key that has signed certificates. Never deleted: what it signed is
    checked against it. The private half lies in a file (see ``keys``).
    """

    __tablename__ = "signing_key"
    __table_args__ = (
        CheckConstraint(
            "(distrusted_from IS NULL) = (distrust_reason IS NULL)", name="distrusted_with_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: SHA-256 of the certificate, as hexadecimal digits.
    fingerprint: Mapped[str] = mapped_column(unique=True)
    #: PEM; ``authority`` is the certificate of the club's authority that vouches for the key.
    certificate: Mapped[str]
    authority: Mapped[str]
    known_since: Mapped[datetime]
    #: After this moment it signs nothing more; what it signed before stays good.
    expires_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    #: Somebody else may have had it from this moment on: its signatures alone prove nothing.
    distrusted_from: Mapped[datetime | None]
    #: Public: shown to whoever checks what it signed.
    distrust_reason: Mapped[str | None]


class DesignLanguage(StrEnum):
    BOTH = "both"
    VIETNAMESE = "vietnamese"


class CertificateDesign(Model):
    """One version of what certificates look like: from when it was kept on, until the next.

    Never changed or deleted: certificates that were issued with it are printed with it.
    """

    __tablename__ = "certificate_design"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Counted from 1.
    version: Mapped[int] = mapped_column(unique=True)
    language: Mapped[DesignLanguage]
    title: Mapped[str]
    title_en: Mapped[str | None]
    #: What stands before the holder's name, and between the name and the course.
    opening: Mapped[str]
    opening_en: Mapped[str | None]
    sentence: Mapped[str]
    sentence_en: Mapped[str | None]
    signer_name: Mapped[str | None]
    signer_title: Mapped[str | None]
    signer_title_en: Mapped[str | None]
    #: Certificates say what their holders reached in the test at the end and the assignment.
    prints_scores: Mapped[bool] = mapped_column(default=False)
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    signature_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    kept_at: Mapped[datetime]
    kept_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    logo: Mapped[StoredFile | None] = relationship(foreign_keys=[logo_id])
    signature: Mapped[StoredFile | None] = relationship(foreign_keys=[signature_id])


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


class CompletionCertificate(Model):
    """A numbered certificate that a run was completed. It repeats what it certifies for ever."""

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
    #: Points and what they are measured by, where the design prints them (see ``scores``).
    post_test: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    post_test_maximum: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    assignment: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    #: ``None`` beside points: the assignment is passed.
    assignment_maximum: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    issuer_name: Mapped[str]
    issuer_name_en: Mapped[str]
    issued_on: Mapped[date]
    #: Its last valid day; ``None``: it never expires.
    expires_on: Mapped[date | None]
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
    #: ``None`` for those from before there were batches.
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("certificate_batch.id"), index=True)
    #: What it was issued upon, where its holder did not complete.
    exception_id: Mapped[int | None] = mapped_column(ForeignKey("certificate_exception.id"))
    #: How it looks; ``None``: as before anybody kept a design.
    design_id: Mapped[int | None] = mapped_column(ForeignKey("certificate_design.id"))
    #: The signed PDF, from when it was first needed on.
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    signing_key_id: Mapped[int | None] = mapped_column(ForeignKey("signing_key.id"))
    #: How often the worker tried in vain to print it, and when it tries again.
    failed_prints: Mapped[int] = mapped_column(default=0)
    next_print_at: Mapped[datetime | None]

    training_record: Mapped[TrainingRecord] = relationship()
    run: Mapped[Run] = relationship()
    person: Mapped[Person] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    signing_key: Mapped[SigningKey | None] = relationship()
    design: Mapped[CertificateDesign | None] = relationship()
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


class NumberSeries(Model):
    """The last number given out in a year, such as for certificates: no gap, no double."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("series", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str]
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)
