"""What people are told whom their organisation nominated: one letter each."""

from collections.abc import Iterable
from datetime import datetime

from club.courses.models import Run
from club.outbox.telling import tell_all
from club.registration.letters import Event, letter_of
from club.registration.nominations.entering import Entered


def tell_nominees(
    people: Iterable[Entered], run: Run, *, organisation: str, nominator: str | None, now: datetime
) -> None:
    """Who has no address is told by the organisation; its page says so.

    ``nominator``: who of the organisation sent them; ``None``: the club's staff, for it.
    """
    who = f"{nominator}, {organisation}" if nominator else organisation
    tell_all(
        [
            letter_of(
                Event.NOMINATED,
                one.reader,
                registration=one.public_id,
                run=run,
                position=one.position,
                organisation=organisation,
                who=who,
            )
            for one in people
            if one.reader.email is not None
        ],
        now=now,
    )
