"""The first page offers what somebody can join now, and says what is next where nothing is."""

import re
from datetime import timedelta

import pytest

from club import clock
from club.courses.models import RunState
from tests.support.factories import a_course, a_run

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return clock.now()


def sections(client):
    """The codes of runs to join and of those that open later."""
    page = client.get("/").text
    listed, _, coming = page.partition("Sắp mở đăng ký")
    return [re.findall(r'href="/runs/([\w-]+)"', part) for part in (listed, coming)]


def test_only_what_somebody_can_join_is_offered(client, now):
    a_run(code="FREE-1", starts_at=now + 9 * DAY)
    a_run(code="FULL-1", starts_at=now + 5 * DAY, seats=2, places_taken=2)
    a_run(code="LINE-1", starts_at=now + 5 * DAY, seats=2, places_taken=1, waiting_count=1)
    a_run(code="SHUT-1", starts_at=now + 2 * DAY, registration_closes_at=now - DAY)
    a_run(code="DRAFT-1", starts_at=now + 3 * DAY, state=RunState.DRAFT)
    a_run(code="BEGUN-1", starts_at=now - DAY)
    assert sections(client) == [["FREE-1"], []]


def test_what_opens_later_follows_with_its_moment(client, now):
    opens = now + 3 * DAY
    a_run(code="LATER-1", starts_at=now + 30 * DAY, registration_opens_at=opens)
    assert sections(client) == [[], ["LATER-1"]]
    assert f"Mở đăng ký {clock.local(opens):%d/%m/%Y %H:%M}" in client.get("/").text


def test_at_most_four_are_shown_the_soonest_first(client, now):
    for day in (6, 5, 4, 3, 2):
        a_run(code=f"R-{day}", starts_at=now + day * DAY)
    a_run(code="LATER-1", starts_at=now + 30 * DAY, registration_opens_at=now + DAY)
    assert sections(client) == [["R-2", "R-3", "R-4", "R-5"], []]


def test_a_club_without_classes_leads_to_its_courses(client):
    a_course()
    page = client.get("/").text
    assert "Hiện chưa có lớp nào còn chỗ" in page
    assert 'href="/courses/"' in page
