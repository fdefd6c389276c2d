"""The club's own recognitions, as the register shows them: valid by their days, or suspended or
withdrawn where the version that they were decided by makes that public.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, exists, literal, or_, select, true
from sqlalchemy.orm import aliased, contains_eager, selectinload

from club.certification.awards.models import Award, AwardPeriod
from club.certification.candidacy.models import (
    Candidate,
    CandidateState,
    CandidateStep,
    Recognition,
    StepReason,
    states_where,
)
from club.certification.models import CertificationScheme
from club.certification.register.facts import Holding, HoldingKind, Shown, Title, Wanted
from club.certification.schemes.models import SchemeLevel, SchemeVersion
from club.db import db

_STANDS = states_where(Recognition.STANDS)
#: From an award to what it is of, and to how its candidacy stands.
_AWARDS = (
    select(Award)
    .join(Award.candidate)
    .join(Award.level)
    .join(SchemeLevel.version)
    .join(SchemeVersion.scheme)
)


def holders(wanted: Wanted, standings: Collection[Shown], on: date) -> Select[int]:
    query = _AWARDS.with_only_columns(Award.person_id).where(_stands(standings, on))
    if wanted.scheme:
        query = query.where(CertificationScheme.key == wanted.scheme)
    if wanted.level:
        query = query.where(SchemeLevel.key == wanted.level)
    return query


def holdings_of(person_ids: Collection[int], on: date) -> dict[int, list[Holding]]:
    ways = _ways(on)
    standing = case(*((stands, literal(shown.value)) for shown, stands in ways.items()))
    query = (
        _AWARDS.add_columns(standing)
        .where(Award.person_id.in_(person_ids), _stands(frozenset(Shown), on))
        .order_by(Award.issued_on.desc(), Award.id.desc())
        .options(
            contains_eager(Award.level, SchemeLevel.version, SchemeVersion.scheme),
            selectinload(Award.periods),
        )
    )
    found: dict[int, list[Holding]] = defaultdict(list)
    for award, shown in db.session.execute(query):
        found[award.person_id].append(_holding(award, Shown(shown), on))
    return found


def titles(on: date) -> list[Title]:
    query = (
        _AWARDS.with_only_columns(
            CertificationScheme.key,
            CertificationScheme.name,
            CertificationScheme.name_en,
            SchemeLevel.key,
            SchemeLevel.name,
            SchemeLevel.name_en,
        )
        .where(_is_valid(on))
        .distinct()
    )
    rows = db.session.execute(query.order_by(CertificationScheme.key, SchemeLevel.key))
    return [Title(*row) for row in rows]


def _stands(standings: Collection[Shown], on: date) -> ColumnElement[bool]:
    ways = _ways(on)
    return or_(*(ways[standing] for standing in standings))


def _ways(on: date) -> dict[Shown, ColumnElement[bool]]:
    return {
        Shown.VALID: _is_valid(on),
        Shown.SUSPENDED: and_(
            _is_in({CandidateState.SUSPENDED}),
            _covers(on),
            SchemeVersion.suspended_shown.is_(true()),
        ),
        Shown.WITHDRAWN: and_(
            _is_in({CandidateState.WITHDRAWN}),
            _was_taken_back(),
            SchemeVersion.withdrawn_shown.is_(true()),
        ),
    }


def _is_valid(on: date) -> ColumnElement[bool]:
    """By its days, whatever the candidacy's state has not been moved to yet."""
    return and_(_is_in(_STANDS), _covers(on))


def _covers(on: date) -> ColumnElement[bool]:
    return exists().where(
        AwardPeriod.award_id == Award.id,
        AwardPeriod.valid_from <= on,
        or_(AwardPeriod.valid_until.is_(None), AwardPeriod.valid_until >= on),
    )


def _is_in(states: Collection[CandidateState]) -> ColumnElement[bool]:
    """Also while an appeal against that goes on: until it is granted, things stay as they are."""
    later = aliased(CandidateStep)
    appeal = CandidateStep.to_state == CandidateState.APPEALED
    appealed_from = exists().where(
        CandidateStep.candidate_id == Candidate.id,
        appeal,
        CandidateStep.from_state.in_(states),
        ~exists().where(later.candidate_id == Candidate.id, later.id > CandidateStep.id),
    )
    in_appeal = and_(Candidate.state == CandidateState.APPEALED, appealed_from)
    return or_(Candidate.state.in_(states), in_appeal)


def _was_taken_back() -> ColumnElement[bool]:
    """By the club; who gave a recognition back is not shown any more."""
    return exists().where(
        CandidateStep.candidate_id == Candidate.id,
        CandidateStep.reason == StepReason.RECOGNITION_WITHDRAWN,
    )


def _holding(award: Award, shown: Shown, on: date) -> Holding:
    level, scheme = award.level, award.level.version.scheme
    begun = [period for period in award.periods if period.valid_from <= on]
    return Holding(
        kind=HoldingKind.OWN,
        standing=shown,
        scheme=scheme.name,
        scheme_en=scheme.name_en,
        standard=scheme.standard,
        level=level.name,
        level_en=level.name_en,
        body=None,
        issued_on=award.issued_on,
        expires_on=begun[-1].valid_until if begun else None,
        scope=None,
        checked_on=None,
    )
