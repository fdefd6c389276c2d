from datetime import date, timedelta

import pytest
from sqlalchemy import select

from club import clock
from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.plan.items import operations, queries
from club.plan.items.models import PlanStep, SaidState
from club.plan.items.operations import ProofFacts, StepFacts
from club.plan.items.rules import (
    ItemState,
    WritingRefusal,
    refusal_of_day,
    refusal_of_link,
    refusal_to_lead,
)
from club.refusal import RefusedError
from club.units.queries import unit_by_key
from tests.plan.kit import DESK, LINE, proof_typed, standing, step_typed, with_lines
from tests.support.factories import NOW, an_account
from tests.support.inspector import complaints


@pytest.fixture(autouse=True)
def lines(context):
    with_lines(now=NOW)


@pytest.fixture
def official(sign_in):
    return sign_in(an_account(RoleName.OFFICIAL))


def test_an_official_says_where_a_line_stands_and_everybody_reads_it(official, client):
    assert standing().state is ItemState.UNSAID
    assert official.post(f"{DESK}/steps", data=step_typed()).status_code == 302
    assert standing().state is ItemState.UNDER_WAY
    page = client.get(f"/plan/items/{LINE}").text
    assert "Đã khảo sát" in page
    assert "Theo: Báo cáo 12" in page
    assert db.session.scalars(select(AuditEntry.action)).all() == ["plan.say_state"]


def test_what_is_said_later_of_an_earlier_day_changes_nothing_now(official):
    official.post(f"{DESK}/steps", data=step_typed(state="done"))
    earlier = (clock.today() - timedelta(days=30)).isoformat()
    official.post(f"{DESK}/steps", data=step_typed(on_day=earlier, words="Mới bắt đầu"))
    assert standing().state is ItemState.DONE
    assert [one.words for one in queries.steps_of(standing().item.id)] == [
        "Đã khảo sát",
        "Mới bắt đầu",
    ]


def test_what_was_taken_out_stands_no_more_and_stays_with_its_reason(official, client):
    official.post(f"{DESK}/steps", data=step_typed())
    (said,) = db.session.scalars(select(PlanStep)).all()
    removal = f"{DESK}/entries/{said.public_id}/removal"
    assert official.get(removal).status_code == 200
    assert official.post(removal, data={"reason": ""}).status_code == 422
    assert official.post(removal, data={"reason": "Ghi nhầm dòng"}).status_code == 302
    assert standing().state is ItemState.UNSAID
    assert "Đã khảo sát" not in client.get(f"/plan/items/{LINE}").text
    assert "Ghi nhầm dòng" in official.get(DESK).text
    again = official.post(removal, data={"reason": "Lần nữa"})
    assert again.status_code == 409
    assert "Mục này đã có người gỡ." in again.text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"state": ""}, "Chọn mức đã làm đến đâu."),
        ({"state": "target"}, "Chọn một mục trong danh sách."),
        ({"on_day": "2021-11-17"}, "Ngày này ở trước kế hoạch."),
        ({"on_day": "2090-01-01"}, "Ngày này ở sau hôm nay."),
        ({"on_day": "hôm qua"}, "Chọn ngày."),
        ({"words": " "}, "Ghi đã làm được gì."),
        ({"words": "á" * 1001}, "1.000"),
        ({"source": ""}, "Ghi ai cho biết"),
    ],
)
def test_bad_input_is_refused_and_kept(official, given, words):
    answer = official.post(f"{DESK}/steps", data=step_typed(source="Báo cáo Đặc biệt") | given)
    assert answer.status_code == 422
    assert words in answer.text
    assert ("Báo cáo Đặc biệt" in answer.text) is ("source" not in given)
    assert db.session.scalars(select(PlanStep)).all() == []


def test_the_same_twice_is_said_once(official):
    official.post(f"{DESK}/steps", data=step_typed())
    again = official.post(f"{DESK}/steps", data=step_typed())
    assert again.status_code == 422
    assert "Lần ghi gần nhất đã đúng như vậy." in again.text


