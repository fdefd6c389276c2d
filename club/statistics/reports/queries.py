"""Reports and the rows behind their figures."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload, undefer

from club.accounts.models import Account
from club.courses.models import Run
from club.db import db
from club.people.models import Organisation, Person
from club.periods import Period
from club.records.models import TrainingRecord
from club.statistics.figures import standing
from club.statistics.reports.models import (
    FrozenReport,
    Report,
    ReportLetterhead,
    ReportStep,
    ReportVersion,
    VersionState,
)
from club.units.models import Unit

#: What is kept of each row behind the figures; persons and organisations by opaque codes.
ROW_COLUMNS = (
    "record", "person", "run", "day", "course", "topic", "audience", "organisation", "unit",
    "sector", "sex", "funding", "minutes", "completed",
)  # fmt: skip


def reports() -> list[Report]:
    """All of them with their versions, latest period first."""
    query = (
        select(Report)
        .options(joinedload(Report.unit), selectinload(Report.versions))
        .order_by(Report.last_day.desc(), Report.id.desc())
    )
    return list(db.session.scalars(query))


def report(public_id: UUID) -> Report | None:
    """One with its versions, their steps and who did them."""
    steps = selectinload(Report.versions).selectinload(ReportVersion.steps)
    query = (
        select(Report)
        .where(Report.public_id == public_id)
        .options(
            joinedload(Report.unit),
            steps.joinedload(ReportStep.by),
            selectinload(Report.versions).joinedload(ReportVersion.frozen),
        )
    )
    return db.session.scalars(query).one_or_none()


def frozen_content(version_id: int) -> FrozenReport | None:
    """What was frozen of a version, with its bytes."""
    query = (
        select(FrozenReport)
        .where(FrozenReport.version_id == version_id)
        .options(undefer(FrozenReport.content))
    )
    return db.session.scalars(query).one_or_none()


def versions_to_freeze(*, today: date) -> list[ReportVersion]:
    """Checked versions of periods that are over."""
    query = (
        select(ReportVersion)
        .join(ReportVersion.report)
        .where(ReportVersion.state == VersionState.CHECKED, Report.last_day < today)
        .order_by(Report.last_day, ReportVersion.id)
    )
    return list(db.session.scalars(query))


def person_codes(account_ids: Iterable[int | None]) -> dict[int | None, str]:
    """The public ids of the people behind these accounts."""
    query = (
        select(Account.id, Person.public_id)
        .join(Account.person)
        .where(Account.id.in_([one for one in account_ids if one is not None]))
    )
    return {account: str(code) for account, code in db.session.execute(query)}


def letterhead() -> ReportLetterhead | None:
    """The one that holds now."""
    query = select(ReportLetterhead).order_by(ReportLetterhead.id.desc()).limit(1)
    return db.session.scalars(query).one_or_none()


def rows_behind(period: Period, *, as_of: datetime) -> list[dict[str, Any]]:
    """The records that count in a period, by ``ROW_COLUMNS``, as JSON holds them."""
    record = TrainingRecord
    query = (
        select(
            record.public_id, Person.public_id, Run.code, record.day, record.course_code,
            record.topic_key, record.audience, Organisation.code, Unit.key, record.sector,
            record.sex, record.funding, record.attended_minutes, record.completed,
        )
        .join(Person, Person.id == record.person_id)
        .join(Run, Run.id == record.run_id)
        .outerjoin(Organisation, Organisation.id == record.organisation_id)
        .outerjoin(Unit, Unit.id == record.unit_id)
        .where(*standing(period, as_of))
        .order_by(record.day, record.id)
    )  # fmt: skip
    return [_as_json(row) for row in db.session.execute(query)]


def _as_json(values: Iterable[Any]) -> dict[str, Any]:
    return dict(zip(ROW_COLUMNS, map(_plain, values), strict=True))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    return str(getattr(value, "value", value))
