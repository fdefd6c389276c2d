"""What stands beside the figures of a period: all that may be wrong with them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from club.periods import Period
from club.statistics.classes import ClosedClass
from club.statistics.quality import queries
from club.statistics.quality.rules import (
    Bounds,
    Finding,
    Flaw,
    FlawedClass,
    entered_twice,
    found_in_classes,
)

#: At the ends of the calendar a day has no moment in every zone; no class was held there.
_EARLIEST, _LATEST = date(1900, 1, 1), date(9000, 1, 1)


def findings(period: Period, classes: Sequence[ClosedClass], *, now: datetime) -> list[Finding]:
    """``classes``: those of the period."""
    period = replace(period, first=max(period.first, _EARLIEST), last=min(period.last, _LATEST))
    in_classes = {
        Flaw.NOT_CLOSED: queries.classes_not_closed(period, now=now),
        Flaw.NO_MARKS: _without_marks(classes, queries.sessions_without_marks(period)),
        Flaw.HOURS_DIFFER: _hours_differ(classes),
        Flaw.NO_ORGANISATION: _elsewhere((one.code, one.without_organisation) for one in classes),
        Flaw.NO_WARD: _elsewhere((one.code, one.without_ward) for one in classes),
    }
    found = [found_in_classes(flaw, some) for flaw, some in in_classes.items()]
    found.append(entered_twice(*queries.twins_counted(period, now=now)))
    return [finding for finding in found if finding]


def _without_marks(
    classes: Iterable[ClosedClass], unmarked: Mapping[int, int]
) -> Iterator[FlawedClass]:
    """Whoever of the list does not count yet could come to count."""
    for one in classes:
        if one.run_id in unmarked and not one.is_earlier:
            yield FlawedClass(one.code, unmarked[one.run_id], Bounds(turns_more=one.others))


def _hours_differ(classes: Iterable[ClosedClass]) -> Iterator[FlawedClass]:
    """Classes whose sessions are not as long together as when they were closed. Everybody's share
    is another then, so that any turn could go and anybody of the list come to count.
    """
    for one in classes:
        if one.held_minutes != one.planned_minutes and not one.is_earlier:
            turns = one.counting
            bounds = Bounds(turns_more=one.others, turns_fewer=turns, people_fewer=turns)
            yield FlawedClass(one.code, turns, bounds)


def _elsewhere(turns_of: Iterable[tuple[str, int]]) -> Iterator[FlawedClass]:
    for code, turns in turns_of:
        if turns:
            yield FlawedClass(code, turns, Bounds(turns_elsewhere=turns))
