import secrets

from club.calendar.models import CalendarFeed, FeedKind
from club.db import transaction
from tests.support.demo import TODAY
from tests.support.factories import a_person


def another_feed():
    person = a_person()
    with transaction() as session:
        feed = CalendarFeed(
            person_id=person.id,
            kind=FeedKind.PERSON,
            name="điện thoại",
            language="vi",
            token_hash=secrets.token_hex(32),
            created_at=TODAY,
        )
        session.add(feed)
    return {"feed_id": feed.id}


def a_wrong_token():
    return {"token": "not-a-token"}
