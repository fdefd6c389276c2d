"""What assessors found, as far as it holds."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import joinedload

from club.certification.assessment.models import AssessorTask, Finding, TaskState
from club.certification.candidacy.models import CandidateStep, StepReason
from club.db import db


def holding_findings(
    candidate_ids: Collection[int], *narrowed: ColumnElement[bool]
) -> Sequence[Finding]:
    """What holds of what assessors found who are done, in the order of rounds."""
    query = (
        select(Finding)
        .join(Finding.task)
        .where(
            AssessorTask.candidate_id.in_(candidate_ids),
            AssessorTask.state == TaskState.DONE,
            Finding.superseded_at.is_(None),
            *narrowed,
        )
        .order_by(AssessorTask.round_id, Finding.id)
        .options(
            joinedload(Finding.task).joinedload(AssessorTask.round),
            joinedload(Finding.requirement),
        )
    )
    return db.session.scalars(query).all()


def days_sat_before(task: AssessorTask) -> dict[int, set[date]]:
    """By requirement, the days of examinations that were held in rounds before."""
    query = (
        select(Finding.requirement_id, Finding.sat_on)
        .join(Finding.task)
        .where(
            AssessorTask.candidate_id == task.candidate_id,
            AssessorTask.round_id < task.round_id,
            Finding.superseded_at.is_(None),
            Finding.sat_on.is_not(None),
        )
    )
    found: defaultdict[int, set[date]] = defaultdict(set)
    for requirement_id, day in db.session.execute(query):
        if day is not None:
            found[requirement_id].add(day)
    return found


def has_not_renewed() -> ColumnElement[bool]:
    """Of a finding: no renewal was decided after its round. What renewed once is spent."""
    return ~exists().where(
        CandidateStep.candidate_id == AssessorTask.candidate_id,
        CandidateStep.id > AssessorTask.round_id,
        CandidateStep.reason.in_([StepReason.RENEWED, StepReason.RENEWED_LATE]),
    )
