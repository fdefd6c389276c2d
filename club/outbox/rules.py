"""How long to wait for another attempt, and when to stop."""

from datetime import timedelta
from enum import StrEnum

from club.outbox.kinds import Matter
from club.outbox.models import LetterState

_PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 240, 240)]
_LONGEST_ERROR = 500


class LetterRefusal(StrEnum):
    ALREADY_SENT = "This letter has already been sent."
    ON_ITS_WAY = "This letter is waiting already and goes out by itself."
    IN_SITE_ONLY = "This was only shown on the site, so there is no letter to send."
    NEEDED = "Letters of this kind belong to what you take part in and cannot be turned off."


def pause_after(attempts: int) -> timedelta | None:
    """The wait after so many failed attempts; ``None`` after the eighth: give up."""
    return _PAUSES[attempts - 1] if attempts <= len(_PAUSES) else None


def kept_error(words: str) -> str:
    return " ".join(words.split())[:_LONGEST_ERROR]


def refusal_to_resend(state: LetterState, last_error: str | None) -> LetterRefusal | None:
    """A letter that failed, or whose last attempt went wrong, may be sent at once."""
    if state is LetterState.SENT:
        return LetterRefusal.ALREADY_SENT
    if state is LetterState.IN_SITE:
        return LetterRefusal.IN_SITE_ONLY
    if state is LetterState.WAITING and last_error is None:
        return LetterRefusal.ON_ITS_WAY
    return None


def refusal_to_turn_off(matter: Matter) -> LetterRefusal | None:
    return None if matter.is_optional else LetterRefusal.NEEDED
