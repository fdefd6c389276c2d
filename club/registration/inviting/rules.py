"""Reading addresses that somebody pasted, and whether a run invites at all. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from club.accounts.email_address import normal_email
from club.courses.models import Run
from club.refusal import RefusedError
from club.registration.rules.coming import RegistrationRefusal, refusal_of_run
from club.registration.rules.pasted import Mistake
from club.vietnamese import nfc

MOST_AT_ONCE = 500
#: The address in ``An <an@vidu.vn>``, or the cell itself.
_IN_BRACKETS = re.compile(r"<([^<>]*)>\s*$")
_BETWEEN = re.compile(r"[;,\t]")


class InvitationRefusal(StrEnum):
    NOBODY = "Write at least one address, or choose those who asked to be told."
    TOO_MANY = "Invite at most %(most)s at once; there are %(people)s."
    SAME_ADDRESS = "This address stands in row %(other)s as well."


@dataclass(frozen=True)
class Addresses:
    """What was pasted: addresses in the order of the list, and everything to be mended."""

    emails: list[str]
    mistakes: list[Mistake]


def read_addresses(text: str) -> Addresses:
    """One address a line, or several with commas between; with a name before it or without."""
    seen: dict[str, int] = {}
    mistakes: list[Mistake] = []
    for number, typed in _cells(text):
        try:
            email = normal_email(_address_in(typed))
        except RefusedError as refused:
            mistakes.append(Mistake(refused.refusal, number, line=typed))
            continue
        if email in seen:
            values: dict[str, object] = {"other": seen[email]}
            mistakes.append(Mistake(InvitationRefusal.SAME_ADDRESS, number, values, typed))
        seen.setdefault(email, number)
    if len(seen) > MOST_AT_ONCE:
        values = {"most": MOST_AT_ONCE, "people": len(seen)}
        mistakes.insert(0, Mistake(InvitationRefusal.TOO_MANY, values=values))
    return Addresses(list(seen), mistakes)


def refusal_to_invite(run: Run, *, at: datetime) -> RegistrationRefusal | None:
    """To what nobody can come any more, and to what nobody has been told of, nobody is invited."""
    refusal = refusal_of_run(run, at=at)
    return None if refusal is RegistrationRefusal.NOT_OPEN_YET else refusal


def _cells(text: str) -> Iterator[tuple[int, str]]:
    """What stands between commas or line ends, each with the number of its line."""
    for number, line in enumerate(nfc(text).splitlines(), start=1):
        for cell in _BETWEEN.split(line):
            if cell.strip():
                yield number, cell.strip()


def _address_in(typed: str) -> str:
    found = _IN_BRACKETS.search(typed)
    return (found[1] if found else typed).strip()
