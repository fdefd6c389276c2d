"""Several who save a view of the dashboard at the same moment in two processes."""

import pytest

from club.statistics.dashboard import queries
from club.statistics.dashboard.operations import save_view
from club.statistics.dashboard.rules import MOST_VIEWS, ViewRefusal
from tests.registration.racing import at_once
from tests.support.factories import NOW, a_person

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("context")]


def saving(person, name):
    return save_view, {"person_id": person.id, "name": name, "asked": "part=Q1"}


def test_of_two_views_under_one_name_at_once_one_is_saved(app):
    person = a_person()
    came_to = at_once(app, [saving(person, "Giao ban")] * 2)
    assert sorted(came_to) == ["done", f"refused: {ViewRefusal.NAME_TAKEN}"]
    assert [name for _, name in queries.opening_for(person.id).views] == ["Giao ban"]


def test_at_once_nobody_gets_one_view_more_than_there_may_be(app):
    person = a_person()
    for number in range(MOST_VIEWS - 1):
        save_view(person.id, f"Bản {number}", "part=Q1", now=NOW)
    came_to = at_once(app, [saving(person, name) for name in ("Giao ban", "Họp tuần")])
    assert sorted(came_to) == ["done", f"refused: {ViewRefusal.TOO_MANY}"]
    assert len(queries.opening_for(person.id).views) == MOST_VIEWS
