"""Entering, correcting and ending pilot projects; each leaves an entry in the log."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from club import clock
from club.audit.operations import record
from club.db import transaction
from club.people.models import Organisation, SizeClass
from club.pilots import queries, rules
from club.pilots.models import PilotOutcome, PilotProject
from club.pilots.rules import PilotRefusal
from club.refusal import RefusedError


@dataclass(frozen=True)
class PilotFacts:
    title: str
    started_on: date
    evidence: str
    description: str | None = None
    #: ``None``: as the organisation's own page says today.
    size_class: SizeClass | None = None


def add_project(
    organisation_id: int, facts: PilotFacts, *, by: int | None, now: datetime
) -> PilotProject:
    with transaction() as session:
        # The firm's row is the lock under which two equal titles are told apart.
        organisation = session.get_one(Organisation, organisation_id, with_for_update=True)
        _refuse_unless_sound(organisation, facts, now=now)
        project = PilotProject(
            organisation=organisation,
            size_class=facts.size_class or organisation.size_class,
            recorded_at=now,
            recorded_by_id=by,
            **_described(facts),
        )
        session.add(project)
        session.flush()
        _note("pilots.add", project, by=by, now=now, detail=_as_detail(project))
        return project


def change_project(
    project_id: int, facts: PilotFacts, *, by: int | None, now: datetime
) -> PilotProject:
    """Correct what was entered; the log keeps what it said before."""
    with transaction() as session:
        project = _locked(session, project_id)
        organisation = session.get_one(Organisation, project.organisation_id, with_for_update=True)
        _refuse_unless_sound(organisation, facts, now=now, project=project)
        before = _as_detail(project)
        for name, value in _described(facts).items():
            setattr(project, name, value)
        project.size_class = facts.size_class or organisation.size_class
        session.flush()
        detail = {"before": before, "after": _as_detail(project)}
        _note("pilots.change", project, by=by, now=now, detail=detail)
        return project


def end_project(
    project_id: int, *, ended_on: date, outcome: PilotOutcome, by: int | None, now: datetime
) -> PilotProject:
    with transaction() as session:
        project = _locked(session, project_id)
        refusal = rules.refusal_to_end(project, ended_on=ended_on, today=clock.local_day(now))
        if refusal:
            raise RefusedError(refusal, field="ended_on")
        project.ended_on, project.outcome = ended_on, outcome
        session.flush()
        detail = {"ended_on": ended_on.isoformat(), "outcome": outcome.value}
        _note("pilots.end", project, by=by, now=now, detail=detail)
        return project


def _refuse_unless_sound(
    organisation: Organisation,
    facts: PilotFacts,
    *,
    now: datetime,
    project: PilotProject | None = None,
) -> None:
    verdict = rules.refusal_to_enter(
        kind=organisation.kind, started_on=facts.started_on, today=clock.local_day(now)
    )
    if verdict:
        raise RefusedError(verdict[0], field=verdict[1])
    if project and project.ended_on and facts.started_on > project.ended_on:
        raise RefusedError(PilotRefusal.ENDS_BEFORE_IT_STARTS, field="started_on")
    known = project.id if project else None
    if queries.title_taken(organisation.id, facts.title, but=known):
        raise RefusedError(PilotRefusal.ENTERED_ALREADY, field="title")


def _locked(session: Session, project_id: int) -> PilotProject:
    return session.get_one(PilotProject, project_id, with_for_update=True, populate_existing=True)


def _described(facts: PilotFacts) -> dict[str, Any]:
    return {
        "title": facts.title,
        "description": facts.description,
        "started_on": facts.started_on,
        "evidence": facts.evidence,
    }


def _as_detail(project: PilotProject) -> dict[str, Any]:
    return {
        "organisation": project.organisation.code,
        "title": project.title,
        "description": project.description,
        "started_on": project.started_on.isoformat(),
        "evidence": project.evidence,
        "size_class": project.size_class.value,
    }


def _note(
    action: str, project: PilotProject, *, by: int | None, now: datetime, detail: dict[str, Any]
) -> None:
    record(
        action,
        subject_kind="pilot_project",
        subject_id=project.public_id,
        by=by,
        now=now,
        detail=detail,
    )
