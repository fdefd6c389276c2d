"""Reports and the rows behind their figures."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload, undefer
from sqlalchemy.orm.attributes import set_committed_value

from club.accounts.models import Account
from club.courses.models import Run, RunEvent, RunEventKind
from club.db import db
from club.people.merging.models import PersonMerge
from club.people.models import Organisation, Person
from club.periods import Period
from club.records.earlier.models import BatchState, EarlierBatch, EarlierRun
from club.records.models import TrainingRecord
from club.statistics.reports.models import (
    FrozenReport,
    Report,
    ReportLetterhead,
    ReportStep,
    ReportVersion,
    VersionState,
)
from club.statistics.selecting import Selection, standing
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
            steps.joinedload(ReportStep.by).lazyload(Account.roles),
            selectinload(Report.versions).joinedload(ReportVersion.frozen),
        )
    )
    found = db.session.scalars(query).one_or_none()
    for version in found.versions if found else ():
        set_committed_value(version, "report", found)
    return found


def frozen_content(version_id: int) -> FrozenReport | None:
    """What was frozen of a version, with its bytes."""
    query = (
        select(FrozenReport)
        .where(FrozenReport.version_id == version_id)
        .options(undefer(FrozenReport.content))
    )
    return db.session.scalars(query).one_or_none()


def frozen_of_period(period: Period) -> FrozenReport | None:
    """The latest frozen version of a report of all units on exactly these days, with its bytes."""
    query = (
        select(FrozenReport)
        .join(FrozenReport.version)
        .join(ReportVersion.report)
        .where(
            Report.first_day == period.first,
            Report.last_day == period.last,
            Report.unit_id.is_(None),
        )
        .options(undefer(FrozenReport.content))
        .order_by(FrozenReport.frozen_at.desc())
        .limit(1)
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


@dataclass(frozen=True)
class MergeSince:
    """Two entries of a person that became one, or two again, by the public ids of the entries."""

    kept: str
    gone: str
    #: Ids of the records that counted no more from then on.
    left: frozenset[str]
    at: datetime
    reason: str
    undone_at: datetime | None
    undone_reason: str | None


def merges_since(moment: datetime) -> list[MergeSince]:
    kept, gone = aliased(Person), aliased(Person)
    query = (
        select(PersonMerge, kept.public_id, gone.public_id)
        .join(kept, kept.id == PersonMerge.kept_id)
        .join(gone, gone.id == PersonMerge.gone_id)
        .where(or_(PersonMerge.merged_at > moment, PersonMerge.undone_at > moment))
        .order_by(PersonMerge.id)
    )
    return [
        MergeSince(
            str(kept_code),
            str(gone_code),
            frozenset(merge.left.get("training_record", ())),
            merge.merged_at,
            merge.reason,
            merge.undone_at,
            merge.undone_reason,
        )
        for merge, kept_code, gone_code in db.session.execute(query)
    ]


@dataclass(frozen=True)
class RecordStory:
    """When a record came about, and what became of its class."""

    id: int
    computed_at: datetime
    #: Of the list of earlier years that brought the class.
    list_source: str | None
    undone_at: datetime | None
    undo_reason: str | None


def stories_of(records: Collection[str]) -> dict[str, RecordStory]:
    """By the public ids of the records."""
    record, undone = TrainingRecord, EarlierBatch.state == BatchState.UNDONE
    query = (
        select(
            record.public_id, record.id, record.computed_at, EarlierBatch.source,
            case((undone, EarlierBatch.changed_at)), case((undone, EarlierBatch.undo_reason)),
        )
        .outerjoin(EarlierRun, EarlierRun.run_id == record.run_id)
        .outerjoin(EarlierBatch, EarlierBatch.id == EarlierRun.batch_id)
        .where(record.public_id.in_([UUID(code) for code in records]))
    )  # fmt: skip
    return {str(code): RecordStory(*story) for code, *story in db.session.execute(query)}


def reopenings_since(moment: datetime) -> dict[str, tuple[datetime, str | None]]:
    """When each class was last reopened, and why, by its code."""
    query = (
        select(Run.code, RunEvent.at, RunEvent.reason)
        .join(Run, Run.id == RunEvent.run_id)
        .where(RunEvent.kind == RunEventKind.REOPENED, RunEvent.at > moment)
        .order_by(RunEvent.at)
    )
    return {code: (at, reason) for code, at, reason in db.session.execute(query)}


def rows_behind(period: Period, *, as_of: datetime, selection: Selection) -> list[dict[str, Any]]:
    """Those that count in a period and are selected, by ``ROW_COLUMNS``, as JSON holds them."""
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
        .where(*standing(period, as_of, selection))
        .order_by(record.day, record.id)
    )  # fmt: skip
    return [_as_json(row) for row in db.session.execute(query)]


def _as_json(values: Iterable[Any]) -> dict[str, Any]:
    return dict(zip(ROW_COLUMNS, map(_plain, values), strict=True))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    return str(getattr(value, "value", value))
