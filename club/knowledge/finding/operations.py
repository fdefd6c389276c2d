from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Date, String, bindparam, delete, text

from club import clock
from club.audit.operations import record
from club.db import transaction
from club.knowledge.finding import queries
from club.knowledge.finding.models import PromotedAnswer, UnansweredSearch
from club.knowledge.finding.rules import PromotionRefusal, refusal_to_promote, worth_keeping
from club.refusal import RefusedError
from club.search.words import question

KEPT_FOR = timedelta(days=365)
#: Who sends nonsense all day fills no database with it.
_MOST_A_DAY = 500
_COUNT = text(
    """
    INSERT INTO unanswered_search (day, words, times) SELECT :day, :words, 1
    WHERE (SELECT count(*) FROM unanswered_search WHERE day = :day) < :most
    ON CONFLICT (day, words) DO UPDATE SET times = unanswered_search.times + 1
    """
).bindparams(bindparam("day", type_=Date), bindparam("words", type_=String))


def count_unanswered(typed: str, now: datetime) -> None:
    """Count a search in vain, by its words and the day and nothing else."""
    words = worth_keeping(typed)
    if words:
        with transaction() as session:
            given = {"day": clock.local_day(now), "words": words, "most": _MOST_A_DAY}
            session.execute(_COUNT, given)


def forget_unanswered(*, now: datetime) -> None:
    with transaction() as session:
        long_ago = UnansweredSearch.day < clock.local_day(now) - KEPT_FOR
        session.execute(delete(UnansweredSearch).where(long_ago))


def promote(
    words: str, *, address: str, from_day: date, till_day: date | None, by: int, now: datetime
) -> PromotedAnswer:
    """Put the page at ``address`` first for whoever types these words, on those days."""
    asked = question(words)
    whole = "" if asked.is_empty else asked.whole
    with transaction() as session:
        ref = queries.ref_at(address)
        there = queries.refs_promoted_in(whole, from_day, till_day)
        refused = refusal_to_promote(asked=whole, ref=ref, days=(from_day, till_day), there=there)
        if refused or ref is None:
            verdict, field = refused or (PromotionRefusal.NOT_FOUND, "address")
            raise RefusedError(verdict, field=field)
        answer = PromotedAnswer(
            words=words, asked=whole, ref=ref, from_day=from_day, till_day=till_day,
            made_at=now, made_by_id=by,
        )  # fmt: skip
        session.add(answer)
        session.flush()
        _note("knowledge.promote_answer", answer, by=by, now=now)
        return answer


def end_promotion(public_id: UUID, *, by: int, now: datetime) -> None:
    with transaction():
        answer = queries.promotion(public_id)
        if answer is None or answer.ended_at:
            raise RefusedError(PromotionRefusal.ENDED_ALREADY)
        answer.ended_at, answer.ended_by_id = now, by
        _note("knowledge.end_promotion", answer, by=by, now=now)


def _note(action: str, answer: PromotedAnswer, *, by: int, now: datetime) -> None:
    record(
        action,
        subject_kind="promoted_answer",
        subject_id=answer.public_id,
        by=by,
        now=now,
        detail={"words": answer.words, "page": answer.ref},
    )
