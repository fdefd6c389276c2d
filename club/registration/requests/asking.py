"""A new request, and whose answer it waits for."""

from datetime import datetime

from club import clock
from club.accounts.readers import readers_of
from club.people.models import Organisation
from club.people.queries import representatives_of
from club.registration.held import Held
from club.registration.letters import Event, tell_of
from club.registration.models import WayIn
from club.registration.places import Comes, Taken, ask
from club.registration.registrants import Registrant


def ask_for_a_place(
    held: Held, registrant: Registrant, comes: Comes, *, by: int, now: datetime
) -> Taken:
    """Put the request on the list; where the organisation answers first, it is told."""
    taken = ask(held, registrant, comes, by=by, now=now)
    if held.terms.way_in is WayIn.ENDORSED_APPROVAL and comes.organisation_id is not None:
        _tell_organisation(held, registrant, comes.organisation_id, taken, now=now)
    return taken


def _tell_organisation(
    held: Held, registrant: Registrant, organisation_id: int, taken: Taken, *, now: datetime
) -> None:
    organisation = held.session.get_one(Organisation, organisation_id)
    people = representatives_of(organisation_id, on=clock.local_day(now))
    for reader in readers_of([person.id for person in people]).values():
        tell_of(
            Event.REQUEST_TO_ENDORSE,
            reader,
            registration=None,
            run=held.run,
            who=registrant.full_name,
            organisation=organisation.name,
            desk=f"/organisations/{organisation.code}/requests",
            key=f"{taken.public_id}:{reader.person_id}",
            now=now,
        )
