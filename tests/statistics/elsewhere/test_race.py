"""Two at the same moment in two processes, over what a unit reported."""

import pytest

from club.periods import Cut, named_period
from club.statistics.elsewhere.operations import correct, enter
from club.statistics.elsewhere.queries import history_of, reported_in
from club.statistics.elsewhere.rules import ElsewhereRefusal
from tests.registration.racing import at_once
from tests.statistics.elsewhere.kit import a_reported_training, facts

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("context")]
YEAR = named_period("2026", Cut.CALENDAR)


def test_of_two_who_enter_the_same_at_once_one_does(app):
    same = facts()
    came_to = at_once(app, [(enter, {"facts": same, "by": None}) for _each in range(4)])
    assert sorted(came_to) == ["done"] + [f"refused: {ElsewhereRefusal.KNOWN}"] * 3
    assert [row.turns for row in reported_in(YEAR)] == [40]


def test_of_two_who_correct_the_same_at_once_one_does(app):
    entry = a_reported_training()
    common = {"unit_id": entry.unit_id, "topic_id": entry.topic_id}
    public_id = entry.public_id
    correcting = [
        (correct, {
            "public_id": public_id, "facts": facts(turns=turns, **common), "seen": 1,
            "reason": "Đếm lại.", "by": None,
        })
        for turns in (50, 60, 70)
    ]  # fmt: skip
    came_to = at_once(app, correcting)
    assert sorted(came_to) == ["done"] + [f"refused: {ElsewhereRefusal.CORRECTED}"] * 2
    assert [row.number for row in history_of(public_id)] == [1, 2]