@pytest.mark.parametrize("line", ["I.2.a-4", "I.2.b-1", "CC-1", "NN-3"])
def test_what_follows_from_figures_or_asks_nothing_cannot_be_said(official, line):
    answer = official.post(f"/office/plan/items/{line}/steps", data=step_typed())
    assert answer.status_code == 409
    assert (
        f'action="/office/plan/items/{line}/steps"'
        not in official.get(f"/office/plan/items/{line}").text
    )


def test_a_target_without_a_number_is_said_by_somebody(official):
    assert official.post("/office/plan/items/I.2.b-5/steps", data=step_typed()).status_code == 302
    assert standing("I.2.b-5").state is ItemState.UNDER_WAY


def test_evidence_is_shown_to_everybody_only_where_it_may(official, client):
    official.post(f"{DESK}/proofs", data=proof_typed(link="https://example.vn/5"))
    kept_back = proof_typed(shows="Thư nội bộ")
    del kept_back["is_public"]
    official.post(f"{DESK}/proofs", data=kept_back)
    page = client.get(f"/plan/items/{LINE}").text
    assert 'href="https://example.vn/5"' in page
    assert "Thư nội bộ" not in page
    assert "Thư nội bộ" in official.get(DESK).text


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "//evil.example", "example.vn", "https://", "https://a b"]
)
def test_a_link_that_leads_nowhere_safe_is_refused(official, link):
    answer = official.post(f"{DESK}/proofs", data=proof_typed(link=link))
    assert answer.status_code == 422
    assert "Đường dẫn bắt đầu bằng https://" in answer.text


@pytest.mark.parametrize("link", [None, "https://example.vn/x", "http://a.vn", "/plan/", "/"])
def test_links_that_lead_somewhere(link):
    assert refusal_of_link(link) is None


def lead(**given):
    facts = {"unit": "phuong-thuan-an", "from_day": "2025-07-01", "reason": "Quyết định 5"}
    return facts | given


def test_another_unit_leads_and_what_the_plan_printed_stays(official, client):
    assert official.post(f"{DESK}/leads", data=lead()).status_code == 302
    assert standing().assignment.unit.key == "phuong-thuan-an"
    assert standing(on=date(2025, 6, 30)).assignment is None
    assert [one.key for one in standing().leads_inferred] == ["phong-kinh-te"]
    page = client.get(f"/plan/items/{LINE}").text
    assert "Phường Thuận An" in page
    assert "Quyết định 5" in page
    assert "(đến 30/06/2025)" in page
    items = {one["line"]: one for one in client.get("/plan/items.json").json["items"]}
    assert items[LINE]["leads_now"] == "phuong-thuan-an"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"unit": "phong-kinh-te"}, "Đơn vị này không tồn tại vào ngày ấy."),
        ({"unit": "phuong-thuan-an", "from_day": "2025-06-30"}, "không tồn tại vào ngày ấy"),
        ({"unit": "hoi-dntt", "from_day": "2021-11-17"}, "Ngày này ở trước kế hoạch."),
        ({"unit": ""}, "Chọn đơn vị."),
        ({"unit": "nobody"}, "Chọn một mục trong danh sách."),
        ({"reason": ""}, "Ghi vì sao đổi đơn vị chủ trì"),
    ],
)
def test_a_lead_that_cannot_be_is_refused(official, given, words):
    answer = official.post(f"{DESK}/leads", data=lead(**given))
    assert answer.status_code == 422
    assert words in answer.text


def test_the_same_unit_is_not_given_the_lead_twice(official):
    official.post(f"{DESK}/leads", data=lead())
    again = official.post(f"{DESK}/leads", data=lead(from_day="2025-08-01"))
    assert again.status_code == 422
    assert "Ngày ấy đơn vị này đã chủ trì dòng này." in again.text


