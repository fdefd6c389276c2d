from collections.abc import Collection, Iterable
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


@dataclass(frozen=True)
class BoardFilter:
    """What a coordinator looks for."""

    q: str = ""
    #: Key of a scheme.
    scheme: str = ""
    waits_for: WaitsFor | None = None

    @property
    def in_use(self) -> int:
        return sum(bool(value) for value in vars(self).values())


class StateAt(NamedTuple):
    candidate_id: int
    state: CandidateState
    at: datetime


def candidates_in(
    states: Collection[CandidateState], wanted: BoardFilter, *, limit: int
) -> tuple[list[Candidate], int]:
    """Those longest in their state first, and how many there are in all."""
    kept = [state for state in states if wanted.waits_for in {None, state.waits_for}]
    query = (
        select(Candidate, func.count().over())
        .join(Candidate.person)
        .join(CertificationScheme, CertificationScheme.id == Candidate.scheme_id)
        .where(Candidate.state.in_(kept), *_conditions(wanted))
        .order_by(Candidate.state_since, Candidate.id)
        .limit(limit)
        .options(
            joinedload(Candidate.person),
            joinedload(Candidate.nominated_for),
            joinedload(Candidate.level)
            .joinedload(SchemeLevel.version)
            .joinedload(SchemeVersion.scheme),
            joinedload(Candidate.level).selectinload(SchemeLevel.requirements),
        )
    )
    found = db.session.execute(query).all()
    return [row[0] for row in found], found[0][1] if found else 0


def candidates_by_state() -> dict[CandidateState, int]:
    query = select(Candidate.state, func.count()).group_by(Candidate.state)
    return {row[0]: row[1] for row in db.session.execute(query)}


def schemes_with_candidates() -> list[CertificationScheme]:
    query = select(CertificationScheme).where(
        CertificationScheme.id.in_(select(Candidate.scheme_id))
    )
    return list(db.session.scalars(query.order_by(CertificationScheme.position)))


def changes_of_state() -> Iterable[StateAt]:
    """Every step that led to another state, candidate by candidate, in order."""
    query = (
        select(CandidateStep.candidate_id, CandidateStep.to_state, CandidateStep.at)
        .where(CandidateStep.from_state.is_distinct_from(CandidateStep.to_state))
        .order_by(CandidateStep.candidate_id, CandidateStep.id)
    )
    return (StateAt(*row) for row in db.session.execute(query))


def _conditions(wanted: BoardFilter) -> list[ColumnElement[bool]]:
    scheme = [CertificationScheme.key == wanted.scheme] if wanted.scheme else []
    return [*has_words(Person.search_key, wanted.q), *scheme]
