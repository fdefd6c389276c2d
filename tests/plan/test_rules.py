from datetime import date
from decimal import Decimal

import pytest

from club.plan.models import TargetKind
from club.plan.rules import Reading, TargetState, target_state

ONE, NONE = Decimal(1), Decimal(0)
BEFORE, AFTER = date(2025, 12, 31), date(2026, 1, 1)


@pytest.mark.parametrize(
    ("reading", "on", "state"),
    [
        (Reading(NONE, NONE), BEFORE, TargetState.IN_PROGRESS),
        (Reading(ONE, ONE), BEFORE, TargetState.MET),
        (Reading(NONE, NONE), AFTER, TargetState.BEHIND),
        (Reading(ONE, ONE), AFTER, TargetState.MET),
        (Reading(ONE, NONE), AFTER, TargetState.MET_LATE),
        (Reading(NONE, ONE), AFTER, TargetState.LOST),
    ],
)
def test_a_counted_target_says_whether_it_was_reached_in_time(reading, on, state):
    found = target_state(TargetKind.COUNTED, ONE, reading, by_year=2025, on=on)
    assert found is state


def test_what_is_measured_above_the_city_is_never_called_met():
    reading = Reading(Decimal(99), Decimal(99))
    found = target_state(TargetKind.CONTRIBUTORY, Decimal(7), reading, by_year=2025, on=AFTER)
    assert found is TargetState.CONTRIBUTORY


def test_a_target_without_number_is_under_way_once_there_is_a_figure():
    def state(value):
        return target_state(TargetKind.ENTERED, None, Reading(value, value), by_year=2025, on=AFTER)

    assert state(None) is TargetState.NO_FIGURE
    assert state(ONE) is TargetState.IN_PROGRESS
