from hypothesis import given
from hypothesis import strategies as st

from club.web.comparing import Piece, Row, compared, compared_lines


def said(row, side):
    return "".join(piece.text for piece in getattr(row, side))


def test_equal_texts_differ_in_nothing():
    assert not compared("a\n\nb", "a\n\nb")


def test_paragraphs_that_are_the_same_are_counted_and_left_out():
    rows = compared("a\n\nb\n\nc", "a\n\nb\n\nd").rows
    assert rows == [Row(same=2), Row((Piece("c", True),), (Piece("d", True),))]


def test_only_the_words_that_differ_are_marked():
    (row,) = compared("mười máy may", "hai máy may").rows
    assert row.before == (Piece("mười ", True), Piece("máy may"))
    assert row.after == (Piece("hai ", True), Piece("máy may"))


def test_a_new_paragraph_has_nothing_beside_it():
    assert compared("a", "a\n\nb").rows == [Row(same=1), Row((), (Piece("b", True),))]


def test_endless_paragraphs_are_marked_as_a_whole():
    (row,) = compared("a " * 5_000, "b " + "a " * 5_000).rows
    assert [len(row.before), len(row.after)] == [1, 1]


@given(
    st.lists(st.sampled_from(["a b", "a c", "d"])), st.lists(st.sampled_from(["a b", "a c", "d"]))
)
def test_both_sides_can_be_read_whole(before, after):
    """Nothing is lost: the shown paragraphs and the counted ones are all there were."""
    rows = compared_lines(before, after).rows
    for side, lines in (("before", before), ("after", after)):
        shown = [said(row, side) for row in rows if getattr(row, side)]
        assert len(shown) + sum(row.same for row in rows) == len(lines)
        assert set(shown) <= set(lines)
