"""What a pilot project measured before and after: entered with both figures, taken out with a
reason.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from club import clock
from club.audit.operations import record
from club.db import transaction
from club.pilots import rules
from club.pilots.models import PilotMeasure, PilotProject
from club.pilots.rules import PilotRefusal
from club.refusal import RefusedError


@dataclass(frozen=True)
class MeasureFacts:
    name: str
    unit: str | None
    before: Decimal
    before_on: date
    after: Decimal
    after_on: date


def add_measure(project_id: int, facts: MeasureFacts, *, by: int, now: datetime) -> PilotMeasure:
    with transaction() as session:
        project = session.get_one(
            PilotProject, project_id, with_for_update=True, populate_existing=True
        )
        problems = rules.problems_of_measure(
            project,
            before_on=facts.before_on,
            after_on=facts.after_on,
            today=clock.local_day(now),
        )
        for refusal, field in problems:
            raise RefusedError(refusal, field=field)
        measure = PilotMeasure(
            project_id=project_id, entered_at=now, entered_by_id=by, **asdict(facts)
        )
        session.add(measure)
        session.flush()
        _note("pilots.add_measure", project, measure, by=by, now=now)
        return measure


def take_measure_out(measure_id: int, *, reason: str, by: int, now: datetime) -> PilotMeasure:
    with transaction() as session:
        measure = session.get_one(
            PilotMeasure, measure_id, with_for_update=True, populate_existing=True
        )
        if measure.removed_at is not None:
            raise RefusedError(PilotRefusal.SETTLED)
        measure.removed_at, measure.removed_by_id, measure.removal_reason = now, by, reason
        _note("pilots.take_measure_out", measure.project, measure, by=by, now=now, reason=reason)
        return measure


def _note(
    action: str,
    project: PilotProject,
    measure: PilotMeasure,
    *,
    by: int,
    now: datetime,
    **more: Any,
) -> None:
    record(
        action,
        subject_kind="pilot_project",
        subject_id=project.public_id,
        by=by,
        now=now,
        detail={"title": measure.name, **more},
    )
