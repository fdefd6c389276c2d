"""Candidacies follow the certificates of other bodies: when one is checked, when it was entered by
mistake, and when its days are over. Nobody decides that.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from club import clock
from club.certification.candidacy import queries
from club.certification.candidacy.certificate_queries import (
    candidacies_that_follow,
    certificates_followed,
)
from club.certification.candidacy.following import way_to_follow
from club.certification.candidacy.held import Step, held, take
from club.certification.candidacy.letters import Event, Told, tell
from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.certification.models import ExpertCertificate
from club.db import db, transaction


def follow_certificate(certificate: ExpertCertificate, now: datetime) -> None:
    """Join the transaction in which somebody checked or withdrew it."""
    for candidate in candidacies_that_follow(person_id=certificate.person_id):
        _follow(candidate.id, now=now)


def follow_certificates(*, now: datetime, stopped: Callable[[], bool] = lambda: False) -> int:
    """What only days bring about, and what was checked before somebody was admitted. Returns how
    many candidacies went on.
    """
    waiting = candidacies_that_follow()
    ways = _ways(waiting, now=now)
    due = [one.id for one in waiting if ways[one.id]]
    db.session.rollback()
    followed = 0
    for candidate_id in due:
        if stopped():
            break
        followed += _follow(candidate_id, now=now)
    return followed


def _ways(
    candidates: Sequence[Candidate], *, now: datetime
) -> dict[int, tuple[CandidateState, StepReason] | None]:
    today = clock.local_day(now)
    certificates = certificates_followed(candidates)
    return {one.id: way_to_follow(one.state, certificates[one.id], today) for one in candidates}


def _follow(candidate_id: int, *, now: datetime) -> bool:
    """Looked at anew under the lock: another worker may have been here."""
    with transaction() as session:
        candidate = held(session, candidate_id)
        way = _ways([candidate], now=now)[candidate_id]
        if way is None or _goes_another_way(candidate):
            return False
        after, why = way
        event = Event.CERTIFICATE_HELD if after is CandidateState.HELD else Event.CERTIFICATE_OVER
        words = Told(event, len(candidate.steps), outcome=after.value)
        told = tell(candidate, words, now=now)
        take(candidate, Step(after, why, None, now, told=told))
        return True


def _goes_another_way(candidate: Candidate) -> bool:
    """Whoever has begun the way to the level anew goes on with that one."""
    known = queries.open_candidacy(candidate.person_id, candidate.level)
    return known is not None and known is not candidate
