from datetime import date, timedelta

import pytest

from club import clock
from club.accounts.models import RoleName
from club.people.models import AudienceKind, SizeClass
from club.pilots.operations import PilotFacts, add_project
from tests.support.factories import NOW, an_account, an_organisation, reload
from tests.support.inspector import complaints


@pytest.fixture
def coordinator(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def a_project(title="Giảm thời gian chờ", **given):
    firm = an_organisation(size_class=SizeClass.SMALL, **given)
    return add_project(firm.id, PilotFacts(title, date(2025, 7, 1), "Biên bản"), by=None, now=NOW)


def typed(code, **given):
    return {
        "organisation": code,
        "title": "Giảm hàng lỗi",
        "started_on": "2025-07-01",
        "size_class": "",
        "evidence": "Quyết định 12/QĐ",
    } | given


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (RoleName.MEMBER, 403),
        (RoleName.TRAINER, 403),
        (RoleName.REPORTING_OFFICER, 403),
        (RoleName.OFFICIAL, 200),
        (RoleName.COORDINATOR, 200),
        (RoleName.ADMINISTRATOR, 200),
    ],
)
def test_the_desk_is_for_coordinators_and_officials(sign_in, role, status):
    assert sign_in(an_account(role)).get("/office/pilots").status_code == status


def test_an_official_looks_on_and_changes_nothing(sign_in):
    project = a_project()
    official = sign_in(an_account(RoleName.OFFICIAL))
    page = official.get(f"/office/pilots/{project.public_id}")
    assert page.status_code == 200
    assert '<form method="post" action="/office/pilots' not in page.text
    assert official.get("/office/pilots/new").status_code == 403
    assert official.post(f"/office/pilots/{project.public_id}/end").status_code == 403


def test_a_coordinator_finds_the_firm_and_enters_its_project(coordinator):
    firm = an_organisation(name="Công ty Nhựa Demo", size_class=SizeClass.SMALL)
    an_organisation(name="Phòng Nhựa", kind=AudienceKind.STATE_AGENCY)
    found = coordinator.get("/office/pilots/new?q=nhua")
    assert "Công ty Nhựa Demo" in found.text
    assert "Phòng Nhựa" not in found.text
    answer = coordinator.post("/office/pilots/new", data=typed(firm.code))
    assert answer.status_code == 302
    desk = coordinator.get("/office/pilots").text
    assert "Giảm hàng lỗi" in desk
    assert "Hôm nay có 1 doanh nghiệp nhỏ và vừa được tính vào kế hoạch." in desk


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": ""}, "Đặt tên cho dự án."),
        ({"title": "x" * 5000}, "Viết gọn còn 200 ký tự; hiện có 5.000"),
        ({"evidence": " "}, "Ghi căn cứ"),
        ({"started_on": "2025-02-30"}, "started_on"),
        ({"started_on": "2019-01-01"}, "Kế hoạch ban hành ngày 18/11/2021"),
        ({"size_class": "huge"}, "size_class"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(coordinator, given, words):
    firm = an_organisation(size_class=SizeClass.SMALL)
    answer = coordinator.post("/office/pilots/new", data=typed(firm.code, **given))
    assert answer.status_code == 422
    assert words in answer.text
    assert "Quyết định 12/QĐ" in answer.text or "evidence" in given


def test_a_future_start_is_refused(coordinator):
    firm = an_organisation()
    tomorrow = clock.today() + timedelta(days=1)
    answer = coordinator.post(
        "/office/pilots/new", data=typed(firm.code, started_on=tomorrow.isoformat())
    )
    assert (answer.status_code, "Dự án bắt đầu rồi mới ghi" in answer.text) == (422, True)


def test_an_unknown_firm_is_not_there(coordinator):
    assert coordinator.post("/office/pilots/new", data=typed("dn-none")).status_code == 404


def test_an_unknown_project_is_not_there(coordinator):
    unknown = "/office/pilots/00000000-0000-4000-8000-000000000000"
    assert coordinator.get(unknown).status_code == 404
    assert coordinator.post(f"{unknown}/end").status_code == 404


def test_a_project_is_ended_with_its_outcome(coordinator):
    project = a_project()
    here = f"/office/pilots/{project.public_id}"
    empty = coordinator.post(f"{here}/end", data={"ended_on": "2025-09-30"})
    assert (empty.status_code, "Chọn một trong hai." in empty.text) == (422, True)
    early = coordinator.post(f"{here}/end", data={"ended_on": "2025-06-30", "outcome": "completed"})
    assert (early.status_code, "Ngày cuối đứng trước ngày đầu" in early.text) == (422, True)
    coordinator.post(f"{here}/end", data={"ended_on": "2025-09-30", "outcome": "abandoned"})
    assert reload(project).ended_on == date(2025, 9, 30)
    assert "Không còn tính: đã bỏ dở" in coordinator.get(here).text


def test_what_was_entered_is_corrected(coordinator):
    project = a_project()
    here = f"/office/pilots/{project.public_id}"
    assert coordinator.post(f"{here}/facts", data=typed("", title="")).status_code == 422
    assert coordinator.post(f"{here}/facts", data=typed("")).status_code == 302
    assert reload(project).title == "Giảm hàng lỗi"


def test_the_pages_are_well_made(app, coordinator, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    project = a_project()
    firm = an_organisation()
    for address in (
        "/office/pilots",
        "/office/pilots/new",
        f"/office/pilots/new?organisation={firm.code}",
        f"/office/pilots/{project.public_id}",
    ):
        assert complaints(coordinator.get(address).text) == []


def test_the_list_takes_the_same_number_of_queries_for_one_and_for_twenty(
    coordinator, count_queries
):
    a_project()
    with count_queries() as one:
        coordinator.get("/office/pilots")
    for number in range(19):
        a_project(f"Dự án {number}")
    with count_queries() as twenty:
        coordinator.get("/office/pilots")
    assert len(one) == len(twenty)
