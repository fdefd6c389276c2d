"""What was accepted by mistake waits to be looked at anew."""

from datetime import datetime

from sqlalchemy import inspect

from club import clock
from club.accounts.models import Account
from club.certification.candidacy.acceptance import refusal_to_undo
from club.certification.candidacy.letters import Event, Told, tell
from club.certification.candidacy.models import EvidenceUse, ShownProject, UseState
from club.certification.candidacy.operations.applying import note
from club.certification.candidacy.operations.evidence import decide_use, held_use
from club.certification.candidacy.rules import CandidacyRefusal
from club.certification.candidacy.tie_queries import tie_with
from club.db import transaction
from club.refusal import RefusedError


def undo_acceptance(use_id: int, *, reason: str | None, by: int, now: datetime) -> EvidenceUse:
    """The row that was accepted stays, with who accepted it, who took that back, when and why.
    The claim goes on as a row of its own, which is returned; the candidate is told.
    """
    with transaction() as session:
        candidate, use = held_use(session, use_id)
        tie = tie_with(candidate, session.get_one(Account, by), on=clock.local_day(now))
        if refusal := refusal_to_undo(candidate, use, tie):
            raise RefusedError(refusal)
        if not reason:
            raise RefusedError(CandidacyRefusal.REASON_MISSING, field="remark")
        decide_use(use, UseState.WITHDRAWN, by=by, now=now)
        use.undone_because = reason
        session.flush()
        anew = claimed_again(use, use.requirement_id)
        anew.remark = reason
        session.add(anew)
        session.flush()
        also = {
            "paper": use.evidence.title,
            "requirement": use.requirement,
            "takes_evidence": candidate.state.takes_evidence,
        }
        told = Told(Event.ACCEPTANCE_UNDONE, use.id, remark=reason, also=also)
        tell(candidate, told, now=now)
        note("certification.undo_acceptance", candidate, by=by, now=now, reason=reason)
        return anew


def claimed_again(use: EvidenceUse, requirement_id: int) -> EvidenceUse:
    """A row that says the same, be it for another requirement, and waits to be looked at."""
    return EvidenceUse(
        evidence_id=use.evidence_id,
        candidate_id=use.candidate_id,
        requirement_id=requirement_id,
        amount=use.amount,
        day=use.day,
        to_day=use.to_day,
        category=use.category,
        claimed_at=use.claimed_at,
        state=UseState.WAITING,
        project=_project_again(use.project),
    )


def _project_again(project: ShownProject | None) -> ShownProject | None:
    if project is None:
        return None
    said = {column.key: getattr(project, column.key) for column in inspect(ShownProject).columns}
    del said["use_id"]
    return ShownProject(**said)
