from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.base import ExecutableOption

from club.accounts.models import Account
from club.certification.candidacy.models import (
    OPEN_STATES,
    Candidate,
    CandidateStep,
    Evidence,
    EvidenceUse,
    ShownProject,
)
from club.certification.models import CertificationScheme
from club.certification.schemes.models import SchemeLevel, SchemeVersion, VersionState
from club.certification.schemes.queries import is_latest
from club.db import db
from club.people.models import Employment, Person
from club.people.queries import employment_holds_on

_LEVEL = joinedload(Candidate.level)
#: What a line about a candidacy says: whose it is, and of which level of which version.
_NAMED = (
    joinedload(Candidate.person),
    joinedload(Candidate.nominated_for),
    _LEVEL.joinedload(SchemeLevel.version).joinedload(SchemeVersion.scheme),
)


#: What rooms above want to know of a candidacy whenever it is looked at: loader options.
ALSO_LOADED: list[ExecutableOption] = []


def candidate_by_public_id(public_id: UUID) -> Candidate | None:
    """With what its level asks for."""
    query = select(Candidate).where(Candidate.public_id == public_id)
    options = (*_NAMED, _LEVEL.joinedload(SchemeLevel.requirements), *ALSO_LOADED)
    return db.session.scalars(query.options(*options)).unique().one_or_none()


def story_of(candidate: Candidate) -> list[tuple[CandidateStep, str | None]]:
    """Each step, the first one first, with the name of whoever took it. The candidate's ``steps``
    are there afterwards without another question.
    """
    query = (
        select(CandidateStep, Person.full_name)
        .outerjoin(Account, Account.id == CandidateStep.by_id)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(CandidateStep.candidate_id == candidate.id)
        .order_by(CandidateStep.id)
    )
    story: list[tuple[CandidateStep, str | None]] = [
        (step, name) for step, name in db.session.execute(query)
    ]
    set_committed_value(candidate, "steps", [step for step, _name in story])
    return story


def read_steps_of(candidates: Collection[Candidate]) -> None:
    """Their ``steps`` are there afterwards without another question."""
    if candidates:
        query = select(Candidate).where(Candidate.id.in_([one.id for one in candidates]))
        db.session.scalars(query.options(selectinload(Candidate.steps))).all()


def candidacies_of(person_id: int) -> list[Candidate]:
    """All of them, the latest begun first."""
    query = select(Candidate).where(Candidate.person_id == person_id).options(*_NAMED)
    return list(db.session.scalars(query.order_by(Candidate.begun_at.desc(), Candidate.id.desc())))


def nominated_for(organisation_id: int, *, on: date) -> list[Candidate]:
    """Whom an organisation nominated, the latest first: while they work there, and until their way
    is over.
    """
    works_there = select(Employment.person_id).where(
        Employment.organisation_id == organisation_id, employment_holds_on(on)
    )
    query = (
        select(Candidate)
        .where(
            Candidate.nominated_for_id == organisation_id,
            Candidate.person_id.in_(works_there),
            Candidate.state.in_(OPEN_STATES),
        )
        .options(*_NAMED)
    )
    return list(db.session.scalars(query.order_by(Candidate.begun_at.desc(), Candidate.id.desc())))


def open_candidacy(person_id: int, level: SchemeLevel) -> Candidate | None:
    """The person's way to this level, on whichever version."""
    query = select(Candidate).where(
        Candidate.person_id == person_id,
        Candidate.scheme_id == level.version.scheme_id,
        Candidate.level_key == level.key,
        Candidate.state.in_(OPEN_STATES),
    )
    return db.session.scalars(query).one_or_none()


def version_taking_candidates(scheme_id: int, *, on: date) -> SchemeVersion | None:
    """The published version on which people start that day: the latest that holds by then."""
    query = select(SchemeVersion).where(
        SchemeVersion.scheme_id == scheme_id, is_latest(VersionState.PUBLISHED, on=on)
    )
    return db.session.scalars(query).one_or_none()


def levels_taking_candidates(*, on: date) -> list[SchemeLevel]:
    """Of all schemes, in their order: what people can apply for that day."""
    version, scheme = SchemeVersion, CertificationScheme
    query = (
        select(SchemeLevel)
        .join(SchemeLevel.version)
        .join(version.scheme)
        .where(is_latest(VersionState.PUBLISHED, on=on))
        .order_by(scheme.position, SchemeLevel.position, SchemeLevel.id)
        .options(contains_eager(SchemeLevel.version).contains_eager(version.scheme))
    )
    return list(db.session.scalars(query))


