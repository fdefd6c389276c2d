from datetime import date
from decimal import Decimal

import pytest

from club.indicators.models import ObservationStatus, period_words
from club.indicators.rules import Known, ValueRefusal, refusal_of_period, refusal_of_value
from club.web.typed_numbers import typed_number

AFTER = date(2026, 1, 1)
KNOWN = Known(Decimal("5.24"), ObservationStatus.FINAL, "Niên giám")


@pytest.mark.parametrize(
    ("first", "last", "verdict"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), None),
        (AFTER, AFTER, None),
        (date(1989, 1, 1), AFTER, (ValueRefusal.TOO_EARLY, "period_from")),
        (date(2024, 2, 1), date(2024, 1, 31), (ValueRefusal.PERIOD_REVERSED, "as_of")),
        (date(2026, 1, 1), date(2026, 1, 2), (ValueRefusal.PERIOD_NOT_OVER, "as_of")),
    ],
)
def test_a_period_is_over_and_in_order(first, last, verdict):
    assert refusal_of_period(first, last, today=AFTER) == verdict


@pytest.mark.parametrize(
    ("given", "known", "reason", "verdict"),
    [
        (KNOWN, None, None, None),
        (KNOWN, KNOWN, "Sửa", (ValueRefusal.SAME_AGAIN, "value")),
        (
            Known(Decimal("5.3"), ObservationStatus.REVISED, "Niên giám"),
            KNOWN,
            None,
            (ValueRefusal.REASON_NEEDED, "reason"),
        ),
        (Known(Decimal("5.3"), ObservationStatus.REVISED, "Niên giám"), KNOWN, "Sửa", None),
        (
            Known(Decimal(10) ** 9, ObservationStatus.FINAL, "x"),
            None,
            None,
            (ValueRefusal.VALUE_TOO_LARGE, "value"),
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
