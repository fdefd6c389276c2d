"""Requests for reports, the reports of units, and who reports for whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, union
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from club.accounts.models import Account, Role, RoleName
from club.db import db
from club.knowledge.library.models import Document, DocumentLine
from club.plan.items.models import BodyRole, PlanAssignment, PlanBody, PlanItem, PlanRole
from club.reporting.models import (
    DepartmentReport,
    DepartmentReportFile,
    DepartmentReportStep,
    ReportRequest,
    ReportState,
    UnitReporter,
)
from club.units.models import Unit, UnitSuccession

#: The plan among the documents of the library.
_PLAN = "ke-hoach-thuan-an-2021"
_AWAITED = [state for state in ReportState if state.is_awaited]


def requests() -> list[ReportRequest]:
    """All of them with how far each unit is, latest due day first."""
    query = (
        select(ReportRequest)
        .options(selectinload(ReportRequest.reports))
        .order_by(ReportRequest.due_on.desc(), ReportRequest.id.desc())
    )
    return list(db.session.scalars(query))


def request_by_public_id(public_id: UUID) -> ReportRequest | None:
    """With its reports, their units and what these went into."""
    reports = selectinload(ReportRequest.reports)
    query = (
        select(ReportRequest)
        .where(ReportRequest.public_id == public_id)
        .options(
            reports.joinedload(DepartmentReport.unit)
            .selectinload(Unit.successions)
            .joinedload(UnitSuccession.successor),
            reports.joinedload(DepartmentReport.asked_unit),
        )
    )
    return db.session.scalars(query).one_or_none()


def latest_request() -> ReportRequest | None:
    """The one asked last: the next is proposed with its settings."""
    query = select(ReportRequest).order_by(ReportRequest.id.desc()).limit(1)
    return db.session.scalars(query).one_or_none()


def report_by_public_id(public_id: UUID) -> DepartmentReport | None:
    """With its request, units, steps, who took them, and files."""
    query = _reports().where(DepartmentReport.public_id == public_id)
    steps = selectinload(DepartmentReport.steps)
    loaded = query.options(
        steps.joinedload(DepartmentReportStep.by),
        steps.joinedload(DepartmentReportStep.unit),
        selectinload(DepartmentReport.files).joinedload(DepartmentReportFile.file),
        joinedload(DepartmentReport.unit)
        .selectinload(Unit.successions)
        .joinedload(UnitSuccession.successor),
    )
    return db.session.scalars(loaded).one_or_none()


def reports_of_units(unit_ids: Collection[int]) -> list[DepartmentReport]:
    """What these units are asked for, the next due first."""
    query = (
        _reports()
        .where(DepartmentReport.unit_id.in_(unit_ids))
        .order_by(ReportRequest.due_on.desc(), DepartmentReport.id.desc())
    )
    return list(db.session.scalars(query))


def reports_owed_by(account_id: int) -> list[DepartmentReport]:
    """Awaited from the units that the account reports for, the next due first."""
    units = select(UnitReporter.unit_id).where(
        UnitReporter.account_id == account_id, UnitReporter.ended_at.is_(None)
    )
    query = (
        _reports()
        .where(DepartmentReport.unit_id.in_(units), DepartmentReport.state.in_(_AWAITED))
        .order_by(ReportRequest.due_on, DepartmentReport.id)
    )
    return list(db.session.scalars(query))


def is_late(today: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Awaited still although its due day is over."""
    return DepartmentReport.state.in_(_AWAITED), ReportRequest.due_on < today


def waits_to_be_read() -> ColumnElement[bool]:
    """Handed in, and neither returned nor accepted yet."""
    return DepartmentReport.state == ReportState.SUBMITTED


def late_reports(*, today: date) -> list[DepartmentReport]:
    """The longest overdue first."""
    query = _reports().where(*is_late(today)).order_by(ReportRequest.due_on, DepartmentReport.id)
    return list(db.session.scalars(query))


def reports_to_look_at() -> list[DepartmentReport]:
    """The oldest first."""
    query = (
        _reports()
        .where(waits_to_be_read())
        .order_by(DepartmentReport.state_since, DepartmentReport.id)
    )
    return list(db.session.scalars(query))


