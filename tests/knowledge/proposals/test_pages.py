"""A member walks through the form, step by step and without a script; nothing typed is lost."""

import pytest

from club.db import db
from club.knowledge.editing.models import Draft, DraftCopy, TextState
from club.knowledge.editing.operations import drafting, reviewing
from club.knowledge.editing.rules import EditingRefusal
from club.knowledge.evidence.bands import SizeBand, size_band
from club.knowledge.importing import sync_knowledge
from club.people.models import SizeClass
from club.refusal import RefusedError
from tests.knowledge.editing.kit import a_trainer, an_editor, at, draft, drafts
from tests.knowledge.proposals.kit import begun, completed, handed_in, published, told
from tests.knowledge.questions.kit import a_member
from tests.support.factories import NOW, a_unit, an_account, an_employment, an_organisation
from tests.support.forms import as_it_stands
from tests.support.letters import letters_to

AS_DATA = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _on_that_morning(content):
    with at(NOW):
        content.write("tools/5s.md", "Sàng lọc.")
        sync_knowledge(content.path, now=NOW)
        yield


def form_at(client, address):
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    return as_it_stands(page.text, address)


def send(client, address, then="next", **typed):
    return client.post(address, data=form_at(client, address) | typed | {"then": then})


def walk(client):
    """Through all parts; the address of the proposal."""
    first = client.post("/me/proposals").location
    own = first.rpartition("/")[0]
    second = send(client, first, title_vi="Xếp lại kho", sector="garment", organisation="Cty Demo",
                  told_problem="Tìm mất mười phút.").location  # fmt: skip
    third = send(client, second, told_done="Dán nhãn.", year="2026", tools=["5s"]).location
    last = send(
        client, third, **{
            "measures-0-metric_vi": "Thời gian tìm", "measures-0-unit_vi": "phút",
            "measures-0-before": "10,5", "measures-0-after": "2", "measures-0-how_vi": "Bấm giờ",
        },
    ).location  # fmt: skip
    assert [second, third, last] == [f"{own}/done", f"{own}/measures", own]
    return own


def test_three_steps_lead_to_a_draft_that_waits_for_a_review(sign_in):
    member = a_member()
    client = sign_in(member)
    own = walk(client)
    page = client.get(own).text
    for words in ("Tìm mất mười phút.", "Dán nhãn.", "trước 10,5", "Cty Demo", "Bấm giờ"):
        assert words in page, words
    assert "Mức A" not in page
    answer = client.post(f"{own}/submission", data={"named": "1"})
    assert answer.location == own
    (found,) = drafts()
    assert (found.state, found.names_proposer) == (TextState.IN_REVIEW, True)
    assert (found.proposer_id, found.author_id) == (member.person_id, member.id)
    assert found.proposed_at == NOW
    facts = found.facts
    assert facts["body"] == "## Vấn đề\n\nTìm mất mười phút.\n\n## Đã làm gì\n\nDán nhãn."
    assert (facts["slug"], facts["tools"], facts["year"]) == ("xep-lai-kho", ["5s"], "2026")
    (measure,) = facts["measures"]
    assert (measure["before"], measure["after"], measure["direction"]) == (10.5, 2, "lower")
    assert facts["sources"][0]["title"] == "Số liệu của Cty Demo, hội viên kể tháng 03/2026"


def test_the_own_firm_is_filled_in_and_another_one_can_be_written(sign_in):
    member = a_member()
    firm = an_organisation(
        name="Công ty Gỗ Demo", sector="wood", ward_id=a_unit(name="Phường Lái Thiêu").id
    )
    an_employment(member.person, firm)
    client = sign_in(member)
    address = client.post("/me/proposals").location
    typed = form_at(client, address)
    assert (typed["organisation"], typed["sector"]) == (["Công ty Gỗ Demo"], ["wood"])
    (found,) = drafts()
    assert (found.organisation_id, found.facts["place"]) == (firm.id, "Phường Lái Thiêu")
    send(client, address, organisation="Xưởng bạn")
    found = draft(found.public_id)
    assert found.organisation_id is None
    assert (found.facts["place"], found.facts.get("unit")) == (None, None)


