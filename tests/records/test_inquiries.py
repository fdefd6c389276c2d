"""What people are asked after a class: once each, some of it without a name."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import select

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.outbox.models import Letter
from club.records.inquiries.links import token
from club.records.inquiries.models import FeedbackAnswer, FollowUp, Inquiry, InquiryKind
from club.records.inquiries.operations import (
    Application,
    Opinion,
    answer_feedback,
    answer_follow_up,
    ask_who_took_part,
)
from club.records.inquiries.rules import ANSWER_TIME, Refusal
from club.records.operations import close_run
from club.refusal import RefusedError
from tests.records.kit import a_coordinator, a_taught_run, every, on_the_list, present
from tests.support.factories import NOW, a_person, an_account
from tests.support.pages import words

GOOD = Opinion(useful=4, clear=5, practical=3, recommended=4)
RATINGS = {"useful": "4", "clear": "5", "practical": "3", "recommended": "4"}
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_that_morning():
    with time_machine.travel(NOW, tick=False):
        yield


def closed(*people, count=0, **given):
    run = a_taught_run(**given)
    for person in people:
        present(run, on_the_list(run, person))
    for _ in range(count):
        present(run)
    close_run(run.id, by=None, now=NOW, accepting_unmarked=[s.id for s in run.sessions])
    return run


def asked(kind=InquiryKind.FEEDBACK):
    return db.session.scalars(select(Inquiry).where(Inquiry.kind == kind)).all()


def letters(kind):
    return db.session.scalars(select(Letter).where(Letter.kind == kind)).all()


def a_feedback_inquiry(person=None):
    closed(person or a_person(email="an@firm.example"))
    ask_who_took_part(now=NOW + AN_HOUR)
    (inquiry,) = asked()
    return inquiry


def a_follow_up_inquiry(person=None):
    closed(person or a_person(email="an@firm.example"))
    # The last day was two days before.
    ask_who_took_part(now=NOW + 28 * A_DAY)
    (inquiry,) = asked(InquiryKind.AFTER_30_DAYS)
    return inquiry


def test_who_took_part_is_asked_once_an_hour_after_closing():
    run = closed(a_person(email="an@firm.example"))
    on_the_list(run, a_person(email="absent@firm.example"))
    ask_who_took_part(now=NOW + AN_HOUR - timedelta(minutes=1))
    assert asked() == []
    for _ in range(2):
        ask_who_took_part(now=NOW + AN_HOUR)
    assert len(asked()) == 1
    assert [letter.recipient for letter in letters("records.feedback_asked")] == ["an@firm.example"]


def test_nobody_is_asked_about_a_class_closed_long_ago():
    closed(count=2)
    ask_who_took_part(now=NOW + 15 * A_DAY)
    assert asked() == []


def test_follow_ups_are_asked_after_30_and_90_days_once_each():
    closed(a_person(email="an@firm.example"))
    for days in range(0, 130, 3):
        ask_who_took_part(now=NOW + days * A_DAY)
    assert [inquiry.kind for inquiry in every(Inquiry)] == [
        InquiryKind.FEEDBACK,
        InquiryKind.AFTER_30_DAYS,
        InquiryKind.AFTER_90_DAYS,
    ]
    assert len(letters("records.follow_up_asked")) == 2
    first, second = asked(InquiryKind.AFTER_30_DAYS), asked(InquiryKind.AFTER_90_DAYS)
    assert first[0].asked_at == NOW + 30 * A_DAY
    assert second[0].asked_at == NOW + 90 * A_DAY


def test_who_has_no_account_answers_by_the_link_in_the_letter(client):
    a_feedback_inquiry()
    (letter,) = letters("records.feedback_asked")
    (link,) = re.findall(r"(/inquiry/\S+)", letter.body_text)
    assert client.get(link).status_code == 200
    assert client.post(link, data=RATINGS).status_code == 302
    (answer,) = db.session.scalars(select(FeedbackAnswer)).all()
    assert (answer.useful, answer.clear, answer.practical, answer.recommended) == (4, 5, 3, 4)
    again = client.post(link, data=RATINGS)
    assert again.status_code == 409
    assert "Anh chị đã trả lời rồi." in again.text


def test_a_link_that_is_not_ours_leads_nowhere(client):
    inquiry = a_feedback_inquiry()
    assert client.get(f"/inquiry/{token(inquiry.public_id)[:-2]}xx").status_code == 404
    assert client.get(f"/inquiry/{inquiry.public_id}").status_code == 404


def test_who_signs_in_finds_the_question_on_the_own_page_and_nobody_else_does(sign_in):
    account = an_account()
    inquiry = a_feedback_inquiry(account.person)
    (letter,) = letters("records.feedback_asked")
    address = f"/me/inquiries/{inquiry.public_id}"
    assert address in letter.body_text
    client = sign_in(account)
    assert address in client.get("/me/").text
    assert client.post(address, data=RATINGS).status_code == 302
    assert address not in client.get("/me/").text
    assert sign_in(an_account()).get(address).status_code == 404


def test_what_is_missing_is_said_and_what_was_typed_stays(client):
    inquiry = a_feedback_inquiry()
    answer = client.post(
        f"/inquiry/{token(inquiry.public_id)}",
        data={"useful": "4", "clear": "6", "better": "Thêm giờ"},
    )
    assert answer.status_code == 422
    assert "Thêm giờ" in answer.text
    assert len(re.findall(r"<input checked", answer.text)) == 1
    assert db.session.scalars(select(FeedbackAnswer)).all() == []


def test_an_answer_holds_neither_person_nor_time():
    assert {column.name for column in FeedbackAnswer.__table__.columns} == {
        "id", "run_id", "useful", "clear", "practical", "recommended", "better",
    }  # fmt: skip
    inquiry = a_feedback_inquiry()
    before = len(every(AuditEntry))
    answer_feedback(inquiry.id, GOOD, now=NOW + 2 * A_DAY)
    assert len(every(AuditEntry)) == before
    assert {column.name for column in Inquiry.__table__.columns} == {
        "id", "public_id", "run_id", "person_id", "kind", "asked_at", "answered",
    }  # fmt: skip


def test_the_time_for_answers_ends():
    inquiry = a_feedback_inquiry()
    with pytest.raises(RefusedError) as refused:
        answer_feedback(inquiry.id, GOOD, now=inquiry.asked_at + ANSWER_TIME)
    assert refused.value.refusal is Refusal.TOO_LATE


def answered(run, count, opinion=GOOD):
    waiting = [i for i in asked() if i.run_id == run.id and not i.answered]
    for inquiry in waiting[:count]:
        answer_feedback(inquiry.id, opinion, now=NOW + A_DAY)


def test_answers_are_shown_when_all_are_in_and_at_least_five(sign_in):
    run = closed(count=6)
    ask_who_took_part(now=NOW + AN_HOUR)
    answered(run, 5, replace(GOOD, better="Lớp hay"))
    coordinator = sign_in(a_coordinator())
    address = f"/teaching/runs/{run.code}/feedback"
    assert "Lớp hay" not in coordinator.get(address).text
    answered(run, 1, replace(GOOD, clear=2, better="Ít bài tập"))
    page = coordinator.get(address)
    assert "6 trong 6 người đã trả lời." in page.text
    assert re.findall(r"<li>(Lớp hay|Ít bài tập)</li>", page.text) == ["Lớp hay"] * 5 + [
        "Ít bài tập"
    ]
    assert re.findall(r'data-label="Trung bình từ 1 đến 5">\s*([\d,]+)', page.text) == [
        "4", "4,5", "3", "4",
    ]  # fmt: skip


def test_four_answers_are_never_shown(sign_in):
    run = closed(count=4)
    ask_who_took_part(now=NOW + AN_HOUR)
    answered(run, 4, replace(GOOD, better="Lớp hay"))
    with time_machine.travel(NOW + 40 * A_DAY, tick=False):
        page = sign_in(a_coordinator()).get(f"/teaching/runs/{run.code}/feedback")
    assert "Lớp hay" not in page.text
    assert "Có dưới 5 người trả lời nên không hiện gì" in page.text


def test_after_three_weeks_five_answers_of_many_are_shown(sign_in):
    run = closed(count=7)
    ask_who_took_part(now=NOW + AN_HOUR)
    answered(run, 5)
    client, address = sign_in(a_coordinator()), f"/teaching/runs/{run.code}/feedback"
    assert "Đang nhận câu trả lời" in client.get(address).text
    with time_machine.travel(NOW + AN_HOUR + ANSWER_TIME, tick=False):
        page = sign_in(a_coordinator()).get(address)
    assert "5 trong 7 người đã trả lời." in page.text


MEASURED = {
    "applied": "5S tại xưởng", "changed": "Gọn hơn", "quantity": "Thời gian tìm dụng cụ",
    "unit": "phút", "before": "12,5", "after": "4", "measured_how": "Bấm giờ", "may_become_case": "y",
}  # fmt: skip


def test_a_follow_up_keeps_what_was_measured(client):
    inquiry = a_follow_up_inquiry()
    with time_machine.travel(NOW + 29 * A_DAY, tick=False):
        answer = client.post(f"/inquiry/{token(inquiry.public_id)}", data=MEASURED)
    assert answer.status_code == 302
    (found,) = every(FollowUp)
    assert (found.before, found.after, found.unit) == (Decimal("12.5"), 4, "phút")
    assert (found.applied, found.may_become_case) == ("5S tại xưởng", True)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"applied": ""}, "Ghi những gì đã áp dụng"),
        ({"after": ""}, "Ghi cả hai giá trị trước và sau"),
        ({"quantity": ""}, "Ghi rõ đã đo đại lượng nào"),
        ({"before": "nhiều"}, "Ghi giá trị bằng chữ số, ví dụ 12,5."),
        ({"before": "9" * 13}, "Số này quá lớn."),
        ({"before": "1,2345"}, "Ghi nhiều nhất ba chữ số thập phân."),
    ],
)
def test_a_follow_up_that_cannot_be_is_refused_beside_its_field(client, wrong, words):
    inquiry = a_follow_up_inquiry()
    with time_machine.travel(NOW + 29 * A_DAY, tick=False):
        answer = client.post(f"/inquiry/{token(inquiry.public_id)}", data=MEASURED | wrong)
    assert answer.status_code == 422
    assert words in answer.text
    assert every(FollowUp) == []


def a_follow_up(**given):
    inquiry = a_follow_up_inquiry()
    application = Application("5S", **({"may_become_case": True} | given))
    return answer_follow_up(inquiry.id, application, now=NOW + 29 * A_DAY)


def test_the_list_says_what_was_measured_and_how(sign_in):
    a_follow_up(
        quantity="Thời gian thay khuôn", unit="phút", before=Decimal("12.5"), after=Decimal(4),
        measured_how="Bấm giờ",
    )  # fmt: skip
    page = sign_in(a_coordinator()).get("/office/follow-ups")
    assert "Thời gian thay khuôn: 12,5 → 4 phút (Bấm giờ)" in words(page)


def test_follow_ups_are_for_coordinators(sign_in):
    for role in (RoleName.TRAINER, RoleName.OFFICIAL):
        assert sign_in(an_account(role)).get("/office/follow-ups").status_code in {403, 404}


def test_the_list_of_follow_ups_costs_the_same_for_one_and_for_ten(sign_in, count_queries):
    client = sign_in(a_coordinator())

    def cost():
        with count_queries() as queries:
            client.get("/office/follow-ups")
        return len(queries)

    a_follow_up()
    cost()
    few = cost()
    closed(count=9)
    ask_who_took_part(now=NOW + 28 * A_DAY)
    for inquiry in asked(InquiryKind.AFTER_30_DAYS):
        if not inquiry.answered:
            answer_follow_up(inquiry.id, Application("Kaizen"), now=NOW + 29 * A_DAY)
    assert cost() == few
