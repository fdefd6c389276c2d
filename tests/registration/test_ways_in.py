"""Lists that lead to a form show only classes whose form lets people in."""

import pytest

from club.courses.run_lists import runs_to_join
from club.registration.eligibility import verdict_on_nominations
from club.registration.models import WayIn
from club.registration.ways_in import anybody_comes, organisations_nominate
from tests.registration.support import a_run_by
from tests.support.factories import NOW, a_run


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
