"""What assessors found, as far as it holds."""

from collections.abc import Collection, Sequence

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


def has_not_renewed() -> ColumnElement[bool]:
    """Of a finding: no renewal was decided after its round. What renewed once is spent."""
    return ~exists().where(
        CandidateStep.candidate_id == AssessorTask.candidate_id,
        CandidateStep.id > AssessorTask.round_id,
        CandidateStep.reason.in_([StepReason.RENEWED, StepReason.RENEWED_LATE]),
    )
