"""How all recognitions stand on a day, by what was known at a moment: for lists and figures, by the
one answer that the page of each gives (``AwardFacts.on``).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute

from club.certification.awards.models import Award, AwardPeriod, AwardSuspension
from club.certification.awards.standing import AwardFacts, Change, facts_of
from club.certification.awards.terms import terms_of
from club.certification.candidacy.models import CandidateStep, StepReason
from club.certification.progress.validity import periods_kept
from club.certification.schemes.models import SchemeLevel, SchemeVersion
from club.clock import local_day
from club.db import db


@dataclass(frozen=True)
class KnownAward:
    id: int
    candidate_id: int
    facts: AwardFacts


def awards_known(moment: datetime | None = None) -> Iterator[KnownAward]:
    """All that had been given by then, in three questions. ``None``: by what is known now."""
    periods, changes = _periods(moment), _changes(moment)
    query = (
        select(Award.id, Award.candidate_id, SchemeVersion)
        .join(Award.level)
        .join(SchemeLevel.version)
        .order_by(Award.id)
    )
    for award_id, candidate_id, version in db.session.execute(query):
        if award_id in periods:
            terms = terms_of(version)
            kept = periods_kept(periods[award_id], terms)
            facts = facts_of(kept, terms, changes.get(candidate_id, []))
            yield KnownAward(award_id, candidate_id, facts)


def _periods(
    moment: datetime | None,
) -> Mapping[int, list[tuple[date, date | None, date | None]]]:
    """By award, in their order."""
    query = (
        select(
            AwardPeriod.award_id,
            AwardPeriod.valid_from,
            AwardPeriod.valid_until,
            AwardPeriod.earned_on,
        )
        .where(_by(AwardPeriod.decided_at, moment))
        .order_by(AwardPeriod.award_id, AwardPeriod.position)
    )
    found: defaultdict[int, list[tuple[date, date | None, date | None]]] = defaultdict(list)
    for award_id, first, last, earned_on in db.session.execute(query):
        found[award_id].append((first, last, earned_on))
    return found


def _changes(moment: datetime | None) -> Mapping[int, list[Change]]:
    """By candidacy, since each was recognised."""
    query = (
        select(
            CandidateStep.candidate_id,
            CandidateStep.reason,
            CandidateStep.to_state,
            CandidateStep.at,
            AwardSuspension.until_on,
        )
        .outerjoin(AwardSuspension, AwardSuspension.step_id == CandidateStep.id)
        .where(
            CandidateStep.candidate_id.in_(select(Award.candidate_id)),
            _by(CandidateStep.at, moment),
        )
        .order_by(CandidateStep.candidate_id, CandidateStep.id)
    )
    found: dict[int, list[Change]] = {}
    for candidate_id, reason, after, at, until in db.session.execute(query):
        if candidate_id in found or reason is StepReason.RECOGNISED:
            by_holder = reason is StepReason.WITHDRAWN_BY_PERSON
            found.setdefault(candidate_id, []).append(
                Change(local_day(at), after, until, by_holder=by_holder)
            )
    return found


def _by(at: InstrumentedAttribute[datetime], moment: datetime | None) -> ColumnElement[bool]:
    return true() if moment is None else at <= moment
