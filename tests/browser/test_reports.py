"""Reports from beginning to end: a department's, from the question to the review, and a month's
figures, from draft to frozen to corrected. Each page at both widths, light and dark.
"""

import re
from io import BytesIO

import docx
import pytest
from playwright.sync_api import expect

from club.db import db
from club.outbox.models import Letter
from tests.browser import steps
from tests.browser.visitor import DESK, PHONE
from tests.reporting import kit
from tests.statistics.reports.kit import LATER, a_closed_run, an_official
from tests.statistics.reports.kit import NOW as APRIL
from tests.support.factories import a_person

pytestmark = pytest.mark.browser

PASSWORD = "secret-2026"
OFFICE = "/office/department-reports"
TITLE = "Báo cáo sáu tháng đầu năm 2026"
UNIT = "Phòng Văn hóa, Khoa học và Thông tin phường Thuận An"
LOOKS = [(screen, scheme) for screen in (PHONE, DESK) for scheme in ("light", "dark")]


def sign_in(windows, emails):
    for who, email in zip(windows, emails, strict=True):
        steps.signs_in(who, email, PASSWORD)


def looks_over(who):
    """The page at every width, light and dark; ends as it is on a desk."""
    for (width, height), scheme in LOOKS:
        who.page.set_viewport_size({"width": width, "height": height})
        who.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        expect(who.page.locator("html")).to_have_attribute("data-bs-theme", scheme)
        who.inspects()


def is_told(who, words):
    expect(who.page.locator(".flashes")).to_contain_text(words)
    looks_over(who)


def sees(who, address, *words):
    who.opens(address)
    for said in words:
        expect(who.page.locator("main")).to_contain_text(said)
    looks_over(who)


def text_of(who, address):
    """All paragraphs of a Word file."""
    document = docx.Document(BytesIO(who.page.request.get(address).body()))
    return "\n".join(one.text for one in document.paragraphs)


def letters(kind):
    db.session.rollback()
    return db.session.query(Letter).filter(Letter.kind == f"reporting.{kind}").count()


def asks(coordinator):
    coordinator.opens(f"{OFFICE}/new")
    coordinator.sees("Yêu cầu báo cáo theo kỳ")
    coordinator.field("Tên").fill(TITLE)
    coordinator.field("Kỳ").select_option("6M")
    coordinator.field("Năm").select_option("2026")
    coordinator.page.locator("input[name=cut][value=calendar]").check()
    coordinator.field("Hạn nộp").fill(kit.DUE.isoformat())
    coordinator.field(UNIT).check()
    looks_over(coordinator)
    coordinator.presses("Gửi yêu cầu")
    is_told(coordinator, "Đã gửi yêu cầu")


def writes(reporter, words, *, turns):
    reporter.follows(TITLE)
    reporter.field("Việc đã làm (1)").fill(words)
    reporter.field("Lượt người học").fill(turns)
    reporter.presses("Lưu, chưa nộp")
    is_told(reporter, "Đã lưu")
    reporter.presses("Nộp báo cáo")
    is_told(reporter, "Đã nộp báo cáo")


def is_late(coordinator, reporter):
    sees(coordinator, OFFICE, "Quá hạn", "Hạn 20/07/2026 đã qua")
    sees(reporter, "/reporting", "Hạn 20/07/2026 đã qua")


def is_returned(coordinator, *, remarks):
    sees(coordinator, OFFICE, "Đã nộp")
    coordinator.follows(UNIT)
    looks_over(coordinator)
    coordinator.page.get_by_text("Trả lại kèm nhận xét", exact=True).click()
    coordinator.field("Lý do").first.fill(remarks)
    looks_over(coordinator)
    coordinator.presses("Trả lại")
    is_told(coordinator, "Đã trả lại")


def is_mended(reporter, *, remarks):
    sees(reporter, "/reporting", "Trả lại kèm nhận xét")
    reporter.follows(TITLE)
    expect(reporter.page.locator("main")).to_contain_text(remarks)
    looks_over(reporter)
    expect(reporter.field("Lượt người học")).to_have_value("60")
    reporter.field("Số lớp tự tổ chức hoặc cử đi").fill("2")
    reporter.presses("Nộp báo cáo")
    is_told(reporter, "Đã nộp báo cáo")


def is_accepted(coordinator, reporter):
    coordinator.page.reload()
    coordinator.presses("Nhận báo cáo")
    is_told(coordinator, "Đã nhận báo cáo")
    sees(reporter, "/reporting", "Đã nhận")


