"""Writing a draft on the site: nothing typed is lost, whoever else writes on it."""

from datetime import timedelta

import pytest

from club.db import db
from club.files.fields import FieldRule
from club.knowledge.editing.fault_words import WORDS
from club.knowledge.editing.models import DraftCopy, Source, TextState
from club.knowledge.editing.operations import drafting
from club.knowledge.editing.rules import EditingRefusal
from club.knowledge.importing import sync_knowledge
from club.knowledge.text_rule import TextRule
from club.refusal import RefusedError
from tests.knowledge.editing.kit import (
    a_change,
    a_trainer,
    an_editor,
    article,
    at,
    draft,
    drafts,
    revisions,
)
from tests.support.factories import NOW
from tests.support.forms import as_it_stands
from tests.support.work import work_within

LATER = NOW + timedelta(minutes=12)


@pytest.fixture(autouse=True)
def _on_that_morning():
    with at(NOW):
        yield


@pytest.fixture
def published(content):
    content.write("tools/5s.md", "Chữ cũ.")
    content.write("cases/may-demo.md", "Chữ cũ.")
    sync_knowledge(content.path, now=NOW)
    return content


def form_at(client, address):
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    return as_it_stands(page.text, address)


def begun(client, kind):
    answer = client.post("/office/knowledge/new", data={"kind": kind})
    return answer.location


def test_a_new_case_is_written_in_the_form_and_says_what_a_file_would(sign_in, published):
    client = sign_in(an_editor())
    address = begun(client, "case")
    typed = form_at(client, address) | {
        "title_vi": "Xưởng mới", "title_en": "A new workshop", "summary_vi": "Tóm.",
        "summary_en": "Short.", "slug": "xuong-moi", "topics": ["improvement_tools"],
        "tools": ["5s", "lean"], "checked_on": "2026-11-20", "note": "Bài mới",
        "body": "Đã làm.", "organisation": "Công ty A", "organisation_en": "Firm A", "consent": "published_source", "country": "VN", "sector": "garment",
        "result_kind": "measured_before_after", "strength": "A",
        "unknown_vi": "Chi phí\nThời gian", "unknown_en": "Cost\nTime",
        "sources-0-title": "Báo A", "sources-0-url": "https://example.org",
        "measures-0-metric_vi": "Năng suất", "measures-0-metric_en": "Productivity",
        "measures-0-before": "1.200,5", "measures-0-after": "2–3", "measures-0-direction": "higher",
        "measures-0-about": "productivity", "then": "hand_in",
    }  # fmt: skip
    answer = client.post(address, data=typed)
    assert (answer.status_code, answer.location) == (302, address)
    (found,) = drafts()
    assert found.state is TextState.IN_REVIEW
    assert found.facts["title"] == {"vi": "Xưởng mới", "en": "A new workshop"}
    assert found.facts["tools"] == ["5s", "lean"]
    assert found.facts["organisation"]["name_en"] == "Firm A"
    assert found.facts["unknown"] == {"vi": ["Chi phí", "Thời gian"], "en": ["Cost", "Time"]}
    assert found.facts["sources"] == [
        {"title": "Báo A", "url": "https://example.org", "secondary": False}
    ]
    (measure,) = found.facts["measures"]
    assert (measure["before"], measure["after"], measure["unit"]) == (1200.5, "2–3", None)


def test_a_change_begins_from_what_is_published_and_saving_it_untouched_changes_nothing(
    sign_in, published
):
    client = sign_in(an_editor())
    for slug in ("may-demo", "5s"):
        address = client.post(f"/office/knowledge/texts/{slug}/change").location
        client.post(address, data=form_at(client, address))
        found = draft(address.rsplit("/", 1)[1])
        assert found.facts == revisions(slug)[0].facts
        assert (found.version, found.base_number) == (1, 1)


