"""Where a line of the plan stands. Pure: facts in, verdict out."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from club.plan.items.models import ItemKind, SaidState
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
    #: Its parts stand in different places: what is known of each says where.
    IN_PARTS = "in_parts"


class WritingRefusal(StrEnum):
    STATE_FOLLOWS = "Where this line stands follows from what is counted; nobody has to say it."
    NOTHING_TO_DO = "There is nothing to be done in this line."
    BEFORE_THE_PLAN = "This day lies before the plan. Check the year."
    NOT_YET = "This day lies after today. Choose today or an earlier day."
    SAME_AGAIN = "Exactly this was said of the line last."
    PART_NOT_THERE = "The line has no such part by now. Choose one of the list."
    UNIT_NOT_THERE = "This unit does not exist on that day. Choose another unit or another day."
    LEADS_ALREADY = "This unit leads the line on that day already."
    NO_LINK = "A link begins with https:// or http://, or with / on this site."
    TAKEN_OUT_ALREADY = "Somebody has taken this out already."


class UnitDays(Protocol):
    @property
    def id(self) -> int: ...
    def exists_on(self, day: date) -> bool: ...


@dataclass(frozen=True)
class LineTarget:
    """The target that stands in a line."""

    key: str
    kind: TargetKind
    state: TargetState


@dataclass(frozen=True)
class PartsTally:
    """Of how many parts of a line it is known that they are done."""

    parts: int
    done: int
    #: Done again and again: never finished before the plan is.
    recurring: int


def state_of(kind: ItemKind, target: LineTarget | None, said: SaidState | None) -> ItemState:
    """What is counted needs nobody to say it, and nobody can say it otherwise."""
    if kind is ItemKind.REFERENCE:
        return ItemState.NOTHING_TO_DO
    if target is not None and target.kind is not TargetKind.ENTERED:
        return ItemState.TARGET
    return ItemState(said.value) if said else ItemState.UNSAID


def state_together(parts: Collection[ItemState]) -> ItemState:
    """Where a line stands whose parts stand there. Nothing is said of the whole that is not
    known of each part.
    """
    states = set(parts)
    return states.pop() if len(states) == 1 else ItemState.IN_PARTS


def tally_of(parts: Collection[tuple[ItemState, LineTarget | None]]) -> PartsTally:
    """A part that is a counted target is done when that is met."""
    met = {TargetState.MET, TargetState.MET_LATE}
    return PartsTally(
        parts=len(parts),
        done=sum(
            state is ItemState.DONE
            or (state is ItemState.TARGET and target is not None and target.state in met)
            for state, target in parts
        ),
        recurring=sum(state is ItemState.RECURRING for state, _ in parts),
    )


def refusal_to_say(state: ItemState) -> WritingRefusal | None:
    """``state``: of the line or the part so far."""
    return {
        ItemState.NOTHING_TO_DO: WritingRefusal.NOTHING_TO_DO,
        ItemState.TARGET: WritingRefusal.STATE_FOLLOWS,
    }.get(state)


def refusal_of_day(day: date, *, begins: date | None, today: date) -> WritingRefusal | None:
    """Of a day on which something was done or said. ``begins``: the day of the plan."""
    if begins is not None and day < begins:
        return WritingRefusal.BEFORE_THE_PLAN
    return WritingRefusal.NOT_YET if day > today else None


def refusal_to_lead(
    unit: UnitDays, leading: int | None, *, from_day: date, begins: date | None
) -> WritingRefusal | None:
    """``leading``: the unit that was last given the lead on that day."""
    if begins is not None and from_day < begins:
        return WritingRefusal.BEFORE_THE_PLAN
    if not unit.exists_on(from_day):
        return WritingRefusal.UNIT_NOT_THERE
    return WritingRefusal.LEADS_ALREADY if unit.id == leading else None


def refusal_of_link(link: str | None) -> WritingRefusal | None:
    here = link is None or re.match(r"(https?://|/(?!/))[^\s]+$|/$", link)
    return None if here else WritingRefusal.NO_LINK


def is_overdue(state: ItemState, by_year: int | None, *, on: date) -> bool:
    """Whether the plan's year is over and the line is known not to be done."""
    open_states = {ItemState.NOT_BEGUN, ItemState.UNDER_WAY}
    return by_year is not None and on.year > by_year and state in open_states
