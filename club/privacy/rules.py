"""Verdicts about what people ask about their own data."""

from datetime import timedelta
from enum import StrEnum

from club.privacy.models import CopyState, DataCopy

#: How long a copy can be downloaded.
COPY_KEPT_FOR = timedelta(days=7)
#: How often it is tried to make a copy: what kills the worker must not do so for ever.
MOST_TRIES = 5


class CopyRefusal(StrEnum):
    IN_HAND = "Your copy is being prepared. A letter comes when it is ready."


def refusal_to_copy(latest: DataCopy | None) -> CopyRefusal | None:
    """One at a time; asking again after that makes a new one, which replaces the old one."""
    if latest and latest.state is CopyState.ASKED:
        return CopyRefusal.IN_HAND
    return None
