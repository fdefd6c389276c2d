"""How long an award stands, how it is renewed, and how it stands on a day. Pure.

An award is a fact that nothing changes; its standing follows from days. Days are those of the
club's own zone (``clock.local_day``): an award decided on 31 December at 23:30 is of that day, and
its last day ends at midnight there, where no leap second ever falls.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from club.certification.progress.facts import Credit, Need, Progress, Verdict
from club.certification.progress.months import first_day_within, months_after
from club.certification.progress.replay import fulfilled_from
from club.certification.progress.rules import progress_on
from club.certification.schemes.models import RenewedFrom, ValidFrom

_A_DAY = timedelta(days=1)


class AwardStanding(StrEnum):
    NOT_YET = "not_yet"
    VALID = "valid"
    #: Valid, and its end is near.
    RENEWAL_DUE = "renewal_due"
    #: Not valid any more; a renewal still counts as one.
    IN_GRACE = "in_grace"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    #: The club took it away.
    WITHDRAWN = "withdrawn"
    #: Its holder gave it up.
    GIVEN_BACK = "given_back"

    @property
    def is_valid(self) -> bool:
        return self in {AwardStanding.VALID, AwardStanding.RENEWAL_DUE}


@dataclass(frozen=True)
class ValidityTerms:
    """What a version of a scheme says about time; its columns mean the same."""

    #: ``None``: without end, or to be set.
    validity_months: int | None
    renewed_from: RenewedFrom = RenewedFrom.OLD_END
    #: ``None``: to be set; there is none then.
    grace_months: int | None = None
    #: ``None``: what counts for renewal is what happened since the present validity began.
    renewal_window_months: int | None = None
    #: So many days before the end its renewal is due.
    due_days: int = 180


@dataclass(frozen=True)
class Interruption:
    """A time for which an award was suspended."""

    first: date
    #: ``None``: still.
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


class Window(NamedTuple):
    """In which days a renewal is earned."""

    first: date
    last: date


@dataclass(frozen=True)
class Period:
    """A time of validity, as the first award or a renewal began it."""

    first: date
    #: The last valid day; ``None``: without end, or to be set.
    last: date | None
    #: From which day the months are counted, so that an end on 29 February finds back to it.
    counted_from: date
    months: int
    #: When what renewal asks for was first there; ``None``: of the first award.
    renewed_on: date | None = None


def first_valid_day(
    choice: ValidFrom, *, decided_on: date, issued_on: date, fulfilled_on: date | None
) -> date:
    """By what the scheme chose. Where nothing was counted there is no day on which it was
    fulfilled, and the decision's holds.
    """
    match choice:
        case ValidFrom.DECIDED:
            return decided_on
        case ValidFrom.ISSUED:
            return issued_on
        case ValidFrom.FULFILLED:
            return fulfilled_on or decided_on


def periods_of(
    first_day: date,
    terms: ValidityTerms,
    needs: Sequence[Need],
    credits_: Iterable[Credit],
    verdicts: Mapping[str, Verdict] | None = None,
    *,
    on: date,
) -> tuple[Period, ...]:
    """The first validity and every renewal that the evidence up to ``on`` brings, in order.

    ``needs``: what renewal asks for. What has renewed once does not renew again: evidence counts
    from the day after the threshold was reached.
    """
    known = list(credits_)
    periods = [_first_period(first_day, terms)]
    while renewal := renewal_of(periods[-1], terms, needs, known, verdicts, on=on):
        periods.append(renewal)
    return tuple(periods)


def renewal_of(
    period: Period,
    terms: ValidityTerms,
    needs: Sequence[Need],
    credits_: Iterable[Credit],
    verdicts: Mapping[str, Verdict] | None = None,
    *,
    on: date,
) -> Period | None:
    """The validity that the evidence up to ``on`` adds to this one; ``None``: not renewed by then,
    or without an end.
    """
    window = window_of(period, terms)
    if window is None:
        return None
    asked = asked_within(window, needs)
    # A validity is renewed while it runs, or in its grace time: not by what led to it.
    first, last = max(window.first, period.first + _A_DAY), min(window.last, on)
    reached = fulfilled_from(asked, credits_, verdicts, first=first, last=last)
    return None if reached is None else _renewed(period, reached, terms)


def renewal_progress(
    window: Window,
    needs: Sequence[Need],
    credits_: Iterable[Credit],
    verdicts: Mapping[str, Verdict] | None = None,
    *,
    on: date,
) -> Progress:
    """Where somebody stands with a renewal: what is of a day within the window counts, whenever it
    came in or was judged.
    """
    said = {key: replace(verdict, day=date.min) for key, verdict in (verdicts or {}).items()}
    day = min(on, window.last)
    progress = progress_on(day, asked_within(window, needs), credits_, said)
    return replace(progress, until=window.last)


def periods_kept(
    kept: Iterable[tuple[date, date | None, date | None]], terms: ValidityTerms
) -> tuple[Period, ...]:
    """Validities as they were decided: first day, last day, and the day on which it was earned; so
    that later ones are counted on from them.
    """
    periods: list[Period] = []
    for first, last, earned_on in kept:
        counted_from, months = earned_on or first, terms.validity_months or 0
        if periods and terms.renewed_from is RenewedFrom.OLD_END:
            counted_from, months = periods[-1].counted_from, periods[-1].months + months
        periods.append(Period(first, last, counted_from, months, earned_on))
    return tuple(periods)


def _first_period(day: date, terms: ValidityTerms) -> Period:
    months = terms.validity_months
    return Period(day, None if months is None else months_after(day, months), day, months or 0)


def window_of(period: Period, terms: ValidityTerms) -> Window | None:
    """``None``: the period has no end."""
    if period.last is None:
        return None
    opens = period.first
    if terms.renewal_window_months is not None:
        opens = first_day_within(terms.renewal_window_months, on=period.last)
    if period.renewed_on is not None:
        opens = max(opens, period.renewed_on + _A_DAY)
    return Window(opens, months_after(period.last, terms.grace_months or 0))


def asked_within(window: Window, needs: Iterable[Need]) -> list[Need]:
    """The window says how old evidence may be."""
    return [
        replace(need, since=max(need.since or window.first, window.first), valid_months=None)
        for need in needs
    ]


def _renewed(period: Period, reached: date, terms: ValidityTerms) -> Period:
    """From the old end on, or from the day of the threshold. After the old end nobody is valid
    again before that day.
    """
    assert period.last is not None
    assert terms.validity_months is not None
    if terms.renewed_from is RenewedFrom.THRESHOLD:
        return replace(_first_period(reached, terms), renewed_on=reached)
    months = period.months + terms.validity_months
    return Period(
        first=max(period.last + _A_DAY, reached),
        last=months_after(period.counted_from, months),
        counted_from=period.counted_from,
        months=months,
        renewed_on=reached,
    )


def standing_on(
    day: date,
    periods: Sequence[Period],
    terms: ValidityTerms,
    *,
    suspended: Iterable[Interruption] = (),
    withdrawn_from: date | None = None,
) -> AwardStanding:
    """Withdrawal outweighs everything; what is suspended runs out all the same."""
    if day < periods[0].first:
        return AwardStanding.NOT_YET
    if withdrawn_from is not None and withdrawn_from <= day:
        return AwardStanding.WITHDRAWN
    by_days = _by_days(day, periods, terms)
    if by_days is AwardStanding.LAPSED:
        return by_days
    is_suspended = any(interruption.holds_on(day) for interruption in suspended)
    return AwardStanding.SUSPENDED if is_suspended else by_days


def _by_days(day: date, periods: Sequence[Period], terms: ValidityTerms) -> AwardStanding:
    begun = [period for period in periods if period.first <= day]
    last = last_day(begun)
    if last is None:
        return AwardStanding.VALID
    if day <= last:
        renewed = any(
            p.renewed_on is not None and p.renewed_on <= day for p in periods[len(begun) :]
        )
        near = (last - day).days <= terms.due_days
        return AwardStanding.RENEWAL_DUE if near and not renewed else AwardStanding.VALID
    in_grace = day <= months_after(last, terms.grace_months or 0)
    return AwardStanding.IN_GRACE if in_grace else AwardStanding.LAPSED


def days_of_change(periods: Sequence[Period], terms: ValidityTerms) -> Iterator[date]:
    """The days on which the standing can become another one, by its days alone."""
    for period in periods:
        yield period.first
        if period.renewed_on is not None:
            yield period.renewed_on
        if period.last is not None:
            yield period.last - timedelta(days=terms.due_days)
            yield period.last + _A_DAY
            yield months_after(period.last, terms.grace_months or 0) + _A_DAY


def last_day(periods: Sequence[Period]) -> date | None:
    """Of all these; ``None``: without end, or to be set."""
    return periods[-1].last
