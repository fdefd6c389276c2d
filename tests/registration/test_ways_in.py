"""Lists that lead to a form show only classes whose form lets people in."""

import re

import pytest

from club import clock
from club.courses.run_lists import next_open_run, runs_to_join
from club.registration.eligibility import verdict_on_nominations
from club.registration.models import WayIn
from club.registration.ways_in import anybody_comes, organisations_nominate, people_move_into
from tests.registration.support import a_registrant, a_run_by, active, register
from tests.support.factories import NOW, a_course, a_run


@pytest.fixture
def by_way():
    """A run for each way in, and one without terms of its own."""
    return {None: a_run()} | {way: a_run_by(way) for way in WayIn}


def ways(by_way, condition):
    listed = {row.id for row in runs_to_join(100, condition, now=NOW)}
    return {way for way, run in by_way.items() if run.id in listed}


def test_invited_and_nominated_people_need_no_list(by_way):
    asking = {WayIn.APPROVAL, WayIn.ENDORSED_APPROVAL}
    assert ways(by_way, anybody_comes()) == {None, WayIn.OPEN, *asking}


def test_organisations_are_led_where_the_verdict_lets_them(by_way):
    lets = {
        way
        for way, run in by_way.items()
        if verdict_on_nominations(run, way_in=way or WayIn.OPEN, at=NOW).allows
    }
    assert ways(by_way, organisations_nominate()) == lets == {None, WayIn.OPEN, WayIn.NOMINATION}


def test_moving_is_offered_only_where_it_is_one_step(sign_in, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    course = a_course()
    here, an = a_run(course=course), a_registrant()
    there = {way: a_run_by(way, course=course) for way in WayIn}
    register(an, here)
    client, mine = sign_in(an), active(an, here)
    page = client.get(f"/registrations/{mine.public_id}").text
    moves = set(re.findall(r'name="run"\s+value="([^"]+)"', page))
    assert moves == {there[WayIn.OPEN].code}
    for way in WayIn:
        answer = client.post(
            f"/registrations/{active(an, here).public_id}/move", data={"run": there[way].code}
        )
        if way is WayIn.OPEN:
            assert answer.status_code == 302
            client.post(f"/registrations/{active(an, there[way]).public_id}/withdrawal")
            register(an, here)
        else:
            assert answer.status_code == 409


def test_a_cancelled_class_leads_where_its_people_come_in_one_step(by_way):
    slug = by_way[None].course.slug
    found = next_open_run(slug, people_move_into(), now=NOW)
    assert found.id == by_way[None].id
