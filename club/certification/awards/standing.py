"""How a recognition stands on a day: the one answer, for whoever asks. Pure.

It follows from what was decided about its validity, from the steps of the candidacy that suspend
it, give it back or take it away, and from the day; the state of the candidacy follows from it.
What lists ask in the database (``timelines.py``) are the spans that this brings.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from club.certification.candidacy.models import (
    CandidateState,
    Recognition,
    StepReason,
    states_where,
)
from club.certification.progress.validity import (
    AwardStanding,
    Interruption,
    Period,
    ValidityTerms,
    days_of_change,
    standing_on,
)

_A_DAY = timedelta(days=1)
_S = CandidateState
#: How the candidacy of a recognition stands that was not taken away, suspended or appealed about.
_RUNS = {*states_where(Recognition.STANDS, Recognition.RUN_OUT)}


@dataclass(frozen=True)
class Change:
    """A step of the candidacy since it was recognised."""

    day: date
    after: CandidateState
    #: Of a suspension: its last day, where it has one.
    until: date | None = None
    #: Its holder, not the club, took this step.
    by_holder: bool = False


class Removal(NamedTuple):
    """That a recognition was taken away, or given up."""

    first: date
    by_holder: bool


class Span(NamedTuple):
    """A time through which a recognition stands in one way."""

    first: date
    #: ``None``: for good, as far as is decided.
    last: date | None
    standing: AwardStanding


@dataclass(frozen=True)
class AwardFacts:
    """All that its standing on any day follows from."""

    periods: tuple[Period, ...]
    terms: ValidityTerms
    suspended: tuple[Interruption, ...] = ()
    removal: Removal | None = None

    def on(self, day: date) -> AwardStanding:
        removed_from = self.removal.first if self.removal else None
        found = standing_on(
            day, self.periods, self.terms, suspended=self.suspended, withdrawn_from=removed_from
        )
        given_back = self.removal is not None and self.removal.by_holder
        is_removed = found is AwardStanding.WITHDRAWN
        return AwardStanding.GIVEN_BACK if is_removed and given_back else found

    def by_days_on(self, day: date) -> AwardStanding:
        """Whatever suspends it or took it away."""
        return standing_on(day, self.periods, self.terms)


def facts_of(
    periods: tuple[Period, ...], terms: ValidityTerms, changes: Sequence[Change]
) -> AwardFacts:
    return AwardFacts(periods, terms, tuple(suspensions(changes)), removal(changes))


def spans_of(facts: AwardFacts) -> list[Span]:
    """How it stands on every day from its first one on: spans in order, without gaps."""
    first_day = facts.periods[0].first
    removed_from = [facts.removal.first] if facts.removal else []
    interrupted = [
        day
        for one in facts.suspended
        for day in (one.first, *([one.last + _A_DAY] if one.last else []))
    ]
    changing = {*days_of_change(facts.periods, facts.terms), *interrupted, *removed_from}
    begun = sorted({first_day, *(day for day in changing if day > first_day)})
    turns = [(day, facts.on(day)) for day in begun]
    kept = turns[:1] + [later for before, later in pairwise(turns) if later[1] is not before[1]]
    ends = [first - _A_DAY for first, _standing in kept[1:]]
    return [
        Span(first, last, standing)
        for (first, standing), last in zip(kept, [*ends, None], strict=True)
    ]


def suspensions(changes: Iterable[Change]) -> list[Interruption]:
    """In order. An appeal leaves a suspension as it is; the day on which one is lifted is the
    first one that is free of it.
    """
    found: list[Interruption] = []
    runs = True
    for change in changes:
        if change.after is _S.SUSPENDED and runs:
            found.append(Interruption(change.day, change.until))
            runs = False
        elif change.after in _RUNS and not runs:
            found[-1] = _ended(found[-1], change.day - _A_DAY)
            runs = True
    return found


def _ended(interruption: Interruption, last: date) -> Interruption:
    planned = interruption.last
    return Interruption(interruption.first, last if planned is None else min(planned, last))


def removal(changes: Iterable[Change]) -> Removal | None:
    """Since when it has been taken away or given up. An appeal that is granted undoes it."""
    found = None
    for change in changes:
        if change.after is _S.WITHDRAWN:
            found = found or Removal(change.day, change.by_holder)
        elif change.after is not _S.APPEALED:
            found = None
    return found


def state_of(facts: AwardFacts, day: date) -> CandidateState:
    """How the candidacy stands that day, if nothing is being assessed or appealed about."""
    match facts.on(day):
        case AwardStanding.WITHDRAWN | AwardStanding.GIVEN_BACK:
            return _S.WITHDRAWN
        case AwardStanding.SUSPENDED:
            return _S.SUSPENDED
        case AwardStanding.LAPSED:
            return _S.LAPSED
        case AwardStanding.RENEWAL_DUE | AwardStanding.IN_GRACE:
            return _S.RENEWAL_DUE
        case AwardStanding.NOT_YET | AwardStanding.VALID:
            return _S.RENEWED if len(facts.periods) > 1 else _S.VALID


def ways_to_follow(
    before: CandidateState, after: CandidateState
) -> list[tuple[CandidateState, StepReason]]:
    """The steps by which time takes a candidacy to where its recognition stands; none where it is
    there, and where no time leads to: whoever has run out is not brought back by a clock that is
    put back.
    """
    runs_out = (_S.LAPSED, StepReason.NOT_RENEWED)
    opens = (_S.RENEWAL_DUE, StepReason.RENEWAL_OPENED)
    match before, after:
        case ((_S.VALID | _S.RENEWED), _S.RENEWAL_DUE):
            return [opens]
        case ((_S.VALID | _S.RENEWED), _S.LAPSED):
            return [opens, runs_out]
        case ((_S.RENEWAL_DUE | _S.SUSPENDED), _S.LAPSED):
            return [runs_out]
        case _S.SUSPENDED, (_S.VALID | _S.RENEWED | _S.RENEWAL_DUE):
            return [(after, StepReason.RESUMED)]
    return []