def level_called(scheme_key: str, number: int, level_key: str) -> SchemeLevel | None:
    """Of a version that is no draft any more, with what it asks for."""
    query = (
        select(SchemeLevel)
        .join(SchemeLevel.version)
        .join(SchemeVersion.scheme)
        .where(
            CertificationScheme.key == scheme_key,
            SchemeVersion.number == number,
            SchemeVersion.state != VersionState.DRAFT,
            SchemeLevel.key == level_key,
        )
        .options(
            joinedload(SchemeLevel.version).joinedload(SchemeVersion.scheme),
            selectinload(SchemeLevel.requirements),
        )
    )
    return db.session.scalars(query).one_or_none()


def other_versions(candidate: Candidate) -> list[SchemeLevel]:
    """The candidate's level in other published versions, the latest first."""
    query = (
        select(SchemeLevel)
        .join(SchemeLevel.version)
        .where(
            SchemeVersion.scheme_id == candidate.scheme_id,
            SchemeVersion.state == VersionState.PUBLISHED,
            SchemeLevel.key == candidate.level_key,
            SchemeLevel.id != candidate.level_id,
        )
        .order_by(SchemeVersion.number.desc())
        .options(
            joinedload(SchemeLevel.version).joinedload(SchemeVersion.scheme),
            selectinload(SchemeLevel.requirements),
        )
    )
    return list(db.session.scalars(query))


def evidence_of(person_id: int) -> Sequence[Evidence]:
    """All that a person handed in, the latest first; what was taken back as well."""
    query = (
        select(Evidence)
        .where(Evidence.person_id == person_id)
        .order_by(Evidence.handed_in_at.desc(), Evidence.id.desc())
        .options(joinedload(Evidence.file), selectinload(Evidence.uses))
    )
    return db.session.scalars(query).all()


def evidence_by_public_id(public_id: UUID) -> Evidence | None:
    query = select(Evidence).where(Evidence.public_id == public_id)
    return db.session.scalars(query.options(joinedload(Evidence.file))).one_or_none()


def uses_in(candidate_id: int) -> Sequence[EvidenceUse]:
    """What is claimed for the candidacy, in the order of claiming."""
    query = (
        select(EvidenceUse)
        .where(EvidenceUse.candidate_id == candidate_id)
        .order_by(EvidenceUse.id)
        .options(
            joinedload(EvidenceUse.evidence).joinedload(Evidence.file),
            joinedload(EvidenceUse.requirement),
            joinedload(EvidenceUse.project).joinedload(ShownProject.pilot),
        )
    )
    return db.session.scalars(query).all()


def use_by_public_id(public_id: UUID) -> EvidenceUse | None:
    query = select(EvidenceUse).where(EvidenceUse.public_id == public_id)
    parts = (
        joinedload(EvidenceUse.candidate),
        joinedload(EvidenceUse.evidence),
        joinedload(EvidenceUse.accepted_by).joinedload(Account.person),
    )
    return db.session.scalars(query.options(*parts)).one_or_none()


def undone_of(use: EvidenceUse) -> Sequence[EvidenceUse]:
    """The rows of the same claim that were accepted until somebody took that back, the first one
    first, with who did both.
    """
    query = (
        select(EvidenceUse)
        .where(
            EvidenceUse.candidate_id == use.candidate_id,
            EvidenceUse.requirement_id == use.requirement_id,
            EvidenceUse.evidence_id == use.evidence_id,
            EvidenceUse.undone_because.is_not(None),
        )
        .order_by(EvidenceUse.id)
    )
    people = (
        joinedload(EvidenceUse.accepted_by).joinedload(Account.person),
        joinedload(EvidenceUse.decided_by).joinedload(Account.person),
    )
    return db.session.scalars(query.options(*people)).all()


def uses_in_all(candidate_ids: Collection[int]) -> Sequence[EvidenceUse]:
    query = select(EvidenceUse).where(EvidenceUse.candidate_id.in_(candidate_ids))
    parts = (joinedload(EvidenceUse.requirement), joinedload(EvidenceUse.project))
    return db.session.scalars(query.options(*parts)).all()
