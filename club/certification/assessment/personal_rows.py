"""What was found and voted about somebody's candidacies, as the person may take it along; and
what stays of it when the person's data is erased.
"""

from sqlalchemy import select, update

from club.certification.assessment.models import AssessorTask, Finding, PanelVote
from club.certification.candidacy.models import Candidate
from club.certification.schemes.models import Requirement
from club.db import transaction
from club.web.personal_data import Erasure, Rows, Whose


def tasks_of(whose: Whose) -> Rows:
    return (
        select(
            Candidate.public_id.label("candidacy"),
            AssessorTask.asked_at,
            AssessorTask.due_on,
            AssessorTask.state,
            AssessorTask.ended_at,
        )
        .join(Candidate, Candidate.id == AssessorTask.candidate_id)
        .where(Candidate.person_id == whose.person_id)
        .order_by(AssessorTask.id)
    )


def findings_of(whose: Whose) -> Rows:
    return (
        select(
            Candidate.public_id.label("candidacy"),
            Requirement.name.label("requirement"),
            Finding.fulfilled,
            Finding.note,
            Finding.score,
            Finding.score_of,
            Finding.sat_on,
            Finding.attempt,
            Finding.at,
            Finding.superseded_at,
        )
        .join(AssessorTask, AssessorTask.id == Finding.task_id)
        .join(Candidate, Candidate.id == AssessorTask.candidate_id)
        .join(Requirement, Requirement.id == Finding.requirement_id)
        .where(Candidate.person_id == whose.person_id)
        .order_by(Finding.id)
    )


def votes_of(whose: Whose) -> Rows:
    return (
        select(
            Candidate.public_id.label("candidacy"),
            PanelVote.choice,
            PanelVote.note,
            PanelVote.at,
            PanelVote.superseded_at,
        )
        .join(Candidate, Candidate.id == PanelVote.candidate_id)
        .where(Candidate.person_id == whose.person_id)
        .order_by(PanelVote.id)
    )


def erase(erasure: Erasure) -> None:
    """What was found stays as a fact of how it was decided; the words about the person go."""
    theirs = select(Candidate.id).where(Candidate.person_id == erasure.whose.person_id)
    tasks = select(AssessorTask.id).where(AssessorTask.candidate_id.in_(theirs))
    with transaction() as session:
        session.execute(update(Finding).where(Finding.task_id.in_(tasks)).values(note=None))
        session.execute(
            update(AssessorTask).where(AssessorTask.candidate_id.in_(theirs)).values(remark=None)
        )
        session.execute(
            update(PanelVote).where(PanelVote.candidate_id.in_(theirs)).values(note=None)
        )


def ids_of(whose: Whose) -> Rows:
    """Of the tasks whose pages show the person."""
    return (
        select(AssessorTask.public_id)
        .join(Candidate, Candidate.id == AssessorTask.candidate_id)
        .where(Candidate.person_id == whose.person_id)
    )
