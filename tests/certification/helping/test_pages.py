"""Asking and answering on the site."""

import re

import pytest

from club.accounts.consents import withdraw_consent
from club.accounts.models import ConsentPurpose
from club.audit.models import AuditEntry
from club.certification.helping.models import HelpRequest, HelpState
from club.db import db
from club.knowledge.models import Tool
from tests.certification.helping.kit import (
    a_coordinator,
    a_member,
    a_representative,
    an_expert_with_account,
    asked,
    took,
)
from tests.certification.kit import with_schemes
from tests.support.factories import NOW, a_person, an_account, reload, saved
from tests.support.inspector import complaints
from tests.support.queries import counting_queries

ADDRESSES = re.compile(r"account\d+@example\.vn|nguoi\d+@example\.vn|909999999")


@pytest.fixture(autouse=True)
def schemes(context):
    with_schemes()
    saved(Tool(key="5s", name="5S", name_en="5S", position=1))


@pytest.fixture
def pair():
    return an_expert_with_account(tool=["5s"])


@pytest.fixture
def member():
    return a_member()


def page_of(request):
    return f"/help-requests/{request.public_id}"


def typed(**given):
    return {
        "organisation": "-",
        "problem": "Chờ vật tư lâu.",
        "place": "Lái Thiêu",
        "time": "Tháng 3",
    } | given


def the_request():
    return db.session.query(HelpRequest).one()


def test_from_the_register_to_a_request(client, sign_in, pair, member):
    expert, account = pair
    link = f"/experts/help?expert={expert.code}"
    assert link in client.get(f"/experts/{expert.code}").text
    browser = sign_in(member)
    page = browser.get(link).text
    assert ("Nhờ Trần Chuyên Gia giúp" in page, ADDRESSES.findall(page)) == (True, [])
    data = typed(expert=expert.code, tool="5s", sector="wood")
    answer = browser.post("/experts/help", data=data)
    assert answer.headers["Location"] == page_of(the_request())
    assert "Chờ chuyên gia trả lời" in browser.get(page_of(the_request())).text
    assert "Chờ vật tư lâu." in sign_in(account).get("/me/help-requests").text


def test_asking_needs_an_account(client, pair):
    answer = client.get("/experts/help")
    assert (answer.status_code, "/login" in answer.headers["Location"]) == (302, True)


def test_who_is_no_member_is_told_how_to_become_one(sign_in, pair):
    browser = sign_in(an_account())
    page = browser.get("/experts/help").text
    assert ("/membership/" in page, "<textarea" in page) == (True, False)
    assert browser.post("/experts/help", data=typed()).status_code == 422
    assert db.session.query(HelpRequest).count() == 0


