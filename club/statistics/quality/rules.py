"""What may be wrong with the figures of a period, and how far it could move them.

Bounds are honest from what the site knows: nobody outside the lists is guessed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Pair = tuple[int, int]


class Flaw(StrEnum):
    #: Classes that are over and not closed: none of their turns counts yet.
    NOT_CLOSED = "not_closed"
    #: Sessions of closed classes of which nobody was marked.
    NO_MARKS = "no_marks"
    #: The hours planned when the class was closed are not those of its sessions.
    HOURS_DIFFER = "hours_differ"
    #: Turns of people who came for an organisation that is not written down.
    NO_ORGANISATION = "no_organisation"
    NO_WARD = "no_ward"
    #: Pairs of entries that may be one person, both counted.
    ENTERED_TWICE = "entered_twice"


@dataclass(frozen=True)
class Bounds:
    """By how much figures could move at most, where all of it were wrong."""

    turns_more: int = 0
    turns_fewer: int = 0
    people_fewer: int = 0
    #: Turns that could come to stand in another line of a table; totals stay.
    turns_elsewhere: int = 0

    def __add__(self, other: "Bounds") -> "Bounds":
        return Bounds(
            self.turns_more + other.turns_more,
            self.turns_fewer + other.turns_fewer,
            self.people_fewer + other.people_fewer,
            self.turns_elsewhere + other.turns_elsewhere,
        )


@dataclass(frozen=True)
class FlawedClass:
    code: str
    #: How many sessions, turns or people of it are meant.
    things: int
    bounds: Bounds


@dataclass(frozen=True)
class Finding:
    flaw: Flaw
    #: Classes, sessions, turns or pairs, as the flaw counts them.
    count: int
    bounds: Bounds
    #: Where it can be mended; empty where it is about people.
    classes: Sequence[FlawedClass] = field(default=())


def found_in_classes(flaw: Flaw, classes: Iterable[FlawedClass]) -> Finding | None:
    """The classes that could move most come first. Classes that are not closed are counted as
    such, all others by what is wrong in them.
    """
    found = sorted(classes, key=lambda one: (-_weight(one.bounds), one.code))
    if not found:
        return None
    things = len(found) if flaw is Flaw.NOT_CLOSED else sum(one.things for one in found)
    return Finding(flaw, things, sum((one.bounds for one in found), Bounds()), found)


def entered_twice(
    pairs: Collection[Pair], attended: Mapping[int, Collection[int]]
) -> Finding | None:
    """``attended``: the classes of each person of the pairs, one turn each. Were all pairs right,
    of those that hang together one person would be left, with one turn in each class.
    """
    if not pairs:
        return None
    people_fewer = turns_fewer = 0
    for together in _connected(pairs):
        classes = [set(attended.get(person, ())) for person in together]
        counted = [runs for runs in classes if runs]
        people_fewer += max(0, len(counted) - 1)
        turns_fewer += sum(map(len, counted)) - len(set().union(*counted))
    bounds = Bounds(people_fewer=people_fewer, turns_fewer=turns_fewer)
    return Finding(Flaw.ENTERED_TWICE, len(pairs), bounds)


def _connected(pairs: Iterable[Pair]) -> list[set[int]]:
    groups: list[set[int]] = []
    for pair in pairs:
        touched = [group for group in groups if group.intersection(pair)]
        groups = [group for group in groups if group not in touched]
        groups.append(set(pair).union(*touched))
    return groups


def _weight(bounds: Bounds) -> int:
    return bounds.turns_more + bounds.turns_fewer + bounds.turns_elsewhere
