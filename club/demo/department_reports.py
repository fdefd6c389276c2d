"""In the demo club: a request for the reports of a half year, with one overdue, one returned and
one that came late and was accepted, and the summary of these; the reporter is the demo account of a
department. Nobody is written to.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from club import clock
from club.accounts.models import Account
from club.db import transaction
from club.demo.accounts import DemoAccounts
from club.periods import Cut, named_period
from club.reporting.models import (
    DepartmentReport,
    DepartmentReportStep,
    ReportRequest,
    ReportState,
    RequestKind,
    StepKind,
    UnitReporter,
)
from club.reporting.operations.asking import FORM_VERSION
from club.reporting.summaries.operations import compose_summary
from club.reporting.written import Activity, FigureKey, OtherFigure, Written, as_json
from club.units.models import Unit
from club.units.queries import departments

_RETURNED = Written(
    activities=[Activity("IV.2-1", "Đã tuyên truyền về năng suất tại 2 buổi họp (trình diễn).")],
    difficulties="Chưa có kinh phí riêng (trình diễn).",
)
_ACCEPTED = Written(
    activities=[
        Activity("IV.2-1", "Đã phổ biến kế hoạch cho 12 đơn vị. Đã phát 300 tờ rơi (trình diễn).")
    ],
    figures={
        FigureKey.TRAININGS: Decimal(2),
        FigureKey.TURNS: Decimal(64),
        FigureKey.HOURS: Decimal(16),
    },
    others=[OtherFigure("Sáng kiến được công nhận", Decimal(3), "sáng kiến")],
    difficulties="Cơ sở nhỏ khó cử người đi học trong giờ làm (trình diễn).",
    proposals="Mở thêm lớp 5S vào cuối tuần (trình diễn).",
)
_REMARKS = "Xin bổ sung số lớp và lượt người (trình diễn)."
_ASKED_DAYS, _OVERDUE_DAYS = 25, 5
#: Days from asking until a report was first handed in, and returned: one in time, one late.
_DAYS = {ReportState.RETURNED: (12, 15), ReportState.ACCEPTED: (22, 23)}


def ask_departments(accounts: DemoAccounts, *, now: datetime) -> None:
    """Three departments, the demo account reporting for two of them."""
    # The first of the plan asks the others.
    units = departments()[1:4]
    if len(units) < 3:
        return
    asked_at = now - timedelta(days=_ASKED_DAYS)
    late, returned, accepted = units
    with transaction() as session, session.no_autoflush:
        request = _request(clock.local_day(now), asked_at, by=accounts.coordinator)
        request.reports = [
            _report(late, ReportState.ASKED, at=asked_at, accounts=accounts),
            _report(returned, ReportState.RETURNED, at=asked_at, accounts=accounts),
            _report(accepted, ReportState.ACCEPTED, at=asked_at, accounts=accounts),
        ]
        session.add(request)
        for unit in (returned, accepted):
            session.add(
                UnitReporter(
                    unit=unit,
                    account=accounts.reporter,
                    assigned_at=asked_at,
                    assigned_by_id=accounts.coordinator.id,
                )
            )
    title = f"Tổng hợp {request.title[:1].lower()}{request.title[1:]}"
    compose_summary(request, title=title, by=accounts.coordinator.id, now=now)


def _request(today: date, asked_at: datetime, *, by: Account) -> ReportRequest:
    year = today.year if today.month > 6 else today.year - 1
    period = named_period(f"{year}-6M", Cut.CALENDAR)
    return ReportRequest(
        kind=RequestKind.PERIODIC,
        title=f"Báo cáo sáu tháng đầu năm {year} (trình diễn)",
        first_day=period.first,
        last_day=period.last,
        cut=period.cut,
        period_name=period.name,
        form_version=FORM_VERSION,
        due_on=today - timedelta(days=_OVERDUE_DAYS),
        remind_before=3,
        remind_every=7,
        asked_at=asked_at,
        asked_by_id=by.id,
    )


def _report(
    unit: Unit,
    state: ReportState,
    *,
    at: datetime,
    accounts: DemoAccounts,
) -> DepartmentReport:
    """With the steps that led there, some days apart."""
    report = DepartmentReport(asked_unit=unit, unit=unit, state=state, state_since=at)
    report.steps.append(_step(StepKind.ASKED, accounts.coordinator, at))
    if state is ReportState.ASKED:
        return report
    handed_in, returned = (at + timedelta(days=days) for days in _DAYS[state])
    written = as_json(_RETURNED)
    report.written, report.revision, report.state_since = written, 2, returned
    report.steps += [
        _step(StepKind.SUBMITTED, accounts.reporter, handed_in, written=written),
        _step(StepKind.RETURNED, accounts.coordinator, returned, reason=_REMARKS),
    ]
    if state is ReportState.ACCEPTED:
        written, accepted = as_json(_ACCEPTED), returned + timedelta(days=1)
        report.written, report.revision, report.state_since = written, 3, accepted
        report.steps += [
            _step(
                StepKind.SUBMITTED,
                accounts.reporter,
                returned + timedelta(hours=6),
                written=written,
            ),
            _step(StepKind.ACCEPTED, accounts.coordinator, accepted),
        ]
    return report


def _step(
    kind: StepKind,
    by: Account,
    at: datetime,
    *,
    written: dict[str, Any] | None = None,
    reason: str | None = None,
) -> DepartmentReportStep:
    return DepartmentReportStep(kind=kind, by_id=by.id, at=at, written=written, reason=reason)