def test_a_representative_asks_for_the_organisation(sign_in, pair):
    expert, _account = pair
    account, firm = a_representative()
    browser = sign_in(account)
    page = browser.get(f"/experts/help?expert={expert.code}").text
    assert 'value="wood" selected' in page or 'selected value="wood"' in page
    data = typed(expert=expert.code, organisation=firm.code)
    assert browser.post("/experts/help", data=data).status_code == 302
    assert the_request().organisation_id == firm.id


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"problem": " "}, "Ghi vài câu về việc đang gặp."),
        ({"problem": "x" * 2001}, "Viết gọn còn 2.000 ký tự"),
        ({"place": ""}, "Ghi nơi cần giúp."),
        ({"time": ""}, "Ghi lúc nào tiện"),
        ({"tool": "nonsense"}, "Chọn một mục"),
        ({"organisation": "dn-9999"}, "Chọn một mục"),
        ({"expert": "cg-nobody"}, "không còn trong danh sách"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(sign_in, member, given, words):
    browser = sign_in(member)
    answer = browser.post("/experts/help", data=typed(sector="wood", time="Sáng thứ Bảy") | given)
    assert answer.status_code in {409, 422}
    if given.get("tool") is None and given.get("organisation") is None:
        assert words in answer.text
    assert "Chờ vật tư lâu." in answer.text or "problem" in given
    assert "Sáng thứ Bảy" in answer.text or "time" in given
    assert db.session.query(HelpRequest).count() == 0


def test_a_refusal_by_the_state_is_a_conflict_and_keeps_the_words(sign_in, pair, member):
    _expert, _account = pair
    for _ in range(3):
        asked(None, member)
    answer = sign_in(member).post("/experts/help", data=typed())
    assert (answer.status_code, "ba lời nhờ chưa xong" in answer.text) == (409, True)
    assert "Chờ vật tư lâu." in answer.text


def test_an_expert_accepts_and_both_see_how_to_reach_the_other(sign_in, pair, member):
    expert, account = pair
    request = asked(expert, member)
    experts, members = sign_in(account), sign_in(member)
    for browser in (experts, members):
        assert ADDRESSES.findall(browser.get(page_of(request)).text.partition("<main")[2]) == []
    data = {"step": "accepted", "words": "Tối thứ Ba tôi rảnh."}
    assert experts.post(f"{page_of(request)}/steps", data=data).status_code == 302
    assert member.email in experts.get(page_of(request)).text
    page = members.get(page_of(request)).text
    assert (account.email in page, "Tối thứ Ba tôi rảnh." in page) == (True, True)


def test_the_club_sees_the_request_and_no_addresses(sign_in, pair, member):
    expert, account = pair
    request = took(asked(expert, member), "accepted", account)
    staff = a_coordinator()
    page = sign_in(staff).get(page_of(request)).text
    assert (member.email in page, account.email in page) == (False, False)
    looked = db.session.query(AuditEntry).filter_by(subject_kind="help_request").count()
    assert looked == 1


def test_the_second_of_two_answers_is_a_conflict_and_keeps_the_words(sign_in, pair, member):
    expert, account = pair
    request = asked(expert, member)
    took(request, "withdrawn", member)
    data = {"step": "accepted", "words": "Tối thứ Ba tôi rảnh."}
    answer = sign_in(account).post(f"{page_of(request)}/steps", data=data)
    assert (answer.status_code, "đã có người làm bước khác" in answer.text) == (409, True)
    assert "Tối thứ Ba tôi rảnh." in answer.text
    assert reload(request).state is HelpState.WITHDRAWN


def test_words_that_are_needed_are_asked_for(sign_in, pair, member):
    expert, account = pair
    request = asked(expert, member)
    answer = sign_in(account).post(f"{page_of(request)}/steps", data={"step": "asked_back"})
    assert (answer.status_code, "Ghi vài lời để bên kia đọc." in answer.text) == (422, True)


@pytest.mark.parametrize("step", ["", "nonsense", "passed", "helped", "expert_left", "reminded"])
def test_what_is_no_step_of_that_form_is_a_bad_request(sign_in, pair, member, step):
    expert, account = pair
    request = took(asked(expert, member), "accepted", account)
    answer = sign_in(account).post(f"{page_of(request)}/steps", data={"step": step})
    assert answer.status_code == 400
    assert reload(request).state is HelpState.UNDER_WAY


def test_whoever_was_asked_before_learns_that_it_went_on_and_nothing_else(sign_in, pair, member):
    expert, account = pair
    request = took(asked(expert, member), "handed_on", account)
    took(request, "withdrawn", member, "Đã tự xử lý xong.")
    browser = sign_in(account)
    page = browser.get(page_of(request))
    assert (page.status_code, "đã chuyển sang người khác" in page.text) == (200, True)
    assert ("Đã tự xử lý xong." in page.text, "Chờ vật tư" in page.text) == (False, False)
    answer = browser.post(f"{page_of(request)}/steps", data={"step": "accepted"})
    assert answer.status_code == 409


def test_it_is_nobody_elses_business(sign_in, pair, member):
    expert, _account = pair
    request = asked(expert, member)
    browser = sign_in(a_member("Một Hội Viên Khác"))
    assert browser.get(page_of(request)).status_code == 404
    for path, data in (("steps", {"step": "withdrawn"}), ("outcome", {"outcome": "helped"})):
        assert browser.post(f"{page_of(request)}/{path}", data=data).status_code == 404
    assert browser.post(f"{page_of(request)}/expert", data={}).status_code == 403


def test_how_it_ended_is_noted_with_a_page_of_this_site(sign_in, pair, member):
    expert, account = pair
    request = took(asked(expert, member), "accepted", account)
    browser = sign_in(member)
    data = {"outcome": "helped", "result": "Nhanh gấp đôi", "led_to": "https://xau.example/x"}
    answer = browser.post(f"{page_of(request)}/outcome", data=data)
    assert (answer.status_code, "Nhanh gấp đôi" in answer.text) == (422, True)
    assert "Ghi đường dẫn của một bài điển hình" in answer.text
    data["led_to"] = "https://club.example/knowledge/5s"
    assert browser.post(f"{page_of(request)}/outcome", data=data).status_code == 302
    assert reload(request).led_to == "/knowledge/5s"
    assert 'href="/knowledge/5s"' in browser.get(page_of(request)).text


def test_a_coordinator_finds_what_waits_for_the_club_and_asks_an_expert(sign_in, pair, member):
    expert, _account = pair
    an_expert_with_account("An Không Rành", sector=["wood"])
    request = asked(None, member, tool_key="5s")
    browser = sign_in(a_coordinator())
    desk = browser.get("/office/certification/help-requests").text
    assert (page_of(request) in desk, "5S" in desk) == (True, True)
    page = browser.get(page_of(request)).text
    assert page.index("Trần Chuyên Gia") < page.index("An Không Rành")
    data = {"expert": expert.code, "note": "Gần xưởng của anh."}
    assert browser.post(f"{page_of(request)}/expert", data=data).status_code == 302
    waits = browser.get("/office/certification/help-requests?waits=expert").text
    assert page_of(request) in waits
    assert page_of(request) not in browser.get("/office/certification/help-requests").text


def test_passing_to_somebody_who_left_is_refused(sign_in, pair, member):
    expert, _account = pair
    request = asked(None, member)
    browser = sign_in(a_coordinator())
    withdraw_consent(expert.person_id, ConsentPurpose.PUBLIC_EXPERT_REGISTER, now=NOW)
    data = {"expert": expert.code, "note": "Gần xưởng của anh."}
    answer = browser.post(f"{page_of(request)}/expert", data=data)
    assert answer.status_code == 422
    assert reload(request).state is HelpState.WITH_CLUB


def test_the_desk_asks_as_often_for_one_request_as_for_many(sign_in, pair):
    expert, _account = pair
    browser, counts = sign_in(a_coordinator()), []
    for number in (1, 7):
        for _ in range(number):
            asked(expert, a_member(), tool_key="5s")
        with counting_queries() as seen:
            browser.get("/office/certification/help-requests?waits=expert")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_pages_are_well_made(sign_in, pair, member):
    expert, account = pair
    request = took(asked(expert, member, tool_key="5s"), "asked_back", account, "Mấy chuyền?")
    done = asked(None, member)
    staff = a_coordinator()
    for who, address in (
        (member, "/experts/help"),
        (member, f"/experts/help?expert={expert.code}"),
        (member, "/me/help-requests"),
        (member, page_of(request)),
        (member, page_of(done)),
        (account, "/me/help-requests"),
        (account, page_of(request)),
        (account, "/me/certification/expert"),
        (staff, page_of(done)),
        (staff, "/office/certification/help-requests"),
        (staff, "/office/certification/help-requests?waits=ended"),
        (an_account(), "/experts/help"),
        (an_account(person=a_person()), "/me/certification/expert"),
    ):
        for language in ("vi", "en"):
            sign = "&" if "?" in address else "?"
            answer = sign_in(who).get(f"{address}{sign}lang={language}")
            assert (address, answer.status_code, complaints(answer.text)) == (address, 200, [])