def awaited_reports() -> list[DepartmentReport]:
    query = _reports().where(DepartmentReport.state.in_(_AWAITED)).order_by(DepartmentReport.id)
    return list(db.session.scalars(query))


def file_of_report(public_id: UUID, file_public_id: UUID) -> DepartmentReportFile | None:
    query = (
        select(DepartmentReportFile)
        .join(DepartmentReportFile.report)
        .where(
            DepartmentReport.public_id == public_id,
            DepartmentReportFile.public_id == file_public_id,
            DepartmentReportFile.removed_at.is_(None),
        )
        .options(
            joinedload(DepartmentReportFile.file),
            contains_eager(DepartmentReportFile.report),
        )
    )
    return db.session.scalars(query).one_or_none()


def units_of(account_id: int) -> set[int]:
    """For which units the account reports now."""
    query = select(UnitReporter.unit_id).where(
        UnitReporter.account_id == account_id, UnitReporter.ended_at.is_(None)
    )
    return set(db.session.scalars(query))


def reporters() -> list[UnitReporter]:
    """Who reports now, unit by unit."""
    query = (
        select(UnitReporter)
        .where(UnitReporter.ended_at.is_(None))
        .options(joinedload(UnitReporter.unit), joinedload(UnitReporter.account))
        .order_by(UnitReporter.unit_id, UnitReporter.id)
    )
    return list(db.session.scalars(query))


def reporter_by_id(reporter_id: int) -> UnitReporter | None:
    return db.session.get(UnitReporter, reporter_id)


def people_reporting_for(unit_ids: Collection[int]) -> dict[int, list[int]]:
    """The persons whose accounts report for these units and can sign in, by unit."""
    query = (
        select(UnitReporter.unit_id, Account.person_id)
        .join(Account, Account.id == UnitReporter.account_id)
        .where(
            UnitReporter.unit_id.in_(unit_ids),
            UnitReporter.ended_at.is_(None),
            Account.active,
            Account.roles.any(Role.name == RoleName.REPORTING_OFFICER.value),
        )
        .order_by(UnitReporter.id)
    )
    found: dict[int, list[int]] = {}
    for unit_id, person_id in db.session.execute(query):
        found.setdefault(unit_id, []).append(person_id)
    return found


def reporting_officers() -> list[Account]:
    """Accounts that may be asked to report for a unit."""
    query = (
        select(Account)
        .where(Account.active, Account.roles.any(Role.name == RoleName.REPORTING_OFFICER.value))
        .order_by(Account.id)
    )
    return list(db.session.scalars(query))


@dataclass(frozen=True)
class PlanLine:
    line: str
    words: str


def plan_lines() -> list[PlanLine]:
    """The tasks and duties of the plan (parts II and IV), in its order and its own words."""
    query = (
        select(DocumentLine.line, DocumentLine.words)
        .join(Document, Document.id == DocumentLine.document_id)
        .where(
            Document.slug == _PLAN,
            DocumentLine.heading == 0,
            DocumentLine.line.startswith("II.") | DocumentLine.line.startswith("IV."),
        )
        .order_by(DocumentLine.position)
    )
    return [PlanLine(line, words) for line, words in db.session.execute(query)]


def own_lines(unit_ids: Collection[int]) -> set[str]:
    """The lines that the plan gives these units to lead or to work along in, and those that they
    were given to lead since.
    """
    printed = (
        select(PlanItem.key)
        .join(PlanItem.roles)
        .join(PlanRole.body)
        .where(PlanBody.unit_id.in_(unit_ids), PlanRole.role != BodyRole.RECEIVES)
    )
    given = (
        select(PlanItem.key)
        .join(PlanAssignment, PlanAssignment.item_id == PlanItem.id)
        .where(PlanAssignment.unit_id.in_(unit_ids), PlanAssignment.taken_out_at.is_(None))
    )
    return set(db.session.scalars(union(printed, given)))


def _reports() -> Select[DepartmentReport]:
    return (
        select(DepartmentReport)
        .join(DepartmentReport.request)
        .options(
            contains_eager(DepartmentReport.request),
            joinedload(DepartmentReport.unit),
            joinedload(DepartmentReport.asked_unit),
        )
    )


def revision_of(report_id: int) -> int:
    return db.session.get_one(DepartmentReport, report_id).revision
