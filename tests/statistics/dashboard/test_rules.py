from datetime import date
from itertools import pairwise

import pytest

from club.periods import Cut, Period, named_period
from club.statistics.dashboard import drawing, rules
from club.statistics.dashboard.drawing import Value
from club.statistics.dimensions import Dimension


def days(first, last):
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (days("2026-01-01", "2026-12-31"), ("2025-01-01", "2025-12-31")),
        (days("2025-02-01", "2025-02-28"), ("2024-02-01", "2024-02-29")),
        (days("2024-02-29", "2024-02-29"), ("2023-02-28", "2023-02-28")),
        (days("2024-02-01", "2024-02-29"), ("2023-02-01", "2023-02-28")),
        (named_period("2026", Cut.REPORT), ("2024-12-15", "2025-12-14")),
        (named_period("2026-03", Cut.REPORT), ("2025-02-15", "2025-03-14")),
        (days("0001-01-01", "0001-01-31"), ("0001-01-01", "0001-01-31")),
    ],
)
def test_the_year_before_has_the_same_days_and_ends_with_its_month(period, before):
    found = rules.year_before(period)
    assert (found.first.isoformat(), found.last.isoformat()) == before
    assert found.cut is period.cut


def test_a_running_period_is_compared_up_to_the_same_day():
    year = named_period("2026", Cut.CALENDAR)
    before = rules.year_before(year)
    assert rules.until(before, date(2025, 6, 30)).last == date(2025, 6, 30)
    assert rules.until(before, date(2026, 2, 1)) == before
    assert rules.is_running(year, on=date(2026, 12, 30))
    assert not rules.is_running(year, on=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("period", "steps"),
    [
        (days("2026-03-01", "2026-03-01"), Dimension.MONTH),
        (days("2026-01-01", "2026-12-31"), Dimension.MONTH),
        (days("2022-01-01", "2026-12-31"), Dimension.QUARTER),
        (days("2016-01-01", "2026-12-31"), Dimension.YEAR),
    ],
)
def test_long_periods_are_drawn_in_longer_steps(period, steps):
    assert rules.steps_of(period) is steps


@pytest.mark.parametrize("most", [0, 1, 3, 7, 99, 1184, 250_000])
def test_levels_are_round_and_hold_the_largest_value(most):
    levels = drawing.levels_to(most)
    assert levels[0] == 0
    assert levels[-1] >= most
    assert 2 <= len(levels) <= 6
    assert len({b - a for a, b in pairwise(levels)}) == 1


def test_columns_stay_inside_the_picture_and_tell_amounts_by_height():
    values = [Value(str(n), str(n), n, 2 * n, str(n)) for n in range(13)]
    drawn = drawing.columns_of(values)
    last = drawn.columns[-1]
    assert last.second.x + last.second.width <= 100
    assert last.second.height == pytest.approx(2 * last.first.height, abs=0.2)
    assert [column.name for column in drawn.columns[:3]] == ["0", "", "2"]
    assert {column.figure for column in drawn.columns} == {""}


def test_only_the_first_bars_are_drawn_and_long_names_are_cut_between_words():
    name = "Sản xuất sản phẩm điện tử, máy vi tính và sản phẩm quang học"
    drawn = drawing.bars_of([Value(name, "", 10 - n, None, "") for n in range(10)])
    assert (len(drawn.bars), drawn.left_out) == (8, 2)
    assert drawn.bars[0].name == "Sản xuất sản phẩm điện tử, máy…"
    assert (drawn.bars[0].first, drawn.bars[4].first) == (100, 60)


def test_nothing_is_drawn_of_nothing():
    assert drawing.bars_of([]).height == 0
    assert drawing.columns_of([]).columns == []
