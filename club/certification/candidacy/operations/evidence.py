"""Evidence: handed in once, used for as many requirements as it proves something for."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from club import clock
from club.accounts.models import Account
from club.certification.candidacy import rules
from club.certification.candidacy.acceptance import refusal_to_take_use_back
from club.certification.candidacy.held import Step, held, take
from club.certification.candidacy.letters import Event, Told, tell
from club.certification.candidacy.models import (
    Candidate,
    CandidateState,
    Evidence,
    EvidenceKind,
    EvidenceUse,
    StepReason,
    UseState,
)
from club.certification.candidacy.operations.applying import note
from club.certification.candidacy.projects import (
    ProjectFacts,
    problems_of_project,
    project_terms,
    shown,
)
from club.certification.candidacy.rules import CandidacyRefusal
from club.certification.candidacy.standing import purpose_of
from club.certification.candidacy.tie_queries import tie_with
from club.certification.schemes.models import Requirement
from club.certification.schemes.rules import is_held_by_assessors
from club.db import transaction
from club.files.receiving import ReceivedFile, id_of_file
from club.people.models import Person
from club.pilots.queries import projects_with
from club.refusal import RefusedError


@dataclass(frozen=True)
class Paper:
    kind: EvidenceKind
    title: str
    note: str | None = None


@dataclass(frozen=True)
class HandedIn:
    """A paper that is not here yet."""

    paper: Paper
    file: ReceivedFile


@dataclass(frozen=True)
class Claim:
    """What a piece of evidence proves for a requirement."""

    requirement_id: int
    #: In the requirement's unit.
    amount: Decimal
    day: date
    to_day: date | None = None
    category: str | None = None
    #: For requirements of the kind project.
    project: ProjectFacts | None = None


def hand_in_evidence(
    person_id: int, paper: Paper, file: ReceivedFile, *, by: int, now: datetime
) -> Evidence:
    """The person's own, for whatever candidacy. It proves nothing before it is used."""
    with transaction() as session:
        session.get_one(Person, person_id, with_for_update=True)
        stands = select(func.count()).where(
            Evidence.person_id == person_id, Evidence.withdrawn_at.is_(None)
        )
        if (session.scalar(stands) or 0) >= rules.MOST_EVIDENCE:
            raise RefusedError(CandidacyRefusal.TOO_MUCH_EVIDENCE)
        evidence = Evidence(
            person_id=person_id,
            file_id=id_of_file(file, by=by, now=now),
            handed_in_at=now,
            handed_in_by_id=by,
            **vars(paper),
        )
        session.add(evidence)
        session.flush()
        return evidence


def hand_in_for(
    candidate_id: int, handed_in: HandedIn, claim: Claim, *, by: int, now: datetime
) -> EvidenceUse:
    """A new paper together with what it proves: both or neither."""
    with transaction() as session:
        person_id = session.get_one(Candidate, candidate_id).person_id
        evidence = hand_in_evidence(person_id, handed_in.paper, handed_in.file, by=by, now=now)
        return use_evidence(evidence.id, candidate_id, claim, by=by, now=now)


def use_evidence(
    evidence_id: int, candidate_id: int, claim: Claim, *, by: int, now: datetime
) -> EvidenceUse:
    """It waits to be judged then. The first use begins the collecting."""
    with transaction() as session:
        candidate = held(session, candidate_id)
        if not candidate.state.takes_evidence:
            raise RefusedError(CandidacyRefusal.NO_EVIDENCE_NOW)
        evidence = session.get_one(
            Evidence, evidence_id, with_for_update=True, populate_existing=True
        )
        _refuse_unless_fitting(session, candidate, evidence, claim, now=now)
        use = _claimed(evidence_id, candidate_id, claim, now=now)
        try:
            with session.begin_nested():
                session.add(use)
        except IntegrityError as taken:
            raise RefusedError(CandidacyRefusal.USED_ALREADY, field="evidence") from taken
        if candidate.state is CandidateState.ADMITTED:
            begun = Step(CandidateState.COLLECTING, StepReason.EVIDENCE_BEGUN, by, now)
            take(candidate, begun)
        return use


def _claimed(evidence_id: int, candidate_id: int, claim: Claim, *, now: datetime) -> EvidenceUse:
    said = vars(claim) | {"project": shown(claim.project) if claim.project else None}
    return EvidenceUse(evidence_id=evidence_id, candidate_id=candidate_id, claimed_at=now, **said)


def take_use_back(use_id: int, *, by: int, now: datetime) -> EvidenceUse:
    """The evidence no longer counts for this requirement; the row stays."""
    with transaction() as session:
        candidate, use = held_use(session, use_id)
        if refusal := refusal_to_take_use_back(candidate.state, use):
            raise RefusedError(refusal)
        if use.state is not UseState.WITHDRAWN:
            decide_use(use, UseState.WITHDRAWN, by=by, now=now)
        return use


