"""Who is on a run's list."""

from dataclasses import dataclass

from club.people.models import AudienceKind, Organisation, Person


@dataclass(frozen=True)
class Entry:
    """A line of a run's list: somebody with a place, or who came without registering."""

    person: Person
    audience: AudienceKind
    organisation: Organisation | None
    is_walk_in: bool
