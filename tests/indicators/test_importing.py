from decimal import Decimal

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.content import CONTENT
from club.db import db
from club.files.content_error import ContentError
from club.indicators import queries
from club.indicators.importing import sync_indicators
from club.indicators.models import Observation, ObservationStatus
from club.indicators.operations import ValueFacts, enter_value, withdraw_value
from club.units.importing import sync_units
from tests.support.factories import NOW, an_account

TEXT = (CONTENT / "indicators.yaml").read_text(encoding="utf-8")
SHIPPED = {"indicators": 12, "series": 15, "observations": 49}


@pytest.fixture(autouse=True)
def units(context):
    sync_units(CONTENT, now=NOW)


@pytest.fixture
def folder(tmp_path):
    def write(*changes):
        text = TEXT
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (tmp_path / "indicators.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def values(key):
    """All values of a series, as they came, with whether they stand."""
    series = queries.series_by_key(key)
    query = select(Observation).where(Observation.series_id == series.id).order_by(Observation.id)
    return [
        (o.period, str(o.value.normalize()), o.replaced_at is None)
        for o in db.session.scalars(query)
    ]


def test_what_is_shipped_comes_in_once():
    first, again = sync_indicators(CONTENT, now=NOW), sync_indicators(CONTENT, now=NOW)
    assert (first.added, first.changed) == (sum(SHIPPED.values()), 0)
    assert (again.added, again.changed, again.unchanged) == (0, 0, sum(SHIPPED.values()))


def test_every_value_has_a_source_and_every_formula_too():
    sync_indicators(CONTENT, now=NOW)
    assert all(o.source for o in db.session.scalars(select(Observation)))
    assert all(i.sources for i in queries.indicators() if i.formula)


def test_series_of_different_bases_stay_apart():
    sync_indicators(CONTENT, now=NOW)
    both = [
        (t.series.key, t.series.base is not None, str(o.value.normalize()))
        for t in queries.published_tables()
        for o in t.values
        if t.series.indicator.key == "labour_productivity_level" and o.period == "2020"
    ]
    assert both == [("vn_level_old", True, "117.9"), ("vn_level_new", True, "150.1")]


def test_a_value_taken_out_on_the_site_does_not_come_back():
    sync_indicators(CONTENT, now=NOW)
    observation = db.session.scalars(select(Observation)).first()
    withdraw_value(observation.id, reason="Nguồn đã gỡ", by=None, now=NOW)
    assert sync_indicators(CONTENT, now=NOW).added == 0


CORRECTED = ("{of: 2021, value: 4.71,", "{of: 2021, value: 4.77,")


def test_a_value_that_the_file_corrects_takes_the_place_of_the_files_own(folder):
    sync_indicators(CONTENT, now=NOW)
    done = sync_indicators(folder(CORRECTED), now=NOW)
    assert (done.added, done.changed) == (0, 1)
    of_2021 = [one for one in values("vn_growth_yearly") if one[0] == "2021"]
    assert of_2021 == [("2021", "4.71", False), ("2021", "4.77", True)]


def test_a_value_that_an_official_corrected_is_left_alone(folder):
    sync_indicators(CONTENT, now=NOW)
    shipped = next(o for o in db.session.scalars(select(Observation)) if o.value == Decimal("4.71"))
    facts = ValueFacts(
        shipped.period_from, shipped.as_of, Decimal("4.8"), ObservationStatus.FINAL, "Niên giám",
        reason="Niên giám mới",
    )  # fmt: skip
    enter_value("vn_growth_yearly", facts, by=an_account(RoleName.OFFICIAL).id, now=NOW)
    assert sync_indicators(folder(CORRECTED), now=NOW).changed == 0
    assert ("2021", "4.8", True) in values("vn_growth_yearly")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- key: gdp_growth", "- key: tfp_growth", "tfp_growth stands here a second time"),
        ("key: vn_gdp_growth", "key: vn_usd_new", "series: has vn_usd_new twice"),
        ("value: 17,", "worth: 17,", "worth: is not a key that this file may have"),
        ("value: 17,", 'value: "17",', "value: is a number"),
        ("of: [2000, 2016]", "of: [2016, 2000]", "of: The last day lies before the first."),
        ("of: [2000, 2016]", "of: [2000, 2116]", "of: The period is not over yet."),
        ("of: [2000, 2016]", "of: soon", "of: is a year, two years such as"),
        ("  indicator: gdp_growth", "  indicator: happiness", "happiness is no indicator"),
        ("{of: 2025, value: 8.02,", "{of: 2024, value: 8.02,", "observations: has two values"),
        ("value: 8.02, status: provisional", "value: 8.02, status: rumour", "status: is one of"),
    ],
)
def test_a_fault_names_file_and_line_and_nothing_comes_in(folder, old, new, said):
    with pytest.raises(ContentError) as wrong:
        sync_indicators(folder((old, new)), now=NOW)
    found = [str(fault) for fault in wrong.value.faults]
    assert any(said in one for one in found), found
    assert all(one.startswith("indicators.yaml:") for one in found)
    assert queries.indicators() == []


def test_a_unit_that_nobody_knows_is_a_fault(tmp_path):
    (tmp_path / "indicators.yaml").write_text(TEXT.replace("phong-kinh-te", "phong-trang"))
    with pytest.raises(ContentError, match="phong-trang is no unit"):
        sync_indicators(tmp_path, now=NOW)


def test_a_formula_without_a_source_is_a_fault(tmp_path):
    text = """
indicators:
- key: a
  name: {vi: A, en: A}
  formula: {vi: "A = 1", en: "A = 1"}
series: []
"""
    (tmp_path / "indicators.yaml").write_text(text)
    with pytest.raises(
        ContentError, match=r"indicators.yaml:5: indicators\[1\].formula: needs sources"
    ):
        sync_indicators(tmp_path, now=NOW)