def withdraw_evidence(evidence_id: int, *, reason: str | None, by: int, now: datetime) -> Evidence:
    """The person takes a paper back: it counts nowhere from then on. Its row, its file and what
    was judged of it stay, and whoever judges sees that it was taken back.
    """
    with transaction() as session:
        person_id = session.get_one(Evidence, evidence_id).person_id
        # Whoever decides holds the candidacy: a decision rests on this paper, or comes after it.
        own = select(Candidate).where(Candidate.person_id == person_id).order_by(Candidate.id)
        session.scalars(own.with_for_update()).all()
        evidence = session.get_one(
            Evidence, evidence_id, with_for_update=True, populate_existing=True
        )
        if evidence.withdrawn_at is not None:
            return evidence
        evidence.withdrawn_at, evidence.withdrawn_by_id = now, by
        evidence.withdrawal_reason = reason
        for use in evidence.uses:
            if use.state is not UseState.WITHDRAWN:
                decide_use(use, UseState.WITHDRAWN, by=by, now=now)
        session.flush()
        return evidence


@dataclass(frozen=True)
class Judgement:
    """Of somebody who looked at the evidence."""

    state: UseState
    remark: str | None = None


def judge_use(use_id: int, judgement: Judgement, *, by: int, now: datetime) -> EvidenceUse:
    """Accept or refuse what is claimed. Who is refused reads why."""
    with transaction() as session:
        candidate, use = held_use(session, use_id)
        tie = tie_with(candidate, session.get_one(Account, by), on=clock.local_day(now))
        if refusal := rules.refusal_to_judge_use(use, tie):
            raise RefusedError(refusal)
        if judgement.state is UseState.REFUSED and not judgement.remark:
            raise RefusedError(CandidacyRefusal.REASON_MISSING, field="remark")
        settle(candidate, use, judgement, by=by, now=now)
        note("certification.judge_evidence", candidate, by=by, now=now, decision=use.state.value)
        return use


def settle(
    candidate: Candidate, use: EvidenceUse, judgement: Judgement, *, by: int, now: datetime
) -> None:
    """Write down what became of it, in the caller's transaction, which holds the candidacy."""
    decide_use(use, judgement.state, by=by, now=now)
    use.remark = judgement.remark
    if judgement.state is UseState.REFUSED:
        told = Told(Event.EVIDENCE_REFUSED, use.id, remark=judgement.remark)
        tell(candidate, told, now=now)


def held_use(session: Session, use_id: int) -> tuple[Candidate, EvidenceUse]:
    """With the evidence, which its owner could take back in this very moment."""
    use = session.get_one(EvidenceUse, use_id)
    candidate = held(session, use.candidate_id)
    session.get_one(Evidence, use.evidence_id, with_for_update=True)
    session.refresh(use)
    return candidate, use


def decide_use(use: EvidenceUse, state: UseState, *, by: int, now: datetime) -> None:
    """Who accepted it stays written down, whatever becomes of it."""
    use.state, use.decided_at, use.decided_by_id = state, now, by
    if state is UseState.ACCEPTED:
        use.accepted_at, use.accepted_by_id = now, by


def _refuse_unless_fitting(
    session: Session, candidate: Candidate, evidence: Evidence, claim: Claim, *, now: datetime
) -> None:
    if evidence.person_id != candidate.person_id or evidence.withdrawn_at is not None:
        raise RefusedError(CandidacyRefusal.OTHER_EVIDENCE, field="evidence")
    requirement = _asked(session, candidate, claim.requirement_id)
    if refusal := rules.refusal_to_claim(claim.amount, requirement.unit):
        raise RefusedError(refusal, field="amount")
    today = clock.local_day(now)
    if found := rules.refusal_of_days(claim.day, claim.to_day, today=today):
        raise RefusedError(found[0], field=found[1])
    if terms := project_terms(requirement):
        pilots = {one.id for one in projects_with(candidate.person_id)}
        facts = claim.project or ProjectFacts()
        for problem, field in problems_of_project(terms, facts, own_pilots=pilots, today=today):
            raise RefusedError(problem, field=field)


def _asked(session: Session, candidate: Candidate, requirement_id: int) -> Requirement:
    """What the candidate has to bring something for now."""
    requirement = session.get(Requirement, requirement_id)
    if requirement is None or requirement.level_id != candidate.level_id:
        raise RefusedError(CandidacyRefusal.OTHER_REQUIREMENT, field="requirement")
    if requirement.purpose is not purpose_of(candidate):
        raise RefusedError(CandidacyRefusal.OTHER_REQUIREMENT, field="requirement")
    if is_held_by_assessors(requirement):
        raise RefusedError(CandidacyRefusal.HELD_BY_ASSESSORS)
    return requirement
