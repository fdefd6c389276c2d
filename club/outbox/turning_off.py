"""The link at the foot of letters that can be turned off. It works without signing in.

Its token says whose letters of which matter it is about, signed. It never grows old: a letter
may be found years later, and the worst that somebody else can do with it is to turn off
reminders, which is written down and undone on the same page.
"""

from dataclasses import dataclass

from flask import current_app

from club.config import Settings
from club.outbox.kinds import Matter, kind_called
from club.outbox.models import Letter
from club.web.seals import Seal

_SEAL = Seal("club.letters.off")


@dataclass(frozen=True)
class TurnOff:
    person_id: int
    matter: Matter


def turn_off_address(letter: Letter) -> str | None:
    """Where the letter's reader turns letters like it off; ``None`` where they are needed."""
    matter = kind_called(letter.kind).matter
    if letter.person_id is None or not matter.is_optional:
        return None
    settings: Settings = current_app.extensions["club.settings"]
    token = _SEAL.sealed([letter.person_id, matter.value])
    return f"{settings.public_url}/letters/off/{token}?lang={letter.language}"


def turn_off_in(token: str) -> TurnOff | None:
    """What a token says, if it is one of ours."""
    try:
        person_id, matter = _SEAL.opened(token)
        return TurnOff(person_id, Matter(matter))
    except (ValueError, TypeError):
        return None
