"""Whether two entries may become one, and one two again. Pure: facts in, verdict out."""

from enum import StrEnum
from typing import Protocol

from club.people.merging.models import PersonMerge
from club.people.models import Person


class MergeRefusal(StrEnum):
    ITSELF = "Choose two different entries."
    MERGED_ALREADY = "One of these entries has become part of another one already."
    NAMELESS = "The data of one of these entries was erased. Nothing says any more who it was."
    OWN = "One of these entries is your own. Somebody else has to decide this."
    MEANWHILE = "Something about these two has just changed. Look at it once more, then decide."
    UNDONE_ALREADY = "This has been undone already."
    MERGED_ON = "The entry that stayed has become part of another one since. Undo that first."
    MOVED_SINCE = (
        "Something that went along has changed since, and cannot be put back as it was. Correct"
        " what is wrong where it stands."
    )


class Decider(Protocol):
    """The account of staff that decides, and whose it is."""

    id: int
    person_id: int


def refusal_to_merge(kept: Person, gone: Person, *, by: Decider) -> MergeRefusal | None:
    if kept.id == gone.id:
        return MergeRefusal.ITSELF
    if kept.merged_into_id or gone.merged_into_id:
        return MergeRefusal.MERGED_ALREADY
    if kept.is_nameless or gone.is_nameless:
        return MergeRefusal.NAMELESS
    if by.person_id in {kept.id, gone.id}:
        return MergeRefusal.OWN
    return None


def refusal_to_undo(merge: PersonMerge, *, by: Decider) -> MergeRefusal | None:
    """What can be said without looking at the rows that went along."""
    if merge.undone_at:
        return MergeRefusal.UNDONE_ALREADY
    if merge.kept.merged_into_id:
        return MergeRefusal.MERGED_ON
    if merge.kept.is_nameless or merge.gone.is_nameless:
        return MergeRefusal.NAMELESS
    if by.person_id in {merge.kept_id, merge.gone_id}:
        return MergeRefusal.OWN
    return None
