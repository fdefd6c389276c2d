"""Summaries, and what they are composed from."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from club.clock import instant_of
from club.db import db
from club.knowledge.queries import titles_of_cases_published
from club.periods import Period
from club.reporting.models import DepartmentReport, ReportRequest, ReportState, StepKind
from club.reporting.summaries.composing import Material, Missing, Reported, Trainees
from club.reporting.summaries.models import ReportSummary, SummarySource, SummaryStep
from club.reporting.written import from_json
from club.statistics.figures import trainee_counts
from club.statistics.reports import contents
from club.statistics.reports.queries import frozen_of_period


def summaries() -> list[ReportSummary]:
    query = (
        select(ReportSummary)
        .options(selectinload(ReportSummary.steps))
        .order_by(ReportSummary.id.desc())
    )
    return list(db.session.scalars(query))


def summary_by_public_id(public_id: UUID) -> ReportSummary | None:
    """With the reports behind it, their units, and who wrote in it."""
    query = (
        select(ReportSummary)
        .where(ReportSummary.public_id == public_id)
        .options(
            joinedload(ReportSummary.request),
            selectinload(ReportSummary.sources)
            .joinedload(SummarySource.report)
            .options(joinedload(DepartmentReport.unit), joinedload(DepartmentReport.request)),
            selectinload(ReportSummary.steps).joinedload(SummaryStep.by),
        )
    )
    return db.session.scalars(query).one_or_none()


def reports_to_requests(
    *, first: date, last: date, request_id: int | None
) -> list[DepartmentReport]:
    """All that was asked for: of one request, or of those whose period lies within these days."""
    chosen = (
        (ReportRequest.id == request_id,)
        if request_id
        else (ReportRequest.first_day >= first, ReportRequest.last_day <= last)
    )
    query = (
        select(DepartmentReport)
        .join(DepartmentReport.request)
        .where(*chosen)
        .options(
            joinedload(DepartmentReport.unit),
            joinedload(DepartmentReport.request),
            selectinload(DepartmentReport.steps),
        )
        .order_by(ReportRequest.last_day, ReportRequest.id, DepartmentReport.id)
    )
    return list(db.session.scalars(query))


def material_of(reports: Sequence[DepartmentReport]) -> Material:
    """What these reports say; of those that were not accepted, that they are missing."""
    accepted = [one for one in reports if one.state is ReportState.ACCEPTED]
    return Material(
        reported=[
            Reported(
                one.unit.name,
                one.request.questions,
                from_json(one.written),
                days_late=one.days_late,
                on_paper=one.on_paper,
            )
            for one in accepted
        ],
        missing=[
            Missing(one.unit.name, one.state, _why_closed(one))
            for one in reports
            if one.state is not ReportState.ACCEPTED
        ],
    )


def trainees_of(period: Period, *, as_of: datetime) -> Trainees:
    """As a frozen report of the same days says; where there is none, as the records stand."""
    if frozen := frozen_of_period(period):
        content = contents.from_bytes(frozen.content)
        total, title = content["total"], content["report"]["title"]
        hours = Decimal(str(total["hours"]))
        return Trainees(total["turns"], total["people"], hours, total["completed"], title)
    counted = trainee_counts(period, as_of=as_of).total
    assert counted
    return Trainees(
        counted.turns, counted.people, Decimal(str(counted.hours)), counted.completed or 0, None
    )


def cases_of(period: Period) -> list[str]:
    """Titles of the cases that were published in these days and are shown still."""
    day_after = period.last + timedelta(days=1)
    return titles_of_cases_published(instant_of(period.first), instant_of(day_after))


def _why_closed(report: DepartmentReport) -> str | None:
    reasons = [step.reason for step in report.steps if step.kind is StepKind.CLOSED]
    return reasons[-1] if reasons else None
