"""What comes of a class: a trainer's table on a phone, and answers without a name."""

import pytest
from playwright.sync_api import expect

from club.db import db
from club.records.inquiries.links import token
from club.records.inquiries.models import FeedbackAnswer, Inquiry
from club.records.inquiries.operations import Opinion, answer_feedback, ask_who_took_part
from club.records.operations import close_run
from club.records.results.models import PersonResult
from tests.browser import steps
from tests.browser.visitor import DESK, PHONE
from tests.records.kit import a_taught_run, every, on_the_list, present
from tests.support.factories import NOW, a_person

pytestmark = pytest.mark.browser

PASSWORD = "secret-2026"
NAMES = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Chi", "Phạm Thị Dung", "Võ Văn Em")


@pytest.fixture
def run(trainer):
    run = a_taught_run(trainers=[trainer.person])
    for name in NAMES:
        present(run, on_the_list(run, a_person(full_name=name, email=None)))
    return run


def cell(who, name, column):
    return who.page.get_by_label(f"{column}: {name}", exact=True)


def results():
    db.session.rollback()
    return {
        person.full_name: (row.post_test, row.remark)
        for row in every(PersonResult)
        if row.superseded_at is None and (person := row.person)
    }


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_a_trainer_pastes_scores_mends_one_and_saves_all(window, trainer, run, screen):
    who = window("trainer", screen)
    who.provokes.add(422)
    steps.signs_in(who, trainer.email, PASSWORD)
    who.opens(f"/teaching/runs/{run.code}/results")
    who.sees("Kết quả")
    who.page.get_by_text("Dán từ bảng tính").click()
    who.page.get_by_label("Các dòng của bảng tính").fill(
        "Nguyễn Văn An;;187;;Chăm chỉ\nTrần Thị Bình;;65\nNgười Lạ;;50"
    )
    who.presses("Điền vào bảng")
    expect(who.page.get_by_text("Dòng 3, Người Lạ:")).to_be_visible()
    who.inspects()
    who.presses("Lưu tất cả kết quả")
    expect(who.page.locator("[data-error-summary]")).to_contain_text("vượt quá điểm tối đa")
    who.inspects()
    assert results() == {}
    cell(who, "Nguyễn Văn An", "Điểm cuối khóa").fill("87")
    who.presses("Lưu tất cả kết quả")
    expect(who.page.get_by_text("Đã lưu kết quả của 2 người.")).to_be_visible()
    expect(cell(who, "Nguyễn Văn An", "Điểm cuối khóa")).to_have_value("87")
    assert results() == {"Nguyễn Văn An": (87, "Chăm chỉ"), "Trần Thị Bình": (65, None)}
    who.inspects()
    assert who.complaints == []


def agrees(who, question, words):
    who.page.get_by_role("group", name=question).get_by_label(words).check()


def test_the_fifth_answer_without_a_name_shows_all_of_them_to_the_trainer(at, window, trainer, run):
    close_run(run.id, by=None, now=NOW)
    at(later := NOW.replace(hour=NOW.hour + 2))
    ask_who_took_part(now=later)
    first, *others = every(Inquiry)
    for inquiry in others:
        answer_feedback(inquiry.id, Opinion(4, 4, 4, 4), now=later)
    link = f"/inquiry/{token(first.public_id)}"

    teacher = window("trainer", DESK)
    steps.signs_in(teacher, trainer.email, PASSWORD)
    teacher.opens(f"/teaching/runs/{run.code}/feedback")
    expect(teacher.page.get_by_text("Đang nhận câu trả lời")).to_be_visible()
    teacher.inspects()

    who = window("participant", PHONE)
    who.provokes.add(422)
    who.opens(link)
    who.sees("Lớp học thế nào?")
    who.presses("Gửi câu trả lời")
    expect(who.page.locator("[data-error-summary]")).to_be_visible()
    who.inspects()
    for question in ("Nội dung học", "Giảng viên", "Có đủ", "Tôi sẽ giới thiệu"):
        agrees(who, question, "5: hoàn toàn đồng ý")
    who.page.get_by_label("Lần sau nên cải thiện điều gì?").fill("Thêm giờ thực hành")
    who.presses("Gửi câu trả lời")
    expect(who.page.get_by_text("Đã nhận câu trả lời của anh chị.")).to_be_visible()
    who.inspects()
    db.session.rollback()
    assert len(every(FeedbackAnswer)) == 5

    teacher.page.reload()
    expect(teacher.page.get_by_text("5 trong 5 người đã trả lời.")).to_be_visible()
    expect(teacher.page.get_by_text("Thêm giờ thực hành")).to_be_visible()
    teacher.inspects()
    assert (who.complaints, teacher.complaints) == ([], [])
