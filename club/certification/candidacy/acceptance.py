"""What was accepted stays: who can take it back, and until when. Pure."""

from club.certification.candidacy.models import (
    Candidate,
    CandidateState,
    EvidenceUse,
    StepReason,
    UseState,
)
from club.certification.candidacy.rules import CandidacyRefusal, Conflict

#: What is decided on what was accepted until then.
_RESTING = {StepReason.DECIDED, StepReason.RECOGNISED, StepReason.RENEWED, StepReason.RENEWED_LATE}


def refusal_to_take_use_back(state: CandidateState, use: EvidenceUse) -> CandidacyRefusal | None:
    """As the candidate. A project that goes on counts for nothing yet, also once it was accepted:
    its paper can be used anew when it is over.
    """
    if not state.takes_evidence:
        return CandidacyRefusal.NO_EVIDENCE_NOW
    goes_on = use.project is not None and use.project.goes_on
    is_kept = use.state is UseState.ACCEPTED and not goes_on
    return CandidacyRefusal.ACCEPTED_HERE if is_kept else None


def refusal_to_undo(
    candidate: Candidate, use: EvidenceUse, tie: Conflict | None
) -> CandidacyRefusal | Conflict | None:
    """To take back, as a coordinator, that it was accepted. ``tie``: with the candidate."""
    if tie:
        return tie
    if use.state is not UseState.ACCEPTED or use.accepted_at is None:
        return CandidacyRefusal.DECIDED
    if use.accepted_by_id == use.evidence.handed_in_by_id:
        return CandidacyRefusal.SIGNED_IT
    accepted_at = use.accepted_at
    if any(one.reason in _RESTING and one.at >= accepted_at for one in candidate.steps):
        return CandidacyRefusal.RESTS_ON_IT
    state = candidate.state
    is_under_way = state.takes_evidence or state.is_being_assessed
    return None if is_under_way else CandidacyRefusal.NOT_OPEN_NOW
