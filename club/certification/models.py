import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.files.models import StoredFile
from club.people.models import Person


class CertificationScheme(Model):
    """A way in which experts are certified. What it requires: see ``schemes``."""

    __tablename__ = "certification_scheme"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    #: The published standard, where there is one.
    standard: Mapped[str | None]
    #: Names of certifying bodies and levels that a source gives; others may be typed.
    bodies: Mapped[list[str]] = mapped_column(default=list)
    levels: Mapped[list[str]] = mapped_column(default=list)
    #: Whether its valid certificates count for the plan's "chứng nhận đạt tiêu chuẩn".
    counts_for_plan: Mapped[bool]
    #: Words that give away a paper of this scheme entered under another one.
    look_alike: Mapped[list[str]] = mapped_column(default=list)
    note: Mapped[str | None]
    note_en: Mapped[str | None]
    source: Mapped[str | None]
    position: Mapped[int]
    #: Whether the club itself certifies; all others are the schemes of outside bodies.
    awarded_by_club: Mapped[bool] = mapped_column(default=False)
    #: When somebody last changed it in the browser; the files of ``content/`` then leave it alone.
    edited_at: Mapped[datetime | None]


class ExpertCertificateState(StrEnum):
    """What staff decided about an entry; valid and expired follow from its days."""

    #: Entered, by staff or by the holder; counts for nothing yet.
    RECORDED = "recorded"
    #: A coordinator has seen the evidence.
    CHECKED = "checked"
    WITHDRAWN = "withdrawn"


class WithdrawalKind(StrEnum):
    #: It should never have been entered: not genuine, or a slip.
    MISTAKE = "mistake"
    #: The certifying body took it back; until that day it was valid.
    TAKEN_BACK = "taken_back"


class ExpertCertificate(Model):
    """An expert certificate that another body issued, as a fact. Never deleted."""

    __tablename__ = "expert_certificate"
    __table_args__ = (
        CheckConstraint("expires_on IS NULL OR issued_on <= expires_on", name="issued_first"),
        CheckConstraint("state <> 'checked' OR checked_at IS NOT NULL", name="checked_when"),
        CheckConstraint("(state = 'withdrawn') = (withdrawal IS NOT NULL)", name="withdrawn_how"),
        CheckConstraint(
            "(withdrawal = 'taken_back') = (withdrawn_from IS NOT NULL) OR withdrawal IS NULL",
            name="taken_back_from",
        ),
        Index(
            "uq_expert_certificate_number",
            "scheme_id",
            "number_key",
            unique=True,
            sqlite_where=text("state <> 'withdrawn'"),
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index("ix_expert_certificate_state", "state", "issued_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("certification_scheme.id"))
    #: Only under "another scheme".
    scheme_name: Mapped[str | None]
    level: Mapped[str | None]
    body: Mapped[str]
    number: Mapped[str]
    #: The number without signs and spaces, by which it is told apart within its scheme.
    number_key: Mapped[str]
    issued_on: Mapped[date]
    #: Last valid day; ``None`` where it has no end.
    expires_on: Mapped[date | None]
    scope: Mapped[str | None]
    #: Where the paper can be seen: a link, a file number, "bản gốc xem ngày …".
    evidence: Mapped[str]
    #: The paper itself, or why there is none of it here: one of the two before it is checked.
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    no_file_reason: Mapped[str | None]
    #: Whether the plan's money paid for training or certifying.
    funded_by_plan: Mapped[bool] = mapped_column(default=False)
    state: Mapped[ExpertCertificateState] = mapped_column(default=ExpertCertificateState.RECORDED)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: Where figures count it: the holder's employer on the day of issue, and the ward; kept when
    #: it was checked, so that a later move changes nothing.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    withdrawal: Mapped[WithdrawalKind | None]
    #: First day on which it was no longer valid.
    withdrawn_from: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawal_reason: Mapped[str | None]
    #: Of one that its body took back: where that is written.
    withdrawal_source: Mapped[str | None]

    person: Mapped[Person] = relationship()
    scheme: Mapped[CertificationScheme] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    suspensions: Mapped[list["CertificateSuspension"]] = relationship(
        order_by="CertificateSuspension.id"
    )

    @property
    def was_checked(self) -> bool:
        return self.checked_at is not None

    @property
    def has_paper(self) -> bool:
        return self.file_id is not None or self.no_file_reason is not None


class CertificateSuspension(Model):
    """That the body suspends a certificate for a time. What was recorded stays."""

    __tablename__ = "certificate_suspension"
    __table_args__ = (
        CheckConstraint("from_on <= until_on", name="begins_first"),
        CheckConstraint("(lifted_from IS NULL) = (lifted_at IS NULL)", name="lifted_when"),
        CheckConstraint("from_on <= lifted_from", name="lifted_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("expert_certificate.id"), index=True)
    from_on: Mapped[date]
    #: Its last day as the body set it; ``None``: it set none.
    until_on: Mapped[date | None]
    #: Where it is written: the body's register, a letter.
    source: Mapped[str]
    reason: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: First day free of it, where the body lifted it.
    lifted_from: Mapped[date | None]
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Expert(Model):
    """The public code of somebody with an expert certificate. Whether the register shows the
    person follows from consent and certificates, never from this row.
    """

    __tablename__ = "expert"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    #: What the expert says about the own work, in the expert's words.
    presentation: Mapped[str | None]
    #: Whether people may ask this expert for help through the site.
    welcomes_requests: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship()