def test_a_department_reports_late_is_returned_mends_it_and_stands_in_the_review(window, at):
    at(kit.NOW)
    unit = kit.a_department(UNIT)
    emails = [kit.a_coordinator().email, kit.a_reporter(unit).email]
    db.session.rollback()
    both = coordinator, reporter = window("coordinator", DESK), window("reporter", DESK)
    sign_in(both, emails)
    asks(coordinator)
    sees(reporter, "/reporting", "Đã yêu cầu")
    assert letters("asked") == 1

    at(kit.LATE)
    sign_in(both, emails)
    is_late(coordinator, reporter)
    writes(reporter, "Đã phổ biến kế hoạch cho 12 đơn vị.", turns="60")
    is_returned(coordinator, remarks="Xin bổ sung số lớp đã mở.")
    is_mended(reporter, remarks="Xin bổ sung số lớp đã mở.")
    is_accepted(coordinator, reporter)
    is_summed_up(coordinator)
    is_reviewed(coordinator)
    assert (coordinator.complaints, reporter.complaints) == ([], [])


def is_summed_up(coordinator):
    coordinator.opens(OFFICE)
    coordinator.follows(TITLE)
    looks_over(coordinator)
    coordinator.presses("Soạn bản tổng hợp")
    is_told(coordinator, "Đã soạn từ các báo cáo đã nhận")
    results = coordinator.page.locator("#results")
    expect(results).to_have_value(re.compile(re.escape(f"cho 12 đơn vị ({UNIT}).")))
    coordinator.page.locator("#directions").fill("Mở thêm lớp vào buổi tối.")
    coordinator.presses("Lưu nội dung")
    is_told(coordinator, "Đã lưu nội dung")
    here = coordinator.page.url
    coordinator.follows("Bản thứ 2")
    expect(coordinator.page.locator("ins")).to_have_text("Mở thêm lớp vào buổi tối.")
    looks_over(coordinator)
    assert "Mở thêm lớp vào buổi tối." in text_of(coordinator, f"{here}.docx")


def is_reviewed(coordinator):
    coordinator.opens(f"{OFFICE}/summaries/new")
    coordinator.sees("Soạn sơ kết, tổng kết")
    coordinator.field("Tên").fill("Sơ kết sáu tháng đầu năm 2026")
    coordinator.field("Năm").select_option("2026")
    coordinator.page.locator("input[name=cut][value=calendar]").check()
    looks_over(coordinator)
    coordinator.presses("Soạn")
    is_told(coordinator, "Đã soạn từ các báo cáo đã nhận")
    text = text_of(coordinator, f"{coordinator.page.url}.docx")
    assert f"Đã phổ biến kế hoạch cho 12 đơn vị ({UNIT})." in text
    assert "0 lượt người" in text


def is_drafted(mine):
    mine.opens("/office/reports/new")
    mine.sees("Soạn báo cáo")
    mine.page.locator("input[name=cut][value=calendar]").check()
    looks_over(mine)
    mine.presses("Tạo bản nháp")
    is_told(mine, "Đã tạo bản nháp")
    mine.page.locator("#situation").fill("Tháng 3 có hai lớp.")
    mine.presses("Lưu nội dung")
    is_told(mine, "Đã lưu nội dung")
    expect(mine.button("Đúng, đã kiểm tra")).to_have_count(0)


def is_checked_and_frozen(mine, theirs):
    theirs.opens(mine.page.url)
    theirs.presses("Đúng, đã kiểm tra")
    is_told(theirs, "Báo cáo đã được kiểm tra")
    mine.page.reload()
    mine.presses("Chốt báo cáo")
    is_told(mine, "Đã chốt báo cáo")


def is_corrected(mine, *, because):
    mine.page.get_by_text("Đính chính bằng bản mới").click()
    mine.field("Lý do").fill(because)
    mine.presses("Bắt đầu đính chính")
    is_told(mine, "Bản này đính chính bản đã chốt")


def test_a_month_is_drafted_checked_frozen_and_corrected(window, at):
    at(APRIL)
    for name in ("An", "Bình"):
        a_closed_run(a_person(full_name=name))
    emails = [an_official().email for _each in range(2)]
    db.session.rollback()
    both = mine, theirs = window("writer", DESK), window("checker", DESK)
    sign_in(both, emails)
    is_drafted(mine)
    is_checked_and_frozen(mine, theirs)
    address = mine.page.url
    frozen = mine.page.request.get(f"{address}.json").body()
    assert "Tháng 3 có hai lớp." in text_of(mine, f"{address}.docx")

    at(LATER)
    sign_in(both, emails)
    mine.opens(address)
    is_corrected(mine, because="Thiếu một câu về kinh phí.")
    sees(mine, address, "Đã chốt")
    assert mine.page.request.get(f"{address}.json").body() == frozen
    assert (mine.complaints, theirs.complaints) == ([], [])