def test_what_a_file_may_not_say_a_form_may_not_say_either(sign_in, published):
    client = sign_in(an_editor())
    address = client.post("/office/knowledge/texts/may-demo/change").location
    typed = form_at(client, address) | {
        "title_en": "", "strength": "C", "measures-0-before": "nhiều", "measures-0-direction": "",
        "sources-0-url": "ftp://x", "year": "khoảng 2020", "note": "Sửa", "then": "hand_in",
        "body": "",
    }  # fmt: skip
    answer = client.post(address, data=typed)
    assert answer.status_code == 422
    page = answer.text
    for name, words in {
        "title_en": "Điền vào đây.",
        "strength": "Kết quả đã đo thì không phải mức C.",
        "measures-0-before": "Viết một con số, hoặc chữ có số như 2–3.",
        "measures-0-direction": "Điền vào đây.",
        "sources-0-url": "Ghi đủ địa chỉ, bắt đầu bằng https://.",
        "year": "Ô này đọc bằng cả hai thứ tiếng",
        "body": "Viết nội dung bài.",
    }.items():
        assert f'id="{name}-error"' in page, name
        assert words in page, name
    assert "Còn 7 chỗ cần sửa" in page
    found = draft(address.rsplit("/", 1)[1])
    assert found.state is TextState.DRAFT
    assert found.facts["measures"][0]["before"] == "nhiều"


def test_every_rule_that_a_form_can_break_has_words():
    of_files = {
        FieldRule.UNKNOWN_KEY, FieldRule.NO_TEXT, FieldRule.NO_LIST_OF_TEXTS, FieldRule.NO_FLAG,
        FieldRule.NO_LIST, FieldRule.NO_MAPPING, TextRule.OTHER_KIND, TextRule.OLD_ADDRESS,
        TextRule.NOT_IN_FILES,
    }  # fmt: skip
    assert {*FieldRule, *TextRule} == {*WORDS, *of_files}


@pytest.mark.parametrize("name", ["sources", "measures"])
def test_a_row_is_added_without_a_script_and_an_empty_one_is_dropped(sign_in, published, name):
    client = sign_in(an_editor())
    address = client.post("/office/knowledge/texts/may-demo/change").location
    typed = form_at(client, address) | {"body": "Chữ mới.", "then": name}
    answer = client.post(address, data=typed)
    assert answer.location == f"{address}?more={name}#{name}"
    page = client.get(f"{address}?more={name}").text
    assert f'id="{name}-1"' in page
    assert "Chữ mới." in page
    client.post(address, data=as_it_stands(page, address))
    found = draft(address.rsplit("/", 1)[1])
    assert len(found.facts[name]) == 1


def test_a_script_saves_and_hears_the_new_version(sign_in, published):
    client = sign_in(an_editor())
    address = client.post("/office/knowledge/texts/5s/change").location
    typed = form_at(client, address) | {"body": "Chữ mới."}
    answer = client.post(address, data=typed, headers={"Accept": "application/json"})
    assert answer.json["version"] == 2
    again = client.post(address, data=typed, headers={"Accept": "application/json"})
    assert again.json["version"] == 2
    stale = client.post(
        address, data=typed | {"body": "Khác."}, headers={"Accept": "application/json"}
    )
    assert stale.status_code == 409
    assert draft(address.rsplit("/", 1)[1]).facts["body"] == "Chữ mới."


def test_saving_over_what_somebody_else_saved_shows_both_and_loses_neither(sign_in, published):
    first, second = an_editor("Lê Thị Một"), an_editor("Phạm Thị Hai")
    one, two = sign_in(first), sign_in(second)
    address = one.post("/office/knowledge/texts/5s/change").location
    before = form_at(two, address)
    one.post(address, data=form_at(one, address) | {"body": "Chữ của một."})
    answer = two.post(address, data=before | {"body": "Chữ của hai."})
    assert answer.status_code == 409
    assert "<del>một.</del>" in answer.text
    assert "<ins>hai.</ins>" in answer.text
    assert "Lê Thị Một" in answer.text
    kept = as_it_stands(answer.text, address)
    assert kept["body"] == ["Chữ của hai."]
    assert two.post(address, data=kept).status_code == 302
    found = draft(address.rsplit("/", 1)[1])
    assert found.facts["body"] == "Chữ của hai."
    copies = db.session.query(DraftCopy).order_by(DraftCopy.version).all()
    assert [copy.facts["body"] for copy in copies] == ["Chữ của một."]
    assert "Chữ của một." in two.get(address).text


