from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import CompoundSelect, exists, or_, select, union
from sqlalchemy.orm import joinedload, selectinload

from club.certification.assessment.models import AssessorTask, Finding, PanelVote, TaskState
from club.certification.awards.models import Award, WithdrawalProposal
from club.certification.candidacy.models import (
    OPEN_STATES,
    Candidate,
    CandidateStep,
    EvidenceUse,
    StepReason,
    UseState,
)
from club.certification.objections.models import (
    Appeal,
    AppealPaper,
    AppealState,
    Complaint,
    ComplaintHearing,
    ComplaintPaper,
    ComplaintState,
)
from club.certification.schemes.models import SchemeLevel, SchemeVersion
from club.db import db

#: Steps with which the club decided about somebody.
_DECISIONS = {
    StepReason.ADMITTED,
    StepReason.NOT_ADMITTED,
    StepReason.SENT_BACK,
    StepReason.DECIDED,
    StepReason.SUSPENDED,
    StepReason.RESUMED,
    StepReason.RECOGNITION_WITHDRAWN,
}
_CANDIDATE = joinedload(Appeal.candidate)
#: What a line about an appeal says: whose it is, against what, and of which level.
_NAMED = (
    joinedload(Appeal.step),
    _CANDIDATE.joinedload(Candidate.person),
    _CANDIDATE.joinedload(Candidate.level)
    .joinedload(SchemeLevel.version)
    .joinedload(SchemeVersion.scheme),
)
#: What a line about a complaint says, and who may not read it.
_OF_A_LINE = (joinedload(Complaint.person), selectinload(Complaint.hearings))


def appeal_by_public_id(public_id: UUID) -> Appeal | None:
    query = select(Appeal).where(Appeal.public_id == public_id)
    papers = selectinload(Appeal.papers).joinedload(AppealPaper.file)
    return db.session.scalars(
        query.options(*_NAMED, papers, selectinload(Appeal.steps))
    ).one_or_none()


def appeal_against(step_id: int) -> Appeal | None:
    """The one against this step of a candidacy, whatever became of it."""
    return db.session.scalars(select(Appeal).where(Appeal.step_id == step_id)).one_or_none()


def is_on_another_way(candidate: Candidate) -> bool:
    """Whether the person has another open candidacy for the same level."""
    other = select(Candidate.id).where(
        Candidate.person_id == candidate.person_id,
        Candidate.scheme_id == candidate.scheme_id,
        Candidate.level_key == candidate.level_key,
        Candidate.id != candidate.id,
        Candidate.state.in_(OPEN_STATES),
    )
    return bool(db.session.scalar(select(exists(other))))


def appeals_of(person_id: int) -> Sequence[Appeal]:
    """All that somebody made, the latest first."""
    query = select(Appeal).join(Appeal.candidate).where(Candidate.person_id == person_id)
    return db.session.scalars(query.order_by(Appeal.id.desc()).options(*_NAMED)).all()


def open_appeals() -> Sequence[Appeal]:
    """What has to be decided, the most urgent first."""
    query = select(Appeal).where(Appeal.state == AppealState.OPEN)
    return db.session.scalars(query.order_by(Appeal.due_on, Appeal.id).options(*_NAMED)).all()


def closed_appeals(*, most: int) -> Sequence[Appeal]:
    """What was decided or taken back last."""
    query = select(Appeal).where(Appeal.state != AppealState.OPEN)
    ordered = query.order_by(Appeal.closed_at.desc(), Appeal.id.desc())
    return db.session.scalars(ordered.limit(most).options(*_NAMED)).all()


