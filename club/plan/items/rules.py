"""Where a line of the plan stands. Pure: facts in, verdict out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from club.plan.items.models import ItemKind
from club.plan.models import TargetKind
from club.plan.rules import TargetState


class ItemState(StrEnum):
    #: The line cites a document or sends a copy.
    NOTHING_TO_DO = "nothing_to_do"
    #: The line is a target that is counted, or contributes to one measured above the city.
    TARGET = "target"
    #: Nobody has said anything yet: that is not "not begun".
    UNSAID = "unsaid"
    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    DONE = "done"
    #: Done again and again, so never finished before the plan is.
    RECURRING = "recurring"
    #: Whether it is done cannot be seen in the city.
    NOT_MEASURABLE = "not_measurable"


#: What may be said of a line; the others follow from what it is.
SAID_STATES = (
    ItemState.NOT_BEGUN,
    ItemState.UNDER_WAY,
    ItemState.DONE,
    ItemState.RECURRING,
    ItemState.NOT_MEASURABLE,
)


@dataclass(frozen=True)
class LineTarget:
    """The target that stands in a line."""

    key: str
    kind: TargetKind
    state: TargetState


def state_of(kind: ItemKind, target: LineTarget | None, said: ItemState | None) -> ItemState:
    """What is counted needs nobody to say it, and nobody can say it otherwise."""
    if kind is ItemKind.REFERENCE:
        return ItemState.NOTHING_TO_DO
    if target is not None and target.kind is not TargetKind.ENTERED:
        return ItemState.TARGET
    return said or ItemState.UNSAID


def is_overdue(state: ItemState, by_year: int | None, *, on: date) -> bool:
    """Whether the plan's year is over and the line is known not to be done."""
    open_states = {ItemState.NOT_BEGUN, ItemState.UNDER_WAY}
    return by_year is not None and on.year > by_year and state in open_states
