"""From a draft to what readers see: somebody else looks it over."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from club.audit.models import AuditEntry
from club.db import db
from club.knowledge.editing.models import ArticleAddress, Source, TextState
from club.knowledge.editing.operations import drafting, looking_after, reviewing
from club.knowledge.editing.rules import (
    TRANSITIONS,
    EditingRefusal,
    Step,
    refusal_to_step,
    state_of_text,
)
from club.knowledge.importing import sync_knowledge
from club.refusal import RefusedError
from club.search.queries import find
from tests.knowledge.editing.kit import (
    a_change,
    a_trainer,
    an_editor,
    article,
    at,
    draft,
    handed_in,
    revisions,
)
from tests.support.factories import NOW
from tests.support.letters import letters_to

LATER = NOW + timedelta(days=3)


@pytest.fixture(autouse=True)
def _on_that_morning():
    with at(NOW):
        yield


@pytest.fixture
def published(content):
    content.write("tools/5s.md", "Chữ cũ.", checked_on=date(2026, 1, 5))
    content.write("cases/may-demo.md", "Xem [5S](/knowledge/5s).")
    sync_knowledge(content.path, now=NOW)
    return content


def refused(act):
    with pytest.raises(RefusedError) as told:
        act()
    return told.value.refusal


def actions():
    return [
        entry.action for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    ]


def test_the_table_says_what_follows_what():
    assert [
        (state.value, step.value)
        for step, (states, _to) in TRANSITIONS.items()
        for state in sorted(states)
    ] == [
        ("draft", "hand_in"), ("returned", "hand_in"), ("in_review", "take_back"),
        ("in_review", "return"), ("in_review", "publish"),
        ("draft", "discard"), ("in_review", "discard"), ("returned", "discard"),
        ("published", "fall_due"), ("due", "check"), ("published", "check"),
        ("due", "retire"), ("published", "retire"), ("retired", "put_back"),
    ]  # fmt: skip
    assert refusal_to_step(Step.PUBLISH, TextState.DRAFT) is EditingRefusal.NOT_NOW


def test_a_text_falls_due_on_its_day():
    day = date(2026, 11, 22)
    for review_by, state in ((day, TextState.DUE), (day + timedelta(1), TextState.PUBLISHED)):
        assert state_of_text(retired_at=None, review_by=review_by, today=day) is state
    assert state_of_text(retired_at=NOW, review_by=day, today=day) is TextState.RETIRED


def test_published_by_another_the_text_is_read_found_and_kept(client, published):
    writer, reviewer = an_editor("Lê Thị Viết"), an_editor("Phạm Thị Duyệt")
    found = handed_in("5s", writer, body="Bàn cờ tướng.", note="Viết lại")
    reviewing.publish(found.id, by=reviewer.id, now=LATER)
    assert "Bàn cờ tướng." in client.get("/knowledge/5s").text
    assert [one.ref for one in find("cờ tướng", language="vi").results] == ["tool:5s"]
    kept = revisions("5s")[1]
    assert (kept.source, kept.note) == (Source.WEB, "Viết lại")
    assert (kept.by_id, kept.reviewed_by_id) == (writer.id, reviewer.id)
    assert article("5s").revision == 2
    assert draft(found.public_id).state is TextState.PUBLISHED
    assert actions()[-2:] == ["knowledge.hand_in", "knowledge.publish"]
    listed = client.get("/knowledge/5s/revisions").text
    assert "Lê Thị Viết, Phạm Thị Duyệt" in listed


def test_nobody_publishes_what_they_wrote_on(published):
    writer, second, reviewer = an_editor(), an_editor(), an_editor()
    found = a_change("5s", writer)
    found = drafting.save(
        found.id,
        found.facts | {"body": "Hai."},
        note="x",
        seen=found.version,
        by=second.id,
        now=NOW,
    )
    drafting.hand_in(found.id, by=writer.id, now=NOW)
    for hand in (writer, second):
        publish = lambda by=hand.id: reviewing.publish(found.id, by=by, now=NOW)  # noqa: E731
        assert refused(publish) is EditingRefusal.OWN_TEXT
    reviewing.publish(found.id, by=reviewer.id, now=NOW)


def test_a_draft_of_a_text_that_moved_on_is_compared_first(published, content):
    writer, reviewer = an_editor(), an_editor()
    found = handed_in("5s", writer)
    content.write("tools/5s.md", "Từ tệp.")
    sync_knowledge(content.path, now=NOW)
    publish = lambda: reviewing.publish(found.id, by=reviewer.id, now=NOW)  # noqa: E731
    assert refused(publish) is EditingRefusal.MOVED_ON
    reviewing.send_back(found.id, "Ghép hai bản", by=reviewer.id, now=NOW)
    again = lambda **given: drafting.hand_in(found.id, by=writer.id, now=NOW, **given)  # noqa: E731
    assert refused(again) is EditingRefusal.MOVED_ON
    again(compared_with=2)
    publish()
    assert article("5s").body == "Chữ mới."


def test_sent_back_it_says_why_and_is_handed_in_again(sign_in, published):
    writer, reviewer = a_trainer(), an_editor()
    found = handed_in("5s", writer)
    client = sign_in(reviewer)
    address = f"/office/knowledge/drafts/{found.public_id}"
    empty = client.post(f"{address}/changes-asked", data={"reason": ""})
    assert (empty.status_code, "Viết rõ cần sửa gì" in empty.text) == (422, True)
    client.post(f"{address}/changes-asked", data={"reason": "Thiếu nguồn"})
    assert "Thiếu nguồn" in sign_in(writer).get(address).text
    (letter,) = letters_to(writer.person_id, "knowledge.returned")
    assert "Thiếu nguồn" in letter.body_text
    drafting.hand_in(found.id, by=writer.id, now=LATER)
    assert draft(found.public_id).state is TextState.IN_REVIEW


def test_letters_go_to_reviewers_and_to_writers(published):
    writer, reviewer = an_editor(), an_editor()
    found = handed_in("5s", writer)
    assert len(letters_to(reviewer.person_id, "knowledge.handed_in")) == 1
    assert letters_to(writer.person_id, "knowledge.handed_in") == []
    remark = reviewing.comment(found.id, "Rõ hơn?", answers=None, by=reviewer.id, now=NOW)
    assert "Rõ hơn?" in letters_to(writer.person_id, "knowledge.commented")[0].body_text
    reviewing.comment(found.id, "Đã sửa", answers=remark.id, by=writer.id, now=NOW)
    assert len(letters_to(reviewer.person_id, "knowledge.commented")) == 1
    reviewing.publish(found.id, by=reviewer.id, now=NOW)
    assert len(letters_to(writer.person_id, "knowledge.published")) == 1


def test_remarks_are_answered_and_settled(sign_in, published):
    writer, reviewer = an_editor(), an_editor("Phạm Thị Duyệt")
    found = handed_in("5s", writer)
    address = f"/office/knowledge/drafts/{found.public_id}"
    client = sign_in(reviewer)
    assert client.post(f"{address}/remarks", data={"text": " "}).status_code == 409
    client.post(f"{address}/remarks", data={"text": "Nguồn nào?"})
    remark = reviewing.comment(found.id, "Ý hai", answers=None, by=reviewer.id, now=NOW)
    sign_in(writer).post(f"{address}/remarks", data={"text": "Báo A", "answers": remark.id})
    client.post(f"{address}/remarks/{remark.id}/settlement")
    page = client.get(address).text
    assert "Nguồn nào?" in page
    assert "Báo A" in page
    assert "Phạm Thị Duyệt đánh dấu đã xong" in page
    foreign = handed_in("may-demo", writer, body="Khác.")
    other = f"/office/knowledge/drafts/{foreign.public_id}/remarks"
    assert client.post(f"{other}/{remark.id}/settlement").status_code == 404
    assert client.post(other, data={"text": "x", "answers": remark.id}).status_code == 404


def test_another_address_leads_from_the_old_one_and_back_again(client, published):
    writer, reviewer = an_editor(), an_editor()

    def renamed(slug, new):
        found = drafting.begin_change(slug, by=writer.id, now=NOW)
        facts = found.facts | {"slug": new}
        drafting.save(found.id, facts, note="Đổi", seen=1, by=writer.id, now=NOW)
        drafting.hand_in(found.id, by=writer.id, now=NOW)
        reviewing.publish(found.id, by=reviewer.id, now=NOW)

    renamed("5s", "nam-s")
    assert client.get("/knowledge/5s").location == "/knowledge/nam-s"
    assert [one.ref for one in find("chữ cũ", language="vi").results] == ["tool:nam-s"]
    renamed("nam-s", "5s")
    assert client.get("/knowledge/nam-s").location == "/knowledge/5s"
    assert client.get("/knowledge/5s").status_code == 200
    assert [one.slug for one in db.session.scalars(select(ArticleAddress))] == ["nam-s"]


def test_checked_and_nothing_to_change_is_a_step_of_its_own(sign_in, client, published):
    editor = an_editor("Lê Văn Soát")
    desk = sign_in(editor)
    answer = desk.post("/office/knowledge/texts/5s/check", data={"review_by": "2027-03-01"})
    assert answer.status_code == 302
    found = article("5s")
    assert (found.checked_by_id, found.review_by) == (editor.id, date(2027, 3, 1))
    assert (found.checked_on, found.revision) == (NOW.date(), 1)
    assert "Lê Văn Soát" in client.get("/knowledge/5s").text
    past = desk.post("/office/knowledge/texts/5s/check", data={"review_by": "2020-01-01"})
    assert past.status_code == 422
    assert "Chọn một ngày sau hôm nay" in past.text
    looking_after.check("5s", review_by=None, by=editor.id, now=LATER)
    assert article("5s").review_by.year == LATER.year + 1


def test_a_later_text_does_not_undo_a_check(published, content):
    editor = an_editor()
    looking_after.check("5s", review_by=None, by=editor.id, now=LATER)
    content.write("tools/5s.md", "Khác.", checked_on=date(2026, 1, 6))
    sync_knowledge(content.path, now=LATER)
    assert (article("5s").checked_on, article("5s").checked_by_id) == (LATER.date(), editor.id)


def test_a_later_text_does_not_undo_the_day_chosen_for_the_next_check(published):
    editor, writer, chosen = an_editor(), an_editor(), LATER.date() + timedelta(days=60)

    def published_with(**given):
        found = drafting.begin_change("5s", by=writer.id, now=LATER)
        facts = found.facts | {"body": f"Lần {found.id}."} | given
        drafting.save(found.id, facts, note="Sửa", seen=1, by=writer.id, now=LATER)
        drafting.hand_in(found.id, by=writer.id, now=LATER)
        reviewing.publish(found.id, by=editor.id, now=LATER)
        return article("5s").review_by

    looking_after.check("5s", review_by=chosen, by=editor.id, now=LATER)
    assert published_with() == chosen
    earlier = LATER.date() + timedelta(days=5)
    assert published_with(review_by=earlier.isoformat()) == earlier
    looking_after.check("5s", review_by=None, by=editor.id, now=LATER + timedelta(days=5))
    checked_again = article("5s").review_by
    assert checked_again.year == LATER.year + 1
    assert published_with() == checked_again
    assert published_with(review_by=None) == checked_again
    past = (LATER.date() - timedelta(days=1)).isoformat()
    assert published_with(review_by=past) == checked_again


def test_who_takes_a_text_out_reads_what_leads_to_it(sign_in, client, published):
    desk = sign_in(an_editor())
    page = desk.get("/office/knowledge/texts/5s").text
    assert 'href="/knowledge/may-demo"' in page
    assert "1 bài dẫn tới bài này" in page
    desk.post("/office/knowledge/texts/5s/retirement")
    assert client.get("/knowledge/5s").status_code == 410
    assert find("chữ cũ", language="vi").total == 0
    again = desk.post("/office/knowledge/texts/5s/retirement")
    assert again.status_code == 409
    desk.post("/office/knowledge/texts/5s/return")
    assert client.get("/knowledge/5s").status_code == 200
    assert len(revisions("5s")) == 1
    assert actions() == ["knowledge.retire", "knowledge.put_back"]


def test_a_draft_is_thrown_away_and_taken_back(sign_in, published):
    writer = an_editor()
    found = handed_in("5s", writer)
    client = sign_in(writer)
    address = f"/office/knowledge/drafts/{found.public_id}"
    client.post(f"{address}/taking-back")
    assert draft(found.public_id).state is TextState.DRAFT
    client.post(f"{address}/discarding")
    assert draft(found.public_id).state is TextState.DISCARDED
    assert client.post(address, data={"seen": 2}).status_code in {409, 422}
    assert client.post(f"{address}/remarks", data={"text": "x"}).status_code == 409


def test_editors_are_reminded_once_of_all_texts_whose_day_has_come(published):
    editor, trainer = an_editor(), a_trainer()
    for slug in ("5s", "may-demo"):
        article(slug).review_by = NOW.date()
    db.session.commit()
    looking_after.remind_of_due(now=NOW)
    looking_after.remind_of_due(now=LATER)
    (letter,) = letters_to(editor.person_id, "knowledge.due")
    assert letter.subject == "2 bài, văn bản hoặc số liệu đến hạn kiểm tra lại"
    assert letters_to(trainer.person_id, "knowledge.due") == []
    looking_after.check("5s", review_by=LATER.date(), by=editor.id, now=NOW)
    looking_after.remind_of_due(now=LATER)
    assert len(letters_to(editor.person_id, "knowledge.due")) == 2
