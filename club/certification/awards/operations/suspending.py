"""Suspending a recognition, and letting it hold again."""

from dataclasses import replace
from datetime import datetime

from club import clock
from club.certification.assessment.operations.deciding import refuse_conflict
from club.certification.awards import queries
from club.certification.awards.models import AwardSuspension
from club.certification.awards.rules import (
    AwardRefusal,
    Pause,
    refusal_to_resume,
    refusal_to_suspend,
)
from club.certification.awards.standing import state_of
from club.certification.awards.standing_queries import facts_of_candidates
from club.certification.awards.timelines import keep_spans
from club.certification.candidacy.held import Step, held, take
from club.certification.candidacy.letters import Event, Told, tell
from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.certification.candidacy.operations.applying import note
from club.db import transaction
from club.refusal import RefusedError


def suspend(candidate_id: int, pause: Pause, *, by: int, now: datetime) -> AwardSuspension:
    """For a reason that the person reads, until a day or until somebody ends it. The end of the
    recognition comes no later for it.
    """
    with transaction() as session:
        candidate, award = held(session, candidate_id), queries.award_of(candidate_id)
        if award is None:
            raise RefusedError(AwardRefusal.NOT_STANDING)
        found = refusal_to_suspend(candidate.state, pause, today=clock.local_day(now))
        if found:
            raise RefusedError(found[0], field=found[1])
        refuse_conflict(session, candidate, by=by, now=now)
        told = Told(
            Event.SUSPENDED,
            len(candidate.steps),
            remark=pause.reason,
            also={"until_on": pause.until_on, "to_do": pause.to_do, "public": pause.public_words},
        )
        words = tell(candidate, told, now=now)
        why, remark = StepReason.SUSPENDED, pause.reason
        step = take(
            candidate, Step(CandidateState.SUSPENDED, why, by, now, remark=remark, told=words)
        )
        suspension = AwardSuspension(
            award=award,
            step=step,
            public_words=pause.public_words,
            until_on=pause.until_on,
            to_do=pause.to_do,
        )
        session.add(suspension)
        session.flush()
        keep_spans(candidate)
        note("certification.suspend_recognition", candidate, by=by, now=now, reason=remark)
        return suspension


def resume(candidate_id: int, *, remark: str | None, by: int, now: datetime) -> Candidate:
    """Somebody ends the suspension: the recognition stands as it would have stood without it."""
    with transaction() as session:
        candidate = held(session, candidate_id)
        if refusal := refusal_to_resume(candidate.state):
            raise RefusedError(refusal)
        refuse_conflict(session, candidate, by=by, now=now)
        facts = facts_of_candidates([candidate_id])[candidate_id]
        after = state_of(replace(facts, suspended=()), clock.local_day(now))
        lapsed = after is CandidateState.LAPSED
        event = Event.LAPSED if lapsed else Event.RESUMED
        why = StepReason.NOT_RENEWED if lapsed else StepReason.RESUMED
        told = tell(candidate, Told(event, len(candidate.steps), remark=remark), now=now)
        take(candidate, Step(after, why, by, now, remark=remark, told=told))
        note("certification.resume_recognition", candidate, by=by, now=now)
        return candidate