@pytest.mark.parametrize(
    ("known", "said", "band"),
    [
        (SizeClass.MICRO, "Doanh nghiệp siêu nhỏ", SizeBand.SMALL_OR_MEDIUM),
        (SizeClass.SMALL, "Doanh nghiệp nhỏ", SizeBand.SMALL_OR_MEDIUM),
        (SizeClass.MEDIUM, "Doanh nghiệp vừa", SizeBand.SMALL_OR_MEDIUM),
        # Above the limits of the law, which differ by sector and tell no number.
        (SizeClass.LARGE, "Doanh nghiệp lớn", SizeBand.UNKNOWN),
    ],
)
def test_the_firm_s_size_is_filled_in_as_lists_read_it(known, said, band):
    member = a_member()
    an_employment(member.person, an_organisation(name="Công ty Gỗ Demo", size_class=known))
    size = begun(member).facts["size"]
    assert size["vi"] == said
    assert size_band(size["vi"]) is band


def test_what_nobody_stated_of_the_firm_s_size_stays_empty():
    member = a_member()
    an_employment(member.person, an_organisation(name="Công ty Gỗ Demo"))
    assert begun(member).facts["size"] is None


def test_a_member_says_how_large_the_firm_is(sign_in):
    client = sign_in(a_member())
    address = client.post("/me/proposals").location
    send(client, address, size_vi="120 lao động")
    (found,) = drafts()
    assert found.facts["size"] == {"vi": "120 lao động", "en": ""}
    assert form_at(client, address)["size_vi"] == ["120 lao động"]
    assert "120 lao động" in client.get(address.rpartition("/")[0]).text


def test_each_step_says_what_it_lacks_and_keeps_what_was_typed(sign_in):
    client = sign_in(a_member())
    address = client.post("/me/proposals").location
    answer = send(client, address, told_problem="Lâu quá.")
    assert answer.status_code == 422
    assert 'id="title_vi-error"' in answer.text
    assert "Lâu quá." in answer.text
    assert "Lâu quá." in drafts()[0].facts["body"]
    again = as_it_stands(answer.text, address) | {"title_vi": "Kho", "then": "back"}
    assert client.post(address, data=again).location == address
    assert drafts()[0].title == "Kho"


def test_a_unit_beside_a_figure_is_shown_its_own_field(sign_in):
    client = sign_in(a_member())
    address = client.post("/me/proposals").location.rpartition("/")[0] + "/measures"
    row = {"measures-0-metric_vi": "Đi lấy thùng", "measures-0-before": "40 lần"}
    answer = send(client, address, **row, **{"measures-0-after": "12", "measures-0-unit_vi": "lần"})
    assert answer.status_code == 422
    assert "Chỉ ghi con số, nếu cần thì thêm ≈ hay &lt;. Đơn vị đo có ô riêng." in answer.text
    assert form_at(client, address)["measures-0-before"] == ["40 lần"]


def test_one_goes_back_without_having_finished(sign_in):
    client = sign_in(a_member())
    own = client.post("/me/proposals").location.rpartition("/")[0]
    assert send(client, f"{own}/measures", "back").location == f"{own}/done"
    assert send(client, f"{own}/done", "back", told_done="Dở").location == f"{own}/problem"
    assert form_at(client, f"{own}/done")["told_done"] == ["Dở"]


def test_a_script_saves_and_hears_the_new_version(sign_in):
    client = sign_in(a_member())
    address = client.post("/me/proposals").location
    typed = form_at(client, address) | {"told_problem": "Lâu."}
    assert client.post(address, data=typed, headers=AS_DATA).json["version"] == 2
    stale = client.post(address, data=typed | {"told_problem": "Khác."}, headers=AS_DATA)
    assert (stale.status_code, "error" in stale.json) == (409, True)
    assert "Lâu." in drafts()[0].facts["body"]


def test_what_is_too_long_is_refused_in_words_and_shown_again(sign_in):
    client = sign_in(a_member())
    address = client.post("/me/proposals").location
    answer = send(client, address, told_problem="a" * 6_001)
    assert answer.status_code == 422
    assert "6.000 ký tự" in answer.text
    assert "a" * 6_001 in answer.text


def test_figures_are_added_one_by_one_up_to_six(sign_in):
    client = sign_in(a_member())
    own = client.post("/me/proposals").location.rpartition("/")[0]
    address = f"{own}/measures"
    for number in range(6):
        row = f"measures-{number}"
        typed = as_it_stands(client.get(f"{address}?more=1").text, address)
        typed |= {f"{row}-metric_vi": f"Số {number}", f"{row}-after": "1", "then": "more"}
        assert client.post(address, data=typed).status_code == 302
    page = client.get(f"{address}?more=1").text
    assert 'id="measures-5-after"' in page
    assert 'id="measures-6-after"' not in page
    assert 'value="more"' not in page
    assert len(drafts()[0].facts["measures"]) == 6


