"""When letters that may wait are not sent: at night, where the club is."""

from datetime import datetime, time, timedelta

from flask import current_app

from club import clock
from club.config import Settings
from club.outbox.kinds import Kind

#: Who reads a letter at its earliest in the morning has this long until what it is about.
_TIME_TO_READ = timedelta(hours=2)


def morning_after(now: datetime) -> datetime | None:
    """The end of the quiet hours that ``now`` lies in; ``None`` by day."""
    settings: Settings = current_app.extensions["club.settings"]
    if settings.quiet_hours is None:
        return None
    begin, end = settings.quiet_hours
    at = clock.local(now).time()
    if not _lies_between(at, begin, end):
        return None
    day = clock.local_day(now)
    return clock.instant_of(day if at < end else day + timedelta(days=1), end)


def goes_out_at(kind: Kind, *, about: datetime | None, now: datetime) -> datetime:
    """The moment of a letter's first attempt. ``about``: when what it tells of takes place."""
    morning = morning_after(now) if kind.waits else None
    if morning is None:
        return now
    last_call = max(morning + _TIME_TO_READ, now + kind.urgent_within)
    return now if about is not None and about < last_call else morning


def _lies_between(at: time, begin: time, end: time) -> bool:
    if begin <= end:
        return begin <= at < end
    return at >= begin or at < end
