"""Who takes part in a pilot project: put on its list, confirmed, and removed with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from club import clock
from club.accounts.models import Account
from club.audit.operations import record
from club.db import transaction
from club.people.queries import stay_while_written_about
from club.pilots import queries, rules
from club.pilots.models import PartRole, PilotPart, PilotProject
from club.pilots.permissions import may_keep_pilots
from club.pilots.rules import PilotRefusal
from club.refusal import RefusedError


@dataclass(frozen=True)
class PartFacts:
    role: PartRole
    #: ``None``: as long as the project goes.
    from_day: date | None = None
    to_day: date | None = None


def put_on_list(
    project_id: int, person_id: int, facts: PartFacts, *, by: int, now: datetime
) -> PilotPart:
    """A coordinator confirms by entering it, unless it is an own part; what the firm says waits."""
    with transaction() as session:
        project = _held(session, project_id)
        days = {"from_day": facts.from_day, "to_day": facts.to_day}
        for refusal, field in rules.problems_of_part(project, **days, today=clock.local_day(now)):
            raise RefusedError(refusal, field=field)
        if not stay_while_written_about([person_id]) or queries.is_on_the_list(
            project_id, person_id
        ):
            raise RefusedError(PilotRefusal.ON_THE_LIST)
        account = session.get_one(Account, by)
        confirms = may_keep_pilots(account) and account.person_id != person_id
        part = PilotPart(
            project_id=project_id,
            person_id=person_id,
            role=facts.role,
            entered_at=now,
            entered_by_id=by,
            confirmed_at=now if confirms else None,
            confirmed_by_id=by if confirms else None,
            **days,
        )
        session.add(part)
        session.flush()
        _note("pilots.add_person", project, part, by=by, now=now)
        return part


def confirm(part_id: int, *, by: int, now: datetime) -> PilotPart:
    with transaction() as session:
        part, project = _part(session, part_id)
        by_person = session.get_one(Account, by).person_id
        refusal = rules.refusal_to_confirm(part, by_person_id=by_person)
        if refusal:
            raise RefusedError(refusal)
        part.confirmed_at, part.confirmed_by_id = now, by
        _note("pilots.confirm_person", project, part, by=by, now=now)
        return part


def remove(part_id: int, *, reason: str, by: int, now: datetime) -> PilotPart:
    """It counts nowhere any more; that it was there stays."""
    with transaction() as session:
        part, project = _part(session, part_id)
        keeps = may_keep_pilots(session.get_one(Account, by))
        refusal = rules.refusal_to_remove(part, keeps=keeps)
        if refusal:
            raise RefusedError(refusal)
        part.removed_at, part.removed_by_id, part.removal_reason = now, by, reason
        _note("pilots.remove_person", project, part, by=by, now=now, reason=reason)
        return part


def _held(session: Session, project_id: int) -> PilotProject:
    """Under the lock that keeps its list from being written twice."""
    return session.get_one(PilotProject, project_id, with_for_update=True, populate_existing=True)


def _part(session: Session, part_id: int) -> tuple[PilotPart, PilotProject]:
    project = _held(session, session.get_one(PilotPart, part_id).project_id)
    return session.get_one(PilotPart, part_id, populate_existing=True), project


def _note(
    action: str, project: PilotProject, part: PilotPart, *, by: int, now: datetime, **more: Any
) -> None:
    record(
        action,
        subject_kind="pilot_project",
        subject_id=project.public_id,
        by=by,
        now=now,
        detail={"person": str(part.person.public_id), **more},
    )
