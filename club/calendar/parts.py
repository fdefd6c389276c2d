"""What pages of rooms below show of calendars: the secret addresses that belong to them."""

from datetime import datetime

from club import clock
from club.accounts.models import Account, RoleName
from club.calendar import queries
from club.calendar.models import FeedKind
from club.people.models import Organisation
from club.people.queries import represents
from club.web.page_parts import PagePart


def organisation_calendar(
    organisation: Organisation, account: Account, now: datetime
) -> PagePart | None:
    """On an organisation's page, for who represents it."""
    if not represents(account.person_id, organisation.id, on=clock.local_day(now)):
        return None
    return _part(account, organisation.code, now=now, organisation=organisation)


def teaching_calendar(_desk: None, account: Account, now: datetime) -> PagePart | None:
    """On the desk of who teaches."""
    if not account.holds(RoleName.TRAINER):
        return None
    return _part(account, FeedKind.TEACHING.value, now=now)


def _part(
    account: Account, shows: str, *, now: datetime, organisation: Organisation | None = None
) -> PagePart:
    """``shows``: as the form of a new address calls it."""
    kind = FeedKind.ORGANISATION if organisation else FeedKind.TEACHING
    feeds = [
        feed
        for feed in queries.working_feeds_of(account.person_id, today=clock.local_day(now))
        if feed.kind is kind and feed.organisation is organisation
    ]
    context = {"shows": shows, "organisation": organisation, "feeds": feeds}
    return PagePart("calendar/_part.html", context)