def test_what_is_saved_after_somebody_handed_it_in_is_kept_until_it_is_taken_back(
    sign_in, published
):
    first, second = an_editor("Lê Thị Một"), an_editor("Phạm Thị Hai")
    one, two = sign_in(first), sign_in(second)
    address = one.post("/office/knowledge/texts/5s/change").location
    before = form_at(two, address)
    one.post(address, data=form_at(one, address) | {"note": "Rõ hơn", "then": "hand_in"})
    answer = two.post(address, data=before | {"body": "Chữ của hai.", "note": "Của hai"})
    assert answer.status_code == 409
    assert "Phần anh chị viết chưa lưu, còn ở bên dưới" in answer.text
    assert "Nếu ở đó có nút Lấy về viết tiếp" in answer.text
    assert "rồi lưu. Hoặc bỏ qua" not in answer.text
    kept = as_it_stands(answer.text, address)
    assert kept["body"] == ["Chữ của hai."]
    assert two.post(address, data=kept).status_code == 409
    assert two.post(f"{address}/taking-back").status_code == 302
    assert two.post(address, data=kept).status_code == 302
    assert draft(address.rsplit("/", 1)[1]).facts["body"] == "Chữ của hai."


def test_who_writes_hears_that_the_text_was_published_anew_before_handing_in(
    sign_in, published, content
):
    client = sign_in(an_editor())
    address = client.post("/office/knowledge/texts/5s/change").location
    typed = form_at(client, address) | {"note": "Rõ hơn", "then": "hand_in"}
    assert "Bài đã được đăng bản mới" not in client.get(address).text
    content.write("tools/5s.md", "Từ tệp.")
    sync_knowledge(content.path, now=NOW)
    answer = client.post(address, data=typed)
    assert answer.status_code == 422
    assert "Bài đã được đăng bản mới (bản 2)" in answer.text
    assert "So hai bản, lấy phần cần lấy rồi gửi duyệt lại" in answer.text
    assert draft(address.rsplit("/", 1)[1]).state is TextState.DRAFT
    assert f'{address}/changes">' in client.get(address).text
    typed = as_it_stands(answer.text, address) | {"then": "hand_in"}
    assert client.post(address, data=typed).status_code == 302
    assert draft(address.rsplit("/", 1)[1]).state is TextState.IN_REVIEW


def test_two_who_write_at_once_are_told_of_each_other(sign_in, published):
    first, second = an_editor("Lê Thị Một"), an_editor("Phạm Thị Hai")
    found = a_change("5s", first)
    with at(LATER):
        page = sign_in(second).get(f"/office/knowledge/drafts/{found.public_id}").text
    assert "Lê Thị Một đang viết bản nháp này từ" in page
    with at(NOW + timedelta(hours=1)):
        page = sign_in(second).get(f"/office/knowledge/drafts/{found.public_id}").text
    assert "đang viết bản nháp này" not in page


def test_one_text_has_one_open_draft(published):
    first, second = an_editor(), an_editor()
    found = drafting.begin_change("5s", by=first.id, now=NOW)
    assert drafting.begin_change("5s", by=second.id, now=NOW).id == found.id
    with pytest.raises(RefusedError) as refused:
        drafting.begin_restoring("5s", 1, by=second.id, now=NOW)
    assert refused.value.refusal is EditingRefusal.BEING_CHANGED


def test_a_trainer_writes_on_what_the_trainer_began_alone(sign_in, published):
    mine = sign_in(a_trainer())
    address = begun(mine, "article")
    assert mine.get(address).status_code == 200
    foreign = a_change("5s", an_editor())
    assert mine.get(f"/office/knowledge/drafts/{foreign.public_id}").status_code == 404
    answer = mine.post("/office/knowledge/texts/5s/change")
    assert answer.status_code == 409
    assert "Đã có người đang sửa bài này" in answer.text
    assert mine.post(f"{address}/publication").status_code == 403


