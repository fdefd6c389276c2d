"""What departments are asked to report, their reports, and each step these take."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from club import clock
from club.accounts.models import Account
from club.db import Model
from club.files.models import StoredFile
from club.periods import Cut
from club.units.models import Unit


class RequestKind(StrEnum):
    #: The report on a period, in the form that ``written`` describes.
    PERIODIC = "periodic"
    #: Questions of their own, for once.
    AD_HOC = "ad_hoc"


class ReportState(StrEnum):
    ASKED = "asked"
    IN_WORK = "in_work"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    #: Will not come: the unit is gone, or was asked by mistake.
    CLOSED = "closed"

    @property
    def is_awaited(self) -> bool:
        """Whether it is the unit's turn."""
        return self in {ReportState.ASKED, ReportState.IN_WORK, ReportState.RETURNED}


class StepKind(StrEnum):
    ASKED = "asked"
    SAVED = "saved"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    PASSED_ON = "passed_on"
    CLOSED = "closed"


class ReportRequest(Model):
    """What units are asked: about which period, in which form, and until when."""

    __tablename__ = "report_request"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="first_before_last"),
        CheckConstraint("form_version >= 1", name="form_counts"),
        CheckConstraint("remind_before >= 0", name="reminds_before"),
        CheckConstraint("remind_every >= 1", name="reminds_every"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    kind: Mapped[RequestKind]
    title: Mapped[str]
    #: What the coordinator adds for the units to read.
    note: Mapped[str | None]
    first_day: Mapped[date]
    last_day: Mapped[date]
    cut: Mapped[Cut] = mapped_column(default=Cut.CALENDAR)
    #: As ``club.periods`` names it; empty for days chosen freely.
    period_name: Mapped[str] = mapped_column(default="")
    #: Of the form of periodic reports (see ``written``), so that old reports keep theirs.
    form_version: Mapped[int] = mapped_column(default=1)
    #: What an ad hoc request asks, one a question.
    questions: Mapped[list[str]] = mapped_column(default=list)
    due_on: Mapped[date] = mapped_column(index=True)
    #: So many days before the due day those who have not reported are reminded.
    remind_before: Mapped[int]
    #: After the due day, again each time so many days have passed.
    remind_every: Mapped[int]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    reports: Mapped[list["DepartmentReport"]] = relationship(
        back_populates="request", order_by="DepartmentReport.id"
    )

    def late(self, today: date) -> list["DepartmentReport"]:
        """The reports still awaited although the due day is over."""
        return [report for report in self.reports if report.is_late(today)]

    @property
    def handed_in_late(self) -> list["DepartmentReport"]:
        return [report for report in self.reports if report.days_late]


class DepartmentReportStep(Model):
    """Who did what with a report, when and why. Rows are added, never changed."""

    __tablename__ = "department_report_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("department_report.id"), index=True)
    kind: Mapped[StepKind]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None]
    #: What was handed in with this step, in the form of ``written``.
    written: Mapped[dict[str, Any] | None]
    #: To whom the report passed with this step.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))

    report: Mapped["DepartmentReport"] = relationship(back_populates="steps")
    by: Mapped[Account | None] = relationship()
    unit: Mapped[Unit | None] = relationship()


class DepartmentReport(Model):
    """One unit's answer to one request."""

    __tablename__ = "department_report"
    __table_args__ = (
        UniqueConstraint("request_id", "asked_unit_id"),
        CheckConstraint("revision >= 1", name="revision_counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    request_id: Mapped[int] = mapped_column(ForeignKey("report_request.id"))
    #: Who was asked first; stays when the report passes to a successor.
    asked_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    #: Who reports.
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    state: Mapped[ReportState] = mapped_column(default=ReportState.ASKED)
    state_since: Mapped[datetime]
    #: What the unit says, in the form of ``written``.
    written: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Rises with each change, so that nobody overwrites what somebody else wrote.
    revision: Mapped[int] = mapped_column(default=1)
    #: Came on paper, and was entered for the unit by the coordinator.
    on_paper: Mapped[bool] = mapped_column(default=False)
    #: The day for which the unit was last reminded.
    reminded_on: Mapped[date | None]
    #: For the first time: being returned with remarks makes no report late.
    handed_in_at: Mapped[datetime | None] = column_property(
        select(func.min(DepartmentReportStep.at))
        .where(
            DepartmentReportStep.report_id == id,  # noqa: A003  the column above
            DepartmentReportStep.kind == StepKind.SUBMITTED,
        )
        .correlate_except(DepartmentReportStep)
        .scalar_subquery()
    )

    request: Mapped[ReportRequest] = relationship(back_populates="reports")
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    asked_unit: Mapped[Unit] = relationship(foreign_keys=[asked_unit_id])
    steps: Mapped[list[DepartmentReportStep]] = relationship(
        back_populates="report", order_by="DepartmentReportStep.id"
    )
    files: Mapped[list["DepartmentReportFile"]] = relationship(
        back_populates="report", order_by="DepartmentReportFile.id"
    )

    def is_late(self, today: date) -> bool:
        return self.state.is_awaited and self.request.due_on < today

    @property
    def days_late(self) -> int:
        """So many days after the due day it was handed in; 0: in time, or not yet."""
        if self.handed_in_at is None:
            return 0
        return max(0, (clock.local_day(self.handed_in_at) - self.request.due_on).days)


class DepartmentReportFile(Model):
    """A file that came with a report; taken out it is no longer shown."""

    __tablename__ = "department_report_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    report_id: Mapped[int] = mapped_column(ForeignKey("department_report.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    report: Mapped[DepartmentReport] = relationship(back_populates="files")
    file: Mapped[StoredFile] = relationship()


class UnitReporter(Model):
    """An account that reports for a unit, from one moment to another."""

    __tablename__ = "unit_reporter"
    __table_args__ = (
        Index(
            "uq_unit_reporter_open",
            "unit_id",
            "account_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    assigned_at: Mapped[datetime]
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    unit: Mapped[Unit] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=[account_id])
