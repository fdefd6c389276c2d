import pytest

from club.knowledge.evidence.comparing import (
    Change,
    EvidenceRow,
    Order,
    Way,
    change_of,
    groups_of,
    in_order,
)
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.models import Direction, ResultKind, Strength
from club.knowledge.rows import Figure


def a_figure(before, after, better=Direction.LOWER):
    return Figure("m", "m", None, None, before, after, None, None, better=better)


def a_row(slug, before, after, *, strength="A", about="changeover", year=None, better="lower"):
    return EvidenceRow(
        slug, slug, slug, slug.upper(), None, "metal", "VN", None, year, Strength(strength),
        ResultKind.MEASURED_BEFORE_AFTER, None, None, MeasureKind(about),
        a_figure(before, after, Direction(better)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "change"),
    [
        (a_figure(30, 15), Change(-50.0, Way.BETTER)),
        (a_figure(30, 15, Direction.HIGHER), Change(-50.0, Way.WORSE)),
        (a_figure(60, 84, Direction.HIGHER), Change(40.0, Way.BETTER)),
        (a_figure(8, 0), Change(-100.0, Way.BETTER)),
        (a_figure(8, 8), Change(0.0, Way.SAME)),
        (a_figure("2–3", 1), None),
        (a_figure(30, None), None),
        (a_figure(0, 5), None),
        (a_figure(-3.01, -1.64, Direction.HIGHER), None),
        (a_figure(30, 15, None), None),
    ],
)
def test_a_change_comes_from_exact_numbers_only(figure, change):
    assert change_of(figure) == change


def summaries(rows):
    (group,) = groups_of(rows)
    return [(s.strength.value, s.cases, s.lowest, s.highest, s.median) for s in group.summaries]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([50], [("A", 1, -50, -50, None)]),
        ([50, 80], [("A", 2, -50, -20, None)]),
        ([50, 80, 60], [("A", 3, -50, -20, -40)]),
        ([50, 80, 60, 10], [("A", 4, -90, -20, -45)]),
    ],
)
def test_a_median_needs_three_cases(changes, expected):
    assert summaries([a_row(f"c{n}", 100, after) for n, after in enumerate(changes)]) == expected


def test_a_case_counts_once_however_many_figures_it_has():
    """Conflicting figures stand side by side, and do not outvote other cases."""
    rows = [a_row("a", 100, 90), a_row("a", 100, 70), a_row("a", 100, 80), a_row("b", 100, 40)]
    assert summaries(rows) == [("A", 2, -60, -20, None)]
    (group,) = groups_of(rows)
    assert [row.slug for row in group.rows[Strength.A]] == ["a", "a", "a", "b"]


def test_strengths_are_summed_up_apart_and_what_was_not_measured_not_at_all():
    rows = [
        a_row("a", 100, 50),
        a_row("b", 100, 60, strength="B"),
        a_row("c", 100, 1, strength="C"),
    ]
    assert summaries(rows) == [("A", 1, -50, -50, None), ("B", 1, -40, -40, None)]
    assert groups_of([a_row("c", 100, 1, strength="C")]) == []
    assert rows[2].change is None


def test_what_should_rise_is_not_summed_up_with_what_should_fall():
    rows = [
        a_row("a", 100, 50, about="energy"),
        a_row("b", 100, 150, about="energy", better="higher"),
    ]
    assert summaries(rows) == [("A", 1, 50, 50, None), ("A", 1, -50, -50, None)]


def test_what_can_be_compared_with_nothing_has_no_summary():
    assert summaries([a_row(f"c{n}", 100, 50, about="other") for n in range(4)]) == []


def test_kinds_stand_in_the_order_of_the_vocabulary():
    rows = [a_row("a", 1, 2, about="stock"), a_row("b", 1, 2, about="oee"), a_row("c", 1, 2)]
    assert [group.about.value for group in groups_of(rows)] == ["changeover", "oee", "stock"]


@pytest.mark.parametrize(
    ("order", "slugs"),
    [
        (Order.CLEAREST, "abbc"),
        (Order.CHANGE, "bcba"),
        (Order.YEAR, "bbca"),
        (Order.NAME, "abbc"),
    ],
)
def test_rows_are_put_in_order(order, slugs):
    rows = [
        a_row("a", "2–3", 1),
        a_row("b", 100, 20, year="2019"),
        a_row("b", 100, 90, year="2019"),
        a_row("c", 100, 50, year="2012 – 2013"),
    ]
    assert "".join(row.slug for row in in_order(rows, order)) == slugs
