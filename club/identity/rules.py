"""When the club may say something new about itself. Pure: facts in, verdict out."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class IdentityRefusal(StrEnum):
    IN_THE_PAST = "Choose today or a later day: what the club was called before stays as it was."
    DAY_TAKEN = "There is a version from this day already. Choose another day."


def refusal_to_add_version(
    *, valid_from: date, today: date, taken: Iterable[date]
) -> IdentityRefusal | None:
    if valid_from < today:
        return IdentityRefusal.IN_THE_PAST
    if valid_from in set(taken):
        return IdentityRefusal.DAY_TAKEN
    return None
