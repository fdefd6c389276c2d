"""What leaves a calendar with conditions is cancelled in it, and never just vanishes."""

from dataclasses import replace
from datetime import timedelta
from operator import itemgetter

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from club.calendar.rules import Listed, standing_by
from club.courses import rules
from club.courses.calendar_entries import Standing
from club.courses.course_editing import CourseFacts, change_course
from club.courses.models import CourseAudience, RunForm
from club.courses.operations import cancel_run, change_run, move_session
from club.courses.rules import Slot
from club.documents.icalendar import EventStatus
from tests.calendar.support import a_feed, a_registration, events, shown
from tests.support.factories import NOW, a_run, a_topic, a_unit, an_account

HOUR = timedelta(hours=1)
CLOSES = NOW + timedelta(days=2)
GONE = EventStatus.CANCELLED


@pytest.fixture(autouse=True)
def at_that_time():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def a_class(**given):
    return a_run(place="Phòng 1", **given)


def uid(run, number=0):
    return str(run.sessions[number].public_id)


def change(run, *, hours=1, **facts):
    change_run(run, replace(rules.facts_of(run), **facts), by=None, now=NOW + hours * HOUR)


def describe(course, *, hours=1, **facts):
    given = {
        "code": course.code, "title": course.title, "title_en": course.title_en,
        "topic_id": course.topic_id, "audience_keys": [CourseAudience.MANAGERS],
    }  # fmt: skip
    change_course(course, CourseFacts(**given | facts), by=None, now=NOW + hours * HOUR)


class Subscriber:
    """A calendar program that polls one address and says what is new to it."""

    def __init__(self, client, address):
        self.client, self.address, self.etag = client, address, None

    def poll(self):
        known = {"If-None-Match": self.etag} if self.etag else {}
        answer = self.client.get(self.address, headers=known)
        if answer.status_code == 304:
            return None
        self.etag = answer.headers["ETag"]
        return shown(answer)


def test_a_class_that_moves_to_another_ward_is_cancelled_in_the_first_wards_calendar(client):
    here, there = a_unit(), a_unit()
    run = a_class(ward_id=here.id)
    first = Subscriber(client, f"/calendar.ics?ward={here.key}")
    second = Subscriber(client, f"/calendar.ics?ward={there.key}")
    everything = Subscriber(client, "/calendar.ics")
    assert first.poll() == everything.poll() == [(uid(run), "CONFIRMED", 0)]
    assert second.poll() == []
    change(run, ward_id=there.id)
    # The session moved, and left: two things that the first calendar's reader must hear of.
    assert first.poll() == [(uid(run), "CANCELLED", 2)]
    assert second.poll() == everything.poll() == [(uid(run), "CONFIRMED", 1)]
    assert first.poll() is None
    change(run, hours=2, ward_id=here.id)
    assert first.poll() == [(uid(run), "CONFIRMED", 4)]
    assert second.poll() == [(uid(run), "CANCELLED", 3)]


def test_a_class_whose_course_goes_to_another_topic_is_cancelled_in_the_first_topics(client):
    run, other = a_class(), a_topic()
    was = run.course.topic.key
    first = Subscriber(client, f"/calendar.ics?topic={was}")
    assert first.poll() == [(uid(run), "CONFIRMED", 0)]
    describe(run.course, topic_id=other.id)
    assert first.poll() == [(uid(run), "CANCELLED", 1)]
    assert shown(client.get(f"/calendar.ics?topic={other.key}")) == [(uid(run), "CONFIRMED", 0)]


def test_a_session_that_moves_to_another_month_is_cancelled_in_the_first_months(client):
    run = a_class()
    march = Subscriber(client, "/calendar.ics?month=2026-03")
    march.poll()
    slot = Slot(run.starts_at + timedelta(days=40), run.ends_at + timedelta(days=40))
    move_session(run.sessions[0], slot, by=None, now=NOW + HOUR)
    assert march.poll() == [(uid(run), "CANCELLED", 2)]
    assert shown(client.get("/calendar.ics?month=2026-04")) == [(uid(run), "CONFIRMED", 1)]


@pytest.mark.parametrize(
    ("condition", "leave"),
    [
        (
            "form=in_person",
            lambda run: change(run, form=RunForm.ONLINE, online_link="https://a.vn"),
        ),
        ("audience=managers", lambda run: describe(run.course, audience_keys=[])),
        ("q=khoa", lambda run: describe(run.course, title="Tên khác", title_en="Other")),
    ],
)
def test_every_other_condition_that_is_no_longer_met_cancels_too(client, condition, leave):
    run = a_class()
    describe(run.course, title="Khóa học", hours=0)
    reader = Subscriber(client, f"/calendar.ics?{condition}")
    assert [status for _uid, status, _n in reader.poll()] == ["CONFIRMED"]
    leave(run)
    assert [status for _uid, status, _n in reader.poll()] == ["CANCELLED"]


def test_when_registration_closes_the_calendar_of_open_classes_says_cancelled(client, at_that_time):
    run = a_class(registration_closes_at=CLOSES)
    still_open = a_class()
    reader = Subscriber(client, "/calendar.ics?open=1")
    assert reader.poll() == [(uid(run), "CONFIRMED", 0), (uid(still_open), "CONFIRMED", 0)]
    at_that_time.move_to(CLOSES - timedelta(seconds=1))
    assert reader.poll() is None
    at_that_time.move_to(CLOSES)
    assert reader.poll() == [(uid(run), "CANCELLED", 1), (uid(still_open), "CONFIRMED", 0)]
    at_that_time.move_to(run.starts_at)
    assert reader.poll() == [(uid(run), "CANCELLED", 1), (uid(still_open), "CANCELLED", 1)]


