"""Reports of a period, their versions, and what was frozen of each."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.accounts.models import Account
from club.db import Model
from club.periods import Cut, Period
from club.statistics.reports import guarding
from club.statistics.reports.wordings import Worded, WordedStep, Wording, wordings
from club.units.models import Unit


class ReportKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    #: From one day to another, chosen freely.
    DAYS = "days"


class VersionState(StrEnum):
    DRAFT = "draft"
    #: Somebody who did not write it has checked figures and words.
    CHECKED = "checked"
    #: Never changed any more, by nobody (see ``guarding``).
    FROZEN = "frozen"
    DISCARDED = "discarded"


class StepKind(StrEnum):
    DRAFTED = "drafted"
    EDITED = "edited"
    CHECKED = "checked"
    RETURNED = "returned"
    FROZEN = "frozen"
    DISCARDED = "discarded"

    @property
    def is_writing(self) -> bool:
        """Whether a wording came of it."""
        return self in {StepKind.DRAFTED, StepKind.EDITED}


class TextBlock(StrEnum):
    """What an officer writes, in the order of the report."""

    SITUATION = "situation"
    RESULTS = "results"
    ASSESSMENT = "assessment"
    DIRECTIONS = "directions"
    PROPOSALS = "proposals"


class Report(Model):
    """What is reported: one period, under one title."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="first_before_last"),
        CheckConstraint("(kind = 'days') = (period_name = '')", name="named_unless_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    kind: Mapped[ReportKind]
    cut: Mapped[Cut]
    first_day: Mapped[date] = mapped_column(index=True)
    last_day: Mapped[date]
    #: As ``club.periods`` names it, such as ``2026-Q1``; empty for days chosen freely.
    period_name: Mapped[str]
    title: Mapped[str]
    #: Who reports; ``None``: the body of the letterhead.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    unit: Mapped[Unit | None] = relationship()
    versions: Mapped[list["ReportVersion"]] = relationship(
        back_populates="report", order_by="ReportVersion.number"
    )

    @property
    def period(self) -> Period:
        return Period(self.first_day, self.last_day, self.cut, self.period_name)


class ReportVersion(Worded, Model):
    """One wording of a report. A frozen one is corrected by the next."""

    __tablename__ = "report_version"
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        CheckConstraint("number >= 1", name="number_counts"),
        CheckConstraint("(number = 1) = (correction_reason IS NULL)", name="corrected_with_reason"),
        Index(
            "uq_report_version_open",
            "report_id",
            unique=True,
            sqlite_where=text("state IN ('draft', 'checked')"),
            postgresql_where=text("state IN ('draft', 'checked')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT)
    #: Why the version before had to be corrected.
    correction_reason: Mapped[str | None]
    created_at: Mapped[datetime]

    report: Mapped[Report] = relationship(back_populates="versions")
    steps: Mapped[list["ReportStep"]] = relationship(
        back_populates="version", order_by="ReportStep.id"
    )
    frozen: Mapped["FrozenReport | None"] = relationship(back_populates="version")

    @property
    def wordings(self) -> list[Wording["ReportStep"]]:
        return wordings(self, [step for step in self.steps if step.kind.is_writing])

    @property
    def is_open(self) -> bool:
        return self.state in {VersionState.DRAFT, VersionState.CHECKED}


class ReportStep(WordedStep, Model):
    """Who did what with a version, when and why. Rows are added, never changed."""

    __tablename__ = "report_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id"), index=True)
    kind: Mapped[StepKind]
    #: ``None``: the command on the server.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None]
    #: What was checked: ``turns``, ``people``, ``sha256`` over all figures, and ``head``, the lines
    #: of the letterhead; checks of before 1 December 2026 kept no letterhead.
    seen: Mapped[dict[str, Any] | None]

    version: Mapped[ReportVersion] = relationship(back_populates="steps")
    by: Mapped[Account | None] = relationship()


class FrozenReport(Model):
    """What a version says for ever: figures, the rows behind them, words and letterhead."""

    __tablename__ = "frozen_report"

    version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id"), primary_key=True)
    #: Canonical JSON in UTF-8 (see ``contents``).
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    #: Over ``content``, in hexadecimal.
    sha256: Mapped[str]
    #: Version of the definitions of ``docs/figures.md``.
    definitions: Mapped[str]
    frozen_at: Mapped[datetime]
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    version: Mapped[ReportVersion] = relationship(back_populates="frozen")


class ReportLetterhead(Model):
    """Under which name reports go out, who signs and who receives them. The latest row holds;
    rows are added, not changed.
    """

    __tablename__ = "report_letterhead"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The body above the one that reports.
    superior: Mapped[str]
    issuer: Mapped[str]
    #: What follows the number, such as ``BC-KT``.
    symbol: Mapped[str]
    place: Mapped[str]
    #: In whose stead is signed: TM., KT., TL., TUQ. with the words after it.
    signs_for: Mapped[str]
    signer_title: Mapped[str]
    signer_name: Mapped[str]
    #: One a line.
    recipients: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


# The triggers are made with the last of the guarded tables.
cast(Table, ReportStep.__table__).add_is_dependent_on(cast(Table, FrozenReport.__table__))


@event.listens_for(ReportStep.__table__, "after_create")
def _guard(_table: Table, connection: Connection, **_given: Any) -> None:
    guarding.guard(connection)


@event.listens_for(ReportStep.__table__, "before_drop")
def _unguard(_table: Table, connection: Connection, **_given: Any) -> None:
    guarding.unguard(connection)
