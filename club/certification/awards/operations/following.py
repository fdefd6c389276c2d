"""Candidacies follow the days of their recognitions: the time for a renewal begins, a recognition
runs out, a suspension is over. Nobody decides that; time does it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from club import clock
from club.certification.awards.standing import AwardFacts, state_of, ways_to_follow
from club.certification.awards.standing_queries import (
    candidacies_to_follow,
    facts_of_candidates,
)
from club.certification.candidacy.held import Step, held, take
from club.certification.candidacy.letters import Event, Told, tell
from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.db import db, transaction

#: What the person is told of; that a renewal is due, the reminders say.
_LETTERS = {
    StepReason.NOT_RENEWED: Event.LAPSED,
    StepReason.RESUMED: Event.RESUMED,
}


@dataclass(frozen=True)
class _Due:
    candidate_id: int
    person_id: int
    is_told: bool


def follow_days(*, now: datetime, stopped: Callable[[], bool] = lambda: False) -> int:
    """Returns how many candidacies went on. Nobody gets two letters at once: another recognition
    of the same person follows in the next round.
    """
    due = _due(now=now)
    told: set[int] = set()
    followed = 0
    for one in due:
        if stopped():
            break
        if one.is_told and one.person_id in told:
            continue
        followed += _follow(one.candidate_id, now=now)
        if one.is_told:
            told.add(one.person_id)
    return followed


def _due(*, now: datetime) -> list[_Due]:
    today = clock.local_day(now)
    found = candidacies_to_follow(today=today)
    facts = facts_of_candidates([candidate_id for candidate_id, _person, _state in found])
    db.session.rollback()
    due = []
    for candidate_id, person_id, state in found:
        if ways := _ways(state, facts[candidate_id], now=now):
            due.append(_Due(candidate_id, person_id, ways[-1][1] in _LETTERS))
    return due


def _follow(candidate_id: int, *, now: datetime) -> int:
    """Looked at anew under the lock: somebody may have renewed it, or another worker been here."""
    with transaction() as session:
        candidate = held(session, candidate_id)
        facts = facts_of_candidates([candidate_id])[candidate_id]
        ways = _ways(candidate.state, facts, now=now)
        for after, why in ways:
            is_last = after is ways[-1][0]
            told = _tell(candidate, why, now=now) if is_last else None
            take(candidate, Step(after, why, None, now, told=told))
        return bool(ways)


def _ways(
    state: CandidateState, facts: AwardFacts, *, now: datetime
) -> list[tuple[CandidateState, StepReason]]:
    return ways_to_follow(state, state_of(facts, clock.local_day(now)))


def _tell(candidate: Candidate, why: StepReason, *, now: datetime) -> str | None:
    event = _LETTERS.get(why)
    return tell(candidate, Told(event, len(candidate.steps)), now=now) if event else None