def test_nothing_is_sent_that_lacks_something(sign_in):
    client = sign_in(a_member())
    own = client.post("/me/proposals").location.rpartition("/")[0]
    page = client.get(own).text
    assert f'href="{own}/measures?look=1"' in page
    assert 'id="told_done-error"' in client.get(f"{own}/done?look=1").text
    answer = client.post(f"{own}/submission")
    assert answer.status_code == 409
    assert "Còn thiếu một số chỗ" in answer.text
    assert drafts()[0].state is TextState.DRAFT


def test_three_are_open_at_once_and_an_untouched_one_is_taken_up_again(sign_in):
    member = a_member()
    client = sign_in(member)
    first = client.post("/me/proposals").location
    assert client.post("/me/proposals").location == first
    for _each in range(3):
        told(member)
    answer = client.post("/me/proposals")
    assert answer.status_code == 409
    assert "ba đề xuất chưa xong" in answer.text
    own = f"/me/proposals/{drafts()[0].public_id}"
    assert client.post(f"{own}/withdrawal").location == "/me/proposals"
    assert client.post("/me/proposals").status_code == 302


def test_who_is_no_member_is_told_so(sign_in):
    client = sign_in(an_account())
    assert "Hội viên câu lạc bộ đề xuất điển hình" in client.get("/me/proposals").text
    assert client.post("/me/proposals").status_code == 409
    assert drafts() == []


def test_nobody_else_sees_a_proposal_before_it_is_handed_in(sign_in):
    found = told()
    editor, trainer = sign_in(an_editor()), sign_in(a_trainer())
    address = f"/office/knowledge/drafts/{found.public_id}"
    for client in (editor, trainer):
        assert "Xếp lại kho" not in client.get("/office/knowledge/").text
        assert client.get(address).status_code == 404
    assert sign_in(a_member()).get(f"/me/proposals/{found.public_id}").status_code == 404


def test_coordinators_and_trainers_find_it_at_the_desk_and_take_it_over(sign_in):
    member = a_member("Lê Thị Hội Viên")
    found = handed_in(member)
    address = f"/office/knowledge/drafts/{found.public_id}"
    for client in (sign_in(an_editor()), sign_in(a_trainer())):
        assert "Lê Thị Hội Viên đề xuất" in client.get("/office/knowledge/").text
        page = client.get(address).text
        assert "Còn thiếu" in page
        assert "Mức A" not in page
        assert f'action="{address}/taking-back"' in page
        assert f'action="{address}/publication"' not in page
    trainer = sign_in(a_trainer())
    assert trainer.post(f"{address}/discarding", data={"reason": "Không"}).status_code == 404
    assert trainer.post(f"{address}/publication").status_code == 403
    assert trainer.post(f"{address}/taking-back").location == address
    assert 'name="title_en"' in trainer.get(address).text


def test_sent_back_the_member_reads_why_and_sends_it_again(sign_in):
    member, trainer = a_member(), a_trainer("Trần Văn Dạy")
    found = handed_in(member)
    sign_in(trainer).post(
        f"/office/knowledge/drafts/{found.public_id}/changes-asked", data={"reason": "Thiếu kỳ đo"}
    )
    own = f"/me/proposals/{found.public_id}"
    (letter,) = letters_to(member.person_id, "knowledge.returned")
    assert own in letter.body_text
    client = sign_in(member)
    assert "Thiếu kỳ đo" in client.get(own).text
    client.post(f"{own}/remarks", data={"text": "Đo tháng 3."})
    assert letters_to(trainer.person_id, "knowledge.commented") == []
    send(client, f"{own}/measures", **{"measures-0-period_vi": "Tháng 3"})
    client.post(f"{own}/submission")
    assert draft(found.public_id).state is TextState.IN_REVIEW
    assert draft(found.public_id).facts["measures"][0]["period"] == {"vi": "Tháng 3", "en": ""}
    assert (
        "Đo tháng 3."
        in sign_in(an_editor()).get(f"/office/knowledge/drafts/{found.public_id}").text
    )


def test_a_remark_of_the_club_reaches_the_member_at_the_own_page(sign_in):
    member = a_member()
    found = handed_in(member)
    editor = an_editor("Phạm Thị Duyệt")
    reviewing.comment(found.id, "Đo ở đâu?", answers=None, by=editor.id, now=NOW)
    (letter,) = letters_to(member.person_id, "knowledge.commented")
    assert f"/me/proposals/{found.public_id}" in letter.body_text
    page = sign_in(member).get(f"/me/proposals/{found.public_id}").text
    assert "Đo ở đâu?" in page
    assert "Phạm Thị Duyệt" in page
    empty = sign_in(member).post(f"/me/proposals/{found.public_id}/remarks", data={"text": " "})
    assert empty.status_code == 422
    foreign = reviewing.comment(handed_in().id, "Khác", answers=None, by=editor.id, now=NOW)
    answer = sign_in(member).post(
        f"/me/proposals/{found.public_id}/remarks", data={"text": "x", "answers": foreign.id}
    )
    assert answer.status_code == 404


