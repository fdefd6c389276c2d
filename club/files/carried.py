"""A received file that a form carries while something else in it is mended.

The form holds what is known of the file, signed for one owner, an account or the link in a
letter, so that nobody has to choose it again and nobody can hand in another's. Without a row it
is swept like any file that came to nothing (``receiving.sweep_orphans``).
"""

from datetime import timedelta

from club.files.receiving import ReceivedFile
from club.web.seals import Seal

#: Shorter than what is left in the store without a row.
_SEAL = Seal("club.files.carried", lasts=timedelta(days=1))


def ticket_for(received: ReceivedFile, *, owner: int | str) -> str:
    return _SEAL.sealed([owner, vars(received)])


def file_of_ticket(ticket: str, *, owner: int | str) -> ReceivedFile | None:
    """``None`` for what is no ticket of this owner, or too old."""
    found = _SEAL.opened(ticket)
    if found is None:
        return None
    carried_for, facts = found
    return ReceivedFile(**facts) if carried_for == owner else None
