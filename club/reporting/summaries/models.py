"""Documents composed from accepted reports: what they say, and from which reports."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.accounts.models import Account
from club.db import Model
from club.periods import Cut
from club.reporting.models import DepartmentReport, ReportRequest, ReportState
from club.statistics.reports.wordings import Worded, WordedStep, Wording, wordings


class SummaryKind(StrEnum):
    #: Of the reports to one request.
    SUMMARY = "summary"
    #: Sơ kết: of a part of the time that the plan covers.
    INTERIM = "interim"
    #: Tổng kết: of all of it.
    FINAL = "final"


class SummaryStepKind(StrEnum):
    COMPOSED = "composed"
    EDITED = "edited"


class ReportSummary(Worded, Model):
    """Composed once, then edited; composing anew makes another one, so that no word is lost."""

    __tablename__ = "report_summary"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="first_before_last"),
        CheckConstraint("(kind = 'summary') = (request_id IS NOT NULL)", name="of_one_request"),
        CheckConstraint("revision >= 1", name="revision_counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    kind: Mapped[SummaryKind]
    request_id: Mapped[int | None] = mapped_column(ForeignKey("report_request.id"), index=True)
    title: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    cut: Mapped[Cut]
    period_name: Mapped[str]
    #: What was counted when it was composed (see ``composing``).
    figures: Mapped[dict[str, Any]]

    request: Mapped[ReportRequest | None] = relationship()
    sources: Mapped[list["SummarySource"]] = relationship(order_by="SummarySource.report_id")
    steps: Mapped[list["SummaryStep"]] = relationship(
        back_populates="summary", order_by="SummaryStep.id"
    )

    @property
    def wordings(self) -> list[Wording["SummaryStep"]]:
        """The first is as it was composed."""
        return wordings(self, self.steps)

    @property
    def composed_at(self) -> datetime:
        return self.steps[0].at

    @property
    def changed_at(self) -> datetime:
        return self.steps[-1].at


class SummarySource(Model):
    """An accepted report that a summary was composed from, as it was then."""

    __tablename__ = "report_summary_source"

    summary_id: Mapped[int] = mapped_column(ForeignKey("report_summary.id"), primary_key=True)
    report_id: Mapped[int] = mapped_column(
        ForeignKey("department_report.id"), primary_key=True, index=True
    )
    report_revision: Mapped[int]

    report: Mapped[DepartmentReport] = relationship()

    @property
    def has_moved(self) -> bool:
        """Whether the report says something else now, or is no longer accepted."""
        is_accepted = self.report.state is ReportState.ACCEPTED
        return not is_accepted or self.report.revision != self.report_revision


class SummaryStep(WordedStep, Model):
    """Who composed it, and who changed its words. Rows are added, never changed."""

    __tablename__ = "report_summary_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    summary_id: Mapped[int] = mapped_column(ForeignKey("report_summary.id"), index=True)
    kind: Mapped[SummaryStepKind]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    summary: Mapped[ReportSummary] = relationship(back_populates="steps")
    by: Mapped[Account | None] = relationship()
