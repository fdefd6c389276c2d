"""What assessors find, requirement by requirement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from club import clock
from club.certification.assessment.conflicts import conflict_with
from club.certification.assessment.models import AssessorTask, Finding, TaskState
from club.certification.assessment.operations.asking import held_task
from club.certification.assessment.rules import AssessmentRefusal
from club.certification.candidacy.models import Candidate
from club.certification.candidacy.standing import purpose_of
from club.certification.schemes.models import Judge, Requirement
from club.db import transaction
from club.refusal import RefusedError


@dataclass(frozen=True)
class Found:
    requirement_id: int
    fulfilled: bool
    note: str | None = None


def requirements_to_judge(candidate: Candidate) -> list[Requirement]:
    """What the level leaves to assessors, in its order."""
    purpose = purpose_of(candidate)
    return [
        one
        for one in candidate.level.requirements
        if one.judged_by is Judge.ASSESSOR and one.purpose is purpose
    ]


def keep_findings(task_id: int, found: Collection[Found], *, now: datetime) -> AssessorTask:
    """What the assessor says so far; the same said again changes nothing. Raises ``RefusedError``,
    and keeps nothing, if one of them cannot be kept.
    """
    with transaction() as session:
        task, candidate = held_task(session, task_id)
        if conflict := conflict_with(candidate, task.assessor, on=clock.local_day(now)):
            raise RefusedError(conflict)
        judged = {one.id for one in requirements_to_judge(candidate)}
        holding = {one.requirement_id: one for one in task.findings if not one.superseded_at}
        for one in found:
            if one.requirement_id not in judged:
                raise RefusedError(AssessmentRefusal.OTHER_REQUIREMENT)
            if not one.fulfilled and not one.note:
                field = f"note_{one.requirement_id}"
                raise RefusedError(AssessmentRefusal.NOTE_MISSING, field=field)
            before = holding.get(one.requirement_id)
            if before and (before.fulfilled, before.note) == (one.fulfilled, one.note):
                continue
            if before:
                before.superseded_at = now
                session.flush()
            session.add(Finding(task=task, at=now, **vars(one)))
        session.flush()
        return task


def finish(task_id: int, found: Collection[Found], *, now: datetime) -> AssessorTask:
    """Everything is judged: from now on it counts. Until the decision it can be judged anew."""
    with transaction() as session:
        task = keep_findings(task_id, found, now=now)
        holding = {one.requirement_id for one in task.findings if not one.superseded_at}
        missing = [one.id for one in requirements_to_judge(task.candidate) if one.id not in holding]
        if missing:
            field = f"finding_{missing[0]}"
            raise RefusedError(AssessmentRefusal.NOT_ALL_JUDGED, field=field)
        task.state, task.ended_at = TaskState.DONE, now
        session.flush()
        return task
