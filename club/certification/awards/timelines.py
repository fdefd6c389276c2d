"""How every recognition stands on any day, kept so that lists can ask the database. Nothing here
decides: ``standing.spans_of`` does, and what it says is written in the transaction of each step.
"""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select

from club.certification.awards.known import awards_known
from club.certification.awards.models import Award, AwardSpan
from club.certification.awards.standing import Span, spans_of
from club.certification.awards.standing_queries import awards_with_facts, facts_of_award
from club.certification.candidacy.held import held
from club.certification.candidacy.models import Candidate
from club.db import db, transaction


def stands_on(day: date) -> ColumnElement[bool]:
    """Joins a recognition with how it stands that day; none does before its first one."""
    return and_(
        AwardSpan.award_id == Award.id,
        AwardSpan.first_day <= day,
        or_(AwardSpan.last_day.is_(None), AwardSpan.last_day >= day),
    )


def keep_spans(candidate: Candidate) -> None:
    """Of the candidacy's recognition, if there is one. The caller holds the candidacy."""
    for award in awards_with_facts([candidate.id]):
        _write(award.id, spans_of(facts_of_award(award)))


def mend_spans(*, stopped: Callable[[], bool] = lambda: False) -> int:
    """Write those that are missing, or follow from older rules; returns of how many recognitions.
    Each step keeps its own: this is for the first start of a new release.
    """
    kept = _kept()
    wrong = [
        award.candidate_id
        for award in awards_known()
        if kept.get(award.id) != spans_of(award.facts)
    ]
    db.session.rollback()
    mended = 0
    for candidate_id in wrong:
        if stopped():
            break
        with transaction() as session:
            keep_spans(held(session, candidate_id))
        mended += 1
    return mended


def _kept() -> dict[int, list[Span]]:
    query = select(AwardSpan).order_by(AwardSpan.award_id, AwardSpan.first_day)
    found: dict[int, list[Span]] = {}
    for row in db.session.scalars(query):
        span = Span(row.first_day, row.last_day, row.standing)
        found.setdefault(row.award_id, []).append(span)
    return found


def _write(award_id: int, spans: Sequence[Span]) -> None:
    with transaction() as session:
        session.execute(delete(AwardSpan).where(AwardSpan.award_id == award_id))
        session.execute(
            insert(AwardSpan),
            [
                {"award_id": award_id, "first_day": first, "last_day": last, "standing": standing}
                for first, last, standing in spans
            ],
        )
