"""An organisation sends somebody else: one step, in which the place is never free."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from club import clock
from club.accounts.queries import names_of
from club.accounts.readers import readers_of
from club.audit.operations import record
from club.db import transaction
from club.outbox.telling import Reader
from club.people.models import Organisation
from club.refusal import RefusedError
from club.registration.held import Held, holding_run_of, seating, step
from club.registration.models import (
    Registration,
    RegistrationState,
    RegistrationStep,
    StepReason,
)
from club.registration.nominations import queries
from club.registration.nominations.entering import refuse_merged
from club.registration.nominations.judging import judged
from club.registration.nominations.letters import tell_of_substitution
from club.registration.nominations.models import Nominee, Outcome
from club.registration.nominations.people import people_behind
from club.registration.nominations.queries import Reckoned
from club.registration.nominations.rules import substituting as rules
from club.registration.nominations.rules.sheet import Row
from club.registration.nominations.rules.substituting import SubstitutionRefusal
from club.registration.offering import offer_free_places
from club.registration.places import Comes, group_of
from club.vietnamese import folded


@dataclass(frozen=True)
class Instead:
    """Who comes instead: one person, ticked in the organisation's list or described."""

    ticked: Collection[uuid.UUID] = ()
    rows: Sequence[Row] = ()
    #: Why; needed of staff once the cut-off is over.
    reason: str | None = None
    #: Whether the club's staff act for the organisation.
    by_staff: bool = False


def substitute(registration_id: int, instead: Instead, *, by: int, now: datetime) -> uuid.UUID:
    """Give the place, or the number in the line, to somebody else of the organisation.

    Both are told. The same again is once. Returns the public id of the new registration.
    """
    with transaction() as session, holding_run_of(session, registration_id) as (held, theirs):
        if done := _done_already(theirs, instead):
            return done
        is_nominated = queries.nominee_of(theirs.id) is not None
        refusal = rules.refusal_to_substitute(
            theirs, held.terms, is_nominated=is_nominated, by_staff=instead.by_staff, at=now
        )
        if refusal:
            raise RefusedError(refusal)
        if rules.is_late(held.run, held.terms, at=now) and not instead.reason:
            raise RefusedError(SubstitutionRefusal.REASON_NEEDED, field="reason")
        reader = _who_comes(session, held, theirs, instead, now=now)
        comes = Comes(theirs.audience, theirs.organisation_id)
        quota_id = group_of(held, reader.person_id, comes, now=now)
        _refuse_overflow(held, theirs, quota_id, at=now)
        before = theirs.quota_id
        mine = _take_over(held, theirs, reader, quota_id, reason=instead.reason, by=by, now=now)
        nominator = None if instead.by_staff else names_of([by])[by]
        tell_of_substitution(held, theirs, mine, reader, nominator=nominator, now=now)
        if before != quota_id:
            offer_free_places(held, reason=StepReason.SEAT_FELL_FREE, by=None, now=now)
        _record(theirs, mine, instead, by=by, now=now)
        return mine.public_id


def _done_already(theirs: Registration, instead: Instead) -> uuid.UUID | None:
    """The registration that a first press of the button made, if it named the same person."""
    successor = queries.successor_of(theirs.id)
    if successor is None:
        return None
    person = successor.person
    is_ticked = person.public_id in instead.ticked
    is_described = any(folded(row.full_name) == person.search_key for row in instead.rows)
    return successor.public_id if is_ticked or is_described else None


def _who_comes(
    session: Session, held: Held, theirs: Registration, instead: Instead, *, now: datetime
) -> Reader:
    organisation = session.get_one(
        Organisation, theirs.organisation_id, with_for_update=True, populate_existing=True
    )
    who = Reckoned(organisation.id, held.run.id, clock.local_day(now))
    found = judged(instead.ticked, instead.rows, who)
    if len(found) != 1:
        raise RefusedError(SubstitutionRefusal.WHO, field="person")
    if found[0].refusal:
        raise RefusedError(found[0].refusal, field="person")
    (person_id,) = people_behind([found[0].candidate], who, now=now)
    return readers_of([person_id])[person_id]


def _refuse_overflow(
    held: Held, theirs: Registration, quota_id: int | None, *, at: datetime
) -> None:
    """Somebody of another group needs a seat that such people may have. Where more seats are
    taken than there are, nobody has room, and a change of people makes it no worse.
    """
    if not theirs.state.takes_a_seat or theirs.quota_id == quota_id:
        return
    seats = seating(held, at=at)
    seats.leave(theirs.quota_id, theirs.organisation_id)
    if not seats.has_room(quota_id, theirs.organisation_id) and seats.taken < seats.seats:
        raise RefusedError(SubstitutionRefusal.KEPT_FOR_A_GROUP, field="person")


def _take_over(  # noqa: PLR0913  who takes over from whom, why, by whom and when
    held: Held,
    theirs: Registration,
    reader: Reader,
    quota_id: int | None,
    *,
    reason: str | None,
    by: int,
    now: datetime,
) -> Registration:
    """Write down the newcomer first, so that the organisation is never without the place."""
    refuse_merged([reader])
    number, _ = queries.end_of_queue(held.run.id)
    mine = Registration(
        run_id=held.run.id,
        person_id=reader.person_id,
        state=theirs.state,
        queue_number=number + 1,
        audience=theirs.audience,
        organisation_id=theirs.organisation_id,
        registered_at=now,
        waits_since=theirs.waits_since,
        quota_id=quota_id,
        replaces_id=theirs.id,
    )
    arrival = RegistrationStep(
        registration=mine, to_state=mine.state, reason=StepReason.SUBSTITUTED, at=now, by_id=by
    )
    held.session.add_all([mine, arrival])
    held.session.flush()
    held.count(None, mine.state)
    _keep_in_the_list(held.session, theirs, mine, reader)
    replaced, why = RegistrationState.REPLACED, StepReason.REPLACED
    step(held, theirs, replaced, why, remark=reason, by=by, now=now)
    held.session.flush()
    return mine


def _keep_in_the_list(
    session: Session, theirs: Registration, mine: Registration, reader: Reader
) -> None:
    nominee = queries.nominee_of(theirs.id)
    assert nominee
    has_place = mine.state is RegistrationState.CONFIRMED
    session.add(
        Nominee(
            nomination_id=nominee.nomination_id,
            position=queries.length_of(nominee.nomination_id) + 1,
            full_name=reader.full_name,
            person_id=reader.person_id,
            registration_id=mine.id,
            outcome=Outcome.PLACE if has_place else Outcome.WAITING,
        )
    )


def _record(
    theirs: Registration, mine: Registration, instead: Instead, *, by: int, now: datetime
) -> None:
    record(
        "registration.substitute",
        subject_kind="registration",
        subject_id=theirs.public_id,
        by=by,
        now=now,
        detail={
            "run": mine.run.code,
            "person": str(mine.person.public_id),
            "reason": instead.reason,
            "acting_as": "coordinator" if instead.by_staff else "representative",
        },
    )
