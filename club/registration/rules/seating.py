"""Who gets a seat: arithmetic of places and of groups that have seats of their own.

A group's seats are kept for it, the others are for everybody, the group included. So a group
with 20 of 30 seats is sure of 20 and may come to more; where the groups' seats add up to all
seats there are no others, and each group has exactly its own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from club.courses.models import Run
from club.courses.rules import MOST_SEATS, RunRefusal
from club.people.models import AudienceKind
from club.registration.models import NoRoom, RunQuota
from club.registration.rules.terms import TermsRefusal, is_over


class SeatsRefusal(StrEnum):
    OUT_OF_RANGE = RunRefusal.SEATS.value
    RUN_NOT_ALIVE = TermsRefusal.RUN_NOT_ALIVE.value
    BELOW_QUOTAS = "The groups together have more places than that. Lower one of them first."


class QuotaRefusal(StrEnum):
    NO_CRITERION = "Say for whom these places are: at least one of the choices."
    OUT_OF_RANGE = "Enter a number of places between 0 and 2,000."
    MORE_THAN_SEATS = "The groups together have more places than the class. Lower one of them."
    TWICE = "There is a group like this already: change its number of places instead."


@dataclass(frozen=True)
class PlacingFacts:
    """What decides which group somebody belongs to."""

    audience: AudienceKind
    #: The organisation the person comes for, and its ward; else the ward the person lives in.
    organisation_id: int | None
    ward_id: int | None
    is_member: bool
    #: The topics that the person follows.
    topic_ids: frozenset[int] = frozenset()


class Criteria(Protocol):
    """A ``RunQuota``, or what somebody typed to make one."""

    @property
    def audience(self) -> AudienceKind | None: ...
    @property
    def ward_id(self) -> int | None: ...
    @property
    def organisation_id(self) -> int | None: ...
    @property
    def topic_id(self) -> int | None: ...
    @property
    def members_only(self) -> bool: ...


def fits(quota: Criteria, facts: PlacingFacts) -> bool:
    return (
        quota.audience in {None, facts.audience}
        and quota.ward_id in {None, facts.ward_id}
        and quota.organisation_id in {None, facts.organisation_id}
        and (quota.topic_id is None or quota.topic_id in facts.topic_ids)
        and (facts.is_member or not quota.members_only)
    )


def quota_of(quotas: Iterable[RunQuota], facts: PlacingFacts) -> int | None:
    """The id of the first group the person belongs to; ``None``: the general seats only."""
    return next((quota.id for quota in quotas if fits(quota, facts)), None)


@dataclass
class Seating:
    """How many sit where, while places are given out one by one."""

    seats: int
    taken: int
    #: Seats kept for each group; empty once they are open to all.
    kept: Mapping[int, int] = field(default_factory=dict)
    of_quota: Counter[int | None] = field(default_factory=Counter)
    of_organisation: Counter[int | None] = field(default_factory=Counter)
    most_per_organisation: int | None = None

    def has_room(self, quota_id: int | None, organisation_id: int | None) -> bool:
        return self.lack_of_room(quota_id, organisation_id) is None

    def lack_of_room(self, quota_id: int | None, organisation_id: int | None) -> NoRoom | None:
        """Why there is no seat for somebody of this group and organisation."""
        if self.taken >= self.seats:
            return NoRoom.ALL_TAKEN
        if self.is_at_its_most(organisation_id):
            return NoRoom.ORGANISATION_AT_ITS_MOST
        if self.of_quota[quota_id] < self.kept.get(quota_id or 0, 0):
            return None
        waiting_to_be_used = sum(
            max(seats - self.of_quota[quota], 0) for quota, seats in self.kept.items()
        )
        others_are_free = self.seats - self.taken > waiting_to_be_used
        return None if others_are_free else NoRoom.KEPT_FOR_GROUPS

    def places_for(self, people: int, quota_id: int | None, organisation_id: int | None) -> int:
        """How many of so many people of one group and organisation get a seat; they are seated."""
        for number in range(people):
            if not self.has_room(quota_id, organisation_id):
                return number
            self.seat(quota_id, organisation_id)
        return people

    def is_at_its_most(self, organisation_id: int | None) -> bool:
        """Whether the organisation has all the places that one organisation may have."""
        most = self.most_per_organisation
        if most is None or organisation_id is None:
            return False
        return self.of_organisation[organisation_id] >= most

    def leave(self, quota_id: int | None, organisation_id: int | None) -> None:
        self.taken -= 1
        self.of_quota[quota_id] -= 1
        self.of_organisation[organisation_id] -= 1

    def seat(self, quota_id: int | None, organisation_id: int | None) -> None:
        self.taken += 1
        self.of_quota[quota_id] += 1
        self.of_organisation[organisation_id] += 1


def refusal_to_change_seats(
    run: Run, seats: int, *, quotas: Iterable[RunQuota]
) -> SeatsRefusal | None:
    if not 1 <= seats <= MOST_SEATS:
        return SeatsRefusal.OUT_OF_RANGE
    if is_over(run):
        return SeatsRefusal.RUN_NOT_ALIVE
    if sum(quota.seats for quota in quotas) > seats:
        return SeatsRefusal.BELOW_QUOTAS
    return None


def problems_of_group(group: Criteria, *, seats: int) -> Iterator[QuotaRefusal]:
    """What is wrong with a group by itself."""
    if not _criteria(group):
        yield QuotaRefusal.NO_CRITERION
    if not 0 <= seats <= MOST_SEATS:
        yield QuotaRefusal.OUT_OF_RANGE


def refusal_of_quota(
    quota: Criteria, *, seats: int, others: Iterable[RunQuota], run: Run
) -> SeatsRefusal | QuotaRefusal | None:
    """Why a group with these criteria cannot have so many seats beside the other groups."""
    known = list(others)
    if is_over(run):
        return SeatsRefusal.RUN_NOT_ALIVE
    if problem := next(problems_of_group(quota, seats=seats), None):
        return problem
    if any(_criteria(other) == _criteria(quota) for other in known):
        return QuotaRefusal.TWICE
    if seats + sum(other.seats for other in known) > run.seats:
        return QuotaRefusal.MORE_THAN_SEATS
    return None


def field_to_mend(refusal: SeatsRefusal | QuotaRefusal) -> str | None:
    """The field of forms that a refusal is about: no number of seats brings a class back."""
    if refusal is QuotaRefusal.NO_CRITERION:
        return "audience"
    return None if refusal is SeatsRefusal.RUN_NOT_ALIVE else "seats"


def _criteria(quota: Criteria) -> dict[str, object]:
    met = {
        "audience": quota.audience,
        "ward": quota.ward_id,
        "organisation": quota.organisation_id,
        "topic": quota.topic_id,
        "members": quota.members_only or None,
    }
    return {name: value for name, value in met.items() if value is not None}
