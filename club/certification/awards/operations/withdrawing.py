"""Withdrawing a recognition: one proposes it, and somebody else agrees."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from club.certification.assessment.operations.deciding import refuse_conflict
from club.certification.awards import queries
from club.certification.awards.models import ProposalState, WithdrawalProposal
from club.certification.awards.rules import (
    AwardRefusal,
    refusal_to_agree,
    refusal_to_withdraw,
)
from club.certification.candidacy.held import Step, held, take
from club.certification.candidacy.letters import Event, Told, tell
from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.certification.candidacy.operations.applying import note
from club.db import transaction
from club.refusal import RefusedError


def propose_withdrawal(
    candidate_id: int, *, reason: str | None, by: int, now: datetime
) -> WithdrawalProposal:
    """Nothing changes yet, and nobody is told."""
    with transaction() as session:
        candidate = _withdrawable(session, candidate_id, by=by, now=now)
        award = queries.award_of(candidate.id)
        assert award
        if not reason:
            raise RefusedError(AwardRefusal.REASON_MISSING, field="remark")
        proposal = WithdrawalProposal(
            award=award, reason=reason, proposed_at=now, proposed_by_id=by
        )
        try:
            with session.begin_nested():
                session.add(proposal)
        except IntegrityError as taken:
            raise RefusedError(AwardRefusal.PROPOSED_ALREADY) from taken
        note("certification.propose_withdrawal", candidate, by=by, now=now, reason=reason)
        return proposal


def agree_to_withdrawal(
    candidate_id: int, *, by: int, now: datetime, seen: int | None = None
) -> Candidate:
    """The recognition is gone; the person reads the reason. ``seen``: the proposal whose reason
    whoever agrees has read, by its id.
    """
    with transaction() as session:
        candidate = _withdrawable(session, candidate_id, by=by, now=now)
        proposal = _open(candidate)
        if seen not in {None, proposal.id}:
            raise RefusedError(AwardRefusal.ANSWERED)
        if refusal := refusal_to_agree(proposed_by=proposal.proposed_by_id, by=by):
            raise RefusedError(refusal)
        _end(proposal, ProposalState.AGREED, by=by, now=now)
        told = Told(Event.RECOGNITION_WITHDRAWN, proposal.id, remark=proposal.reason)
        words = tell(candidate, told, now=now)
        why, remark = StepReason.RECOGNITION_WITHDRAWN, proposal.reason
        take(candidate, Step(CandidateState.WITHDRAWN, why, by, now, remark=remark, told=words))
        note("certification.withdraw_recognition", candidate, by=by, now=now, reason=remark)
        return candidate


def drop_withdrawal(candidate_id: int, *, by: int, now: datetime) -> WithdrawalProposal:
    """Who proposed it takes it back, or somebody else does not agree: the recognition stays."""
    with transaction() as session:
        candidate = held(session, candidate_id)
        proposal = _open(candidate)
        refuse_conflict(session, candidate, by=by, now=now)
        _end(proposal, ProposalState.DROPPED, by=by, now=now)
        note("certification.drop_withdrawal", candidate, by=by, now=now)
        session.flush()
        return proposal


def _withdrawable(session: Session, candidate_id: int, *, by: int, now: datetime) -> Candidate:
    candidate = held(session, candidate_id)
    if refusal := refusal_to_withdraw(candidate.state):
        raise RefusedError(refusal)
    refuse_conflict(session, candidate, by=by, now=now)
    return candidate


def _open(candidate: Candidate) -> WithdrawalProposal:
    proposal = queries.open_withdrawal(candidate.id)
    if proposal is None:
        raise RefusedError(AwardRefusal.ANSWERED)
    return proposal


def _end(proposal: WithdrawalProposal, state: ProposalState, *, by: int, now: datetime) -> None:
    proposal.state, proposal.ended_at, proposal.ended_by_id = state, now, by
