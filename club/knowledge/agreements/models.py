"""What firms agree to be published of them. Nothing that was given is ever deleted."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.files.models import StoredFile
from club.people.models import Organisation


class Extent(NamedTuple):
    """How much of a firm may be shown."""

    #: By its name, or only described.
    named: bool
    #: What was measured, as figures.
    figures: bool

    def covers(self, other: "Extent") -> bool:
        return self.named >= other.named and self.figures >= other.figures


class AgreementState(StrEnum):
    #: The club has asked, and the firm has not answered.
    ASKED = "asked"
    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    #: It was never given: somebody recorded it by mistake.
    MISTAKEN = "mistaken"


class Agreement(Model):
    """A firm's word on one case."""

    __tablename__ = "publication_agreement"
    __table_args__ = (
        CheckConstraint("article_id IS NOT NULL OR draft_id IS NOT NULL", name="about_a_text"),
        CheckConstraint(
            "state NOT IN ('given', 'withdrawn', 'mistaken') OR (given_on IS NOT NULL"
            " AND words IS NOT NULL AND given_by IS NOT NULL AND given_by_role IS NOT NULL)",
            name="given_by_somebody",
        ),
        CheckConstraint(
            "(state IN ('asked', 'given')) = (ended_at IS NULL)", name="ended_at_a_moment"
        ),
        Index("ix_publication_agreement_state", "state", "recorded_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    #: The case; none while it is a draft that was never published.
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"), index=True)
    #: The draft of a new case that it was first about.
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("article_draft.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: Its name on that day, or as it was typed where the firm is not on the site.
    organisation_name: Mapped[str]
    state: Mapped[AgreementState]
    named: Mapped[bool]
    with_figures: Mapped[bool]
    #: The agreement as it was given; what the club asks while it waits for it.
    words: Mapped[str | None]
    given_on: Mapped[date | None]
    #: Who gave it for the firm.
    given_by: Mapped[str | None]
    given_by_role: Mapped[str | None]
    #: The same person's account, where it was given on the site.
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    #: The paper that was signed.
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    #: When it was declined, withdrawn or found to be a mistake, why, and by whom.
    ended_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)

    organisation: Mapped[Organisation | None] = relationship()
    scan: Mapped[StoredFile | None] = relationship()

    @property
    def extent(self) -> Extent:
        return Extent(self.named, self.with_figures)
