"""A course asks questions: who was nominated answers at a phone, and is taken back by the firm."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from club import clock
from tests.browser import steps
from tests.browser.mailbox import awaited_letter, link_in
from tests.browser.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser

#: Of no other journey: whoever registers for it is asked from now on.
COURSE = "MFCA"
NAME, ADDRESS = "Lò Thị Mận", "man.hoi@example.net"
QUESTION = "Công đoạn nào hay phải chờ vật tư?"


@pytest.fixture
def office(visitor):
    coordinator = visitor("office", PHONE)
    steps.signs_in(coordinator, "dieuphoi@club.example")
    return coordinator


def test_a_nominee_answers_by_link_and_is_taken_back(visitor, demo_site, office):
    firm, nominee = visitor("firm", PHONE), visitor("nominee", PHONE)
    nominee.provokes = {422}
    code = _opens_a_class_that_asks(office)

    steps.signs_in(firm, "doanhnghiep@club.example")
    _nominates(firm, code)
    letter = awaited_letter(demo_site.var / "mail", ADDRESS, about="anh chị đã có chỗ")
    office.opens(f"/office/runs/{code}/registrations")
    expect(office.page.get_by_role("row", name=NAME)).to_contain_text("Chưa trả lời")
    office.inspects()

    _answers(nominee, link_in(letter))
    office.opens(f"/office/runs/{code}/answers")
    expect(office.page.get_by_role("row", name=NAME)).to_contain_text("Chuyền may")
    office.inspects()

    _takes_back(firm, code)
    awaited_letter(demo_site.var / "mail", ADDRESS, about="rút lại việc cử")
    assert [said for window in (firm, nominee, office) for said in window.complaints] == []


def _opens_a_class_that_asks(office: Visitor) -> str:
    office.opens(f"/office/courses/{COURSE}/questions")
    office.sees("Câu hỏi khi đăng ký")
    office.page.locator("#wording").fill(QUESTION)
    office.page.locator("input[name=kind][value=text]").check()
    office.page.locator("#required").check()
    office.presses("Thêm câu hỏi này")
    expect(office.page.locator("main")).to_contain_text(QUESTION)
    return steps.opens_class(
        office,
        course=COURSE,
        place="Hội trường phường Thuận An",
        trainer="Trần Demo Khoa",
        day=clock.today() + timedelta(days=20),
    )


def _nominates(firm: Visitor, code: str) -> None:
    firm.opens(f"/runs/{code}")
    firm.page.locator(".run-register a[href*='/nominate/']").click()
    firm.page.locator("#people").fill(f"{NAME}, {ADDRESS}")
    firm.presses("Xem ai sẽ được cử")
    expect(firm.page.locator("main")).to_contain_text("Khóa học có 1 câu hỏi.")
    firm.inspects()
    firm.page.locator("#agreed").check()
    firm.presses("Cử 1 người")
    firm.sees("Kết quả cử người đi học")


def _answers(nominee: Visitor, link: str) -> None:
    """Without an account; an empty answer is said to be missing."""
    nominee.opens(link)
    expect(nominee.page.locator("main .notice").first).to_contain_text("chưa trả lời")
    nominee.inspects()
    nominee.follows("Trả lời câu hỏi")
    nominee.sees("Câu trả lời của anh chị")
    nominee.presses("Lưu câu trả lời")
    nominee.page.locator(".error-summary").wait_for()
    nominee.inspects()
    nominee.field(QUESTION).fill("Chuyền may")
    nominee.presses("Lưu câu trả lời")
    expect(nominee.page.locator("main")).to_contain_text("Chuyền may")
    nominee.inspects()


def _takes_back(firm: Visitor, code: str) -> None:
    firm.page.goto(firm.page.url.split("nominations/")[0])
    firm.page.locator(f"main a[href$='/classes/{code}']").click()
    firm.sees("Người của đơn vị trong lớp này")
    row = firm.page.get_by_role("row", name=NAME)
    row.get_by_role("link", name="Rút lại người này").click()
    firm.sees(f"Rút tên {NAME}")
    firm.field("Lý do").fill("Tuần này chuyền tăng ca.")
    firm.presses("Rút tên và gửi thư báo")
    firm.sees("Người của đơn vị trong lớp này")
    expect(firm.page.get_by_role("row", name=NAME)).to_contain_text("Đã rút tên")
