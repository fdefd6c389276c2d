"""The only door to the current time, and the one place that knows the local zone.

Instants are aware datetimes in UTC everywhere in the code and in the database;
people think of them in Asia/Ho_Chi_Minh, which has had no daylight saving since 1975.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day where the club is."""
    return local_day(now())


def local(instant: datetime) -> datetime:
    """The same instant on the club's wall clock."""
    return instant.astimezone(LOCAL_ZONE)


def local_day(instant: datetime) -> date:
    """The day an instant belongs to where the club is."""
    return local(instant).date()


def instant_of(day: date, at: time = time.min) -> datetime:
    """The UTC instant of a wall-clock time on a local day (midnight unless told)."""
    return datetime.combine(day, at, tzinfo=LOCAL_ZONE).astimezone(UTC)


def from_local(wall: datetime) -> datetime:
    """The UTC instant of a naive wall-clock datetime, as people type it."""
    return wall.replace(tzinfo=LOCAL_ZONE).astimezone(UTC)
