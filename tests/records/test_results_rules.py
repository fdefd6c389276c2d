from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.records.results.facts import Result, Scale
from club.records.results.rules import Refusal, merged, refusals_of, refusals_of_scale

TEN = Scale(pre_test=Decimal(10), post_test=Decimal(10), assignment=Decimal(20))
scores = st.none() | st.decimals(0, 10, places=1)
results = st.builds(
    Result, scores, scores, scores, st.sampled_from([None, "tốt", "khá"]), confirmed=st.booleans()
)


@pytest.mark.parametrize(
    ("score", "refusal"),
    [
        ("0", None),
        ("10", None),
        ("7.25", None),
        ("-0.5", Refusal.NEGATIVE),
        ("10.01", Refusal.ABOVE_MAXIMUM),
        ("7.255", Refusal.TOO_FINE),
    ],
)
def test_a_score_lies_between_nought_and_its_maximum(score, refusal):
    found = refusals_of(Result(post_test=Decimal(score)), TEN)
    assert found == ({"post_test": refusal} if refusal else {})


def test_every_score_that_is_wrong_is_named():
    wrong = Result(pre_test=Decimal(-1), post_test=Decimal(5), assignment=Decimal(21))
    assert refusals_of(wrong, TEN) == {
        "pre_test": Refusal.NEGATIVE,
        "assignment": Refusal.ABOVE_MAXIMUM,
    }


def test_an_assignment_without_a_maximum_is_passed_or_not():
    assert refusals_of(Result(assignment=Decimal(1)), Scale()) == {}
    assert refusals_of(Result(assignment=Decimal(2)), Scale()) == {
        "assignment": Refusal.ABOVE_MAXIMUM
    }


def test_a_maximum_is_not_put_below_a_score_that_somebody_has():
    lower = Scale(pre_test=Decimal(10), post_test=Decimal(8), assignment=Decimal(20))
    found = refusals_of_scale(lower, before=TEN, highest={"post_test": Decimal(9)})
    assert found == {"post_test": Refusal.MAXIMUM_BELOW_SCORES}
    assert refusals_of_scale(lower, before=TEN, highest={"post_test": Decimal(8)}) == {}


@pytest.mark.parametrize("maximum", ["0", "-1", "1000.01", "9.999"])
def test_a_maximum_is_a_sensible_number(maximum):
    scale = Scale(pre_test=Decimal(maximum))
    assert refusals_of_scale(scale, before=TEN, highest={})["pre_test"] is Refusal.MAXIMUM


def test_assignments_are_not_judged_another_way_once_there_are_some():
    entered = {"assignment": Decimal(0)}
    found = refusals_of_scale(Scale(), before=TEN, highest=entered)
    assert found["assignment"] is Refusal.ASSIGNMENTS_ENTERED
    assert "assignment" not in refusals_of_scale(Scale(), before=TEN, highest={})


@given(seen=results, stands=results)
def test_who_touched_nothing_changes_nothing(seen, stands):
    assert merged(seen=seen, stands=stands, typed=seen) == (stands, set())


@given(stands=results, typed=results)
def test_who_saw_what_stands_gets_what_was_typed(stands, typed):
    assert merged(seen=stands, stands=stands, typed=typed) == (typed, set())


@given(seen=results, stands=results, typed=results)
def test_only_what_both_changed_otherwise_is_contested(seen, stands, typed):
    result, contested = merged(seen=seen, stands=stands, typed=typed)
    for name in ("pre_test", "post_test", "assignment", "remark", "confirmed"):
        was, other, mine = (getattr(one, name) for one in (seen, stands, typed))
        assert (name in contested) == (mine != was and other not in (was, mine))
        assert getattr(result, name) == (other if mine == was else mine)
