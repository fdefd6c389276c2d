"""What certificates of every kind have: a number, a code, a look, and a signed file."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from club.db import Model
from club.files.models import StoredFile
from club.people.models import Person


class CertificateState(StrEnum):
    """What each means, and how one is reached: see ``states``."""

    VALID = "valid"
    #: Never stored: what is valid expires by its day (``states.state_on``).
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    REPLACED = "replaced"


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
    #: Until then readers of PDF files believe it. It signs for fewer years (see ``keys``).
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


class Certificate(Model):
    """A numbered paper about somebody that anybody can check by its code, of whichever kind. What
    it certifies is a matter of the kind: see ``kinds``.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    #: For the holder's own addresses; what strangers may look up by is ``code``.
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    #: Such as ``CN-2026-000123``; the first letters tell the kind.
    number: Mapped[str] = mapped_column(unique=True)
    #: What is typed at ``/verify``: unguessable, without look-alike letters, with check letters.
    code: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: As printed on that day; later changes of the person's or the club's name do not touch it.
    holder_name: Mapped[str]
    issuer_name: Mapped[str]
    issuer_name_en: Mapped[str]
    issued_on: Mapped[date]
    #: Its last valid day; ``None``: it never expires.
    expires_on: Mapped[date | None]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: How it looks; ``None``: as before anybody kept a design.
    design_id: Mapped[int | None] = mapped_column(ForeignKey("certificate_design.id"))
    #: The signed PDF, from when it was first needed on.
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    signing_key_id: Mapped[int | None] = mapped_column(ForeignKey("signing_key.id"))
    #: The SHA-256 of the file before this one, whose bytes were lost: copies of it still count.
    lost_sha256: Mapped[str | None] = mapped_column(index=True)
    #: How often the worker tried in vain to print it, and when it tries again.
    failed_prints: Mapped[int] = mapped_column(default=0)
    next_print_at: Mapped[datetime | None]

    @declared_attr
    def person(cls) -> Mapped[Person]:  # noqa: N805  a class, as SQLAlchemy asks for it
        return relationship()

    @declared_attr
    def file(cls) -> Mapped[StoredFile | None]:  # noqa: N805
        return relationship()

    @declared_attr
    def signing_key(cls) -> Mapped[SigningKey | None]:  # noqa: N805
        return relationship()

    @declared_attr
    def design(cls) -> Mapped[CertificateDesign | None]:  # noqa: N805
        return relationship()


class NumberSeries(Model):
    """The last number given out in a year, such as for certificates: no gap, no double."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("series", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str]
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)
