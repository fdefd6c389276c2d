"""Telling those who run the club that something new waits at one of its desks. Who it is from and
what it says stands there, and not in a letter.
"""

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum

from flask_babel import lazy_gettext

from club.accounts.models import RoleName
from club.accounts.readers import readers_holding
from club.outbox.telling import Reader, letter_to, tell_all


class Waiting(Enum):
    """What waits: in words."""

    APPEAL = lazy_gettext("A new appeal waits to be decided.")
    COMPLAINT = lazy_gettext("A new complaint waits: confirm that somebody looks after it.")
    HELP = lazy_gettext("A request for help waits: find an expert for it.")


def tell_the_desk(
    waiting: Waiting,
    path: str,
    *,
    event: object,
    by_when: date | None = None,
    may_know: Callable[[Reader], bool] = lambda _reader: True,
    now: datetime,
) -> None:
    """Every coordinator, else every administrator, who may know; in the caller's transaction.
    ``by_when``: the last day for it, where there is one.
    """
    told = [
        letter_to(
            reader,
            "certification.waits_at_desk",
            event=f"{event}:{reader.person_id}",
            words={"waiting": waiting.value, "by_when": by_when, "path": path},
        )
        for reader in readers_holding(RoleName.COORDINATOR)
        or readers_holding(RoleName.ADMINISTRATOR)
        if may_know(reader)
    ]
    tell_all(told, now=now)
