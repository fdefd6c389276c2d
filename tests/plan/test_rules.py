from datetime import date
from decimal import Decimal

import pytest

from club.plan.models import ObservationStatus, TargetKind, period_words
from club.plan.rules import (
    Known,
    PlanRefusal,
    Reading,
    TargetState,
    refusal_of_period,
    refusal_of_value,
    target_state,
)
from club.web.typed_numbers import typed_number

ONE, NONE = Decimal(1), Decimal(0)
BEFORE, AFTER = date(2025, 12, 31), date(2026, 1, 1)
KNOWN = Known(Decimal("5.24"), ObservationStatus.FINAL, "Niên giám")


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


@pytest.mark.parametrize(
    ("first", "last", "verdict"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), None),
        (AFTER, AFTER, None),
        (date(1989, 1, 1), AFTER, (PlanRefusal.TOO_EARLY, "period_from")),
        (date(2024, 2, 1), date(2024, 1, 31), (PlanRefusal.PERIOD_REVERSED, "as_of")),
        (date(2026, 1, 1), date(2026, 1, 2), (PlanRefusal.PERIOD_NOT_OVER, "as_of")),
    ],
)
def test_a_period_is_over_and_in_order(first, last, verdict):
    assert refusal_of_period(first, last, today=AFTER) == verdict


@pytest.mark.parametrize(
    ("given", "known", "reason", "verdict"),
    [
        (KNOWN, None, None, None),
        (KNOWN, KNOWN, "Sửa", (PlanRefusal.SAME_AGAIN, "value")),
        (
            Known(Decimal("5.3"), ObservationStatus.REVISED, "Niên giám"),
            KNOWN,
            None,
            (PlanRefusal.REASON_NEEDED, "reason"),
        ),
        (Known(Decimal("5.3"), ObservationStatus.REVISED, "Niên giám"), KNOWN, "Sửa", None),
        (
            Known(Decimal(10) ** 9, ObservationStatus.FINAL, "x"),
            None,
            None,
            (PlanRefusal.VALUE_TOO_LARGE, "value"),
        ),
    ],
)
def test_a_correction_is_different_and_has_a_reason(given, known, reason, verdict):
    assert refusal_of_value(given, known, reason=reason) == verdict


@pytest.mark.parametrize(
    ("typed", "vietnamese", "english"),
    [
        ("5,24", "5.24", "5.24"),
        ("5.24", "5.24", "5.24"),
        ("1.184,5", "1184.5", "1184.5"),
        ("1,184.5", "1184.5", "1184.5"),
        ("1.184", "1184", "1.184"),
        ("1,184", "1.184", "1184"),
        ("1.184.000", "1184000", None),
        (" -3,5 % ", "-3.5", "-3.5"),
        ("", None, None),
        ("1e5", None, None),
        ("NaN", None, None),
        ("12.34,5", None, None),
    ],
)
def test_numbers_are_read_as_people_write_them(typed, vietnamese, english):
    def said(number):
        return None if number is None else str(number)

    assert said(typed_number(typed, english=False)) == vietnamese
    assert said(typed_number(typed, english=True)) == english


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (date(2021, 1, 1), date(2025, 12, 31), "2021 – 2025"),
        (date(2021, 11, 18), date(2021, 11, 18), "18/11/2021"),
        (date(2024, 12, 15), date(2025, 6, 14), "15/12/2024 – 14/06/2025"),
    ],
)
def test_a_period_is_written_as_short_as_it_can_be(first, last, words):
    assert period_words(first, last) == words
