"""The pages of the register, and what an expert says there."""

import pytest

from club import clock
from club.accounts.models import Consent
from club.certification.queries import expert_of
from club.certification.register import queries
from club.certification.register.models import FieldKind
from club.db import db, transaction
from club.knowledge.models import Tool
from tests.certification.kit import agrees, checked, with_schemes
from tests.certification.register.kit import an_expert
from tests.support.factories import a_person, a_unit, an_account, saved

HERE = "/me/certification/expert"


@pytest.fixture(autouse=True)
def schemes(context):
    with_schemes()
    for key, name in (("5s", "5S"), ("kaizen", "Kaizen")):
        saved(Tool(key=key, name=name, name_en=name, position=len(name)))


@pytest.fixture
def account():
    person = a_person(full_name="Nguyễn Thị Demo", email="demo@example.vn", phone="+84901234567")
    return an_account(person=person)


@pytest.fixture
def expert(account):
    checked(account.person)
    return expert_of(account.person_id)


@pytest.fixture
def holder(sign_in, account):
    return sign_in(account)


def test_the_list_says_who_helps_with_what(client):
    an_expert("Trần An", tool=["5s"], sector=["wood"], language=["vi", "ko"])
    page = client.get("/experts/").text
    for words in ("Trần An", "Công cụ: 5S", "Ngành: Gỗ", "Tiếng Hàn", "Nhận lời nhờ giúp"):
        assert words in page, words
    assert "Chứng nhận của tổ chức chứng nhận" in page


def test_filters_stay_in_the_form_and_can_be_taken_away_one_by_one(client):
    an_expert("Trần An", tool=["5s"])
    page = client.get("/experts/?tool=5s&sector=wood").text
    assert "Không ai khớp bộ lọc này" in page
    assert '<option value="5s" selected>' in page
    assert 'href="/experts/?sector=wood"' in page


def test_nonsense_in_the_address_finds_nobody_and_breaks_nothing(client):
    an_expert("Trần An")
    answer = client.get("/experts/?tool=%00%ff&level='--&page=-1&ward=" + "x" * 3000)
    assert answer.status_code == 200


def test_nobody_yet(client):
    assert "Chưa có ai trong danh sách" in client.get("/experts/").text


def test_addresses_are_not_told(client, account, expert):
    agrees(account.person)
    for path in ("/experts/", f"/experts/{expert.code}", "/experts.json"):
        text = client.get(path).text
        assert ("demo@example.vn" in text, "901234567" in text) == (False, False)


def test_the_register_as_data_says_what_the_page_says(client):
    expert = an_expert("Trần An", scope="Dệt may", tool=["5s"], presentation="Mười năm.")
    answer = client.get("/experts.json").json
    (item,) = answer["items"]
    assert (answer["total"], answer["next"]) == (1, None)
    assert item == {
        "code": expert.code,
        "name": "Trần An",
        "page": item["page"],
        "certificates": [
            {
                "kind": "outside",
                "standing": "valid",
                "scheme": "Chuyên gia năng suất (APO)",
                "standard": "APO-PS 101:2019",
                "level": None,
                "body": "ViProCB",
                "issued_on": "2025-06-01",
                "valid_from": "2025-06-01",
                "expires_on": None,
                "scope": "Dệt may",
            }
        ],
        "presentation": "Mười năm.",
        "can_be_asked": True,
        "tools": ["5s"],
        "topics": [],
        "sectors": [],
        "languages": [],
        "wards": [],
    }
    assert item["page"].endswith(f"/experts/{expert.code}")


def test_data_are_filtered_and_paged_as_the_page_is(client, monkeypatch):
    monkeypatch.setattr("club.certification.views.register.public._ITEMS", 1)
    an_expert("Trần An", tool=["5s"]), an_expert("Lê Bình", tool=["5s"]), an_expert("Võ Cúc")
    first = client.get("/experts.json?tool=5s").json
    assert ([e["name"] for e in first["items"]], first["total"]) == (["Trần An"], 2)
    assert first["next"].endswith("/experts.json?tool=5s&page=2")
    second = client.get("/experts.json?tool=5s&page=2").json
    assert ([e["name"] for e in second["items"]], second["next"]) == (["Lê Bình"], None)


