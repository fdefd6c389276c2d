from hypothesis import given, settings
from hypothesis import strategies as st

from club.statistics.rules import LENGTHS, SMALLEST_SHOWN, Cell, joined_values
from tests.statistics.attacker import Algebra, Told, bounds, differences

JANUARY, FEBRUARY, MARCH = range(1), range(1, 2), range(2, 3)
SPANS = [range(m, m + n) for n in LENGTHS for m in range(0, 12, n)]
TOPICS = {"a1": "a", "a2": "a", "b1": "b", "b2": "b", "c1": "c"}


def cell(month, value, people, *, part_of=None):
    """``people`` is their number, then different persons; or who they are."""
    if isinstance(people, int):
        people = {f"{month} {value} {n}" for n in range(people)}
    return Cell(month, value, part_of, frozenset(people), len(people))


def shown(*cells):
    return joined_values(cells)


def test_a_year_of_fewer_than_five_people_is_not_shown_at_all():
    assert shown(cell(0, "a", 3), cell(4, "b", 1)) == {}


def test_a_year_without_anybody_is_shown_as_that():
    assert set(shown()) == set(SPANS)


def test_the_same_four_people_in_many_months_stay_four():
    assert shown(*(cell(month, "a", "wxyz") for month in range(12))) == {}


def test_a_small_value_is_joined_with_the_smallest_other():
    found = shown(cell(0, "a", 3), cell(0, "b", 40), cell(0, "c", 9))
    assert found[JANUARY] == found[range(12)] == {"a", "c"}


def test_two_small_values_of_enough_people_hide_each_other():
    assert shown(cell(0, "a", 3), cell(0, "b", 40), cell(0, "c", 4))[JANUARY] == {"a", "c"}


def test_two_small_values_of_too_few_people_take_a_third():
    cells = cell(0, "a", 1), cell(0, "b", 40), cell(0, "c", 2), cell(0, "d", 9)
    assert shown(*cells)[JANUARY] == {"a", "c", "d"}


def test_a_small_month_takes_the_next_with_it():
    found = shown(cell(0, "a", 3), cell(1, "a", 30), cell(2, "a", 40), cell(11, "a", 9))
    assert not {JANUARY, FEBRUARY} & found.keys()
    assert {MARCH, range(3), range(6), range(12)} <= found.keys()


def test_a_small_month_at_the_end_takes_the_one_before():
    found = shown(cell(0, "a", 30), cell(1, "a", 30), cell(6, "a", 3))
    assert JANUARY in found
    assert not {FEBRUARY, range(6, 7), range(6), range(6, 12), range(3)} & found.keys()
    # Which of the months between were empty would tell how few the others may be.
    assert not {MARCH, range(5, 6)} & found.keys()
    assert range(7, 8) in found


def test_a_value_small_in_one_month_is_joined_in_all_months_of_the_quarter_but_not_in_the_year():
    cells = [cell(m, "a", 30) for m in range(3)] + [cell(m, "b", 6 - 2 * m) for m in range(3)]
    found = shown(*cells, cell(0, "c", 50), cell(1, "c", 50), cell(2, "c", 50))
    assert found[range(3)] == set()
    assert found[JANUARY] == found[MARCH] == {"a", "b"}


def test_a_small_course_is_joined_with_another_of_its_topic():
    found = shown(
        cell(0, "a1", 3, part_of="a"), cell(0, "a2", 20, part_of="a"),
        cell(0, "b1", 9, part_of="b"), cell(0, "b2", 9, part_of="b"),
    )  # fmt: skip
    assert found[JANUARY] == {"a1", "a2"}


def test_the_large_course_of_a_topic_that_hides_a_small_one_is_not_shown_alone():
    cells = cell(0, "a1", 3, part_of="a"), cell(0, "b1", 9, part_of="b")
    assert shown(*cells, cell(0, "c1", 50, part_of="c"))[JANUARY] == {"a1", "b1"}


people = st.frozensets(st.integers(0, 40).map(str), min_size=1, max_size=9)
years = st.dictionaries(
    st.tuples(st.integers(0, 11), st.sampled_from(sorted(TOPICS))), people, max_size=25
)


def of_topic(cells):
    return [Cell(c.month, c.part_of, None, c.people, c.turns) for c in cells]


def told_of(cells, tables):
    """Every number of the published tables; where nothing is joined, also who is not there."""
    for of, values, found in tables:
        for span, joined in found.items():
            here = [c for c in cells if c.month in span]
            yield told(here, span, TOPICS)
            for value in values:
                inside = [c for c in here if of(c) == value]
                if (inside and value not in joined) or not joined & {of(c) for c in here}:
                    yield told(inside, span, [c for c in TOPICS if value in (c, TOPICS[c])])


def told(cells, span, courses):
    atoms = frozenset((month, course) for month in span for course in courses)
    return Told(atoms, sum(c.turns for c in cells))


@settings(deadline=None, max_examples=60)
@given(years)
def test_nothing_small_can_be_worked_out(year):
    cells = [Cell(m, v, TOPICS[v], who, len(who)) for (m, v), who in year.items()]
    numbers = set(
        told_of(
            cells,
            [
                (lambda c: c.value, TOPICS, joined_values(cells)),
                (lambda c: c.part_of, set(TOPICS.values()), joined_values(of_topic(cells))),
            ],
        )
    )

    def few(atoms):
        found = set().union(*(year.get(atom, frozenset()) for atom in atoms))
        return 0 < len(found) < SMALLEST_SHOWN

    assert not [atoms for atoms in differences(numbers) if few(atoms)]
    algebra, between = Algebra(numbers), bounds(numbers, most=sum(c.turns for c in cells))
    for span in SPANS:
        for courses in [TOPICS, *([c] for c in TOPICS), ["a1", "a2"], ["b1", "b2"]]:
            atoms = {(month, course) for month in span for course in courses}
            if few(atoms):
                assert not algebra.tells(atoms), (span, courses)
                least, largest = (sum(between[a][n] for a in atoms if a in between) for n in (0, 1))
                assert least < largest or not atoms <= between.keys(), (span, courses)
