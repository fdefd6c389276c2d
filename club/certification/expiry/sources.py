"""What ends and is reminded of: one source for each kind of thing."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import InstrumentedAttribute

from club.certification.expiry.models import Reminder


@dataclass(frozen=True)
class Ending:
    """Something that has an end, as the choice of reminders sees it."""

    id: int
    person_id: int
    expires_on: date
    #: How many days before the end its holder is to be reminded.
    planned: Collection[int]


@dataclass(frozen=True)
class Held:
    """The same once it is locked: whose it is, and what the letter says of it."""

    id: int
    person_id: int
    expires_on: date
    #: Tells this thing from all others of its kind.
    name: object
    words: dict[str, object]


@dataclass(frozen=True)
class Source:
    #: Where its reminders are kept, and by which column.
    reminders: type[Reminder]
    key: InstrumentedAttribute[int]
    #: The kind of the letter.
    letter: str
    #: Those that end from a day on as soon as any of them is to be reminded of.
    ending: Callable[[date], list[Ending]]
    #: Those of them that still end, locked.
    still_ending: Callable[[Collection[int]], list[Held]]
