"""A candidacy under its lock, and the only place where its state changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from club.certification.candidacy.models import (
    Candidate,
    CandidateState,
    CandidateStep,
    StepReason,
)
from club.certification.candidacy.rules import check_step
from club.clock import local_day
from club.db import transaction
from club.people.queries import place_on

#: What else changes with each step, in its transaction; rooms above add themselves.
STEP_FOLLOWERS: list[Callable[[Candidate], None]] = []


@dataclass(frozen=True)
class Step:
    """What is written down of a step. ``by`` is the account, ``None`` where time did it."""

    after: CandidateState
    reason: StepReason
    by: int | None
    now: datetime
    #: What the candidate reads of whoever decided.
    remark: str | None = None
    #: The letter that went out with it, as it was written.
    told: str | None = None
    #: How each requirement stood: see ``snapshots``.
    progress: dict[str, Any] | None = None


def held(session: Session, candidate_id: int) -> Candidate:
    """The candidacy, so that nobody else changes it before the transaction ends."""
    return session.get_one(Candidate, candidate_id, with_for_update=True, populate_existing=True)


def take(candidate: Candidate, step: Step) -> CandidateStep:
    """Join the caller's transaction, which holds the candidacy. Raises ``ValueError`` for a step
    that ``rules.TRANSITIONS`` does not know: operations ask their rule first.
    """
    before = candidate.state if candidate.steps else None
    check_step(before, step.after, step.reason)
    with transaction() as session:
        if before is not step.after:
            candidate.state, candidate.state_since = step.after, step.now
        place = place_on(candidate.person_id, local_day(step.now))
        taken = CandidateStep(
            from_state=before,
            to_state=step.after,
            reason=step.reason,
            level_id=candidate.level_id,
            remark=step.remark,
            told=step.told,
            progress=step.progress,
            organisation_id=place.organisation_id,
            ward_id=place.ward_id,
            at=step.now,
            by_id=step.by,
        )
        candidate.steps.append(taken)
        session.flush()
        for follow in STEP_FOLLOWERS:
            follow(candidate)
        return taken
