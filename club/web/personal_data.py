"""What rooms keep about a person. Each says it in a part of its own, in its ``personal_data.py``;
``club.rooms.PERSONAL_DATA`` lists them, and a sweep finds every table that none of them names.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from flask import current_app
from flask_babel.speaklater import LazyString
from sqlalchemy import Select


@dataclass(frozen=True)
class Whose:
    """Somebody, and the account under which the person signs in, where there is one."""

    person_id: int
    account_id: int | None


#: What stands where the name of somebody stood whose data was erased.
ERASED_NAME = "(đã xóa dữ liệu)"


@dataclass(frozen=True)
class Erasure:
    """Somebody's data goes. What figures and the stories of classes rest on stays without it."""

    whose: Whose
    #: As they stand until now, to be found where others were told them.
    full_name: str
    addresses: Collection[str]
    #: Whether certificates can still be checked, with the name that is printed on them.
    keeps_certificates: bool
    #: The account of staff that confirmed it.
    by: int
    now: datetime


@dataclass(frozen=True)
class Kept:
    """Things of one kind, in words for the person."""

    what: LazyString
    why: LazyString
    how_long: LazyString
    seen_by: LazyString


@dataclass(frozen=True)
class PersonalFile:
    """A file that goes with somebody's data. ``size`` is in bytes, of what ``content`` gives."""

    name: str
    size: int
    content: Callable[[], Iterable[bytes]]


#: Rows about somebody as the person may read them: columns with names that tell what they hold,
#: no ids of the database, and nothing that is about anybody else.
Rows = Select[*tuple[Any, ...]]


def nothing_to_erase(_erasure: Erasure) -> None:
    """For rooms whose rows say nothing of who somebody was."""


def nothing_hinders(_whose: Whose) -> StrEnum | None:
    return None


#: Stands for the moment at which two entries become one, see ``Moves.left``.
MOMENT = object()


@dataclass(frozen=True)
class Moves:
    """How rows of a table go along when two entries of one person become one.

    A row goes to the entry that stays, unless that has one alike: then it stays where it is, with
    the entry that goes. Alike is what a unique index of the table would refuse.
    """

    #: What the rows are, in words for staff.
    what: LazyString
    column: str = "person_id"
    #: Alike are rows with the same values in these columns, instead of what the indexes say.
    alike_in: tuple[str, ...] | None = None
    #: What is written into rows that stay behind, so that they do not count twice. Undoing puts
    #: back what stood there.
    left: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Pair:
    """Two entries of one person, by their ids: the one that stays, and the one that goes."""

    kept: int
    gone: int

    @property
    def both(self) -> tuple[int, int]:
        return self.kept, self.gone


@dataclass(frozen=True)
class Conflict:
    """Why two entries cannot become one, and where: names of classes or sessions, for example."""

    refusal: StrEnum
    about: Sequence[str] = ()


@dataclass(frozen=True)
class Joined:
    """Two entries that became one."""

    pair: Pair
    #: Ids of the rows that went along, by table.
    moved: Mapping[str, Collection[int]]
    #: Ids of the rows that something was written into, since they stayed behind, by table.
    left: Mapping[str, Collection[int]]
    at: datetime


@dataclass(frozen=True)
class Figure:
    what: str
    before: int
    after: int


def nothing_to_hold(_pair: Pair) -> Collection[int]:
    return ()


def no_conflicts(_pair: Pair) -> Iterable[Conflict]:
    return ()


def nothing_hinders_parting(_joined: Joined) -> StrEnum | None:
    return None


def no_figures(_pair: Pair) -> Iterable[Figure]:
    return ()


def no_remarks(_pair: Pair) -> Iterable[str]:
    return ()


def nobody_to_tell(_joined: Joined, _now: datetime) -> None:
    """For rooms that write no letters about it."""


@dataclass(frozen=True)
class PersonalPart:
    """What one room keeps, and what becomes of it when the same person was entered twice."""

    room: str
    title: LazyString
    kept: Sequence[Kept]
    #: By table.
    rows: Mapping[str, Callable[[Whose], Rows]] = field(default_factory=dict)
    #: Columns (``table.column``) that say which account did something for the club. Their rows
    #: are about that thing; how many there are is told.
    acted: Collection[str] = ()
    #: By the column (``table.column``) that leads to the files.
    files: Mapping[str, Callable[[Whose], Iterable[PersonalFile]]] = field(default_factory=dict)
    #: Columns whose files are not in somebody's copy, and why, in words for the person.
    files_left_out: Mapping[str, LazyString] = field(default_factory=dict)
    #: What the log knows the things about somebody by (see ``club.audit.looks``): for each kind of
    #: subject a statement of its ids.
    seen_as: Mapping[str, Callable[[Whose], Rows]] = field(default_factory=dict)
    #: Likewise the lists that somebody stands in, and since when: two columns.
    listed_in: Mapping[str, Callable[[Whose], Rows]] = field(default_factory=dict)
    #: Empties what the room keeps, in the caller's transaction. Rooms above go before those below.
    erase: Callable[[Erasure], None] = nothing_to_erase
    #: Why the room cannot let go yet.
    hinders: Callable[[Whose], StrEnum | None] = nothing_hinders
    #: By table, for every table with a column that leads to a person: how its rows go along when
    #: two entries of one person become one. Rows that hang on them need no line.
    moves: Mapping[str, Moves] = field(default_factory=dict)
    #: Columns (``table.column``) that lead to a person and stay with the entry that goes.
    stays: Collection[str] = ()
    #: Takes the locks that writers of these rows take before they look at a person, in one order
    #: for everybody; returns the ids of what is held.
    hold: Callable[[Pair], Collection[int]] = nothing_to_hold
    #: Why two entries cannot become one yet, each with what it is about.
    conflicts: Callable[[Pair], Iterable[Conflict]] = no_conflicts
    #: Why what became one cannot be two entries again.
    hinders_parting: Callable[[Joined], StrEnum | None] = nothing_hinders_parting
    #: What the room counts of the two: before, and after. Read before anything moves.
    figures: Callable[[Pair], Iterable[Figure]] = no_figures
    #: What else there is to know of it, in sentences for staff.
    remarks: Callable[[Pair], Iterable[str]] = no_remarks
    #: Write to whom it concerns, in the same transaction: what became one, and what two again.
    tell_merged: Callable[[Joined, datetime], None] = nobody_to_tell
    tell_parted: Callable[[Joined, datetime], None] = nobody_to_tell


def personal_parts() -> list[PersonalPart]:
    """Those of all rooms, in the rooms' order."""
    return cast(list[PersonalPart], current_app.extensions["club.personal_data"])