def test_declined_it_says_why(sign_in):
    member = a_member()
    found = handed_in(member)
    address = f"/office/knowledge/drafts/{found.public_id}"
    editor = sign_in(an_editor())
    empty = editor.post(f"{address}/discarding", data={"reason": ""})
    assert (empty.status_code, "hội viên đề xuất sẽ đọc" in empty.text) == (422, True)
    editor.post(f"{address}/discarding", data={"reason": "Đã có bài như vậy"})
    (letter,) = letters_to(member.person_id, "knowledge.declined")
    assert "Đã có bài như vậy" in letter.body_text
    page = sign_in(member).get(f"/me/proposals/{found.public_id}").text
    assert "Đã đóng, không đăng" in page
    assert "Đã có bài như vậy" in page


def test_a_returned_proposal_can_be_declined_from_its_form(sign_in):
    found = handed_in()
    editor = an_editor()
    reviewing.send_back(found.id, "Thiếu", by=editor.id, now=NOW)
    address = f"/office/knowledge/drafts/{found.public_id}"
    client = sign_in(editor)
    assert f'action="{address}/discarding"' in client.get(address).text
    empty = client.post(f"{address}/discarding", data={"reason": ""})
    assert (empty.status_code, 'id="reason-error"' in empty.text) == (422, True)
    assert client.post(f"{address}/discarding", data={"reason": "Cũ"}).status_code == 302
    assert draft(found.public_id).state is TextState.DISCARDED


def test_published_it_names_the_member_who_wishes_it_as_long_as_the_member_does(client, sign_in):
    member = a_member("Lê Thị Hội Viên")
    article = published(member, named=True)
    address = f"/knowledge/{article.slug}"
    assert "Lê Thị Hội Viên" in client.get(address).text
    assert "Lê Thị Hội Viên" in client.get(f"{address}/revisions").text
    (found,) = drafts()
    sign_in(member).post(f"/me/proposals/{found.public_id}/name")
    for page in (address, f"{address}/revisions", f"{address}/revisions/1"):
        assert "Lê Thị Hội Viên" not in client.get(page).text, page
    assert "Trần Văn Dạy" in client.get(f"{address}/revisions/1").text
    assert "Phạm Thị Duyệt" in client.get(address).text


def test_without_the_wish_nothing_public_names_the_member(client, sign_in):
    member = a_member("Lê Thị Hội Viên")
    article = published(member)
    assert (article.revision, article.checked_by_id is not None) == (1, True)
    for page in ("", "/revisions", "/revisions/1"):
        shown = client.get(f"/knowledge/{article.slug}{page}").text
        assert "Lê Thị Hội Viên" not in shown, page
    assert "Đã đăng" in sign_in(member).get("/me/proposals").text
    (letter,) = letters_to(member.person_id, "knowledge.published")
    assert article.slug in letter.body_text


def test_neither_the_member_nor_who_completed_it_publishes_it():
    member = an_editor("Lê Thị Điều Phối")
    trainer = an_editor("Trần Văn Dạy")
    found = completed(handed_in(member), trainer)
    for hand in (member, trainer):
        with pytest.raises(RefusedError) as told_no:
            reviewing.publish(found.id, by=hand.id, now=NOW)
        assert told_no.value.refusal is EditingRefusal.OWN_TEXT


def test_member_and_club_at_the_same_part_see_both_texts(sign_in):
    member, trainer = a_member(), a_trainer("Trần Văn Dạy")
    found = handed_in(member)
    drafting.take_back(found.id, by=trainer.id, now=NOW)
    client, address = sign_in(member), f"/me/proposals/{found.public_id}/done"
    before = form_at(client, address)
    now = draft(found.public_id)
    body = now.facts["body"].replace("kẻ ô", "kẻ ô vàng")
    drafting.save(
        now.id, now.facts | {"body": body}, note=None, seen=now.version, by=trainer.id, now=NOW
    )
    answer = client.post(address, data=before | {"told_done": "Dán nhãn hai mặt."})
    assert answer.status_code == 409
    assert "Trần Văn Dạy" in answer.text
    assert "vàng" in answer.text
    kept = as_it_stands(answer.text, address)
    assert kept["told_done"] == ["Dán nhãn hai mặt."]
    assert client.post(address, data=kept | {"then": ""}).status_code == 302
    copies = db.session.query(DraftCopy).order_by(DraftCopy.version).all()
    assert "vàng" in copies[-1].facts["body"]


