"""What may be done with a list of earlier years, and when."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from club.records.earlier.models import BatchState, EarlierBatch

#: A list of which nothing was brought in is kept so long after the last thing done with it.
UNUSED_KEPT_FOR = timedelta(days=30)


class BatchRefusal(StrEnum):
    SAME_FILE = "This very file has been handed in before. Look at that import, or undo it first."
    NOT_READY = "This list is not looked over yet, or it has been brought in already."
    UNDECIDED = "Say of every doubtful row whether it is a person the club knows."
    DISCARDED = "This list has been put aside already, or it has been brought in."
    NOT_IMPORTED = "Only a list that was brought in can be undone."
    REASON_MISSING = "Write the reason."
    LEANED_ON = (
        "This import cannot be undone any more: other entries rest on the people it brought. They"
        " are listed below."
    )


def refusal_to_confirm(batch: EarlierBatch) -> BatchRefusal | None:
    if batch.state is not BatchState.READY:
        return BatchRefusal.NOT_READY
    decided = set(batch.choices)
    doubtful = {str(doubt["row"]) for doubt in (batch.findings or {}).get("doubtful", ())}
    return None if doubtful <= decided else BatchRefusal.UNDECIDED


def refusal_to_choose(batch: EarlierBatch) -> BatchRefusal | None:
    return None if batch.state is BatchState.READY else BatchRefusal.NOT_READY


def refusal_to_discard(batch: EarlierBatch) -> BatchRefusal | None:
    open_states = {BatchState.CHECKING, BatchState.FAULTY, BatchState.READY}
    return None if batch.state in open_states else BatchRefusal.DISCARDED


def refusal_to_undo(
    batch: EarlierBatch, *, leaning: Mapping[str, int], reason: str | None
) -> BatchRefusal | None:
    """``leaning``: what rests on the people of the batch, by table."""
    if batch.state is not BatchState.IMPORTED:
        return BatchRefusal.NOT_IMPORTED
    if leaning:
        return BatchRefusal.LEANED_ON
    return None if reason else BatchRefusal.REASON_MISSING
