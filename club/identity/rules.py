"""When the club may say something new about itself. Pure: facts in, verdict out."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

#: In bytes. It goes out with the first page that somebody opens.
_LARGEST_LOGO = 500_000
_LOGO_PIXELS = range(40, 1001)
_PNG = b"\x89PNG\r\n\x1a\n"


class IdentityRefusal(StrEnum):
    IN_THE_PAST = "Choose today or a later day: what the club was called before stays as it was."
    DAY_TAKEN = "There is a version from this day already. Choose another day."


class LogoRefusal(StrEnum):
    NO_PNG = "Choose a picture in the PNG format."
    TOO_LARGE = "Choose a picture of at most 500 kB, 40 to 1,000 pixels wide and high."


def refusal_to_add_version(
    *, valid_from: date, today: date, taken: Iterable[date]
) -> IdentityRefusal | None:
    if valid_from < today:
        return IdentityRefusal.IN_THE_PAST
    if valid_from in set(taken):
        return IdentityRefusal.DAY_TAKEN
    return None


def refusal_of_logo(head: bytes, *, size: int) -> LogoRefusal | None:
    """``head``: the first 24 bytes of the file, in which a PNG says how wide and high it is."""
    if len(head) < 24 or not head.startswith(_PNG) or head[12:16] != b"IHDR":
        return LogoRefusal.NO_PNG
    sides = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    if size > _LARGEST_LOGO or not all(side in _LOGO_PIXELS for side in sides):
        return LogoRefusal.TOO_LARGE
    return None
