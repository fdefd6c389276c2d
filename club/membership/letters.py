"""What members and organisations are told about their membership."""

from datetime import datetime

from club.accounts.readers import reader
from club.membership.models import Membership, MembershipApplication
from club.outbox.telling import tell
from club.people.models import Person


def tell_decision(application: MembershipApplication, *, accepted: bool, now: datetime) -> None:
    """``accepted`` chooses the words; the reason is part of both."""
    tell(
        reader(application.person_id),
        "membership.accepted" if accepted else "membership.declined",
        event=application.public_id,
        words={"organisation": application.organisation, "reason": application.reason},
        now=now,
    )


def tell_end(membership: Membership, person: Person, *, reason: str, now: datetime) -> None:
    tell(
        reader(person.id),
        "membership.ended",
        event=f"{membership.id}:{person.id}",
        words={
            "organisation": membership.organisation,
            "reason": reason,
            "last_day": membership.to_day,
        },
        now=now,
    )