def test_what_editors_said_in_english_stays_while_the_vietnamese_does(sign_in):
    member = a_member()
    found = completed(handed_in(member))
    reviewing.send_back(found.id, "Sửa số", by=an_editor().id, now=NOW)
    client, own = sign_in(member), f"/me/proposals/{found.public_id}"
    send(client, f"{own}/measures", **{"measures-0-after": "3"})
    (row,) = draft(found.public_id).facts["measures"]
    assert (row["after"], row["metric"]["en"], row["about"]) == (3, "Time", "lead_time")
    send(client, f"{own}/measures", **{"measures-0-metric_vi": "Giờ tìm"})
    (row,) = draft(found.public_id).facts["measures"]
    assert row["metric"] == {"vi": "Giờ tìm", "en": ""}


def test_each_figure_says_how_it_was_measured_and_what_is_the_same_is_said_once(sign_in):
    member = a_member()
    found, client = told(member), sign_in(member)
    address = f"/me/proposals/{found.public_id}/measures"
    first = {"measures-0-how_vi": "Tổ trưởng bấm giờ"}
    send(client, address, then="more", **first)
    assert draft(found.public_id).facts["how_measured"] == {"vi": "Tổ trưởng bấm giờ", "en": ""}
    second = {"measures-1-metric_vi": "Số lỗi", "measures-1-after": "4", "then": ""}
    typed = as_it_stands(client.get(f"{address}?more=1").text, address) | second
    client.post(address, data=typed | {"measures-1-how_vi": "Đếm cuối ca"})
    facts = draft(found.public_id).facts
    assert facts["how_measured"] is None
    ways = ["Tổ trưởng bấm giờ", "Đếm cuối ca"]
    assert [one["how_measured"]["vi"] for one in facts["measures"]] == ways
    page = client.get(address).text
    assert all(f'value="{way}"' in page for way in ways)
    send(client, address, then="", **{"measures-1-how_vi": "Tổ trưởng bấm giờ"})
    facts = draft(found.public_id).facts
    assert facts["how_measured"]["vi"] == "Tổ trưởng bấm giờ"
    assert not any("how_measured" in one for one in facts["measures"])


def test_what_editors_said_of_a_figure_stays_when_the_member_mends_it(sign_in):
    member = a_member()
    found = completed(handed_in(member))
    more = {
        "strength": "B",
        "source": 1,
        "how_measured": {"vi": "Bấm giờ", "en": "By stopwatch"},
        "conflicts": [
            {"before": None, "after": 4, "change": None, "where": {"vi": "Báo cáo", "en": "Report"}}
        ],
    }
    facts = draft(found.public_id).facts
    facts = facts | {"measures": [facts["measures"][0] | more], "how_measured": None}
    db.session.get_one(Draft, found.id).facts = facts
    db.session.commit()
    reviewing.send_back(found.id, "Sửa số", by=an_editor().id, now=NOW)
    client, own = sign_in(member), f"/me/proposals/{found.public_id}"
    send(client, f"{own}/measures", **{"measures-0-after": "3"})
    facts = draft(found.public_id).facts
    (row,) = facts["measures"]
    kept = {name: row.get(name) for name in ("strength", "source", "conflicts")}
    assert kept == {name: more[name] for name in kept}
    assert facts["how_measured"] == more["how_measured"]


def test_the_list_costs_the_same_whatever_stands_on_it(sign_in, count_queries):
    member = a_member()
    client, costs = sign_in(member), []
    for number in range(1, 21):
        draft = begun(member)
        db.session.get_one(Draft, draft.id).version = 2
        db.session.get_one(Draft, draft.id).state = TextState.DISCARDED
        db.session.commit()
        if number in {1, 20}:
            with count_queries() as seen:
                client.get("/me/proposals")
            costs.append(len(seen))
    assert costs[0] == costs[1]


def test_nobody_begins_proposals_without_end(sign_in, app, monkeypatch):
    monkeypatch.setitem(app.extensions, "club.limits", True)
    client = sign_in(a_member())
    answers = [client.post("/me/proposals").status_code for _each in range(21)]
    assert answers == [302] * 20 + [429]