def due_days(candidate_ids: Collection[int]) -> dict[int, date]:
    """By candidacy, the last day on which its open appeal can be decided in time."""
    query = select(Appeal.candidate_id, Appeal.due_on).where(
        Appeal.candidate_id.in_(candidate_ids), Appeal.state == AppealState.OPEN
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def who_decided_in(candidate_id: int) -> set[int]:
    """Accounts that decided something about the candidate, or proposed a withdrawal."""
    query: CompoundSelect[tuple[int | None]] = union(
        select(CandidateStep.by_id).where(
            CandidateStep.candidate_id == candidate_id,
            CandidateStep.reason.in_(_DECISIONS),
            CandidateStep.by_id.is_not(None),
        ),
        select(WithdrawalProposal.proposed_by_id)
        .join(WithdrawalProposal.award)
        .where(Award.candidate_id == candidate_id),
    )
    return set(db.session.scalars(query))


def who_judged_in(candidate_id: int) -> set[int]:
    """Accounts that assessed or are to, voted, or judged evidence, in whichever round."""
    stands = AssessorTask.state.in_([state for state in TaskState if state.stands])
    found_something = exists().where(Finding.task_id == AssessorTask.id)
    query: CompoundSelect[tuple[int | None]] = union(
        select(AssessorTask.assessor_id).where(
            AssessorTask.candidate_id == candidate_id, or_(stands, found_something)
        ),
        select(PanelVote.voter_id).where(PanelVote.candidate_id == candidate_id),
        select(EvidenceUse.decided_by_id).where(
            EvidenceUse.candidate_id == candidate_id,
            EvidenceUse.state.in_([UseState.ACCEPTED, UseState.REFUSED]),
            EvidenceUse.decided_by_id.is_not(None),
        ),
        select(EvidenceUse.accepted_by_id).where(
            EvidenceUse.candidate_id == candidate_id, EvidenceUse.accepted_by_id.is_not(None)
        ),
    )
    return set(db.session.scalars(query))


def waiting_complaint(fingerprint: str) -> Complaint | None:
    """The one with these words of this sender that has not been answered."""
    query = select(Complaint).where(
        Complaint.fingerprint == fingerprint, Complaint.closed_at.is_(None)
    )
    return db.session.scalars(query).one_or_none()


def complaint_by_public_id(public_id: UUID) -> Complaint | None:
    query = select(Complaint).where(Complaint.public_id == public_id)
    options = (
        joinedload(Complaint.person),
        selectinload(Complaint.steps),
        selectinload(Complaint.papers).joinedload(ComplaintPaper.file),
        selectinload(Complaint.hearings).joinedload(ComplaintHearing.person),
    )
    return db.session.scalars(query.options(*options)).one_or_none()


def hearing_by_public_id(public_id: UUID) -> ComplaintHearing | None:
    query = select(ComplaintHearing).where(ComplaintHearing.public_id == public_id)
    complaint = joinedload(ComplaintHearing.complaint).joinedload(Complaint.person)
    return db.session.scalars(query.options(complaint)).one_or_none()


def complaints_of(person_id: int) -> Sequence[Complaint]:
    """All that somebody sent, the latest first."""
    query = select(Complaint).where(Complaint.person_id == person_id)
    return db.session.scalars(query.order_by(Complaint.id.desc())).all()


def hearings_of(person_id: int) -> Sequence[ComplaintHearing]:
    """What somebody was asked to answer, the latest first."""
    query = select(ComplaintHearing).where(ComplaintHearing.person_id == person_id)
    complaint = joinedload(ComplaintHearing.complaint)
    ordered = query.order_by(ComplaintHearing.id.desc()).options(complaint)
    return db.session.scalars(ordered).all()


def open_complaints() -> Sequence[Complaint]:
    """What somebody of the club has to do something about, the most urgent first."""
    states = [state for state in ComplaintState if state.is_open]
    query = select(Complaint).where(Complaint.state.in_(states))
    return db.session.scalars(
        query.order_by(Complaint.due_on, Complaint.id).options(*_OF_A_LINE)
    ).all()


def closed_complaints(*, most: int) -> Sequence[Complaint]:
    """What was answered or taken back last."""
    query = select(Complaint).where(Complaint.closed_at.is_not(None))
    ordered = query.order_by(Complaint.closed_at.desc(), Complaint.id.desc())
    return db.session.scalars(ordered.limit(most).options(*_OF_A_LINE)).all()
