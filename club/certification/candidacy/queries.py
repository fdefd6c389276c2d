from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, literal, null, or_, select, union_all
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
)
from club.certification.models import CertificationScheme
from club.certification.progress.needs import course_mark, topic_mark
from club.certification.schemes.models import SchemeLevel, SchemeVersion, VersionState
from club.courses.models import Course, Run
from club.courses.run_lists import RunRow, runs_to_join
from club.db import db
from club.knowledge.models import Topic
from club.people.models import Organisation, Person
from club.pilots.models import PilotPart, PilotProject
from club.records.models import TrainingRecord
from club.records.outside.models import OutsideTraining
from club.registration.models import Registration, RegistrationState

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


def candidacies_of(person_id: int) -> list[Candidate]:
    """All of them, the latest begun first."""
    query = select(Candidate).where(Candidate.person_id == person_id).options(*_NAMED)
    return list(db.session.scalars(query.order_by(Candidate.begun_at.desc(), Candidate.id.desc())))


def nominated_for(organisation_id: int) -> list[Candidate]:
    """Whom an organisation nominated, the latest first."""
    query = select(Candidate).where(Candidate.nominated_for_id == organisation_id).options(*_NAMED)
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
    query = (
        select(SchemeVersion)
        .where(
            SchemeVersion.scheme_id == scheme_id,
            SchemeVersion.state == VersionState.PUBLISHED,
            SchemeVersion.valid_from <= on,
        )
        .order_by(SchemeVersion.valid_from.desc(), SchemeVersion.number.desc())
        .limit(1)
    )
    return db.session.scalars(query).first()


def levels_taking_candidates(*, on: date) -> list[SchemeLevel]:
    """Of all schemes, in their order: what people can apply for that day."""
    version, scheme = SchemeVersion, CertificationScheme
    query = (
        select(SchemeLevel)
        .join(SchemeLevel.version)
        .join(version.scheme)
        .where(version.state == VersionState.PUBLISHED, version.valid_from <= on)
        .order_by(scheme.position, version.valid_from, version.number)
        .order_by(SchemeLevel.position, SchemeLevel.id)
        .options(contains_eager(SchemeLevel.version).contains_eager(version.scheme))
    )
    levels = db.session.scalars(query).all()
    latest = {level.version.scheme_id: level.version for level in levels}
    return [level for level in levels if latest[level.version.scheme_id] is level.version]


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
        )
    )
    return db.session.scalars(query).all()


def use_by_public_id(public_id: UUID) -> EvidenceUse | None:
    query = select(EvidenceUse).where(EvidenceUse.public_id == public_id)
    found = query.options(joinedload(EvidenceUse.candidate), joinedload(EvidenceUse.evidence))
    return db.session.scalars(found).one_or_none()


def uses_in_all(candidate_ids: Collection[int]) -> Sequence[EvidenceUse]:
    query = select(EvidenceUse).where(EvidenceUse.candidate_id.in_(candidate_ids))
    return db.session.scalars(query.options(joinedload(EvidenceUse.requirement))).all()


@dataclass(frozen=True)
class CreditName:
    """What a training record, training elsewhere, teaching or a pilot project was, in words."""

    title: str
    title_en: str | None
    #: The class, who gave it, or the firm.
    where: str


def names_of_credits(refs: Iterable[str]) -> dict[str, CreditName]:
    """By the reference of the credit, in one question; evidence has its own name."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for ref in refs:
        kind, _, number = ref.partition(":")
        wanted[kind].add(int(number))
    if not wanted:
        return {}
    run_names = (Course.title, Course.title_en, Run.code)
    asked = [
        select(literal("training_record"), TrainingRecord.id, *run_names)
        .join(Run, Run.id == TrainingRecord.run_id)
        .join(Run.course)
        .where(TrainingRecord.id.in_(wanted["training_record"])),
        select(literal("teaching"), Run.id, *run_names)
        .join(Run.course)
        .where(Run.id.in_(wanted["teaching"])),
        select(
            literal("outside_training"),
            OutsideTraining.id,
            OutsideTraining.title,
            null(),
            OutsideTraining.provider,
        ).where(OutsideTraining.id.in_(wanted["outside_training"])),
        select(literal("pilot_part"), PilotPart.id, PilotProject.title, null(), Organisation.name)
        .join(PilotPart.project)
        .join(PilotProject.organisation)
        .where(PilotPart.id.in_(wanted["pilot_part"])),
    ]
    found = db.session.execute(union_all(*asked))
    return {f"{row[0]}:{row[1]}": CreditName(*row[2:]) for row in found}


@dataclass(frozen=True)
class Wanted:
    """Of classes: any of these marks, where there are some, and none of those."""

    any_of: Collection[str]
    #: Of courses that count already.
    none_of: Collection[str] = ()

    def is_met_by(self, marks: Collection[str]) -> bool:
        fits = not self.any_of or not set(self.any_of).isdisjoint(marks)
        return fits and set(self.none_of).isdisjoint(marks)


def runs_marked(
    wanted: Mapping[str, Wanted], *, person_id: int, limit: int, now: datetime
) -> dict[str, list[RunRow]]:
    """The next runs in which the person would get a place by registering now and that would count,
    by the key of what they would count for; none in which the person has a place already.
    """
    marks = {mark for one in wanted.values() for mark in one.any_of}
    is_wanted = or_(
        Course.code.in_(_after("course:", marks)), Topic.key.in_(_after("topic:", marks))
    )
    conditions = [is_wanted] if all(one.any_of for one in wanted.values()) else []
    runs = runs_to_join(limit * 5, *conditions, _has_no_place(person_id), now=now)
    return {
        key: [run for run in runs if one.is_met_by(_marks(run))][:limit]
        for key, one in wanted.items()
    }


def _has_no_place(person_id: int) -> ColumnElement[bool]:
    has_a_place = [state for state in RegistrationState if state.has_a_place]
    taken = select(Registration.run_id).where(
        Registration.person_id == person_id, Registration.state.in_(has_a_place)
    )
    return Run.id.not_in(taken)


def _after(prefix: str, marks: Iterable[str]) -> list[str]:
    return [mark.removeprefix(prefix) for mark in marks if mark.startswith(prefix)]


def _marks(run: RunRow) -> set[str]:
    return {course_mark(run.course_code), topic_mark(run.topic_key)}
