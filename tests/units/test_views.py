from datetime import date

import pytest

from club.accounts.models import RoleName
from club.config import ROOT
from club.units import queries
from club.units.importing import sync_units
from tests.support.factories import NOW, a_unit, an_account, reload

NEW = {"name": "Phường Demo", "kind": "ward", "valid_from": "2026-01-01", "source": "Quyết định 1"}


@pytest.fixture
def desk(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def test_everybody_reads_wards_their_origins_and_the_honest_note(client):
    sync_units(ROOT / "content", now=NOW)

    page = client.get("/units/").text

    assert "chưa tìm thấy văn bản nào nêu đơn vị nhận việc" in page
    assert page.count("25978") == 1
    assert "(một phần)" in page


def test_one_unit_shows_its_source_and_successors(client):
    sync_units(ROOT / "content", now=NOW)

    page = client.get("/units/phuong-vinh-phu-cu").text

    assert "Phường Lái Thiêu" in page
    assert "Phường Bình Hòa" in page
    assert "https://github.com/thanglequoc/vietnamese-provinces-database" in page
    assert client.get("/units/nowhere").status_code == 404


def test_an_empty_house_says_what_is_missing(client):
    assert "Chưa có phường nào" in client.get("/units/").text


def test_the_list_costs_the_same_however_many_units(client, count_queries):
    a_unit()
    with count_queries() as few:
        client.get("/units/")
    for _ in range(20):
        a_unit()
    with count_queries() as many:
        client.get("/units/")
    assert len(many) == len(few)


@pytest.mark.parametrize("role", [RoleName.OFFICIAL, RoleName.REPORTING_OFFICER, RoleName.MEMBER])
def test_others_do_not_keep_units(sign_in, role):
    browser = sign_in(an_account(role))
    assert browser.get("/office/units").status_code == 403
    assert browser.post("/office/units/new", data=NEW).status_code == 403
    assert queries.all_units() == []


def test_a_coordinator_adds_a_unit(desk):
    answer = desk.post("/office/units/new", data=NEW)

    assert (answer.status_code, answer.location) == (302, "/office/units/phuong-demo")
    unit = queries.unit_by_key("phuong-demo")
    assert (unit.name, unit.valid_from, unit.source) == (
        "Phường Demo",
        date(2026, 1, 1),
        "Quyết định 1",
    )
    assert "Phường Demo" in desk.get("/office/units").text


def test_the_same_unit_twice_is_refused_and_the_name_stays_typed(desk):
    desk.post("/office/units/new", data=NEW)
    again = desk.post("/office/units/new", data=NEW)

    assert again.status_code == 422
    assert "Thời gian đó đã có một đơn vị cùng loại, cùng tên." in again.text
    assert 'value="Phường Demo"' in again.text


def test_a_name_may_come_back_after_its_unit_ended(desk):
    a_unit(key="phuong-demo", name="Phường Demo", valid_to=date(2025, 6, 30))
    assert desk.post("/office/units/new", data=NEW).location == "/office/units/phuong-demo-2"


@pytest.mark.parametrize(
    "typed",
    [
        {"name": ""},
        {"name": "x" * 5000},
        {"kind": "planet"},
        {"source": ""},
        {"valid_from": "0001-01-01"},
    ],
)
def test_bad_input_adds_nothing(desk, typed):
    assert desk.post("/office/units/new", data=NEW | typed).status_code == 422
    assert queries.all_units() == []


def test_a_unit_is_ended_once(desk):
    unit = a_unit(valid_from=date(2025, 7, 1))
    address = f"/office/units/{unit.key}/end"

    assert desk.post(address, data={"last_day": "2025-06-30"}).status_code == 422
    assert desk.post(address, data={"last_day": "2026-12-31"}).status_code == 302
    assert desk.post(address, data={"last_day": "2027-12-31"}).status_code == 422
    assert reload(unit).valid_to == date(2026, 12, 31)


def test_successors_are_named_with_a_day(desk):
    old = a_unit(valid_to=date(2025, 6, 30))
    new = a_unit(name="Phường Sau", valid_from=date(2025, 7, 1))
    address = f"/office/units/{old.key}/successors"
    typed = {"successor": new.key, "on_day": "2025-07-01", "source": "Nghị quyết 1"}

    assert desk.post(address, data=typed | {"on_day": "2025-06-01"}).status_code == 422
    assert desk.post(address, data=typed | {"successor": "nowhere"}).status_code == 422
    assert desk.post(address, data=typed | {"successor": old.key}).status_code == 422
    assert desk.post(address, data=typed | {"in_part": "y"}).status_code == 302
    assert desk.post(address, data=typed).status_code == 422
    links = queries.unit_by_key(old.key).successions
    assert [(link.successor_id, link.in_part, link.source) for link in links] == [
        (new.id, True, "Nghị quyết 1")
    ]
    assert "Phường Sau" in desk.get(f"/office/units/{old.key}").text
