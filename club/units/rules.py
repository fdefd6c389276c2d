"""What may be said about units and their successors. Pure: facts in, verdict out."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from club.units.models import Unit, UnitSuccession


class UnitRefusal(StrEnum):
    ALREADY_ENDED = "This unit has already ended."
    ENDS_BEFORE_IT_BEGAN = "The last day lies before the unit's first day."
    NAME_TAKEN = "A unit of this kind and name exists at that time already."
    SUCCEEDS_ITSELF = "A unit cannot be its own successor."
    ALREADY_NAMED = "This successor has been named already."
    SUCCESSOR_NOT_THERE = "The successor does not exist on that day."
    PREDECESSOR_STILL_THERE = "The unit still exists on that day. End it first, or mark the part."
    GOES_IN_A_CIRCLE = "That unit is itself one of this unit's predecessors."


def refusal_to_end(unit: Unit, *, last_day: date) -> UnitRefusal | None:
    if unit.valid_to is not None:
        return UnitRefusal.ALREADY_ENDED
    if unit.valid_from is not None and last_day < unit.valid_from:
        return UnitRefusal.ENDS_BEFORE_IT_BEGAN
    return None


def refusal_to_succeed(
    predecessor: Unit,
    successor: Unit,
    *,
    on_day: date,
    in_part: bool,
    known: Iterable[UnitSuccession],
) -> UnitRefusal | None:
    """``known`` are all successions there are; ``on_day`` is the successor's first day."""
    if predecessor.id == successor.id:
        return UnitRefusal.SUCCEEDS_ITSELF
    pairs = {(link.predecessor_id, link.successor_id) for link in known}
    if (predecessor.id, successor.id) in pairs:
        return UnitRefusal.ALREADY_NAMED
    if not successor.exists_on(on_day):
        return UnitRefusal.SUCCESSOR_NOT_THERE
    if not in_part and predecessor.exists_on(on_day):
        return UnitRefusal.PREDECESSOR_STILL_THERE
    if predecessor.id in _all_after(successor.id, pairs):
        return UnitRefusal.GOES_IN_A_CIRCLE
    return None


def _all_after(unit_id: int, pairs: set[tuple[int, int]]) -> set[int]:
    """The ids of every unit that came of this one, however many steps later."""
    found: set[int] = set()
    to_look_at = {unit_id}
    while to_look_at:
        found |= to_look_at
        to_look_at = {after for before, after in pairs if before in to_look_at} - found
    return found - {unit_id}
