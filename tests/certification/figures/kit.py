"""Ways to a level with steps on days of one's choice, and certificates to count."""

from datetime import UTC, datetime, timedelta

from club.certification.awards.models import Award, AwardPeriod
from club.certification.candidacy.held import Step, take
from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.db import transaction
from tests.certification.scheme_kit import a_scheme, a_version, published
from tests.support.factories import a_person, an_account

_S, _R = CandidateState, StepReason
#: The usual way, step by step.
WAY = (
    (_S.APPLIED, _R.APPLIED),
    (_S.ADMITTED, _R.ADMITTED),
    (_S.COLLECTING, _R.EVIDENCE_BEGUN),
    (_S.UNDER_ASSESSMENT, _R.HANDED_IN),
    (_S.CERTIFIED, _R.DECIDED),
    (_S.VALID, _R.RECOGNISED),
)
NOMINATED = (
    (_S.NOMINATED, _R.NOMINATED_BY_CLUB),
    (_S.APPLIED, _R.NOMINATION_ACCEPTED),
    *WAY[1:],
)


def at(year, month, day, hour=10, minute=0):
    """Where the club is."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def a_level_of(key="apo_demo", *, own=False):
    scheme = a_scheme(key, awarded_by_club=own)
    return published(a_version(scheme=scheme)).levels[0]


def on_the_way(level, moments, *, person=None, way=WAY):
    """A candidacy that took these steps of its way at these moments."""
    person = person or a_person()
    by = an_account().id
    with transaction() as session:
        candidate = Candidate(
            person_id=person.id,
            level_id=level.id,
            scheme_id=level.version.scheme_id,
            level_key=level.key,
            state=way[0][0],
            state_since=moments[0],
            begun_at=moments[0],
            nominated_by_id=by if way[0][0] is _S.NOMINATED else None,
        )
        session.add(candidate)
        session.flush()
        for (state, reason), moment in zip(way, moments, strict=False):
            take(candidate, Step(state, reason, by, moment))
        return candidate


def step(candidate, state, reason, moment):
    with transaction() as session:
        take(session.get_one(Candidate, candidate.id), Step(state, reason, None, moment))


def an_award(candidate, *, first, last, moment):
    """What recognising it brings, from a day to a day."""
    by = an_account().id
    with transaction() as session:
        session.add(
            Award(
                candidate_id=candidate.id,
                person_id=candidate.person_id,
                level_id=candidate.level_id,
                decided_on=first,
                issued_on=first,
                recognised_at=moment,
                recognised_by_id=by,
                periods=[
                    AwardPeriod(
                        position=0, valid_from=first, valid_until=last, decided_at=moment, by_id=by
                    )
                ],
            )
        )
