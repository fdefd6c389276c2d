from hypothesis import given
from hypothesis import strategies as st

from club.statistics.figures import Measures, Row
from club.statistics.rules import SMALLEST_SHOWN, hidden_rows


def row(*values, people):
    return Row(values, Measures(turns=people, people=people, minutes=0, completed=0))


def test_a_single_small_row_takes_the_smallest_other_with_it():
    rows = [row("a", people=3), row("b", people=40), row("c", people=9)]
    assert hidden_rows(rows) == {0, 2}


def test_two_small_rows_hide_each_other():
    rows = [row("a", people=3), row("b", people=40), row("c", people=4)]
    assert hidden_rows(rows) == {0, 2}


def test_nothing_is_hidden_where_all_are_many():
    assert hidden_rows([row("a", people=5), row("b", people=6)]) == set()


def test_empty_rows_tell_nothing_and_stay():
    assert hidden_rows([row("a", people=0), row("b", people=6)]) == set()


def test_in_a_table_of_two_dimensions_no_line_has_a_single_hidden_cell():
    rows = [
        row("a", "x", people=3), row("a", "y", people=20), row("a", "z", people=30),
        row("b", "x", people=10), row("b", "y", people=11), row("b", "z", people=50),
    ]  # fmt: skip
    hidden = hidden_rows(rows)
    assert hidden == {0, 1, 3, 4}


def test_hidden_rows_of_fewer_than_five_people_together_take_another_with_them():
    rows = [row("a", people=1), row("b", people=40), row("c", people=2), row("d", people=9)]
    assert hidden_rows(rows) == {0, 2, 3}


def test_a_small_month_cannot_be_worked_out_from_its_quarter():
    rows = [
        row("2026-01", people=3), row("2026-02", people=30), row("2026-03", people=40),
        row("2026-04", people=5), row("2026-05", people=3),
    ]  # fmt: skip
    by_quarter = [[lambda month: (int(month[5:]) + 2) // 3]]
    assert hidden_rows(rows) == {0, 4}
    assert hidden_rows(rows, wider=by_quarter) == {0, 1, 3, 4}


tables = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz")), st.integers(0, 30), max_size=12
)


@given(tables)
def test_what_is_hidden_cannot_be_worked_out_from_a_line(people):
    rows = [row(*key, people=n) for key, n in people.items()]
    hidden = hidden_rows(rows)
    for n, found in enumerate(rows):
        if 0 < found.measures.people < SMALLEST_SHOWN:
            assert n in hidden
    for dimension in (0, 1):
        for value in {r.values[dimension] for r in rows}:
            line = {n for n, r in enumerate(rows) if r.values[dimension] == value}
            assert len(line & hidden) != 1 or not line - hidden
            together = sum(rows[n].measures.people for n in line & hidden)
            assert not 0 < together < SMALLEST_SHOWN or not line - hidden
