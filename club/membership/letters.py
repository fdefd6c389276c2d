from datetime import datetime

from club.membership import queries
from club.membership.models import Membership, MembershipApplication
from club.outbox.operations import write_letter
from club.outbox.rendering import rendered
from club.people.models import Person


def tell_decision(application: MembershipApplication, *, accepted: bool, now: datetime) -> None:
    """``accepted`` chooses the words; the reason is part of both."""
    _write(
        application.person,
        "accepted" if accepted else "declined",
        event=str(application.public_id),
        now=now,
        organisation=application.organisation,
        reason=application.reason,
    )


def tell_end(membership: Membership, person: Person, *, reason: str, now: datetime) -> None:
    _write(
        person,
        "ended",
        event=f"{membership.id}:{person.id}",
        now=now,
        organisation=membership.organisation,
        reason=reason,
        last_day=membership.to_day,
    )


def _write(person: Person, name: str, *, event: str, now: datetime, **facts: object) -> None:
    account = queries.account_of_person(person.id)
    words = rendered(f"membership/{name}", language=person.language, name=person.full_name, **facts)
    write_letter(
        kind=f"membership.{name}",
        event_key=f"membership.{name}:{event}",
        person_id=person.id,
        recipient=account.email if account else person.email,
        language=person.language,
        subject=words.subject,
        body_text=words.text,
        body_html=words.html,
        now=now,
    )
