"""What may be sent to whom, and what changed since the sender looked."""

import uuid
from collections.abc import Collection, Sequence
from enum import StrEnum


class MessageRefusal(StrEnum):
    NOT_LOOKED_OVER = "This has not been looked over yet. Look at it first, then send it."
    NOBODY = "There is nobody in this group now. Choose another one."
    LIST_CHANGED = "The list of people has changed since you looked at it. Look again, then send."
    OTHER_RUN = "This message belongs to another class. Begin anew from the list of that class."


def refusal_to_send(
    recipients: Sequence[uuid.UUID], *, seen: Collection[uuid.UUID]
) -> MessageRefusal | None:
    """``seen``: the people whom the sender was shown."""
    if not recipients:
        return MessageRefusal.NOBODY
    return MessageRefusal.LIST_CHANGED if set(recipients) != set(seen) else None
