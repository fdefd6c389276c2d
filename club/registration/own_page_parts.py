"""What a person's own page shows of this room: the next session, and the classes ahead."""

from datetime import datetime

from club.people.models import Person
from club.registration import queries
from club.registration.rules.leaving import is_ahead
from club.web.page_parts import PagePart


def next_session_part(person: Person, _account: object, now: datetime) -> PagePart | None:
    """One sentence under the greeting: when the person is expected next."""
    session = queries.next_session_of(person.id, now=now)
    if session is None:
        return None
    return PagePart("registration/_me_next.html", {"session": session})


def classes_part(person: Person, _account: object, now: datetime) -> PagePart:
    rows = queries.registrations_of(person.id, now=now)
    ahead = [row for row in rows if is_ahead(row.registration, at=now)]
    return PagePart(
        "registration/_me_classes.html",
        {"ahead": ahead, "has_more": len(ahead) < len(rows)},
    )
