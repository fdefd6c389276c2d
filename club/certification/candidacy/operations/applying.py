"""Beginning the way to a level: by the person, or proposed by others and agreed to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from club import clock
from club.accounts.models import Account
from club.accounts.queries import names_of
from club.audit.operations import record
from club.certification.candidacy import queries, rules
from club.certification.candidacy.held import Step, held, take
from club.certification.candidacy.letters import Event, Told, tell
from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.certification.candidacy.rules import CandidacyRefusal
from club.certification.schemes.models import SchemeLevel, SchemeVersion
from club.db import transaction
from club.people import queries as people
from club.people.models import Organisation, Person
from club.refusal import RefusedError


@dataclass(frozen=True)
class Nomination:
    person_id: int
    level_id: int
    #: Whose representative nominates; ``None``: the club does.
    organisation_id: int | None = None
    #: What the person reads of who nominates.
    remark: str | None = None


def apply(
    person_id: int, *, level_id: int, motivation: str | None, by: int, now: datetime
) -> Candidate:
    """Raises ``RefusedError`` where the version takes no candidates any more, or the person is on
    the way to the level already.
    """
    with transaction() as session:
        level = _level_for(session, person_id, level_id, now=now)
        candidate = _begun(person_id, level, CandidateState.APPLIED, now=now)
        candidate.motivation = motivation
        _add(session, candidate)
        told = tell(candidate, Told(Event.APPLIED, "begun"), now=now)
        take(candidate, Step(CandidateState.APPLIED, StepReason.APPLIED, by, now, told=told))
        return candidate


def nominate(nomination: Nomination, *, by: int, now: datetime) -> Candidate:
    """Propose somebody, who is asked by letter. Nobody becomes a candidate without agreeing."""
    person_id, organisation_id = nomination.person_id, nomination.organisation_id
    with transaction() as session:
        nominator = session.get_one(Account, by)
        if nominator.person_id == person_id:
            raise RefusedError(CandidacyRefusal.OWN_NOMINATION)
        organisation = _employer(session, person_id, organisation_id, now=now)
        level = _level_for(session, person_id, nomination.level_id, now=now)
        candidate = _begun(person_id, level, CandidateState.NOMINATED, now=now)
        candidate.nominated_by_id, candidate.nominated_for_id = by, organisation_id
        _add(session, candidate)
        who = names_of([by])[by]
        told = Told(
            Event.NOMINATED,
            "begun",
            remark=nomination.remark,
            who=f"{who}, {organisation.name}" if organisation else who,
        )
        why = StepReason.NOMINATED_BY_ORGANISATION if organisation else StepReason.NOMINATED_BY_CLUB
        words = tell(candidate, told, now=now)
        take(
            candidate,
            Step(CandidateState.NOMINATED, why, by, now, remark=nomination.remark, told=words),
        )
        if not organisation:
            note("certification.nominate", candidate, by=by, now=now)
        return candidate


def agree(candidate_id: int, *, motivation: str | None, by: int, now: datetime) -> Candidate:
    """The person agrees to the nomination, which is an application from then on."""
    with transaction() as session:
        candidate = _nominated(session, candidate_id)
        candidate.motivation = motivation
        told = tell(candidate, Told(Event.APPLIED, "agreed"), now=now)
        why = StepReason.NOMINATION_ACCEPTED
        take(candidate, Step(CandidateState.APPLIED, why, by, now, told=told))
        return candidate


def decline(candidate_id: int, *, remark: str | None, by: int, now: datetime) -> Candidate:
    with transaction() as session:
        candidate = _nominated(session, candidate_id)
        why = StepReason.NOMINATION_DECLINED
        take(candidate, Step(CandidateState.WITHDRAWN, why, by, now, remark=remark))
        return candidate


def take_nomination_back(candidate_id: int, *, by: int, now: datetime) -> Candidate:
    """By whoever may nominate for the organisation, or the club; the person is told."""
    with transaction() as session:
        candidate = _nominated(session, candidate_id)
        told = tell(candidate, Told(Event.NOMINATION_TAKEN_BACK, "taken_back"), now=now)
        why = StepReason.NOMINATION_TAKEN_BACK
        take(candidate, Step(CandidateState.WITHDRAWN, why, by, now, told=told))
        return candidate


def note(action: str, candidate: Candidate, *, by: int, now: datetime, **detail: object) -> None:
    """In the club's log, what staff decided about a candidacy."""
    record(
        action,
        subject_kind="candidate",
        subject_id=candidate.public_id,
        by=by,
        now=now,
        detail=detail or None,
    )


def _nominated(session: Session, candidate_id: int) -> Candidate:
    candidate = held(session, candidate_id)
    if refusal := rules.refusal_to_answer(candidate.state):
        raise RefusedError(refusal)
    return candidate


def _level_for(session: Session, person_id: int, level_id: int, *, now: datetime) -> SchemeLevel:
    """The level, where this person may start on it now."""
    # The person's row is the lock under which nobody begins the same way twice.
    session.get_one(Person, person_id, with_for_update=True)
    level = session.get_one(SchemeLevel, level_id)
    # And the version's, under which it is closed.
    version = session.get_one(
        SchemeVersion, level.version_id, with_for_update=True, populate_existing=True
    )
    takes = queries.version_taking_candidates(version.scheme_id, on=clock.local_day(now))
    if refusal := rules.refusal_to_start(version, takes_candidates=takes):
        raise RefusedError(refusal)
    if queries.open_candidacy(person_id, level):
        raise RefusedError(CandidacyRefusal.CANDIDATE_ALREADY)
    return level


def _employer(
    session: Session, person_id: int, organisation_id: int | None, *, now: datetime
) -> Organisation | None:
    if organisation_id is None:
        return None
    today = clock.local_day(now)
    if not any(
        employment.holds_on(today)
        for employment in people.employments_between(person_id, organisation_id)
    ):
        raise RefusedError(CandidacyRefusal.NOT_OF_ORGANISATION, field="person")
    return session.get_one(Organisation, organisation_id)


def _begun(
    person_id: int, level: SchemeLevel, state: CandidateState, *, now: datetime
) -> Candidate:
    return Candidate(
        person_id=person_id,
        level=level,
        scheme_id=level.version.scheme_id,
        level_key=level.key,
        state=state,
        state_since=now,
        begun_at=now,
    )


def _add(session: Session, candidate: Candidate) -> None:
    """The database has the last word: whoever holds no lock on the person comes here too."""
    try:
        with session.begin_nested():
            session.add(candidate)
    except IntegrityError as taken:
        raise RefusedError(CandidacyRefusal.CANDIDATE_ALREADY) from taken
