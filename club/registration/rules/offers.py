"""What becomes of a place that falls free: verdicts on moments."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto
from typing import Protocol, TypeVar

from club.courses.models import Run, RunState
from club.registration.models import Offer, Registration, RegistrationState
from club.registration.rules.leaving import is_ahead
from club.registration.rules.seating import Seating
from club.registration.rules.terms import Terms

#: So long before the start a place goes at once to who asked for that.
LATE = timedelta(hours=24)
#: An offer that held for less could not be answered by somebody at work.
SHORTEST_OFFER = timedelta(hours=2)


class InterestRefusal(StrEnum):
    COURSE_RETIRED = "The club no longer offers this course."


class OfferRefusal(StrEnum):
    NOT_OFFERED = "No place is offered to this registration now."
    CLASS_OVER = "This class is over, so no place in it is offered any more."
    NOT_WAITING = "This registration does not wait for a place."
    EXPIRED = "This offer has run out; the place has gone to the next in line."
    NO_PLACE_LEFT = "Somebody was faster: the free place has been taken."


class Waiter(Protocol):
    """Somebody in the line: a ``Registration``."""

    @property
    def person_id(self) -> int: ...
    @property
    def quota_id(self) -> int | None: ...
    @property
    def organisation_id(self) -> int | None: ...
    @property
    def takes_late_place(self) -> bool: ...


W = TypeVar("W", bound=Waiter)


class Gets(Enum):
    """What somebody in the line gets."""

    #: A place, without being asked.
    PLACE = auto()
    #: An offer of the vacancy that somebody before has declined or let lapse.
    VACANCY = auto()
    #: An offer of another seat.
    SEAT = auto()


def places_to_fill(run: Run, *, taken: int, waiting: int, at: datetime) -> int:
    """How many of those who wait could have a place now: none once the class has started."""
    if run.state is not RunState.PUBLISHED or run.starts_at is None or at >= run.starts_at:
        return 0
    return min(max(run.seats - taken, 0), waiting)


def who_gets(
    line: Iterable[W],
    seats: Seating,
    *,
    late: bool,
    can_offer: bool,
    had_it: Collection[int] | None,
) -> list[tuple[W, Gets]]:
    """Who of the line gets what, in order, until no seat is left; ``seats`` is filled.

    ``had_it``: the people who were offered the vacancy that goes round; ``None``: none does.
    When everybody left in the line has had it, it is over, and its seat is like any other.
    """
    given: list[tuple[W, Gets]] = []
    passed_over: list[W] = []
    for waiter in line:
        if not seats.has_room(waiter.quota_id, waiter.organisation_id):
            continue
        if late and waiter.takes_late_place:
            gets = Gets.PLACE
        elif not can_offer:
            continue
        elif had_it is None:
            gets = Gets.SEAT
        elif waiter.person_id not in had_it:
            gets, had_it = Gets.VACANCY, None
        elif seats.seats - seats.taken > 1:
            gets = Gets.SEAT
        else:
            passed_over.append(waiter)
            continue
        seats.seat(waiter.quota_id, waiter.organisation_id)
        given.append((waiter, gets))
    return given + _left_over(passed_over, seats)


def _left_over(passed_over: Iterable[W], seats: Seating) -> list[tuple[W, Gets]]:
    given = []
    for waiter in passed_over:
        if seats.has_room(waiter.quota_id, waiter.organisation_id):
            seats.seat(waiter.quota_id, waiter.organisation_id)
            given.append((waiter, Gets.SEAT))
    return given


def expiry_of_offer(starts_at: datetime, terms: Terms, *, at: datetime) -> datetime | None:
    """Until when an offer made now holds: half the time to the cut-off, so that the next in
    line has a chance too, and never longer than the terms say. ``None``: too late to offer.
    """
    left = starts_at - terms.cutoff - at
    if left < SHORTEST_OFFER:
        return None
    return at + max(min(terms.offer_time, left / 2), SHORTEST_OFFER)


def is_late(starts_at: datetime, *, at: datetime) -> bool:
    """Whether a place that falls free now goes at once to who asked for that."""
    return at >= starts_at - LATE


def refusal_to_accept(
    registration: Registration, offer: Offer | None, *, at: datetime
) -> OfferRefusal | None:
    if registration.state is RegistrationState.CONFIRMED and not is_ahead(registration, at=at):
        return OfferRefusal.CLASS_OVER
    if registration.state is RegistrationState.LAPSED:
        return OfferRefusal.EXPIRED
    if registration.state is not RegistrationState.OFFERED or offer is None:
        return OfferRefusal.NOT_OFFERED
    return OfferRefusal.EXPIRED if at >= offer.expires_at else None


def refusal_to_take_late_place(
    registration: Registration, terms: Terms, *, has_room: bool, at: datetime
) -> OfferRefusal | None:
    """When it is too late to offer places in turn, a free one is for whoever takes it first."""
    run = registration.run
    if registration.state is not RegistrationState.WAITING or run.starts_at is None:
        return OfferRefusal.NOT_OFFERED
    if at >= run.starts_at or expiry_of_offer(run.starts_at, terms, at=at) is not None:
        return OfferRefusal.NOT_OFFERED
    return None if has_room else OfferRefusal.NO_PLACE_LEFT


def refusal_to_wish(registration: Registration, *, at: datetime) -> OfferRefusal | None:
    """Who waits may say how places of the last hours are to be given."""
    starts_at = registration.run.starts_at
    if registration.state is not RegistrationState.WAITING or starts_at is None or at >= starts_at:
        return OfferRefusal.NOT_WAITING
    return None


def refusal_to_wish_for_runs(registration: Registration, *, at: datetime) -> OfferRefusal | None:
    """Who waits, or lost the run, may say whether other runs of the course count as well."""
    if registration.state is RegistrationState.CANCELLED and registration.any_run:
        return None
    return refusal_to_wish(registration, at=at)
