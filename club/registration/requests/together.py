"""Deciding about several requests of a run in one transaction: all of them or none."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from club import clock
from club.db import transaction
from club.refusal import RefusedError
from club.registration.held import Held, holding
from club.registration.models import Registration, StepReason
from club.registration.requests import deciding, queries, rules
from club.registration.requests.rules import RequestRefusal


@dataclass(frozen=True)
class Undecidable:
    """Somebody about whom nothing can be decided so, and why."""

    full_name: str
    refusal: RequestRefusal


class NoneDecidedError(RefusedError):
    """Nothing was decided. ``people`` has everybody who stands in the way."""

    def __init__(self, people: Sequence[Undecidable]) -> None:
        mended_by_words = all(
            one.refusal is RequestRefusal.BEFORE_THE_ORGANISATION for one in people
        )
        super().__init__(people[0].refusal, field="reason" if mended_by_words else None)
        self.people = people


@dataclass
class Granted:
    """The names of those who got a place, and of those for whom none was left."""

    places: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def approve_together(
    run_id: int, requests: Collection[uuid.UUID], *, remark: str | None, by: int, now: datetime
) -> Granted:
    """Grant them in the order in which they were made, as long as there is room; the others come
    into the line as of the moment they asked. Each is told once.

    ``requests``: public ids. ``remark`` is needed where an organisation has not answered.
    """
    with transaction() as session, holding(session, run_id) as held:
        chosen, way_in = _chosen(held, requests), held.terms.way_in
        asked = {one.organisation_id for one in chosen if one.organisation_id is not None}
        answering = queries.organisations_that_answer(asked, on=clock.local_day(now))
        found = {
            one: rules.refusal_to_approve(
                one,
                awaits_organisation=one.organisation_id in answering
                and rules.asks_organisation(one, way_in),
                remark=remark,
                at=now,
            )
            for one in chosen
        }
        _refuse_unless_all(found)
        deciding.grant(held, chosen, remark=remark, by=by, now=now)
        granted = Granted()
        for one in chosen:
            names = granted.places if deciding.has_place(one) else granted.waiting
            names.append(one.person.full_name)
        return granted


def refuse_together(
    run_id: int, requests: Collection[uuid.UUID], *, reason: str, by: int, now: datetime
) -> int:
    """Turn them down for one reason, which each of them reads; returns how many they were."""
    with transaction() as session, holding(session, run_id) as held:
        chosen = _chosen(held, requests)
        _refuse_unless_all({one: rules.refusal_to_decide(one, at=now) for one in chosen})
        why = StepReason.REFUSED_BY_STAFF
        deciding.turn_down(held, chosen, why, reason=reason, by=by, now=now)
        return len(chosen)


def _chosen(held: Held, requests: Collection[uuid.UUID]) -> list[Registration]:
    chosen = queries.requests_among(held.run.id, requests)
    if not chosen:
        raise RefusedError(RequestRefusal.NONE_TICKED, field="requests")
    return chosen


def _refuse_unless_all(found: Mapping[Registration, RequestRefusal | None]) -> None:
    """Raises ``NoneDecidedError`` with everybody who stands in the way."""
    people = [Undecidable(one.person.full_name, why) for one, why in found.items() if why]
    if people:
        raise NoneDecidedError(people)
