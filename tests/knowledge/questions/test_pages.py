"""Asking, answering and reading on the site."""

import json
import re

import pytest

from club.db import db
from club.knowledge.questions.models import MemberQuestion, QuestionState
from tests.knowledge.page_kit import synced
from tests.knowledge.questions.kit import (
    a_coordinator,
    a_member,
    a_trainer,
    answered,
    asked,
    published,
    the_topic,
    took,
)
from tests.support.factories import NOW, an_account, reload
from tests.support.inspector import complaints
from tests.support.queries import counting_queries

NEW = "/me/questions/new"


@pytest.fixture
def member(context):
    return a_member()


@pytest.fixture
def coordinator(context):
    return a_coordinator()


def desk_of(question):
    return f"/office/knowledge/questions/{question.public_id}"


def typed(**given):
    return {"topic": the_topic().key, "title": "Bắt đầu 5S từ đâu?", "words": "Tổ sơn."} | given


def test_a_member_asks_and_sees_how_far_it_is(sign_in, member):
    browser = sign_in(member)
    assert complaints(browser.get(NEW).text) == []
    the_topic()
    answer = browser.post(NEW, data=typed())
    question = db.session.query(MemberQuestion).one()
    assert answer.headers["Location"] == f"/me/questions/{question.public_id}"
    page = browser.get(answer.headers["Location"]).text
    assert ("Chờ trả lời" in page, complaints(page)) == (True, [])
    assert "Bắt đầu 5S từ đâu?" in browser.get("/me/questions").text


@pytest.mark.parametrize("wrong", [{"topic": "nope"}, {"title": ""}, {"title": "x" * 161}])
def test_what_was_typed_stays_in_a_form_that_is_refused(sign_in, member, wrong):
    answer = sign_in(member).post(NEW, data=typed(words="Rất nhiều chữ đã gõ.") | wrong)
    assert (answer.status_code, "Rất nhiều chữ đã gõ." in answer.text) == (422, True)
    assert db.session.query(MemberQuestion).count() == 0


def test_a_fourth_question_is_refused_and_not_lost(sign_in, member):
    for _ in range(3):
        asked(member)
    answer = sign_in(member).post(NEW, data=typed(words="Câu thứ tư của tôi."))
    assert (answer.status_code, "Câu thứ tư của tôi." in answer.text) == (409, True)
    assert db.session.query(MemberQuestion).count() == 3


def test_who_is_no_member_is_told_how_to_become_one(sign_in, context):
    the_topic()
    browser = sign_in(an_account())
    page = browser.get(NEW).text
    assert ("/membership/" in page, "<textarea" in page) == (True, False)
    assert browser.post(NEW, data=typed()).status_code == 409
    assert db.session.query(MemberQuestion).count() == 0


def test_asking_needs_an_account(client):
    answer = client.get(NEW)
    assert (answer.status_code, "/login" in answer.headers["Location"]) == (302, True)


def test_the_asker_withdraws(sign_in, member):
    question, browser = asked(member), sign_in(member)
    address = f"/me/questions/{question.public_id}/withdrawal"
    assert browser.post(address, data={"version": "1"}).status_code == 302
    assert reload(question).state is QuestionState.CLOSED
    assert browser.post(address, data={"version": "2"}).status_code == 409


def test_an_answer_that_is_still_checked_is_not_shown_to_the_asker(sign_in, member, coordinator):
    question, browser = answered(asked(member), coordinator), sign_in(member)
    address = f"/me/questions/{question.public_id}"
    assert "bốn góc" not in browser.get(address).text
    took(question, "closed", coordinator, note="Chỉ riêng một xưởng.")
    page = browser.get(address).text
    assert ("bốn góc" in page, "Chỉ riêng một xưởng." in page) == (True, True)


def test_from_the_desk_to_the_public_page(client, sign_in, member, coordinator):
    question, browser = asked(member), sign_in(coordinator)
    assert "Bắt đầu 5S từ đâu?" in browser.get("/office/knowledge/questions").text
    page = browser.get(desk_of(question)).text
    assert ("Lê Thị Hội Viên" in page, complaints(page)) == (True, [])
    texts = {"title": "Làm 5S từ đâu?", "words": "", "answer": "Chụp **ảnh**.", "version": "1"}
    saved = browser.post(f"{desk_of(question)}/texts", data=texts | {"step": "answered"})
    assert saved.status_code == 302
    decided = browser.post(
        f"{desk_of(question)}/steps", data={"step": "published", "note": "", "version": "2"}
    )
    assert decided.status_code == 302
    address = f"/knowledge/questions/{reload(question).slug}"
    page = client.get(address).text
    assert ("<strong>ảnh</strong>" in page, "Hội Viên" in page) == (True, False)
    assert (complaints(page), address in client.get("/knowledge/questions/").text) == ([], True)
    assert "Bắt đầu 5S từ đâu?" in browser.get(desk_of(question)).text


def test_programs_are_told_question_and_answer_without_a_person(client, member):
    question = published(asked(member))
    page = client.get(f"/knowledge/questions/{question.slug}").text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    entity = data["mainEntity"]
    assert (data["@type"], entity["name"], entity["answerCount"]) == (
        "QAPage",
        "Bắt đầu 5S từ đâu?",
        1,
    )
    assert entity["acceptedAnswer"]["text"].startswith("Chọn một khu")
    assert ("author" in entity, entity["datePublished"]) == (False, NOW.date().isoformat())