def test_an_earlier_revision_is_restored_by_a_draft(sign_in, published, content):
    content.write("tools/5s.md", "Chữ mới.")
    sync_knowledge(content.path, now=LATER)
    client = sign_in(an_editor())
    action = "/office/knowledge/texts/5s/revisions/1/restoration"
    assert action in client.get("/knowledge/5s/revisions/1").text
    assert action not in sign_in(a_trainer()).get("/knowledge/5s/revisions/1").text
    answer = client.post(action)
    found = draft(answer.location.rsplit("/", 1)[1])
    assert (found.facts["body"], found.base_number, found.source) == ("Chữ cũ.", 2, Source.WEB)
    assert client.post("/office/knowledge/texts/5s/revisions/9/restoration").status_code == 404


def test_the_preview_draws_as_the_page_would(sign_in, published):
    found = a_change("5s", by := an_editor(), body="## Đầu\n\n|a|b|\n|---|--:|\n|x|1|\n\n<script>")
    page = sign_in(by).get(f"/office/knowledge/drafts/{found.public_id}/preview").text
    assert '<h2 id="h-dau">Đầu</h2>' in page
    assert '<td class="cell-num">1</td>' in page
    assert "&lt;script&gt;" in page


def test_a_text_that_is_too_long_is_shown_again_and_kept(sign_in, published):
    client = sign_in(an_editor())
    address = client.post("/office/knowledge/texts/5s/change").location
    typed = form_at(client, address) | {"body": "a" * 60_000, "note": "Dài", "then": "hand_in"}
    answer = client.post(address, data=typed)
    assert answer.status_code == 422
    assert "Rút còn tối đa 50.000 ký tự" in answer.text
    assert "a" * 60_000 in answer.text


def test_an_address_that_another_text_has_or_had_is_refused(sign_in, published):
    client = sign_in(an_editor())
    address = client.post("/office/knowledge/texts/5s/change").location
    typed = form_at(client, address) | {"slug": "may-demo", "note": "Đổi", "then": "hand_in"}
    answer = client.post(address, data=typed)
    assert answer.status_code == 422
    assert "Bài khác đang dùng hoặc từng dùng địa chỉ này" in answer.text


def test_the_desk_costs_the_same_whatever_stands_on_it(sign_in, published, count_queries):
    editor = an_editor()
    client = sign_in(editor)
    costs = []
    for number in range(1, 21):
        begun(client, "article")
        if number in {1, 20}:
            with count_queries() as seen:
                client.get("/office/knowledge/")
            costs.append(len(seen))
    assert costs[0] == costs[1]
    assert article("5s").revision == 1


def test_a_megabyte_is_refused_with_words_and_stays_typed(sign_in, published):
    client = sign_in(an_editor())
    address = client.post("/office/knowledge/texts/5s/change").location
    body = "một hai ba\n\n" * 80_000
    typed = form_at(client, address) | {"body": body, "note": "Dài"}
    with work_within(3):
        answer = client.post(address, data=typed)
    assert answer.status_code == 422
    assert "Viết gọn còn 100.000 ký tự" in answer.text
    assert "một hai ba\n\nmột" in answer.text
    assert draft(address.rsplit("/", 1)[1]).facts["body"] == "Chữ cũ."


def test_a_text_at_the_limit_of_a_draft_is_saved_shown_and_compared_at_once(sign_in, published):
    client = sign_in(an_editor())
    address = client.post("/office/knowledge/texts/5s/change").location
    body = "\n\n".join(f"Câu số {number} của một bài dài." for number in range(3_000))[:99_000]
    typed = form_at(client, address) | {"body": body, "note": "Dài"}
    with work_within(3):
        assert client.post(address, data=typed | {"then": "preview"}).status_code == 302
        assert client.get(f"{address}/preview").status_code == 200
        assert client.get(f"{address}/changes").status_code == 200
    answer = client.post(address, data=form_at(client, address) | {"then": "hand_in"})
    assert answer.status_code == 422
    assert "50.000 ký tự" in answer.text
