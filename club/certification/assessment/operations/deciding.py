"""The decision about what a candidate handed in: never by whoever assessed it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from club import clock
from club.accounts.models import Account
from club.certification.assessment import queries
from club.certification.assessment.conflicts import conflict_with
from club.certification.assessment.models import Choice, PanelVote
from club.certification.assessment.operations.asking import in_assessment
from club.certification.assessment.rounds import round_facts
from club.certification.assessment.rules import (
    GRANTED,
    AssessmentRefusal,
    refusal_of_what_was_seen,
    refusal_to_decide,
)
from club.certification.assessment.verdicts import verdicts_on
from club.certification.candidacy.held import Step, take
from club.certification.candidacy.letters import Event, Told, tell
from club.certification.candidacy.models import (
    Candidate,
    CandidateState,
    CandidateStep,
    StepReason,
    UseState,
)
from club.certification.candidacy.operations.applying import note
from club.certification.candidacy.operations.evidence import Judgement as JudgedUse
from club.certification.candidacy.operations.evidence import settle
from club.certification.candidacy.queries import uses_in
from club.certification.candidacy.snapshots import decided_upon, snapshot_of
from club.certification.candidacy.standing import fulfilled_since, progress_of
from club.certification.schemes.models import Deciding, Judge
from club.db import transaction
from club.refusal import RefusedError


@dataclass(frozen=True)
class Ruling:
    #: Certified, not yet, or refused.
    outcome: CandidateState
    #: What the candidate reads.
    reason: str | None = None
    #: The mark of the round that whoever decides had before the eyes.
    seen: str | None = None


def decide(candidate_id: int, ruling: Ruling, *, by: int, now: datetime) -> Candidate:
    """Certified, not yet, or refused, and that a renewal is not granted yet; the candidate is
    told. How each requirement stood is kept with the step, whatever changes later. A renewal that
    is granted gives a new validity: rooms above decide it.
    """
    with transaction() as session:
        candidate, round_ = decidable(session, candidate_id, ruling, by=by, now=now)
        told = Told(Event.DECIDED, round_.id, remark=ruling.reason, outcome=ruling.outcome)
        words = tell(candidate, told, now=now)
        step = Step(
            ruling.outcome,
            StepReason.DECIDED,
            by,
            now,
            remark=ruling.reason,
            told=words,
            progress=_stood(candidate, ruling.outcome, on=clock.local_day(now)),
        )
        take(candidate, step)
        settle_evidence(candidate, by=by, now=now)
        outcome = ruling.outcome.value
        note("certification.decide", candidate, by=by, now=now, decision=outcome)
        return candidate


def decidable(
    session: Session, candidate_id: int, ruling: Ruling, *, by: int, now: datetime
) -> tuple[Candidate, CandidateStep]:
    """The candidacy under its lock and its round, where the account may decide so about it now."""
    candidate, round_ = in_assessment(session, candidate_id)
    refuse_conflict(session, candidate, by=by, now=now)
    facts = round_facts(candidate, round_, on=clock.local_day(now))
    if changed := refusal_of_what_was_seen(facts, ruling.seen):
        raise RefusedError(changed)
    refusal = refusal_to_decide(facts, ruling.outcome, by=by, reason=ruling.reason)
    if refusal:
        raise RefusedError(refusal, field="outcome" if ruling.reason else "remark")
    return candidate, round_


def vote(
    candidate_id: int,
    choice: Choice,
    *,
    remark: str | None,
    by: int,
    now: datetime,
    seen: str | None = None,
) -> PanelVote:
    """Of a member of the panel; until the decision it can be changed, and both stay. ``seen``: as
    of a ruling.
    """
    with transaction() as session:
        candidate, round_ = in_assessment(session, candidate_id)
        if candidate.level.version.deciding is not Deciding.PANEL:
            raise RefusedError(AssessmentRefusal.NO_PANEL)
        refuse_conflict(session, candidate, by=by, now=now)
        facts = round_facts(candidate, round_, on=clock.local_day(now))
        if by in facts.assessors:
            raise RefusedError(AssessmentRefusal.ASSESSED_IT)
        if changed := refusal_of_what_was_seen(facts, seen):
            raise RefusedError(changed)
        if choice is Choice.NO and not remark:
            raise RefusedError(AssessmentRefusal.REASON_MISSING, field="remark")
        for before in queries.votes_in(round_.id):
            if before.voter_id == by:
                before.superseded_at = now
        session.flush()
        cast = PanelVote(
            candidate=candidate, round_id=round_.id, voter_id=by, choice=choice, note=remark, at=now
        )
        session.add(cast)
        session.flush()
        return cast


def _stood(candidate: Candidate, outcome: CandidateState, *, on: date) -> dict[str, Any]:
    """What the decision rests on."""
    uses = uses_in(candidate.id)
    progress = progress_of(candidate, uses, on=on)
    if outcome is not CandidateState.CERTIFIED:
        return snapshot_of(progress)
    return decided_upon(progress, fulfilled_since(candidate, uses, on=on))


def settle_evidence(candidate: Candidate, *, by: int, now: datetime) -> None:
    """Evidence that assessors judged waits no more: accepted with what it proves."""
    granted = candidate.state in GRANTED
    said = verdicts_on([candidate.id]).get(candidate.id, {})
    for use in uses_in(candidate.id):
        if use.state is not UseState.WAITING or use.requirement.judged_by is not Judge.ASSESSOR:
            continue
        verdict = said.get(use.requirement.key)
        if granted or (verdict and verdict.fulfilled):
            settle(candidate, use, JudgedUse(UseState.ACCEPTED), by=by, now=now)


def refuse_conflict(session: Session, candidate: Candidate, *, by: int, now: datetime) -> None:
    """Whoever has a tie with the candidate decides nothing about the candidate."""
    account = session.get_one(Account, by)
    if conflict := conflict_with(candidate, account, on=clock.local_day(now)):
        raise RefusedError(conflict)
