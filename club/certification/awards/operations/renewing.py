"""Renewing a recognition: by confirming what only has to be counted, or by a decision about what
assessors judged. Each renewal is a new validity; what was decided before stays.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from club import clock
from club.certification.assessment.operations.deciding import (
    Ruling,
    decidable,
    decide,
    refuse_conflict,
    settle_evidence,
)
from club.certification.awards import queries
from club.certification.awards.certificates.issuing import issue_for
from club.certification.awards.models import Award, AwardPeriod
from club.certification.awards.renewal import renewal_earned
from club.certification.awards.rules import (
    AwardRefusal,
    refusal_to_confirm,
    refusal_to_renew,
)
from club.certification.awards.standing import AwardFacts
from club.certification.awards.standing_queries import facts_of_candidates
from club.certification.candidacy.held import Step, held, take
from club.certification.candidacy.letters import Event, Told, tell
from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.certification.candidacy.operations.applying import note
from club.certification.candidacy.operations.going_on import refuse_if_begun_anew
from club.certification.candidacy.queries import uses_in
from club.certification.candidacy.snapshots import snapshot_of
from club.certification.candidacy.standing import accepted_by, is_only_counted, progress_of
from club.certification.progress.validity import Period
from club.db import transaction
from club.refusal import RefusedError


@dataclass(frozen=True)
class _Renewal:
    """Of a candidacy that is held."""

    candidate: Candidate
    award: Award
    facts: AwardFacts
    #: ``None``: it is not earned.
    earned: Period | None


def confirm_renewal(
    candidate_id: int, *, remark: str | None, by: int, now: datetime
) -> AwardPeriod:
    """A coordinator confirms a renewal that asks for nothing that assessors judge. Raises
    ``RefusedError`` where it is not earned, and for whoever must not decide about it.
    """
    with transaction() as session:
        candidate = held(session, candidate_id)
        renewal, uses = _renewal(candidate, now=now), uses_in(candidate_id)
        progress = progress_of(candidate, uses, on=clock.local_day(now))
        refusal = refusal_to_confirm(
            candidate.state,
            renewal.earned,
            is_only_counted=is_only_counted(candidate),
            accepted_by=accepted_by(candidate, uses, progress),
            by=by,
        )
        if refusal:
            raise RefusedError(refusal)
        refuse_conflict(session, candidate, by=by, now=now)
        return _renew(session, renewal, remark=remark, by=by, now=now)


def decide_renewal(candidate_id: int, ruling: Ruling, *, by: int, now: datetime) -> Candidate:
    """About what was handed in for a renewal and judged: never by whoever assessed it."""
    if ruling.outcome is not CandidateState.RENEWED:
        return decide(candidate_id, ruling, by=by, now=now)
    with transaction() as session:
        candidate, _round = decidable(session, candidate_id, ruling, by=by, now=now)
        renewal = _renewal(candidate, now=now)
        if refusal := refusal_to_renew(renewal.earned):
            raise RefusedError(refusal, field="outcome")
        _renew(session, renewal, remark=ruling.reason, by=by, now=now)
        settle_evidence(candidate, by=by, now=now)
        return candidate


def _renewal(candidate: Candidate, *, now: datetime) -> _Renewal:
    award, facts = queries.award_of(candidate.id), facts_of_candidates([candidate.id])
    if award is None:
        raise RefusedError(AwardRefusal.NOT_RENEWING)
    known, on = facts[candidate.id], clock.local_day(now)
    earned = renewal_earned(candidate, known, uses_in(candidate.id), on=on)
    return _Renewal(candidate, award, known, earned)


def _renew(
    session: Session, renewal: _Renewal, *, remark: str | None, by: int, now: datetime
) -> AwardPeriod:
    """How everything stood is kept with the step, as it is with a first decision."""
    candidate, award, earned = renewal.candidate, renewal.award, renewal.earned
    assert earned
    refuse_if_begun_anew(candidate)
    today = clock.local_day(now)
    stood = progress_of(candidate, uses_in(candidate.id), on=today)
    in_time = renewal.facts.by_days_on(today).is_valid
    period = AwardPeriod(
        position=len(award.periods),
        valid_from=earned.first,
        valid_until=earned.last,
        earned_on=earned.renewed_on,
        decided_at=now,
        by_id=by,
    )
    award.periods.append(period)
    session.flush()
    issue_for(period, by=by, now=now)
    dates = {"valid_from": period.valid_from, "valid_until": period.valid_until}
    told = Told(Event.RENEWED, period.position, remark=remark, also=dates)
    words = tell(candidate, told, now=now)
    step = Step(
        CandidateState.RENEWED,
        StepReason.RENEWED if in_time else StepReason.RENEWED_LATE,
        by,
        now,
        remark=remark,
        told=words,
        progress=snapshot_of(stood),
    )
    take(candidate, step)
    note("certification.renew", candidate, by=by, now=now)
    return period
