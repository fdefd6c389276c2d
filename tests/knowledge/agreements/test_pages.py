"""Editors record what firms agree to beside the text, and take it back for them."""

from io import BytesIO

import pytest
from sqlalchemy import select

from club.db import db
from club.knowledge.agreements.models import Agreement, AgreementState
from club.knowledge.importing import sync_knowledge
from tests.knowledge.agreements.kit import (
    a_document,
    a_new_draft,
    agreed,
    published,
    without_name,
)
from tests.knowledge.editing.kit import a_trainer, an_editor, article, at
from tests.materials.kit import PDF
from tests.support.factories import NOW, reload

DESK = "/office/knowledge/agreements"
TYPED = {
    "name": "Công ty TNHH May Bình Minh",
    "extent": "named-figures",
    "words": "Chúng tôi đồng ý cho đăng.",
    "given_by": "Nguyễn Văn An",
    "given_by_role": "Giám đốc",
    "given_on": "2026-03-01",
}


@pytest.fixture(autouse=True)
def _on_that_morning(content):
    sync_knowledge(content.path, now=NOW)
    with at(NOW):
        yield


def only():
    db.session.expire_all()
    return db.session.scalars(select(Agreement)).one()


def test_an_editor_records_an_agreement_with_its_scan_and_publishes(sign_in):
    draft, editor = a_new_draft(a_trainer(), a_document()), an_editor()
    client = sign_in(editor)
    page = client.get(f"/office/knowledge/drafts/{draft.public_id}").text
    here = f"{DESK}?draft={draft.public_id}"
    assert "Chưa có sự đồng ý của doanh nghiệp" in page
    assert here in page
    assert "/publication" not in page
    assert client.post(f"/office/knowledge/drafts/{draft.public_id}/publication").status_code == 409
    sent = TYPED | {"file": (BytesIO(PDF), "Giấy đồng ý.pdf")}
    assert client.post(here, data=sent).location == here
    kept = only()
    assert (kept.state, kept.given_by, kept.words) == (
        AgreementState.GIVEN,
        "Nguyễn Văn An",
        "Chúng tôi đồng ý cho đăng.",
    )
    assert client.get(f"{DESK}/{kept.public_id}/scan").data == PDF
    assert "Sự đồng ý đủ cho những gì bài nêu: nêu tên và có số liệu." in client.get(here).text
    answer = client.post(f"/office/knowledge/drafts/{draft.public_id}/publication")
    assert answer.location == "/knowledge/may-binh-minh-5s"
    assert "Doanh nghiệp đồng ý ngày 01/03/2026" in client.get(answer.location).text
    assert "Doanh nghiệp đồng ý ngày" not in client.get("/knowledge/may-demo").text
    at_desk = client.get("/office/knowledge/texts/may-binh-minh-5s").text
    assert f"{DESK}?text=may-binh-minh-5s" in at_desk


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"name": ""}, "name", "Ghi tên doanh nghiệp"),
        ({"code": "dn-x"}, "code", "Không tổ chức nào trên trang này có mã ấy"),
        ({"extent": ""}, "extent", "Chọn một trong các mục này"),
        ({"words": " "}, "words", "Ghi lại lời đồng ý."),
        ({"given_by": ""}, "given_by", "Ghi ai thay mặt doanh nghiệp đồng ý."),
        ({"given_by_role": ""}, "given_by_role", "Ghi chức vụ"),
        ({"given_on": "2026-12-30"}, "given_on", "Chọn ngày doanh nghiệp đồng ý"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(sign_in, typed, field, words):
    draft = a_new_draft(a_trainer(), a_document())
    answer = sign_in(an_editor()).post(f"{DESK}?draft={draft.public_id}", data=TYPED | typed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert words in answer.text
    assert ("Nguyễn Văn An" in answer.text) is ("given_by" not in typed)


def test_an_editor_takes_it_back_for_the_firm_and_sees_what_to_do_next(sign_in):
    writer, editor = a_trainer(), an_editor()
    draft = a_new_draft(writer, a_document())
    agreement = agreed(draft, editor)
    published(draft, editor)
    client, here = sign_in(editor), f"{DESK}/{agreement.public_id}"
    nothing = client.post(f"{here}/withdrawal", data={"left": "nothing", "reason": " "})
    assert (nothing.status_code, "Ghi lý do." in nothing.text) == (422, True)
    sent = {"left": "nothing", "reason": "Đổi chủ."}
    assert client.post(f"{here}/withdrawal", data=sent).location == here
    assert "Muốn đăng lại mà không nêu tên" in client.get(here).text
    at_desk = client.get("/office/knowledge/texts/may-binh-minh-5s").text
    assert "không còn đồng ý những gì bài này nêu" in at_desk
    assert "/office/knowledge/texts/may-binh-minh-5s/change" in at_desk
    assert "/office/knowledge/texts/may-binh-minh-5s/return" not in at_desk
    again = client.post(f"{here}/withdrawal", data=sent)
    assert again.status_code == 409


def test_an_editor_strikes_out_what_was_recorded_by_mistake(sign_in):
    draft, editor = a_new_draft(a_trainer(), a_document()), an_editor()
    agreement = agreed(draft, editor)
    sent = {"left": "mistake", "reason": "Nhầm bài."}
    sign_in(editor).post(f"{DESK}/{agreement.public_id}/withdrawal", data=sent)
    assert reload(agreement).state is AgreementState.MISTAKEN


def test_the_desk_lists_all_of_a_state_at_the_same_cost(sign_in, count_queries):
    writer, editor = a_trainer(), an_editor()
    client = sign_in(editor)
    agreed(a_new_draft(writer, a_document()), editor)
    client.get(DESK)
    with count_queries() as few:
        assert client.get(DESK).text.count("Bình Minh làm 5S") == 1
    case = published(a_new_draft(writer, without_name(consent="published_source")), editor)
    for _one in range(9):
        agreed(a_new_draft(writer, a_document()), editor)
    with count_queries() as many:
        assert client.get(DESK).text.count("Bình Minh làm 5S") == 10
    assert (len(many), case.withheld) == (len(few), False)
    assert "Chưa có mục nào" in client.get(f"{DESK}?state=withdrawn").text


def test_agreements_are_for_editors(client, sign_in):
    agreement = agreed(a_new_draft(a_trainer(), a_document()), an_editor())
    for address in (DESK, f"{DESK}/{agreement.public_id}", f"{DESK}/{agreement.public_id}/scan"):
        assert sign_in(a_trainer()).get(address).status_code == 403
    for unknown in ("?draft=x", "?text=x", f"?draft={agreement.public_id}"):
        assert sign_in(an_editor()).get(f"{DESK}{unknown}").status_code == 404


def test_a_text_that_was_taken_back_stays_nameless_on_reading_lists(sign_in):
    writer, editor, reader = a_trainer(), an_editor(), a_trainer("Vũ Thị Đọc")
    draft = a_new_draft(writer, a_document())
    agreement = agreed(draft, editor)
    published(draft, editor)
    client = sign_in(reader)
    client.post("/knowledge/may-binh-minh-5s/reading-list", data={"wanted": "1"})
    assert "Bình Minh" in client.get("/me/reading").text
    sent = {"left": "nothing", "reason": "Đổi chủ."}
    sign_in(editor).post(f"{DESK}/{agreement.public_id}/withdrawal", data=sent)
    page = sign_in(reader).get("/me/reading").text
    assert "Một bài không còn hiển thị" in page
    assert "Bình Minh làm 5S" not in page
    assert article("may-binh-minh-5s").withheld
