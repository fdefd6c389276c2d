"""Setting the terms of a run and the groups that have seats of their own, while people register.

Nobody loses a place by it: fewer seats for a group only mean that nobody else gets one of them
until enough were given back. Each verb is one transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from club.audit.operations import record
from club.courses import run_story
from club.db import transaction
from club.people.models import AudienceKind
from club.refusal import RefusedError
from club.registration import queries, registrants
from club.registration.held import Held, holding, quotas_of, seating
from club.registration.models import Registration, RunQuota, RunTerms, StepReason
from club.registration.offering import offer_free_places
from club.registration.rules.seating import SeatsRefusal, field_to_mend, quota_of, refusal_of_quota
from club.registration.rules.terms import Terms, is_over, refusal_of_terms, row_of, terms_of


@dataclass(frozen=True)
class Group:
    """For whom seats are kept: every criterion that is given must be met."""

    audience: AudienceKind | None = None
    ward_id: int | None = None
    organisation_id: int | None = None
    topic_id: int | None = None
    members_only: bool = False


@dataclass(frozen=True)
class Settled:
    """What a change of the terms came to."""

    #: How many of the waiting list got a place or an offer.
    moved_up: int
    #: Groups that have more people on their seats than seats.
    over: list[int]


def set_terms(run_id: int, terms: Terms, *, by: int, now: datetime) -> Settled:
    """Cut-off, length of offers, opening of the groups' seats, most for one organisation."""
    with transaction() as session, holding(session, run_id) as held:
        if found := refusal_of_terms(terms, held.run):
            raise RefusedError(found.refusal, field=found.field)
        row = _row(session, run_id)
        detail = {"before": _in_the_log(terms_of(row)), "after": _in_the_log(terms)}
        for name, value in row_of(terms).items():
            setattr(row, name, value)
        held.terms = terms
        return _settle(held, detail, by=by, now=now)


def add_group(run_id: int, group: Group, *, seats: int, by: int, now: datetime) -> Settled:
    """Keep seats for a group; who is on the list already is put into the group as well."""
    with transaction() as session, holding(session, run_id) as held:
        if refusal := refusal_of_quota(group, seats=seats, others=held.quotas, run=held.run):
            raise RefusedError(refusal, field=field_to_mend(refusal))
        _row(session, run_id)
        position = max((quota.position for quota in held.quotas), default=0) + 1
        session.add(RunQuota(run_id=run_id, position=position, seats=seats, **vars(group)))
        return _settle(held, {"group": position, "seats": seats}, by=by, now=now)


def change_group(quota_id: int, *, seats: int, by: int, now: datetime) -> Settled:
    """More or fewer seats for a group."""
    with transaction() as session, holding(session, _run_of(session, quota_id)) as held:
        quota = session.get_one(RunQuota, quota_id)
        others = [other for other in held.quotas if other is not quota]
        if refusal := refusal_of_quota(quota, seats=seats, others=others, run=held.run):
            raise RefusedError(refusal, field=field_to_mend(refusal))
        before, quota.seats = quota.seats, seats
        detail = _as_detail(quota.position, before=before, after=seats)
        return _settle(held, detail, by=by, now=now)


def remove_group(quota_id: int, *, by: int, now: datetime) -> Settled:
    """The group's seats are for everybody; its people stay where they are."""
    with transaction() as session, holding(session, _run_of(session, quota_id)) as held:
        if is_over(held.run):
            raise RefusedError(SeatsRefusal.RUN_NOT_ALIVE)
        quota = session.get_one(RunQuota, quota_id)
        session.query(Registration).filter_by(quota_id=quota_id).update({"quota_id": None})
        detail = _as_detail(quota.position, before=quota.seats, after=None)
        session.delete(quota)
        return _settle(held, detail, by=by, now=now)


def _as_detail(group: int, *, before: int | None, after: int | None) -> dict[str, object]:
    return {"group": group, "before": {"seats": before}, "after": {"seats": after}}


def _in_the_log(terms: Terms) -> dict[str, object]:
    opens = terms.quotas_open_at
    return {**row_of(terms), "quotas_open_at": opens.isoformat() if opens else None}


def _run_of(session: Session, quota_id: int) -> int:
    return session.get_one(RunQuota, quota_id).run_id


def _row(session: Session, run_id: int) -> RunTerms:
    """The run's own terms; the usual ones become its own where it has none yet."""
    row = session.get(RunTerms, run_id)
    if row is None:
        row = RunTerms(run_id=run_id, **row_of(Terms()))
        session.add(row)
    return row


def _settle(held: Held, detail: Mapping[str, object], *, by: int, now: datetime) -> Settled:
    """Put everybody into the group that now fits, and give out what became free."""
    held.session.flush()
    held.quotas = quotas_of(held.session, held.run.id)
    sort_into_groups(held, at=now)
    run_story.note_terms_changed(held.run, by=by, now=now)
    moved_up = offer_free_places(held, reason=StepReason.SEATS_ADDED, by=by, now=now)
    record(
        "registration.terms",
        subject_kind="run",
        subject_id=held.run.code,
        by=by,
        now=now,
        detail={**detail, "moved_up": moved_up},
    )
    seats = seating(held, at=now)
    over = [q.position for q in held.quotas if seats.of_quota[q.id] > q.seats]
    return Settled(moved_up, over)


def sort_into_groups(held: Held, *, at: datetime) -> None:
    """Put everybody on the list into the group that fits now."""
    if not held.quotas:
        return
    facts = registrants.placing_facts_of_run(held.run.id, at=at)
    for registration in queries.active_of(held.run.id):
        registration.quota_id = quota_of(held.quotas, facts[registration.id])
    held.session.flush()
