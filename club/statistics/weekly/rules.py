"""Which week's letter is due. Pure."""

from datetime import date, datetime, time, timedelta

#: Where the club is, on Mondays.
HOUR = time(7)
#: A letter that was held up still goes out on a Friday; after that the next one is near.
_LAST_WEEKDAY = 4


def week_due(local_now: datetime, *, since: datetime) -> date | None:
    """The Monday of the week whose letter is due to somebody who asked at ``since``; both moments
    as the clocks of the club have them. Earlier weeks are never made up for.
    """
    today = local_now.date()
    monday = today - timedelta(days=today.weekday())
    begins = datetime.combine(monday, HOUR, tzinfo=local_now.tzinfo)
    is_due = since < begins <= local_now and today.weekday() <= _LAST_WEEKDAY
    return monday if is_due else None