def test_an_expert_says_what_others_then_find(holder, account, expert, client):
    agrees(account.person)
    ward = a_unit(key="lai-thieu", name="Phường Lái Thiêu")
    data = {
        "presentation": "Mười năm làm 5S.\nRảnh buổi tối.",
        "tool": ["5s"],
        "sector": ["wood", "garment"],
        "language": ["vi"],
        "ward": [ward.key],
        "welcomes_requests": "y",
    }
    assert holder.post(HERE, data=data).status_code == 302
    page = client.get(f"/experts/{expert.code}").text
    for words in ("Mười năm làm 5S.", "5S", "Gỗ", "Tiếng Việt", "Phường Lái Thiêu"):
        assert words in page, words
    preview = holder.get(HERE).text.partition('id="preview"')[2]
    assert ("Mười năm làm 5S." in preview, "Phường Lái Thiêu" in preview) == (True, True)


def test_saving_takes_the_place_of_what_was_said(holder, expert):
    holder.post(HERE, data={"tool": ["5s", "kaizen"], "welcomes_requests": "y"})
    holder.post(HERE, data={"tool": ["kaizen"]})
    known = queries.fields_of([expert.id])[expert.id]
    assert (known, db.session.get(type(expert), expert.id).welcomes_requests) == (
        {FieldKind.TOOL: ("kaizen",)},
        False,
    )


@pytest.mark.parametrize(
    "given", [{"presentation": "x" * 601}, {"tool": ["5s", "nonsense"]}, {"language": ["xx"]}]
)
def test_what_cannot_be_kept_is_said_and_stays_in_the_form(holder, expert, given):
    holder.post(HERE, data={"tool": ["kaizen"]})
    answer = holder.post(HERE, data={"presentation": "Làm 5S", "tool": ["5s"]} | given)
    assert answer.status_code == 422
    assert "Còn 1 chỗ cần sửa" in answer.text
    assert given.get("presentation", "Làm 5S") in answer.text
    assert queries.fields_of([expert.id])[expert.id] == {FieldKind.TOOL: ("kaizen",)}


def test_the_preview_needs_no_consent_and_says_that_nobody_sees_it(holder, expert, client):
    page = holder.get(HERE).text
    assert "Chưa ai thấy trang này" in page
    assert "Nguyễn Thị Demo" not in client.get("/experts/").text
    assert holder.post("/me/certification/register").headers["Location"] == HERE
    assert "Chưa ai thấy trang này" not in holder.get(HERE).text
    assert "Nguyễn Thị Demo" in client.get("/experts/").text


def test_who_agreed_to_earlier_words_is_asked_anew(holder, account, expert):
    agrees(account.person)
    with transaction() as session:
        session.query(Consent).filter_by(person_id=account.person_id).one().version = "1"
    assert "đã cho xem thêm thông tin" in holder.get(HERE).text
    holder.post("/me/certification/register")
    assert "đã cho xem thêm thông tin" not in holder.get(HERE).text


def test_who_holds_nothing_has_no_page_to_fill(holder):
    assert "Chưa có gì để giới thiệu" in holder.get(HERE).text
    assert holder.post(HERE, data={"presentation": "Tôi giỏi"}).status_code == 404


def test_somebody_who_completed_a_course_does_not_stand_there(client, account):
    from tests.certification.kit import a_record
    from tests.support.factories import a_run

    agrees(account.person)
    a_record(account.person, a_run())
    assert "Nguyễn Thị Demo" not in client.get("/experts/").text
    assert queries.listed_as(account.person_id, on=clock.today()) is None