def test_a_division_that_had_ended_keeps_what_it_led_before():
    unit = unit_by_key("phong-tckh")
    by = an_account(RoleName.OFFICIAL).id
    day = date(2024, 1, 1)
    operations.give_lead(LINE, unit.id, from_day=day, reason="Phân công", by=by, now=NOW)
    found = standing().assignment
    assert (found.unit.key, found.unit.valid_to) == ("phong-tckh", date(2025, 6, 30))


def test_pure_verdicts():
    begins, today = date(2021, 11, 18), date(2026, 2, 28)
    assert refusal_of_day(begins, begins=begins, today=today) is None
    assert refusal_of_day(date(2024, 2, 29), begins=begins, today=today) is None
    assert refusal_of_day(today, begins=None, today=today) is None
    late = refusal_of_day(date(2026, 3, 1), begins=begins, today=today)
    assert late is WritingRefusal.NOT_YET
    unit = unit_by_key("phong-tckh")
    day = date(2025, 6, 30)
    assert refusal_to_lead(unit, None, from_day=day, begins=begins) is None
    after = refusal_to_lead(unit, None, from_day=date(2025, 7, 1), begins=begins)
    assert after is WritingRefusal.UNIT_NOT_THERE


def test_an_operation_refuses_what_no_form_checked():
    facts = StepFacts(SaidState.DONE, date(2020, 1, 1), "Xong", "Báo cáo")
    with pytest.raises(RefusedError) as refused:
        operations.say_state(LINE, facts, by=None, now=NOW)
    assert refused.value.refusal is WritingRefusal.BEFORE_THE_PLAN
    linked = ProofFacts(date(2025, 1, 1), "Xem", "javascript:1", is_public=True)
    with pytest.raises(RefusedError) as refused:
        operations.add_proof(LINE, linked, by=None, now=NOW)
    assert refused.value.field == "link"


def test_the_entry_of_another_line_is_not_found(official):
    facts = ProofFacts(date(2025, 1, 1), "Xem", None, is_public=True)
    other = operations.add_proof("II.2-3", facts, by=None, now=NOW)
    assert official.get(f"{DESK}/entries/{other.public_id}/removal").status_code == 404
    assert official.post(f"{DESK}/entries/{other.public_id}/removal").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (RoleName.MEMBER, 403),
        (RoleName.REPORTING_OFFICER, 403),
        (RoleName.COORDINATOR, 200),
        (RoleName.ADMINISTRATOR, 200),
    ],
)
def test_the_desk_is_for_coordinators_and_officials(sign_in, role, status):
    browser = sign_in(an_account(role))
    assert browser.get("/office/plan/items/").status_code == status
    assert browser.get(DESK).status_code == status


def test_the_desk_lists_only_lines_in_which_something_is_to_be_done(official):
    page = official.get("/office/plan/items/").text
    assert 'href="/office/plan/items/II.1-1"' in page
    assert 'href="/office/plan/items/NN-1"' not in page


def test_the_pages_are_well_made(app, official, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    facts = ProofFacts(date(2025, 1, 1), "Xem", "/plan/", is_public=True)
    added = operations.add_proof(LINE, facts, by=None, now=NOW)
    removal = f"{DESK}/entries/{added.public_id}/removal"
    for address in ("/office/plan/items/", DESK, removal, f"/plan/items/{LINE}"):
        for language in ("vi", "en"):
            answer = official.get(f"{address}?lang={language}")
            assert (address, complaints(answer.text)) == (address, [])


def test_the_desk_takes_as_many_statements_with_entries_as_without(official, count_queries):
    official.get("/office/plan/items/")
    with count_queries() as empty:
        official.get("/office/plan/items/")
    for line in ("II.1-1", "II.1-2", "II.2-3", "IV.2-1"):
        official.post(f"/office/plan/items/{line}/steps", data=step_typed())
        official.post(f"/office/plan/items/{line}/leads", data=lead())
    with count_queries() as full:
        official.get("/office/plan/items/")
    assert len(full) == len(empty)