def test_a_later_deadline_brings_the_class_back(client, at_that_time):
    run = a_class(registration_closes_at=CLOSES)
    reader = Subscriber(client, "/calendar.ics?open=1")
    at_that_time.move_to(CLOSES + HOUR)
    assert reader.poll() == [(uid(run), "CANCELLED", 1)]
    change(run, hours=50, registration_closes_at=CLOSES + 3 * HOUR)
    at_that_time.move_to(NOW + 50 * HOUR)
    assert reader.poll() == [(uid(run), "CONFIRMED", 2)]
    at_that_time.move_to(CLOSES + 3 * HOUR)
    assert reader.poll() == [(uid(run), "CANCELLED", 3)]


def test_what_was_never_open_or_never_there_is_not_shown(client, at_that_time):
    a_class(registration_opens_at=NOW + HOUR, registration_closes_at=CLOSES)
    reader = Subscriber(client, "/calendar.ics?open=1")
    assert reader.poll() == []
    at_that_time.move_to(NOW + HOUR)
    assert [status for _uid, status, _n in reader.poll()] == ["CONFIRMED"]


def test_a_cancelled_class_stays_in_the_calendar_of_open_classes_as_cancelled(client):
    run = a_class()
    reader = Subscriber(client, "/calendar.ics?open=1")
    reader.poll()
    cancel_run(run, reason="Thiếu giảng viên", by=None, now=NOW + HOUR)
    assert [(u, status) for u, status, _n in reader.poll()] == [(uid(run), "CANCELLED")]


def test_edits_that_leave_the_class_where_it_was_change_nothing_but_themselves(client):
    ward = a_unit()
    run = a_class(ward_id=ward.id)
    change(run, note="Mang theo máy tính")
    change(run, hours=2, registration_closes_at=CLOSES)
    assert shown(client.get(f"/calendar.ics?ward={ward.key}")) == [(uid(run), "CONFIRMED", 0)]


def test_what_is_said_anew_says_when_it_was_changed(client):
    run = a_class()
    describe(run.course, title="Tên khác", title_en="Other")
    entry = events(client.get("/calendar.ics"))[0]
    assert entry["last-modified"].dt == NOW + HOUR
    assert entry["sequence"] == 0


def test_a_deadline_that_is_taken_away_is_cancelled_in_a_persons_calendar(client):
    account, run = an_account(), a_class(registration_closes_at=CLOSES)
    a_registration(run, account.person)
    _, address = a_feed(account.person)
    reader = Subscriber(client, address)
    deadline = reader.poll()[1]
    assert deadline[1:] == ("CONFIRMED", 0)
    change(run, registration_closes_at=None)
    assert reader.poll()[1] == (deadline[0], "CANCELLED", 1)
    change(run, hours=2, registration_closes_at=CLOSES + HOUR)
    assert reader.poll()[1] == (deadline[0], "CONFIRMED", 2)


@pytest.mark.parametrize("runs", [1, 20])
def test_a_calendar_with_conditions_costs_the_same_however_long(client, count_queries, runs):
    ward, other = a_unit(), a_unit()
    for _ in range(runs):
        change(a_class(ward_id=ward.id), ward_id=other.id)
    address = f"/calendar.ics?ward={ward.key}"
    with count_queries() as seen:
        answer = client.get(address)
    assert [status for _uid, status, _n in shown(answer)] == ["CANCELLED"] * runs
    assert len(seen) <= 6
    with count_queries() as seen:
        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert len(seen) == 1


# The rule alone


def listed(*hours_and_meets):
    return [Listed(NOW + hours * HOUR, meets) for hours, meets in hours_and_meets]


@pytest.mark.parametrize(
    ("story", "standing"),
    [
        (listed((0, True)), Standing()),
        (listed((0, False)), None),
        (listed((0, True), (1, True)), Standing()),
        (listed((0, False), (1, True)), Standing()),
        (listed((0, True), (1, False)), Standing(GONE, 1, NOW + HOUR)),
        (listed((0, True), (1, False), (2, True)), Standing(changes=2, changed_at=NOW + 2 * HOUR)),
        (listed((0, True), (1, False), (1, True)), Standing()),
        # A clock that is behind the one of whoever edited.
        (listed((0, True), (5, False)), Standing(GONE, 1, NOW + 5 * HOUR)),
    ],
)
def test_how_a_run_stands_follows_from_how_it_was_listed(story, standing):
    assert standing_by(story, now=NOW + 3 * HOUR) == standing


def at(hour):
    return NOW + hour * HOUR


_HOURS = st.integers(0, 30)
_EDITS = st.lists(
    st.tuples(_HOURS, st.booleans(), st.none() | _HOURS, st.none() | _HOURS),
    min_size=1,
    max_size=6,
)


def standing_at(hour, edits):
    """What a poll at that hour finds, which knows only what had been edited by then."""
    known = [
        Listed(at(when), meets, begins and at(begins), ends and at(ends))
        for when, meets, begins, ends in sorted(edits, key=itemgetter(0))
        if when <= hour
    ]
    return standing_by(known, now=at(hour)) if known else None


@given(edits=_EDITS, first=_HOURS, second=_HOURS)
def test_no_story_lets_an_entry_vanish_or_change_without_a_higher_sequence(edits, first, second):
    before, after = (standing_at(hour, edits) for hour in sorted((first, second)))
    if before is None:
        return
    assert after is not None
    risen = after.changes - before.changes
    assert risen >= 0
    assert (after.status is before.status) == (risen % 2 == 0)
