import pytest

from club.content import CONTENT
from club.files.plain_yaml import read_yaml
from club.indicators.formulas import FormulaError, reckoned, steps_of

NAMES = {"a", "b", "c"}


@pytest.mark.parametrize(
    ("formula", "steps"),
    [
        ("a", ["a"]),
        ("a + b * 2", ["a", "b", 2.0, "*", "+"]),
        ("(a + b) * 2", ["a", "b", "+", 2.0, "*"]),
        ("a - b - c", ["a", "b", "-", "c", "-"]),
        ("a / (b - 0.5)", ["a", "b", 0.5, "-", "/"]),
    ],
)
def test_a_formula_is_put_in_the_order_in_which_it_is_reckoned(formula, steps):
    assert steps_of(formula, names=NAMES) == steps


@pytest.mark.parametrize(
    "formula",
    ["", "a +", "a ** b", "f(a)", "a.b", "__import__('os')", "a if b else c", "-a", "True", "'a'", "d"],
)  # fmt: skip
def test_whatever_else_is_no_formula(formula):
    with pytest.raises(FormulaError):
        steps_of(formula, names=NAMES)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("a + b * 2", 7.0),
        ("(a + b) * 2", 8.0),
        ("a - b - c", None),
        ("a / (b - 3)", None),
        ("a * 10 / b", 10 / 3),
    ],
)
def test_what_is_missing_or_divided_by_nought_comes_to_nothing(formula, value):
    steps = steps_of(formula, names=NAMES)
    assert reckoned(steps, {"a": 1.0, "b": 3.0, "c": None}) == value


def shipped(key):
    given = read_yaml(CONTENT / "calculators.yaml")["calculators"]
    return next(one for one in given if one["key"] == key)


def results(key, **values):
    """What a shipped calculator answers, by hand-typed numbers."""
    calculator = shipped(key)
    names = {one["key"] for one in calculator["inputs"]}
    assert values.keys() == names
    return {
        one["key"]: reckoned(steps_of(one["formula"], names=names), values)
        for one in calculator["results"]
    }


def near(**values):
    return pytest.approx(values, abs=0.005)


def test_labour_productivity_is_value_added_by_people_and_by_hours():
    found = results("labour_productivity", value_added=3600, workers=30, hours=72000)
    assert found == near(per_worker=120, per_hour=50)


def test_without_hours_there_is_no_productivity_an_hour():
    found = results("labour_productivity", value_added=3600, workers=30, hours=None)
    assert found == {"per_worker": 120, "per_hour": None}


def test_oee_is_availability_by_performance_by_quality():
    found = results("oee", planned=450, stopped=60, cycle=30, made=700, good=680)
    assert found == near(availability=86.667, performance=89.744, quality=97.143, oee=75.556)
    product = found["availability"] * found["performance"] * found["quality"] / 10_000
    assert found["oee"] == pytest.approx(product)


def test_a_machine_that_stood_all_the_time_has_no_speed():
    found = results("oee", planned=450, stopped=450, cycle=30, made=700, good=680)
    assert (found["availability"], found["performance"], found["oee"]) == (0, None, None)


def test_what_neither_capital_nor_labour_explains_is_tfp():
    found = results("tfp_share", output=6, capital=7, labour=1, weight=0.4)
    assert found == near(growth=2.6, share=43.333)


def test_growth_of_capital_alone_leaves_nothing_for_tfp():
    assert results("tfp_share", output=5, capital=5, labour=5, weight=0.3) == near(
        growth=0, share=0
    )


def test_cost_of_poor_quality_is_given_both_ways():
    found = results("poor_quality", internal=120, external=80, appraisal=50, revenue=10_000)
    assert found == near(failures=200, with_appraisal=250, share=2)
    found = results("poor_quality", internal=120, external=80, appraisal=None, revenue=None)
    assert found == {"failures": 200, "with_appraisal": None, "share": None}
