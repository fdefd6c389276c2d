from datetime import date
from decimal import Decimal

import pytest

from club.indicators.charts import chart_of, missing_years
from club.indicators.models import Observation


def value(first, number, last=None):
    return Observation(
        period_from=date(first, 1, 1), as_of=date(last or first, 12, 31), value=Decimal(str(number))
    )


OLD = [value(2018, 102), value(2019, "110.4"), value(2020, "117.9")]
NEW = [value(2020, "150.1"), value(2021, "172.8"), value(2024, "221.9")]


def joined(line):
    return [(a.observation.as_of.year, b.observation.as_of.year) for a, b in line.joins]


def test_series_are_never_joined_and_a_gap_breaks_the_line():
    chart = chart_of([OLD, NEW])
    assert [joined(line) for line in chart.lines] == [
        [(2018, 2019), (2019, 2020)],
        [(2020, 2021)],
    ]


def test_an_average_of_years_is_a_bar_and_joins_nothing():
    (line,) = chart_of([[value(2011, 4.35, 2015), value(2016, 5.5), value(2017, 6)]]).lines
    assert line.joins == [(line.marks[1], line.marks[2])]
    assert line.marks[0].x_end > line.marks[0].x
    assert line.marks[1].x_end == line.marks[1].x


def test_higher_values_stand_higher_and_later_ones_further_right():
    marks = chart_of([OLD]).lines[0].marks
    assert [mark.y for mark in marks] == sorted((mark.y for mark in marks), reverse=True)
    assert [mark.x for mark in marks] == sorted(mark.x for mark in marks)


@pytest.mark.parametrize(
    ("values", "levels"),
    [
        ([102, 221.9], [0, 100, 200, 300]),
        ([3660, 9182], [0, 2500, 5000, 7500, 10000]),
        ([2.55, 8.54], [0, 2.5, 5, 7.5, 10]),
        ([-3, 4], [-4, -2, 0, 2, 4]),
        ([0.2, 0.3], [0, 0.1, 0.2, 0.3]),
        ([0, 0], [0, 0.25]),
    ],
)
def test_levels_are_round_hold_everything_and_begin_at_nought(values, levels):
    chart = chart_of([[value(2020 + n, one) for n, one in enumerate(values)]])
    assert [level for _y, level in chart.levels] == levels


def test_everything_stays_within_the_picture():
    chart = chart_of([OLD, NEW, [value(2000, 17, 2016)]])
    for line in chart.lines:
        for mark in line.marks:
            assert 0 <= mark.x <= mark.x_end <= 100
            assert 0 <= mark.y <= chart.height
    assert len(chart.years) <= 7
    assert chart.years[-1][1] == 2024


def test_one_value_is_no_picture():
    assert chart_of([[value(2022, 302.2)]]) is None
    assert chart_of([]) is None


def test_years_without_a_value_are_named():
    assert missing_years(NEW) == [2022, 2023]
    assert missing_years([value(2011, 4.35, 2015)]) == []
