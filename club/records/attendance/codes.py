"""The code on the trainer's screen: for which session, who shows it, and until when it counts."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from club.web.seals import Seal

#: How long one code stays on the screen.
SHOWN_FOR = timedelta(seconds=20)
_SEAL = Seal("club.records.check-in")


@dataclass(frozen=True)
class Code:
    session_id: int
    #: The account on whose screen it is.
    shown_by: int
    #: When the next one takes its place.
    left_screen_at: datetime


@dataclass(frozen=True)
class Scan:
    """Somebody read a code that counted."""

    shown_by: int
    at: datetime


def code_shown(session_id: int, *, by: int, now: datetime) -> str:
    """The code of this moment, as it stands in an address."""
    return _SEAL.sealed([session_id, by, _slot(now)])


def code_of(text: str) -> Code | None:
    """``None`` for anything that was never on a screen."""
    found = _SEAL.opened(text)
    if found is None:
        return None
    session_id, by, slot = found
    ends = (slot + 1) * SHOWN_FOR.total_seconds()
    return Code(session_id, by, datetime.fromtimestamp(ends, UTC))


def _slot(now: datetime) -> int:
    return int(now.timestamp() // SHOWN_FOR.total_seconds())
