"""What assessors find, requirement by requirement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from club import clock
from club.certification.assessment.conflicts import conflict_with
from club.certification.assessment.finding_queries import days_sat_before
from club.certification.assessment.models import AssessorTask, Finding, TaskState
from club.certification.assessment.operations.asking import held_task
from club.certification.assessment.rules import AssessmentRefusal
from club.certification.assessment.scores import (
    Sitting,
    asks_score,
    highest_score,
    refusal_of_sitting,
)
from club.certification.candidacy.models import Candidate
from club.certification.candidacy.queries import uses_in
from club.certification.candidacy.standing import may_stay_open, progress_of, purpose_of
from club.certification.progress.facts import Progress
from club.certification.schemes.models import Judge, Requirement
from club.certification.schemes.rules import is_held_by_assessors
from club.db import transaction
from club.refusal import RefusedError


@dataclass(frozen=True)
class NewFinding:
    requirement_id: int
    fulfilled: bool
    note: str | None = None
    #: Where the requirement has a score: see ``scores.asks_score``.
    sitting: Sitting | None = None


def requirements_to_judge(candidate: Candidate) -> list[Requirement]:
    """What the level leaves to assessors, in its order."""
    purpose = purpose_of(candidate)
    return [
        one
        for one in candidate.level.requirements
        if one.judged_by is Judge.ASSESSOR and one.purpose is purpose
    ]


def keep_findings(task_id: int, found: Collection[NewFinding], *, now: datetime) -> AssessorTask:
    """What the assessor says so far; the same said again changes nothing. Raises ``RefusedError``,
    and keeps nothing, if one of them cannot be kept.
    """
    with transaction() as session:
        task, candidate = held_task(session, task_id)
        if conflict := conflict_with(candidate, task.assessor, on=clock.local_day(now)):
            raise RefusedError(conflict)
        _refuse_unless_fitting(task, candidate, found, now=now)
        holding = {one.requirement_id: one for one in task.findings if not one.superseded_at}
        for one in found:
            finding, before = _finding(task, one, now=now), holding.get(one.requirement_id)
            if before and _says(before) == _says(finding):
                continue
            if before:
                before.superseded_at = now
                session.flush()
            task.findings.append(finding)
        session.flush()
        return task


def _finding(task: AssessorTask, found: NewFinding, *, now: datetime) -> Finding:
    kept = Finding(
        requirement_id=found.requirement_id, fulfilled=found.fulfilled, note=found.note, at=now
    )
    if found.sitting is not None:
        asked = {one.id: one for one in task.candidate.level.requirements}
        kept.score, kept.sat_on = found.sitting.score, found.sitting.sat_on
        kept.attempt = found.sitting.attempt
        kept.score_of = highest_score(asked[found.requirement_id])
    return kept


def _says(finding: Finding) -> tuple[object, ...]:
    return finding.fulfilled, finding.note, finding.score, finding.sat_on, finding.attempt


def _refuse_unless_fitting(
    task: AssessorTask, candidate: Candidate, found: Collection[NewFinding], *, now: datetime
) -> None:
    asked = {one.id: one for one in requirements_to_judge(candidate)}
    earlier, today = days_sat_before(task), clock.local_day(now)
    progress = progress_of(candidate, uses_in(candidate.id), on=today)
    for one in found:
        requirement = asked.get(one.requirement_id)
        if requirement is None:
            raise RefusedError(AssessmentRefusal.OTHER_REQUIREMENT)
        if asks_score(requirement):
            wrong = refusal_of_sitting(
                requirement,
                one.sitting or Sitting(),
                fulfilled=one.fulfilled,
                earlier=earlier.get(requirement.id, ()),
                today=today,
            )
            if wrong:
                raise RefusedError(wrong[0], field=f"{wrong[1]}_{requirement.id}")
        if one.note:
            continue
        if not one.fulfilled:
            raise RefusedError(AssessmentRefusal.NOTE_MISSING, field=f"note_{requirement.id}")
        if not _is_there(progress, requirement):
            raise RefusedError(AssessmentRefusal.NOTE_AGAINST, field=f"note_{requirement.id}")


def _is_there(progress: Progress, requirement: Requirement) -> bool:
    """By what counts and what waits; what assessors hold is there once they say so."""
    if requirement.minimum is None or is_held_by_assessors(requirement):
        return True
    standing = progress.standing_of(requirement.key)
    return standing.amount + standing.waiting >= requirement.minimum


def _not_judged(task: AssessorTask, *, now: datetime) -> list[Requirement]:
    """Without alternatives that the candidate did not choose."""
    candidate = task.candidate
    judged = {one.requirement.key for one in task.findings if not one.superseded_at}
    progress = progress_of(candidate, uses_in(candidate.id), on=clock.local_day(now))
    done = judged | may_stay_open(progress, candidate.level.requirements, judged)
    return [one for one in requirements_to_judge(candidate) if one.key not in done]


def finish(task_id: int, found: Collection[NewFinding], *, now: datetime) -> AssessorTask:
    """What was brought is judged, and counts now. Until the decision it can be judged anew."""
    with transaction() as session:
        task = keep_findings(task_id, found, now=now)
        if missing := _not_judged(task, now=now):
            field = f"finding_{missing[0].id}"
            raise RefusedError(AssessmentRefusal.NOT_ALL_JUDGED, field=field)
        task.state, task.ended_at = TaskState.DONE, now
        session.flush()
        return task
