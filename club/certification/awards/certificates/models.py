from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.certification.awards.models import Award, AwardPeriod
from club.records.certificates.models import Certificate


class Occasion(StrEnum):
    """What a certificate of a recognition was issued upon."""

    FIRST = "first"
    RENEWED = "renewed"
    #: The one before named its holder otherwise.
    CORRECTED = "corrected"


_IS_FIRST = text("occasion = 'first'")


class AwardCertificate(Certificate):
    """The paper about a recognition by the club, for one validity of it. It repeats what it
    certifies for ever; whether it is valid follows from the recognition.
    """

    __tablename__ = "award_certificate"
    __table_args__ = (
        Index(
            "uq_award_certificate_first",
            "award_id",
            unique=True,
            sqlite_where=_IS_FIRST,
            postgresql_where=_IS_FIRST,
        ),
        CheckConstraint("(occasion = 'first') = (replaces_id IS NULL)", name="replaces_another"),
        CheckConstraint("valid_from <= expires_on", name="first_day_first"),
    )

    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("award_period.id"), index=True)
    occasion: Mapped[Occasion]
    scheme_name: Mapped[str]
    scheme_name_en: Mapped[str]
    version_label: Mapped[str]
    level_name: Mapped[str]
    level_name_en: Mapped[str | None]
    decided_on: Mapped[date]
    #: Since when it has been valid without a break.
    valid_from: Mapped[date]
    #: What was looked at and found fulfilled: pairs of names, Vietnamese and English.
    assessed: Mapped[list[tuple[str, str | None]]] = mapped_column(JSON)
    #: The certificate whose place it takes.
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("award_certificate.id"), unique=True)
    #: When name and paper went with the data of the person, who did not want it to be checked.
    erased_at: Mapped[datetime | None]

    award: Mapped[Award] = relationship()
    period: Mapped[AwardPeriod] = relationship()
    replaces: Mapped["AwardCertificate | None"] = relationship(
        remote_side="AwardCertificate.id", back_populates="replaced_by"
    )
    replaced_by: Mapped["AwardCertificate | None"] = relationship(
        remote_side="AwardCertificate.replaces_id", back_populates="replaces", uselist=False
    )
