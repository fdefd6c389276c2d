from datetime import date, datetime

import pytest

from club.statistics.weekly.rules import week_due

#: A Thursday; the Mondays around it.
ASKED = datetime(2026, 3, 12, 15)
BEFORE, NEXT = date(2026, 3, 9), date(2026, 3, 16)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 3, 12, 15, 1), None),
        (datetime(2026, 3, 16, 6, 59), None),
        (datetime(2026, 3, 16, 7, 0), NEXT),
        (datetime(2026, 3, 19, 3, 0), NEXT),
        (datetime(2026, 3, 20, 23, 59), NEXT),
        (datetime(2026, 3, 21, 0, 0), None),
        (datetime(2026, 3, 22, 23, 59), None),
        (datetime(2026, 4, 6, 7, 0), date(2026, 4, 6)),
        (datetime(2027, 1, 1, 8, 0), date(2026, 12, 28)),
        (datetime(2026, 3, 9, 8, 0), None),
    ],
)
def test_the_letter_of_a_week_is_due_from_monday_seven_until_friday(now, due):
    assert week_due(now, since=ASKED) == due


def test_who_asks_on_monday_before_seven_gets_it_the_same_day_and_later_a_week_after():
    monday_noon = datetime(2026, 3, 16, 12)
    assert week_due(monday_noon, since=datetime(2026, 3, 16, 6, 59)) == NEXT
    assert week_due(monday_noon, since=datetime(2026, 3, 16, 7, 0)) is None
