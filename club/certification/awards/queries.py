from sqlalchemy import select
from sqlalchemy.orm import joinedload

from club.accounts.models import Account
from club.certification.awards.models import (
    Award,
    ProposalState,
    WithdrawalProposal,
)
from club.certification.candidacy.models import CandidateState, CandidateStep
from club.certification.schemes.models import SchemeLevel, SchemeVersion
from club.db import db

_NAMED = (
    joinedload(Award.person),
    joinedload(Award.level).joinedload(SchemeLevel.version).joinedload(SchemeVersion.scheme),
    joinedload(Award.periods),
)


def award_of(candidate_id: int) -> Award | None:
    """What the club recognised a candidate with, whatever became of it."""
    query = select(Award).where(Award.candidate_id == candidate_id).options(*_NAMED)
    return db.session.scalars(query).unique().one_or_none()


def awards_of(person_id: int) -> list[Award]:
    """All of a person's recognitions, the latest first."""
    query = select(Award).where(Award.person_id == person_id).options(*_NAMED)
    latest_first = query.order_by(Award.recognised_at.desc(), Award.id.desc())
    return list(db.session.scalars(latest_first).unique())


def decision_of(candidate_id: int) -> CandidateStep | None:
    """The step that last said that the level is reached: a decision, or a granted appeal."""
    query = select(CandidateStep).where(
        CandidateStep.candidate_id == candidate_id,
        CandidateStep.to_state == CandidateState.CERTIFIED,
    )
    return db.session.scalars(query.order_by(CandidateStep.id.desc()).limit(1)).first()


def open_withdrawal(candidate_id: int) -> WithdrawalProposal | None:
    """The proposal to withdraw a candidate's recognition that waits for somebody else."""
    query = (
        select(WithdrawalProposal)
        .join(WithdrawalProposal.award)
        .where(Award.candidate_id == candidate_id, WithdrawalProposal.state == ProposalState.OPEN)
        .options(joinedload(WithdrawalProposal.proposed_by).joinedload(Account.person))
    )
    return db.session.scalars(query).one_or_none()
