"""Admission: a coordinator decides about an application."""

from datetime import datetime

from sqlalchemy.orm import Session

from club.accounts.models import Account
from club.certification.candidacy import rules
from club.certification.candidacy.held import Step, held, take
from club.certification.candidacy.letters import Event, Told, tell
from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.certification.candidacy.operations.applying import note
from club.certification.candidacy.rules import CandidacyRefusal
from club.db import transaction
from club.refusal import RefusedError


def admit(candidate_id: int, *, remark: str | None, by: int, now: datetime) -> Candidate:
    """From then on the candidate hands in evidence. Never by the candidate."""
    with transaction() as session:
        candidate = _applied(session, candidate_id, by=by)
        told = tell(candidate, Told(Event.ADMITTED, "admitted", remark=remark), now=now)
        why = StepReason.ADMITTED
        take(
            candidate,
            Step(CandidateState.ADMITTED, why, by, now, remark=remark, told=told),
        )
        note("certification.admit", candidate, by=by, now=now)
        return candidate


def turn_down(candidate_id: int, *, remark: str | None, by: int, now: datetime) -> Candidate:
    """With a reason that the person reads."""
    with transaction() as session:
        candidate = _applied(session, candidate_id, by=by)
        if not remark:
            raise RefusedError(CandidacyRefusal.REASON_MISSING, field="remark")
        told = tell(candidate, Told(Event.NOT_ADMITTED, "decided", remark=remark), now=now)
        why = StepReason.NOT_ADMITTED
        take(candidate, Step(CandidateState.REFUSED, why, by, now, remark=remark, told=told))
        note("certification.not_admit", candidate, by=by, now=now, reason=remark)
        return candidate


def _applied(session: Session, candidate_id: int, *, by: int) -> Candidate:
    candidate = held(session, candidate_id)
    refusal = rules.refusal_to_decide_on_admission(
        candidate.state,
        candidate_person_id=candidate.person_id,
        decider_person_id=session.get_one(Account, by).person_id,
    )
    if refusal:
        raise RefusedError(refusal)
    return candidate
