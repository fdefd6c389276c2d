"""Admission: a coordinator decides about an application."""

from datetime import datetime

from sqlalchemy.orm import Session

from club import clock
from club.accounts.models import Account
from club.certification.candidacy import rules
from club.certification.candidacy.held import Step, held, take
from club.certification.candidacy.letters import Event, Told, tell
from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.certification.candidacy.operations.applying import note
from club.certification.candidacy.rules import CandidacyRefusal
from club.certification.candidacy.tie_queries import tie_with
from club.db import transaction
from club.refusal import RefusedError


def admit(candidate_id: int, *, remark: str | None, by: int, now: datetime) -> Candidate:
    """From then on the candidate hands in evidence. Never by whoever has a tie."""
    with transaction() as session:
        candidate = _applied(session, candidate_id, by=by, now=now)
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
        candidate = _applied(session, candidate_id, by=by, now=now)
        if not remark:
            raise RefusedError(CandidacyRefusal.REASON_MISSING, field="remark")
        told = tell(candidate, Told(Event.NOT_ADMITTED, "decided", remark=remark), now=now)
        why = StepReason.NOT_ADMITTED
        take(candidate, Step(CandidateState.REFUSED, why, by, now, remark=remark, told=told))
        note("certification.not_admit", candidate, by=by, now=now, reason=remark)
        return candidate


def _applied(session: Session, candidate_id: int, *, by: int, now: datetime) -> Candidate:
    candidate = held(session, candidate_id)
    tie = tie_with(candidate, session.get_one(Account, by), on=clock.local_day(now))
    if refusal := rules.refusal_to_decide_on_admission(candidate.state, tie):
        raise RefusedError(refusal)
    return candidate
