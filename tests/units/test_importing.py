from datetime import date

import pytest

from club.config import ROOT
from club.files.synced import Synced
from club.units import operations, queries
from club.units.importing import sync_units
from tests.support.factories import NOW

CONTENT = ROOT / "content"
BEFORE, SINCE = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def _synced():
    sync_units(CONTENT, now=NOW)


pytestmark = pytest.mark.usefixtures("_synced")


def test_ten_units_until_the_end_of_june_2025_and_five_wards_since():
    assert len(queries.wards_on(BEFORE)) == 10
    assert [ward.official_code for ward in queries.wards_on(SINCE)] == [
        "25975",
        "25987",
        "25966",
        "25978",
        "25969",
    ]


def test_no_unit_of_the_old_list_lacks_a_successor_and_two_were_split():
    old = [queries.unit_by_key(ward.key) for ward in queries.wards_on(BEFORE)]
    assert all(unit.successions for unit in old)
    split = {unit.key for unit in old if any(link.in_part for link in unit.successions)}
    assert split == {"phuong-binh-chuan-cu", "phuong-vinh-phu-cu"}


def test_departments_ended_and_no_successor_is_claimed():
    departments = queries.departments()
    assert len(departments) == 9
    assert {unit.valid_to for unit in departments} == {BEFORE}
    assert [unit.successions for unit in departments] == [[]] * 9


def test_syncing_again_changes_nothing():
    again = sync_units(CONTENT, now=NOW)
    assert (again.added, again.changed) == (0, 0)
    assert again.unchanged == 31 + 12


def test_what_staff_decided_is_not_taken_back():
    ward = queries.unit_by_key("phuong-an-phu")
    operations.end_unit(ward.id, last_day=date(2027, 1, 31), by=None, now=NOW)

    assert sync_units(CONTENT, now=NOW) == Synced(added=0, changed=0, unchanged=43)
    assert queries.unit_by_key("phuong-an-phu").valid_to == date(2027, 1, 31)


def test_a_changed_file_changes_the_words(tmp_path):
    text = (CONTENT / "units.yaml").read_text(encoding="utf-8")
    (tmp_path / "units.yaml").write_text(text.replace("name_en: An Sơn commune", "name_en: An Son"))

    assert sync_units(tmp_path, now=NOW).changed == 1
    assert queries.unit_by_key("xa-an-son-cu").name_en == "An Son"
