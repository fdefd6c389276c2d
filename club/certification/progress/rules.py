"""Where somebody stands with what a scheme asks: pure, and the same in whatever order the
evidence came.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from club.certification.progress.facts import (
    NOTHING,
    Counted,
    Credit,
    CreditStanding,
    Measure,
    Need,
    NeedStanding,
    NeedState,
    Part,
    Progress,
    Reason,
    Verdict,
)
from club.certification.progress.weighing import weighed, why_never

#: Of alternatives, the one that is furthest on stands for the group.
_FURTHEST_FIRST = (
    NeedState.MET,
    NeedState.WAITING,
    NeedState.PARTLY,
    NeedState.MISSING,
    NeedState.TO_BE_SET,
)
_SET_ASIDE = {
    CreditStanding.WAITING: Reason.WAITING,
    CreditStanding.REFUSED: Reason.REFUSED,
    CreditStanding.WITHDRAWN: Reason.WITHDRAWN,
    CreditStanding.UNFINISHED: Reason.UNFINISHED,
}
_MET_OR_WAITING = {NeedState.MET, NeedState.WAITING}
_MAY_COUNT = {CreditStanding.ACCEPTED, CreditStanding.WAITING}


def progress_on(
    day: date,
    needs: Sequence[Need],
    credits_: Iterable[Credit],
    verdicts: Mapping[str, Verdict] | None = None,
) -> Progress:
    """Where somebody stands on a day. ``verdicts``, by the key of the need, are those of who had
    to judge; the parts come in the order of the needs.
    """
    offered: defaultdict[tuple[str, ...], list[Credit]] = defaultdict(list)
    for credit in credits_:
        offered[_use_of(credit)].append(credit)
    given = verdicts or {}
    standings = [
        standing_on(
            day,
            need,
            offered.get((need.kind, need.unit), []) + offered.get((need.key,), []),
            given.get(need.key),
        )
        for need in needs
    ]
    parts = _parts(standings)
    return Progress(parts, readiness_of(parts))


def _use_of(credit: Credit) -> tuple[str, ...]:
    return (credit.kind, credit.unit) if credit.handed_in_for is None else (credit.handed_in_for,)


def standing_on(
    day: date, need: Need, offered: Iterable[Credit], verdict: Verdict | None = None
) -> NeedStanding:
    """``offered``: what is of the need's kind and unit, or was handed in for it. A verdict of a
    later day is not known yet.
    """
    in_order = sorted(offered, key=lambda credit: (credit.day, credit.ref))
    kept = [c for c in in_order if c.standing is CreditStanding.ACCEPTED or _stays(need, c)]
    counted = weighed(need, kept, day=day)
    amount = _together(counted)
    aside = [
        Counted(c, NOTHING, why_never(need, c) or _SET_ASIDE[c.standing])
        for c in in_order
        if c.standing in _SET_ASIDE and not _stays(need, c)
    ]
    waiting = NOTHING
    if any(c.standing is CreditStanding.WAITING for c in in_order):
        hoped = weighed(
            need, [c for c in in_order if c.standing in _MAY_COUNT or _stays(need, c)], day=day
        )
        waiting = max(_together(hoped) - amount, NOTHING)
    said = verdict if verdict is not None and verdict.day <= day else None
    state = _state(need, amount=amount, waiting=waiting, verdict=said)
    return NeedStanding(need, state, amount, waiting, (*counted, *aside), said)


def _stays(need: Need, credit: Credit) -> bool:
    """Whether it was an attempt that counted, and is one although it was withdrawn."""
    is_withdrawn = credit.standing is CreditStanding.WITHDRAWN
    return need.measure is Measure.BEST and is_withdrawn and credit.was_accepted


def _together(counted: Iterable[Counted]) -> Decimal:
    """What the credits bring together. Of attempts one alone brings anything."""
    return sum((one.amount for one in counted), NOTHING)


def _state(need: Need, *, amount: Decimal, waiting: Decimal, verdict: Verdict | None) -> NeedState:
    if need.minimum is None:
        return NeedState.TO_BE_SET
    if _was_refused(need, verdict):
        return NeedState.MISSING
    if amount >= need.minimum:
        return NeedState.WAITING if need.needs_verdict and verdict is None else NeedState.MET
    if amount + waiting >= need.minimum:
        return NeedState.WAITING
    if amount and need.measure is not Measure.BEST:
        return NeedState.PARTLY
    return NeedState.WAITING if waiting else NeedState.MISSING


def _was_refused(need: Need, verdict: Verdict | None) -> bool:
    """Whoever had to judge found that it is not fulfilled, whatever the amount."""
    return need.needs_verdict and verdict is not None and not verdict.fulfilled


def _parts(standings: Sequence[NeedStanding]) -> tuple[Part, ...]:
    """A group of alternatives stands where its first need stands."""
    members: defaultdict[tuple[bool, str], list[NeedStanding]] = defaultdict(list)
    for standing in standings:
        group = standing.need.group
        members[group is not None, group or standing.need.key].append(standing)
    return tuple(_part(key, found) for (_, key), found in members.items())


def _part(key: str, standings: Sequence[NeedStanding]) -> Part:
    """The alternative that is furthest on stands for all."""
    ways = ways_of(standings)
    states = [_state_of_way(way) for way in ways]
    shares = [share for way in ways if (share := _share_of_way(way)) is not None]
    return Part(
        key, min(states, key=_FURTHEST_FIRST.index), max(shares, default=None), tuple(standings)
    )


def ways_of(standings: Iterable[NeedStanding]) -> list[list[NeedStanding]]:
    """The alternatives of a part: one need each, or those that are asked together."""
    ways: defaultdict[str, list[NeedStanding]] = defaultdict(list)
    for standing in standings:
        ways[standing.need.together or f"need/{standing.need.key}"].append(standing)
    return list(ways.values())


def _state_of_way(way: Sequence[NeedStanding]) -> NeedState:
    """Of needs that are asked together."""
    states = {standing.state for standing in way}
    if len(states) == 1:
        return states.pop()
    if NeedState.TO_BE_SET in states:
        return NeedState.TO_BE_SET
    return NeedState.WAITING if states == _MET_OR_WAITING else NeedState.PARTLY


def _share_of_way(way: Sequence[NeedStanding]) -> Fraction | None:
    shares = [_share(standing) for standing in way]
    known = [share for share in shares if share is not None]
    return sum(known, Fraction()) / len(way) if len(known) == len(way) else None


def _share(standing: NeedStanding) -> Fraction | None:
    """Which part of its minimum is there, at most 1. Points of a failed examination are no part of
    a passed one, and what was judged as not fulfilled is not there.
    """
    need = standing.need
    if need.minimum is None:
        return None
    if _was_refused(need, standing.verdict):
        return Fraction()
    if need.measure is Measure.BEST:
        return Fraction(standing.amount >= need.minimum)
    return min(Fraction(standing.amount) / Fraction(need.minimum), Fraction(1))


def readiness_of(parts: Sequence[Part]) -> int | None:
    """How much of what is asked is there, in whole percent.

    Every part weighs the same; a part brings the share of its minimum that is accepted and counts,
    at most 1. The mean is rounded down, and is 100 only if every part is met: something that waits
    to be judged or has no minimum yet leaves it at 99. Parts without a minimum are left out of the
    mean; ``None`` if all are.
    """
    shares = [part.share for part in parts if part.share is not None]
    if not shares:
        return None
    percent = int(sum(shares, Fraction()) * 100 / len(shares))
    complete = all(part.state is NeedState.MET for part in parts)
    return percent if complete else min(percent, 99)
