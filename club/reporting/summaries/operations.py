"""Composing summaries and reviews, and changing their words: each function one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from club import clock
from club.audit.operations import record
from club.db import transaction
from club.periods import Period
from club.refusal import RefusedError
from club.reporting.models import DepartmentReport, ReportRequest, ReportState
from club.reporting.summaries import queries, rules
from club.reporting.summaries.composing import Material, composed_figures, composed_texts
from club.reporting.summaries.models import (
    ReportSummary,
    SummaryKind,
    SummarySource,
    SummaryStep,
    SummaryStepKind,
)
from club.reporting.summaries.rules import SummaryRefusal


def compose_summary(
    request: ReportRequest, *, title: str, by: int | None, now: datetime
) -> ReportSummary:
    """Of the accepted reports to one request; the others are named as missing."""
    period = Period(request.first_day, request.last_day, request.cut, request.period_name)
    with transaction():
        reports = queries.reports_to_requests(
            first=period.first, last=period.last, request_id=request.id
        )
        summary = _new(SummaryKind.SUMMARY, period, title, request_id=request.id)
        return _composed(summary, reports, queries.material_of(reports), by=by, now=now)


def compose_review(
    kind: SummaryKind, period: Period, *, title: str, by: int | None, now: datetime
) -> ReportSummary:
    """Of all accepted reports on days within the period, with the club's own figures and cases."""
    refusal = rules.refusal_to_compose(first_day=period.first, today=clock.local_day(now))
    if refusal:
        raise RefusedError(refusal)
    with transaction():
        reports = queries.reports_to_requests(first=period.first, last=period.last, request_id=None)
        material = replace(
            queries.material_of(reports),
            trainees=queries.trainees_of(period, as_of=now),
            cases=queries.cases_of(period),
        )
        return _composed(_new(kind, period, title), reports, material, by=by, now=now)


def edit(
    summary_id: int,
    *,
    texts: Mapping[str, str],
    document_number: str | None,
    revision: int,
    by: int | None,
    now: datetime,
) -> ReportSummary:
    """``revision``: the one that the writer had before them; refused where somebody else has
    kept other words since. The words before stay with the step.
    """
    with transaction() as session:
        summary = session.get_one(
            ReportSummary, summary_id, with_for_update=True, populate_existing=True
        )
        if summary.says(texts, document_number):
            return summary
        if summary.revision != revision:
            raise RefusedError(SummaryRefusal.WRITTEN_OVER)
        before = summary.reword(texts, document_number)
        _note(summary, SummaryStepKind.EDITED, before=before, by=by, now=now)
        return summary


def _new(
    kind: SummaryKind, period: Period, title: str, *, request_id: int | None = None
) -> ReportSummary:
    return ReportSummary(
        kind=kind,
        request_id=request_id,
        title=title,
        first_day=period.first,
        last_day=period.last,
        cut=period.cut,
        period_name=period.name,
    )


def _composed(
    summary: ReportSummary,
    reports: Sequence[DepartmentReport],
    material: Material,
    *,
    by: int | None,
    now: datetime,
) -> ReportSummary:
    with transaction() as session:
        summary.texts, summary.figures = composed_texts(material), composed_figures(material)
        summary.sources = [
            SummarySource(report=report, report_revision=report.revision)
            for report in reports
            if report.state is ReportState.ACCEPTED
        ]
        session.add(summary)
        session.flush()
        _note(summary, SummaryStepKind.COMPOSED, by=by, now=now)
        return summary


def _note(
    summary: ReportSummary,
    kind: SummaryStepKind,
    *,
    by: int | None,
    now: datetime,
    before: dict[str, Any] | None = None,
) -> None:
    summary.steps.append(SummaryStep(kind=kind, at=now, by_id=by, before=before))
    record(
        f"reporting.summary_{kind.value}",
        subject_kind="report_summary",
        subject_id=summary.public_id,
        by=by,
        now=now,
    )
