from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import func, or_, select

from club import clock
from club.accounts.queries import names_of
from club.db import db
from club.knowledge.finding.models import PromotedAnswer, UnansweredSearch
from club.search.models import SearchDocument
from club.search.words import Question

_MOST_SHOWN = 200


@dataclass(frozen=True)
class InVain:
    """Words that were looked for in vain in some days."""

    words: str
    times: int
    last_on: date


@dataclass(frozen=True)
class Promotion:
    answer: PromotedAnswer
    #: Of what it puts first; ``None`` where that cannot be found any more.
    title: str | None
    url: str | None
    made_by: str
    ended_by: str | None


def promoted_refs(asked: Question, now: datetime) -> Sequence[str]:
    """What stands first for exactly these words, what was put there first before others."""
    day = clock.local_day(now)
    query = (
        select(PromotedAnswer.ref)
        .where(
            PromotedAnswer.asked == asked.whole,
            PromotedAnswer.ended_at.is_(None),
            PromotedAnswer.from_day <= day,
            or_(PromotedAnswer.till_day.is_(None), PromotedAnswer.till_day >= day),
        )
        .order_by(PromotedAnswer.id)
    )
    return db.session.scalars(query).all()


def refs_promoted_in(asked: str, first: date, last: date | None) -> set[str]:
    """What stands first for the words on any day of these."""
    query = select(PromotedAnswer.ref).where(
        PromotedAnswer.asked == asked,
        PromotedAnswer.ended_at.is_(None),
        or_(PromotedAnswer.till_day.is_(None), PromotedAnswer.till_day >= first),
    )
    if last:
        query = query.where(PromotedAnswer.from_day <= last)
    return set(db.session.scalars(query))


def ref_at(address: str) -> str | None:
    """The name of the thing whose page has this address, with or without the site before it."""
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return None
    query = select(SearchDocument.ref).where(SearchDocument.url.in_([path, path.rstrip("/")]))
    return db.session.scalars(query.limit(1)).first()


def promotion(public_id: UUID) -> PromotedAnswer | None:
    query = select(PromotedAnswer).where(PromotedAnswer.public_id == public_id)
    return db.session.scalars(query).one_or_none()


def promotions(*, language: str) -> list[Promotion]:
    """Those that stand, or will, before those that were ended; the newest first."""
    query = (
        select(PromotedAnswer, SearchDocument.title, SearchDocument.url)
        .outerjoin(
            SearchDocument,
            (SearchDocument.ref == PromotedAnswer.ref) & (SearchDocument.language == language),
        )
        .order_by(PromotedAnswer.ended_at.is_not(None), PromotedAnswer.id.desc())
        .limit(_MOST_SHOWN)
    )
    rows = db.session.execute(query).all()
    by = [one for answer, _t, _u in rows for one in (answer.made_by_id, answer.ended_by_id) if one]
    names = names_of(by)
    return [
        Promotion(answer, title, url, names[answer.made_by_id], names.get(answer.ended_by_id or 0))
        for answer, title, url in rows
    ]


def asked_in_vain(*, since: date) -> list[InVain]:
    """The words most often looked for in vain since a day."""
    times, last = func.sum(UnansweredSearch.times), func.max(UnansweredSearch.day)
    query = (
        select(UnansweredSearch.words, times, last)
        .where(UnansweredSearch.day >= since)
        .group_by(UnansweredSearch.words)
        .order_by(times.desc(), last.desc(), UnansweredSearch.words)
        .limit(_MOST_SHOWN)
    )
    return [InVain(*row) for row in db.session.execute(query)]
