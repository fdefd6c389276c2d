"""How often people came to classes: a fact that coordinators see beside a list.

The room that keeps attendance counts it when a page asks (see ``rooms.SHOWN_ELSEWHERE``). It is
stored nowhere, people's own pages do not show it, and no rule about places knows it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import current_app

_MOST_EARLIER = 3


@dataclass(frozen=True)
class Attended:
    """Of one person with a place in one class."""

    run_id: int
    code: str
    #: How many sessions were held in which anybody was marked.
    sessions: int
    #: In how many of them the person was there, or had asked to be excused.
    there: int
    excused: int


#: The classes of each of these people that have begun, the latest first.
AttendedSource = Callable[[Collection[int], datetime], Mapping[int, list[Attended]]]


@dataclass(frozen=True)
class AttendedHere:
    """What the list of one class says, by person."""

    this: dict[int, Attended] = field(default_factory=dict)
    #: The last few other classes, whatever they say.
    others: dict[int, list[Attended]] = field(default_factory=dict)


def attended_beside(run_id: int, person_ids: Collection[int], *, now: datetime) -> AttendedHere:
    source: AttendedSource = current_app.extensions["club.attended"]
    found = AttendedHere()
    for person_id, classes in source(person_ids, now).items():
        others = [one for one in classes if one.run_id != run_id]
        found.others[person_id] = others[:_MOST_EARLIER]
        for one in classes:
            if one.run_id == run_id:
                found.this[person_id] = one
    return found
