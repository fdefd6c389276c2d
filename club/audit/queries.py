from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from club import clock
from club.audit.models import LIST_SAVED, PAGE_OPENED, AuditEntry
from club.db import db
from club.web.pages import Page

PAGE_SIZE = 50


@dataclass(frozen=True)
class AuditFilter:
    #: The room of the action: what stands before its dot.
    room: str = ""
    #: A code, a number or a public id, exactly.
    subject: str = ""
    from_day: date | None = None
    to_day: date | None = None

    @property
    def in_use(self) -> int:
        return sum(map(bool, (self.room, self.subject, self.from_day, self.to_day)))


def entries(wanted: AuditFilter, *, page: int = 1) -> Page[AuditEntry]:
    """The latest first."""
    query = select(AuditEntry)
    if wanted.room:
        query = query.where(AuditEntry.action.startswith(f"{wanted.room}.", autoescape=True))
    if wanted.subject:
        query = query.where(AuditEntry.subject_id == wanted.subject)
    if not (wanted.room or wanted.subject):
        # Many more than decisions; they have a room of their own in the filter.
        query = query.where(AuditEntry.action.not_in([PAGE_OPENED, LIST_SAVED]))
    if wanted.from_day:
        query = query.where(AuditEntry.at >= clock.instant_of(wanted.from_day))
    if wanted.to_day:
        query = query.where(AuditEntry.at < clock.instant_of(wanted.to_day + timedelta(days=1)))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = db.session.scalars(
        query.order_by(AuditEntry.id.desc()).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    )
    return Page(list(rows), page, PAGE_SIZE, total)


def entries_about(
    kind: str, ids: Collection[str], *, actions: Collection[str], since: datetime
) -> list[AuditEntry]:
    """What was done to these things after a moment, of these actions, the latest last."""
    query = select(AuditEntry).where(
        AuditEntry.subject_kind == kind,
        AuditEntry.subject_id.in_(ids),
        AuditEntry.action.in_(actions),
        AuditEntry.at > since,
    )
    return list(db.session.scalars(query.order_by(AuditEntry.id)))


def rooms() -> list[str]:
    """The rooms that have entries."""
    actions = db.session.scalars(select(AuditEntry.action).distinct())
    return sorted({action.split(".")[0] for action in actions})
