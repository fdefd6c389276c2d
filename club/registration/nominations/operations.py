"""An organisation sends people to a class: its whole list in one transaction."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from club import clock
from club.accounts.queries import names_of
from club.accounts.readers import readers_of
from club.audit.operations import record
from club.db import transaction
from club.people.models import Organisation
from club.refusal import RefusedError
from club.registration.eligibility import refuse_unless_allowed, verdict_on_nominations
from club.registration.held import holding
from club.registration.models import RegistrationState
from club.registration.nominations import queries
from club.registration.nominations.entering import Entered, enter_together
from club.registration.nominations.judging import Judged, judged
from club.registration.nominations.letters import tell_nominees
from club.registration.nominations.models import Nomination, Nominee, Outcome
from club.registration.nominations.people import people_behind
from club.registration.nominations.queries import Reckoned
from club.registration.nominations.rules.nominating import NominationRefusal
from club.registration.nominations.rules.sheet import Row, SheetRefusal
from club.registration.places import Comes


@dataclass(frozen=True)
class Slip:
    """A list as it was looked over. ``public_id`` stays the same until it is confirmed."""

    public_id: uuid.UUID
    run_id: int
    organisation_id: int
    #: Public ids of people of the organisation's own list.
    ticked: Collection[uuid.UUID]
    rows: Sequence[Row]
    #: How many would have got a place when the list was shown.
    places_shown: int
    #: The words with which the people's agreement was stated.
    statement: str
    #: Whether the club's staff act for the organisation.
    by_staff: bool = False


def nominate(slip: Slip, *, by: int, now: datetime) -> uuid.UUID:
    """Put everybody of the list who can come onto the run's list, in its order, and tell them.

    Who cannot is kept with the reason; nobody else is held up by that. Confirming the same
    list twice is once. Returns the public id of the nomination.
    """
    with transaction() as session, holding(session, slip.run_id) as held:
        if queries.nomination_known(slip.public_id):
            return slip.public_id
        way_in = held.terms.way_in
        refuse_unless_allowed(verdict_on_nominations(held.run, way_in=way_in, at=now))
        organisation = session.get_one(
            Organisation, slip.organisation_id, with_for_update=True, populate_existing=True
        )
        who = Reckoned(organisation.id, held.run.id, clock.local_day(now))
        listed = judged(slip.ticked, slip.rows, who)
        if not listed:
            raise RefusedError(SheetRefusal.NOBODY)
        people = people_behind([one.candidate for one in listed if not one.refusal], who, now=now)
        readers, comes = readers_of(people), Comes(organisation.kind, organisation.id)
        entered = enter_together(held, [readers[one] for one in people], comes, by=by, now=now)
        _keep(session, slip, listed, entered, by=by, now=now)
        nominator = None if slip.by_staff else names_of([by])[by]
        session.flush()
        tell_nominees(entered, held, organisation=organisation.name, nominator=nominator, now=now)
        _record(slip, held.run.code, organisation, len(entered), by=by, now=now)
        return slip.public_id


def _keep(
    session: Session,
    slip: Slip,
    listed: Iterable[Judged],
    entered: Iterable[Entered],
    *,
    by: int,
    now: datetime,
) -> None:
    """The list as it was confirmed, and what became of each of it."""
    nomination = Nomination(
        public_id=slip.public_id,
        run_id=slip.run_id,
        organisation_id=slip.organisation_id,
        places_shown=slip.places_shown,
        statement=slip.statement,
        at=now,
        by_id=by,
    )
    session.add(nomination)
    session.flush()
    came = iter(entered)
    nominees = [
        {
            "nomination_id": nomination.id,
            "position": position,
            "full_name": one.candidate.full_name,
            **(_refused(one.refusal) if one.refusal else _entered(next(came))),
        }
        for position, one in enumerate(listed, start=1)
    ]
    session.execute(insert(Nominee), nominees)


def _refused(refusal: NominationRefusal) -> dict[str, object]:
    is_already = refusal is NominationRefusal.ALREADY_ON_THE_LIST
    return {
        "person_id": None,
        "registration_id": None,
        "outcome": Outcome.ALREADY if is_already else Outcome.REFUSED,
        "refusal": refusal.value,
    }


def _entered(one: Entered) -> dict[str, object]:
    has_place = one.state is RegistrationState.CONFIRMED
    return {
        "person_id": one.reader.person_id,
        "registration_id": one.registration_id,
        "outcome": Outcome.PLACE if has_place else Outcome.WAITING,
        "refusal": None,
    }


def _record(
    slip: Slip, run_code: str, organisation: Organisation, people: int, *, by: int, now: datetime
) -> None:
    record(
        "registration.nominate",
        subject_kind="organisation",
        subject_id=organisation.code,
        by=by,
        now=now,
        detail={
            "run": run_code,
            "people": people,
            "acting_as": "coordinator" if slip.by_staff else "representative",
        },
    )
