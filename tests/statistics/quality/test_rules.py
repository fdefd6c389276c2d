"""What is found wrong, and the bounds of it, from plain facts."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from club.statistics.quality.rules import (
    Bounds,
    Flaw,
    FlawedClass,
    entered_twice,
    found_in_classes,
)


def test_the_classes_that_could_move_most_come_first():
    small, large = (FlawedClass(code, 2, Bounds(turns_more=n)) for code, n in (("A", 3), ("B", 20)))
    found = found_in_classes(Flaw.NOT_CLOSED, [small, large])
    assert [one.code for one in found.classes] == ["B", "A"]
    assert (found.count, found.bounds) == (2, Bounds(turns_more=23))


def test_sessions_are_counted_as_sessions():
    found = found_in_classes(Flaw.NO_MARKS, [FlawedClass("A", 3, Bounds(turns_more=4))])
    assert found.count == 3


def test_nothing_wrong_is_no_finding():
    assert found_in_classes(Flaw.NO_WARD, []) is None
    assert entered_twice([], {}) is None


def test_two_entries_are_one_person_fewer_and_one_turn_where_both_were():
    found = entered_twice([(1, 2)], {1: {10, 11}, 2: {11, 12}})
    assert (found.count, found.bounds) == (1, Bounds(people_fewer=1, turns_fewer=1))


def test_three_entries_that_hang_together_leave_one_person():
    found = entered_twice([(1, 2), (2, 3), (1, 3)], {1: {10}, 2: {11}, 3: {12}})
    assert found.bounds == Bounds(people_fewer=2)


@given(
    st.sets(st.sampled_from(list(combinations(range(6), 2)))),
    st.fixed_dictionaries({n: st.sets(st.integers(0, 4), min_size=1) for n in range(6)}),
)
def test_merging_all_pairs_one_after_the_other_comes_to_the_same(pairs, attended):
    """A second way: put each pair together in turn, and look at what is left."""
    known_as = {person: person for person in attended}
    for one, other in pairs:
        gone, kept = known_as[other], known_as[one]
        known_as = {person: kept if now == gone else now for person, now in known_as.items()}
    people = len(set(known_as.values()))
    turns = len({(known_as[person], run) for person, runs in attended.items() for run in runs})
    found = entered_twice(pairs, attended)
    bounds = found.bounds if found else Bounds()
    assert bounds.people_fewer == len(attended) - people
    assert bounds.turns_fewer == sum(map(len, attended.values())) - turns
