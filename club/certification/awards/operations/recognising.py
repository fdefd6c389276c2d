"""The club recognises a candidate who has been decided to reach the level."""

from datetime import date, datetime
from enum import StrEnum

from club import clock
from club.accounts.models import Account
from club.certification.assessment.conflicts import conflict_with
from club.certification.awards import queries
from club.certification.awards.certificates.issuing import issue_for
from club.certification.awards.models import Award, AwardPeriod
from club.certification.awards.rules import refusal_to_recognise
from club.certification.awards.terms import terms_of
from club.certification.candidacy.held import Step, held, take
from club.certification.candidacy.letters import Event, Told, tell
from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.certification.candidacy.operations.applying import note
from club.certification.candidacy.snapshots import fulfilled_on
from club.certification.operations import give_code
from club.certification.progress.validity import first_valid_day, periods_of
from club.db import transaction
from club.records.certificates import codes
from club.refusal import RefusedError


def recognise(candidate_id: int, *, by: int, now: datetime) -> Award:
    """The recognition is valid from the day that the version chose, for as long as it says; the
    candidate is told. Raises ``RefusedError`` for whoever must not decide about the candidate.
    """
    with transaction() as session:
        candidate = held(session, candidate_id)
        account = session.get_one(Account, by)
        if refusal := refusal_to(account, candidate, on=clock.local_day(now)):
            raise RefusedError(refusal)
        award = award_to_be(candidate, by=by, now=now)
        session.add(award)
        give_code(session, candidate.person_id, now=now)
        session.flush()
        (period,) = award.periods
        paper = issue_for(period, by=by, now=now)
        said = {
            "valid_from": period.valid_from,
            "valid_until": period.valid_until,
            "certificate": paper.number,
            "code": codes.written(paper.code),
        }
        told = tell(candidate, Told(Event.RECOGNISED, award.public_id, also=said), now=now)
        take(candidate, Step(CandidateState.VALID, StepReason.RECOGNISED, by, now, told=told))
        note("certification.recognise", candidate, by=by, now=now)
        return award


def refusal_to(account: Account, candidate: Candidate, *, on: date) -> StrEnum | None:
    """Why an account does not recognise a candidate."""
    refusal = refusal_to_recognise(
        candidate.state,
        awarded_by_club=candidate.level.version.scheme.awarded_by_club,
        was_recognised=queries.award_of(candidate.id) is not None,
    )
    return refusal or conflict_with(candidate, account, on=on)


def award_to_be(candidate: Candidate, *, by: int, now: datetime) -> Award:
    """With its first validity, by the days that the version chooses from; not kept yet."""
    version, decision = candidate.level.version, queries.decision_of(candidate.id)
    # Nobody comes to be certified without such a step.
    assert decision
    award = Award(
        candidate_id=candidate.id,
        person_id=candidate.person_id,
        level_id=candidate.level_id,
        decided_on=clock.local_day(decision.at),
        fulfilled_on=fulfilled_on(decision.progress),
        issued_on=clock.local_day(now),
        recognised_at=now,
        recognised_by_id=by,
    )
    first = first_valid_day(
        version.validity_from,
        decided_on=award.decided_on,
        issued_on=award.issued_on,
        fulfilled_on=award.fulfilled_on,
    )
    (period,) = periods_of(first, terms_of(version), (), (), on=first)
    award.periods = [
        AwardPeriod(
            position=0,
            valid_from=period.first,
            valid_until=period.last,
            decided_at=now,
            by_id=by,
        )
    ]
    return award
