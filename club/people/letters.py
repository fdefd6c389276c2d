from datetime import datetime

from club.outbox.telling import Reader, tell
from club.people.models import Employment


def tell_of_employment(employment: Employment, *, now: datetime) -> None:
    """Somebody else said where the person works: it can be put right by the person."""
    person = employment.person
    tell(
        Reader(person.id, person.full_name, person.email, person.language, signs_in=False),
        "people.employment",
        event=employment.id,
        words={"organisation": employment.organisation.name, "from_day": employment.from_day},
        now=now,
    )