def test_of_two_coordinators_the_second_one_loses_nothing(sign_in, member, coordinator):
    question, browser = asked(member), sign_in(coordinator)
    answered(question, a_coordinator(), answer="Câu của người kia.")
    mine = {"title": "5S?", "answer": "Câu của tôi.", "version": "1", "step": "revised"}
    late = browser.post(f"{desk_of(question)}/texts", data=mine)
    shown = ("Câu của tôi." in late.text, "Câu của người kia." in late.text)
    assert (late.status_code, shown) == (409, (True, True))
    assert reload(question).answer == "Câu của người kia."


@pytest.mark.parametrize("step", ["handed", "revised", "withdrawn", "answered", "", "asked"])
def test_no_other_step_is_taken_by_the_buttons_with_a_reason(sign_in, coordinator, step):
    question = answered()
    data = {"step": step, "note": "x", "version": str(question.version)}
    assert sign_in(coordinator).post(f"{desk_of(question)}/steps", data=data).status_code == 400
    assert reload(question).state is QuestionState.ANSWERED


@pytest.mark.parametrize("version", ["", "x", "-1", "99", None])
def test_a_step_by_hand_needs_the_version_that_was_seen(sign_in, coordinator, version):
    question = answered()
    data = {"step": "published"} | ({"version": version} if version is not None else {})
    assert sign_in(coordinator).post(f"{desk_of(question)}/steps", data=data).status_code == 409
    assert reload(question).state is QuestionState.ANSWERED


def test_closing_without_a_reason_is_refused_beside_the_field(sign_in, coordinator):
    question = asked()
    data = {"step": "closed", "note": "", "version": "1"}
    answer = sign_in(coordinator).post(f"{desk_of(question)}/steps", data=data)
    assert (answer.status_code, "note-error" in answer.text) == (422, True)


def test_a_trainer_is_handed_a_question_and_answers(sign_in, member, coordinator):
    question, trainer = asked(member), a_trainer()
    office, teaching = sign_in(coordinator), sign_in(trainer)
    address = f"/teaching/questions/{question.public_id}"
    assert teaching.get(address).status_code == 404
    handed = {"trainer": str(trainer.person.public_id), "remark": "Nhờ thầy.", "version": "1"}
    assert office.post(f"{desk_of(question)}/drafter", data=handed).status_code == 302
    page = teaching.get(address).text
    assert ("Nhờ thầy." in page, "Hội Viên" in page, complaints(page)) == (True, False, [])
    assert address in teaching.get("/teaching/questions").text
    draft = {"answer": "Bắt đầu từ một khu.", "version": "2", "title": "Đổi trộm"}
    assert teaching.post(f"{address}/answer", data=draft).status_code == 302
    assert (reload(question).answer, question.title) == (
        "Bắt đầu từ một khu.",
        "Bắt đầu 5S từ đâu?",
    )
    again = teaching.post(f"{address}/answer", data=draft | {"version": "3", "answer": "Nữa."})
    assert (again.status_code, "Nữa." in again.text) == (409, True)


def test_only_trainers_can_be_handed_a_question(sign_in, member, coordinator):
    question = asked(member)
    handed = {"trainer": str(member.person.public_id), "version": "1"}
    answer = sign_in(coordinator).post(f"{desk_of(question)}/drafter", data=handed)
    assert (answer.status_code, reload(question).drafter_id) == (422, None)


def test_what_was_taken_down_says_so(client, coordinator):
    question = took(published(asked(), coordinator), "taken_down", coordinator, note="Đề nghị.")
    page = client.get(f"/knowledge/questions/{question.slug}")
    assert (page.status_code, "Bắt đầu 5S" in page.text) == (410, False)
    assert client.get("/knowledge/questions/khong-co").status_code == 404


def test_questions_are_read_by_topic(client, member):
    first = published(asked(member))
    the_topic("digital")
    second = published(asked(member, title="Số hóa gì trước?", topic_key="digital"))
    both = client.get("/knowledge/questions/").text
    assert (first.slug in both, second.slug in both) == (True, True)
    page = client.get("/knowledge/questions/?topic=digital").text
    assert (first.slug in page, second.slug in page) == (False, True)
    assert client.get("/knowledge/questions/?topic=nope&page=9").status_code == 200
    other = client.get(f"/knowledge/questions/{first.slug}").text
    assert second.slug not in other


def test_lists_cost_the_same_however_long_they_are(client, sign_in, coordinator):
    office = sign_in(coordinator)
    published(asked(), coordinator), asked()
    few = _costs(client, office)
    for number in range(12):
        published(asked(title=f"Câu số {number}?"), coordinator)
        asked(title=f"Câu chờ {number}?")
    assert _costs(client, office) == few


def _costs(client, office):
    with counting_queries() as public:
        client.get("/knowledge/questions/")
    with counting_queries() as desk:
        office.get("/office/knowledge/questions")
    return len(public), len(desk)


def test_the_knowledge_base_leads_to_questions(client):
    page = client.get("/knowledge/").text
    assert ('href="/me/questions/new"' in page, 'href="/knowledge/questions/"' in page) == (
        True,
        True,
    )


def test_from_a_text_one_asks_about_it(client, sign_in, member, content):
    content.write("tools/5s.md")
    synced(content)
    assert f'href="{NEW}?about=5s"' in client.get("/knowledge/5s").text
    browser = sign_in(member)
    page = browser.get(f"{NEW}?about=5s").text
    assert re.search(r'<option selected value="5s">', page)
    assert re.search(r'<option selected value="improvement_tools">', page)
    browser.post(NEW, data=typed(about="5s"))
    question = published(db.session.query(MemberQuestion).one())
    assert question.article.slug == "5s"
    assert 'href="/knowledge/5s"' in client.get(f"/knowledge/questions/{question.slug}").text
