"""What stands beside the figures of a period: all that may be wrong with them."""

from dataclasses import replace
from datetime import date, datetime

from club.periods import Period
from club.statistics.quality import queries
from club.statistics.quality.rules import Finding, Flaw, entered_twice, found_in_classes

#: At the ends of the calendar a day has no moment in every zone; no class was held there.
_EARLIEST, _LATEST = date(1900, 1, 1), date(9000, 1, 1)
_IN_CLASSES = {
    Flaw.NOT_CLOSED: queries.classes_not_closed,
    Flaw.NO_MARKS: queries.sessions_without_marks,
    Flaw.HOURS_DIFFER: queries.hours_that_differ,
    Flaw.NO_ORGANISATION: queries.turns_without_organisation,
    Flaw.NO_WARD: queries.turns_without_ward,
}


def findings(period: Period, *, now: datetime) -> list[Finding]:
    period = replace(period, first=max(period.first, _EARLIEST), last=min(period.last, _LATEST))
    found = [
        found_in_classes(flaw, classes(period, now=now)) for flaw, classes in _IN_CLASSES.items()
    ]
    found.append(entered_twice(*queries.twins_counted(period, now=now)))
    return [finding for finding in found if finding]
