from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from club.certification.candidacy.models import Candidate, CandidateState, CandidateStep, WaitsFor
from club.certification.models import CertificationScheme
from club.certification.schemes.models import SchemeLevel, SchemeVersion
from club.db import db
from club.people.models import Person
from club.people.queries import has_words
from club.web.pages import Page


@dataclass(frozen=True)
class BoardFilter:
    """What a coordinator looks for."""

    q: str = ""
    #: Key of a scheme.
    scheme: str = ""
    waits_for: WaitsFor | None = None

    @property
    def asked(self) -> list[tuple[str, str]]:
        """As it stands in addresses."""
        return [(name, str(value)) for name, value in vars(self).items() if value]

    @property
    def in_use(self) -> int:
        return sum(bool(value) for value in vars(self).values())


class StateAt(NamedTuple):
    candidate_id: int
    state: CandidateState
    at: datetime


def candidates_in(
    states: Collection[CandidateState], wanted: BoardFilter, *, page: int, size: int
) -> Page[Candidate]:
    """Those longest in their state first."""
    query = (
        select(Candidate)
        .join(Candidate.person)
        .join(CertificationScheme, CertificationScheme.id == Candidate.scheme_id)
        .where(*_conditions(wanted, states))
        .order_by(Candidate.state_since, Candidate.id)
        .limit(size)
        .offset((page - 1) * size)
        .options(
            joinedload(Candidate.person),
            joinedload(Candidate.nominated_for),
            joinedload(Candidate.level)
            .joinedload(SchemeLevel.version)
            .joinedload(SchemeVersion.scheme),
            joinedload(Candidate.level).selectinload(SchemeLevel.requirements),
        )
    )
    return Page(db.session.scalars(query).all(), page, size, total_in(states, wanted))


def total_in(states: Collection[CandidateState], wanted: BoardFilter) -> int:
    query = (
        select(func.count(Candidate.id))
        .join(Candidate.person)
        .join(CertificationScheme, CertificationScheme.id == Candidate.scheme_id)
        .where(*_conditions(wanted, states))
    )
    return db.session.scalars(query).one()


def ids_of_candidates_in(states: Collection[CandidateState], wanted: BoardFilter) -> Sequence[int]:
    query = (
        select(Candidate.id)
        .join(Candidate.person)
        .join(CertificationScheme, CertificationScheme.id == Candidate.scheme_id)
        .where(*_conditions(wanted, states))
    )
    return db.session.scalars(query).all()


def candidates_by_id(candidate_ids: Collection[int]) -> dict[int, Candidate]:
    query = select(Candidate).where(Candidate.id.in_(candidate_ids))
    return {one.id: one for one in db.session.scalars(query.options(joinedload(Candidate.person)))}


def candidates_by_state() -> dict[CandidateState, int]:
    query = select(Candidate.state, func.count()).group_by(Candidate.state)
    return {row[0]: row[1] for row in db.session.execute(query)}


def schemes_with_candidates() -> list[CertificationScheme]:
    query = select(CertificationScheme).where(
        CertificationScheme.id.in_(select(Candidate.scheme_id))
    )
    return list(db.session.scalars(query.order_by(CertificationScheme.position)))


def changes_of_state(wanted: BoardFilter) -> Iterable[StateAt]:
    """Every step that led to another state, candidate by candidate, in order; also of those whose
    way is over.
    """
    query = (
        select(CandidateStep.candidate_id, CandidateStep.to_state, CandidateStep.at)
        .join(CandidateStep.candidate)
        .join(Candidate.person)
        .join(CertificationScheme, CertificationScheme.id == Candidate.scheme_id)
        .where(
            CandidateStep.from_state.is_distinct_from(CandidateStep.to_state),
            *_conditions(wanted, CandidateState),
        )
        .order_by(CandidateStep.candidate_id, CandidateStep.id)
    )
    return (StateAt(*row) for row in db.session.execute(query))


def _conditions(wanted: BoardFilter, states: Iterable[CandidateState]) -> list[ColumnElement[bool]]:
    """For a SELECT from candidates joined with ``Person`` and ``CertificationScheme``."""
    kept = [state for state in states if wanted.waits_for in {None, state.waits_for}]
    scheme = [CertificationScheme.key == wanted.scheme] if wanted.scheme else []
    return [Candidate.state.in_(kept), *has_words(Person.search_key, wanted.q), *scheme]
