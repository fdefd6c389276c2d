from datetime import datetime

from club.outbox.operations import write_letter
from club.outbox.rendering import rendered
from club.people.models import Employment


def tell_of_employment(employment: Employment, *, now: datetime) -> None:
    """Somebody else said where the person works: it can be put right by the person."""
    person = employment.person
    words = rendered(
        "people/employment",
        language=person.language,
        name=person.full_name,
        organisation=employment.organisation.name,
        from_day=employment.from_day,
    )
    write_letter(
        kind="people.employment",
        event_key=f"people.employment:{employment.id}",
        person_id=person.id,
        recipient=person.email,
        language=person.language,
        subject=words.subject,
        body_text=words.text,
        body_html=words.html,
        now=now,
    )
