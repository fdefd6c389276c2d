"""How much each credit brings for one need, and why. Credits come in order of days, so that an
earlier one is never set aside for a later one.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from club.certification.progress.facts import (
    NOTHING,
    Attempts,
    Counted,
    Credit,
    CreditStanding,
    Measure,
    Need,
    Reason,
    Source,
)
from club.certification.progress.months import Span, first_day_within, joined, months_in

_ONE = Decimal(1)
_first_day_within = lru_cache(maxsize=1024)(first_day_within)


def weighed(need: Need, credits_: Sequence[Credit], *, day: date) -> list[Counted]:
    """What each of the credits brings on a day; together they are the amount of the need.

    ``credits_`` are of the need's kind and unit, or were handed in for it, ordered by day and name;
    none is set aside by a decision. Those that were withdrawn are attempts and bring nothing.
    """
    reasons = [_why_not(need, credit, day=day) for credit in credits_]
    if need.measure is Measure.MONTHS:
        return list(_covered(need, zip(credits_, reasons, strict=True), day=day))
    if need.measure is Measure.BEST:
        return _best(need, list(zip(credits_, reasons, strict=True)))
    once = _each_thing_once(need, credits_, reasons)
    return list(_summed(need, zip(credits_, once, strict=True)))


_Judged = tuple[Credit, Reason | None]


def _why_not(need: Need, credit: Credit, *, day: date) -> Reason | None:
    if _first_day(need, credit) > day:
        return Reason.NOT_YET
    why_not = why_never(need, credit)
    why_not = why_not or _too_long_ago(need, _last_day(need, credit, day=day), day=day)
    return why_not or (Reason.WITHDRAWN if _is_withdrawn(credit) else None)


def _each_thing_once(
    need: Need, credits_: Sequence[Credit], reasons: Sequence[Reason | None]
) -> list[Reason | None]:
    """Of those about one thing, what brings most counts; of equals, the first one."""
    best: dict[str, Credit] = {}
    for credit, why_not in zip(credits_, reasons, strict=True):
        if credit.about is not None and why_not is None:
            so_far = best.setdefault(credit.about, credit)
            if _worth(need, credit) > _worth(need, so_far):
                best[credit.about] = credit
    return [
        Reason.SAME_THING
        if why_not is None and credit.about is not None and best[credit.about] is not credit
        else why_not
        for credit, why_not in zip(credits_, reasons, strict=True)
    ]


def _is_withdrawn(credit: Credit) -> bool:
    return credit.standing is CreditStanding.WITHDRAWN


def why_never(need: Need, credit: Credit) -> Reason | None:
    """Whatever becomes of the credit, and on whatever day."""
    if credit.handed_in_for is None and not _is_about(need, credit):
        return Reason.OTHER_SUBJECT
    if need.measured and not credit.measured:
        return Reason.UNMEASURED
    return None if _factor(need, credit) else Reason.CATEGORY_NOT_TAKEN


def _first_day(need: Need, credit: Credit) -> date:
    """The first one on which it brings something: of months each day does, else only the last."""
    return credit.day if need.measure is Measure.MONTHS else credit.to_day or credit.day


def _is_about(need: Need, credit: Credit) -> bool:
    return not need.any_of or not need.any_of.isdisjoint(credit.marks)


def _last_day(need: Need, credit: Credit, *, day: date) -> date:
    if need.measure is not Measure.MONTHS:
        return credit.to_day or credit.day
    return day if credit.to_day is None else min(credit.to_day, day)


def _too_long_ago(need: Need, last: date, *, day: date) -> Reason | None:
    if need.since is not None and last < need.since:
        return Reason.TOO_EARLY
    if need.valid_months is not None and last < _first_day_within(need.valid_months, on=day):
        return Reason.NO_LONGER_VALID
    return None


def _factor(need: Need, credit: Credit) -> Decimal:
    return need.factors.get(credit.category or "", _ONE)


def _worth(need: Need, credit: Credit) -> Decimal:
    return credit.amount * _factor(need, credit)


def _summed(need: Need, judged: Iterable[_Judged]) -> Iterable[Counted]:
    left = dict(need.caps)
    for credit, why_not in judged:
        if why_not is not None:
            yield Counted(credit, NOTHING, why_not)
            continue
        worth = _worth(need, credit)
        room = left.get(credit.category or "", worth)
        if credit.category in left:
            left[credit.category] = room - min(worth, room)
        if worth > room:
            yield Counted(credit, room, Reason.CAPPED if room else Reason.SURPLUS)
        else:
            is_whole = worth == credit.amount
            yield Counted(credit, worth, Reason.COUNTS if is_whole else Reason.WEIGHTED)


def _best(need: Need, judged: Sequence[_Judged]) -> list[Counted]:
    after_attempts = list(_admitted(need.attempts or Attempts(), judged))
    taken = [credit for credit, why_not in after_attempts if why_not is None]
    best = max(taken, key=lambda credit: credit.amount, default=None)
    return [
        Counted(credit, credit.amount, Reason.COUNTS)
        if credit is best
        else Counted(credit, NOTHING, why_not or Reason.ANOTHER_IS_BETTER)
        for credit, why_not in after_attempts
    ]


def _admitted(attempts: Attempts, judged: Sequence[_Judged]) -> Iterable[_Judged]:
    """Attempts beyond the most, or within the waiting time, count nothing. One that has grown too
    old, or whose paper was withdrawn, was an attempt all the same; but another paper about the day
    of a withdrawn one is about the same attempt. Assessors who find it passed saw to all that.
    """
    number, last = 0, None
    told = {credit.day for credit, why in judged if why in _WAS_AN_ATTEMPT - {Reason.WITHDRAWN}}
    for credit, why_not in judged:
        is_told_already = _is_withdrawn(credit) and credit.day in told
        if why_not not in _WAS_AN_ATTEMPT or is_told_already or credit.source is Source.FINDING:
            yield credit, why_not
        elif attempts.most is not None and number >= attempts.most:
            yield credit, Reason.TOO_MANY_ATTEMPTS
        elif last is not None and credit.day < last + timedelta(days=attempts.wait_days):
            yield credit, Reason.TOO_SOON
        else:
            number, last = number + 1, credit.day
            told.add(credit.day)
            yield credit, why_not


_WAS_AN_ATTEMPT = {None, Reason.NO_LONGER_VALID, Reason.WITHDRAWN}


def _covered(need: Need, judged: Iterable[_Judged], *, day: date) -> Iterable[Counted]:
    """Months that the credits' days cover. Weights and caps do not apply: a day is there or not."""
    spans: list[Span] = []
    so_far = NOTHING
    for credit, why_not in judged:
        if why_not is not None:
            yield Counted(credit, NOTHING, why_not)
            continue
        whole = (credit.day, _last_day(need, credit, day=day))
        taken = (max(whole[0], _earliest(need, day=day)), whole[1])
        spans = joined([*spans, taken])
        covered = months_in(spans)
        yield Counted(credit, covered - so_far, _why_so_long(whole, taken, covered - so_far))
        so_far = covered


def _earliest(need: Need, *, day: date) -> date:
    """The first day whose work counts: what is older has left the time that the scheme takes."""
    first = need.since or date.min
    if need.valid_months is None:
        return first
    return max(first, _first_day_within(need.valid_months, on=day))


def _why_so_long(whole: Span, taken: Span, added: Decimal) -> Reason:
    if added < months_in([taken]):
        return Reason.OVERLAPS
    return Reason.COUNTS if taken == whole else Reason.PART_OF_TIME
