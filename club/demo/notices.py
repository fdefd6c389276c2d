"""What the demo member has been told and not read yet. Nothing is sent to invented people."""

from datetime import datetime

from club.accounts.models import Account
from club.outbox.telling import Reader
from club.registration import queries
from club.registration.letters import Event, tell_of
from club.registration.models import RegistrationState
from club.registration.rules.leaving import is_ahead

_EVENTS = {
    RegistrationState.CONFIRMED: Event.CONFIRMED,
    RegistrationState.OFFERED: Event.OFFERED,
    RegistrationState.WAITING: Event.WAITING,
}


def tell_of_places(member: Account, *, now: datetime) -> None:
    """Of each class ahead: that there is a place or an offer, or which number in line."""
    reader = Reader(
        member.person_id, member.display_name, None, member.person.language, signs_in=True
    )
    for row in queries.registrations_of(member.person_id, now=now):
        registration = row.registration
        if is_ahead(registration, at=now):
            tell_of(
                _EVENTS[registration.state],
                reader,
                registration=registration.public_id,
                run=registration.run,
                position=row.position,
                until=row.offer.expires_at if row.offer else now,
                now=now,
            )
