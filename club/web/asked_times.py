"""What an address of figures says of time: ``period cut from to``, and ``as_of``."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from club import clock
from club.periods import Cut, Period, PeriodError, PeriodRefusal, named_period, period_of_days
from club.refusal import RefusedError


class TimeRefusal(StrEnum):
    AS_OF = "Write the day of the records as year-month-day, such as 2026-01-31."


def period_asked(arguments: Mapping[str, str], *, now: datetime, cut: Cut) -> Period:
    """The present year where nothing is said; raises ``PeriodError`` for what cannot be read."""
    cut = _cut_asked(arguments.get("cut")) or cut
    first, last = arguments.get("from"), arguments.get("to")
    if first or last:
        today = clock.local_day(now)
        return period_of_days(first or f"{today.year}-01-01", last or f"{today.year}-12-31")
    return named_period(arguments.get("period") or str(report_year(now, cut)), cut)


def _cut_asked(text: str | None) -> Cut | None:
    try:
        return Cut(text) if text else None
    except ValueError as error:
        raise PeriodError(PeriodRefusal.CUT) from error


def as_asked(period: Period) -> dict[str, str]:
    """What of an address asks for the period."""
    if period.name:
        return {"period": period.name, "cut": period.cut.value}
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def report_year(now: datetime, cut: Cut) -> int:
    """The year that today belongs to: from 15 December on, the next one in reports."""
    today = clock.local_day(now)
    in_next = cut is Cut.REPORT and (today.month, today.day) >= (12, 15)
    return today.year + in_next


def moment_asked(text: str | None) -> datetime | None:
    """A day means its end where the club is; a moment without a zone is local time."""
    if not text:
        return None
    try:
        if len(text) == len("2026-01-31"):
            moment = clock.instant_of(date.fromisoformat(text) + timedelta(days=1))
        else:
            typed = datetime.fromisoformat(text)
            moment = typed.astimezone(UTC) if typed.tzinfo else clock.from_local(typed)
        clock.local(moment)  # on the calendar's last day there is no such time here
    except (ValueError, OverflowError) as error:
        raise RefusedError(TimeRefusal.AS_OF) from error
    return moment
