"""Which reminder of an end is due. Pure."""

from collections.abc import Collection
from datetime import date

#: A reminder that is later than so many days is none any more, and the next one comes.
LATEST_AFTER_DAYS = 14


def reminder_due(
    last_day: date, *, planned: Collection[int], sent: Collection[int], today: date
) -> int | None:
    """The one of the planned reminders, in days before the last valid day, that is due now.

    It is the nearest that has come, or none: those that were missed are never made up for. So a
    clock that jumps, a worker that was away and a scheme that is published cause one letter to
    somebody at most, and none about an end that is far from any planned day.
    """
    left = (last_day - today).days
    come = [days for days in planned if left <= days]
    if left < 0 or not come:
        return None
    nearest = min(come)
    is_late = nearest - left > LATEST_AFTER_DAYS
    return None if is_late or nearest in sent else nearest
