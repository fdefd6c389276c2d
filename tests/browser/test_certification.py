"""From an application to a renewal two years later: a candidate, two assessors, a panel, three coordinators
and a visitor, all of them on phones, and all of them at desks.
"""

import re
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from club.accounts.models import RoleName
from club.certification.awards.operations.following import follow_days
from club.certification.schemes.models import (
    Deciding,
    Judge,
    Majority,
    Purpose,
    RequirementKind,
    Unit,
)
from club.certification.schemes.settings import EthicsTerms
from club.db import db
from tests.browser import steps
from tests.browser.test_certificates import in_another_thread
from tests.browser.visitor import DESK, PHONE
from tests.certification.awards.kit import morning
from tests.certification.candidacy.kit import PDF
from tests.certification.scheme_kit import a_requirement, a_scheme, a_version, published
from tests.support.factories import a_person, an_account

pytestmark = pytest.mark.browser

PASSWORD = "secret-2026"
NAME = "Nguyễn Thị Demo Thanh Tuyền"
REACHED = "Đã quyết định: đạt"
ASSESSORS = {"assessor": "Lê Demo Thẩm", "second": "Đỗ Demo Định"}
#: Three months before the end of the first two years.
DUE = morning(date(2027, 12, 1))
REPORT = "Báo cáo giảm lỗi may"
PROMISE = "Tôi cam kết làm việc trung thực và giữ kín thông tin của đơn vị."


@pytest.fixture
def level(at):
    """A project that assessors judge, and a statement to sign; a panel of two decides. Held for
    two years, and renewed for hours of training.
    """
    version = a_version(
        scheme=a_scheme(),
        deciding=Deciding.PANEL,
        panel_quorum=2,
        panel_majority=Majority.MORE_THAN_HALF,
        validity_months=24,
        grace_months=6,
    )
    a_requirement(
        version,
        "project",
        kind=RequirementKind.PROJECT,
        name="Dự án cải tiến có đo trước và sau",
        minimum=Decimal(1),
        unit=Unit.PROJECTS,
        judged_by=Judge.ASSESSOR,
        evidence_wanted="Báo cáo dự án, có số đo trước và sau",
    )
    a_requirement(
        version,
        "ethics",
        kind=RequirementKind.ETHICS,
        position=2,
        name="Cam kết đạo đức",
        minimum=Decimal(1),
        unit=Unit.DONE,
        terms=EthicsTerms(version="1", text=PROMISE),
    )
    a_requirement(
        version,
        "development",
        position=3,
        purpose=Purpose.RENEWAL,
        name="Học thêm về năng suất",
        minimum=Decimal(24),
        evidence_wanted="Giấy chứng nhận đã học",
    )
    return published(version).levels[0]


def applies(candidate):
    candidate.opens("/me/certification")
    candidate.sees("Chứng nhận chuyên gia của tôi")
    candidate.follows("Nộp đơn cho một cấp độ")
    candidate.sees("Nộp đơn cho một cấp độ")
    candidate.follows("Xem điều kiện và nộp đơn")
    candidate.sees("Chuyên gia")
    candidate.page.locator("#motivation").fill("Muốn giúp các xưởng nhỏ trong phường")
    candidate.presses("Nộp đơn cho cấp độ này")
    expect(candidate.page.locator("main .chip").first).to_have_text("Đã nộp đơn")


def is_admitted(coordinator):
    coordinator.opens("/office/certification")
    coordinator.sees("Chứng nhận chuyên gia")
    coordinator.follows("Ứng viên")
    coordinator.sees("Ứng viên chứng nhận chuyên gia")
    coordinator.follows(NAME)
    coordinator.sees("Chuyên gia")
    coordinator.page.get_by_label("Nhận làm ứng viên").check()
    coordinator.presses("Ghi quyết định")
    expect(coordinator.page.locator(".flashes")).to_be_visible()


def hands_in(candidate, requirement, title, *, day, amount=None):
    candidate.page.locator(f"main a[href$='/{requirement}/evidence']").click()
    candidate.page.locator("#title").wait_for()
    candidate.inspects()
    candidate.page.locator("#title").fill(title)
    candidate.page.locator("input[type=file]").set_input_files(
        {"name": "bao-cao.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    if amount:
        candidate.page.locator("#amount").fill(amount)
    candidate.page.locator("#day").fill(day)
    candidate.presses("Nộp minh chứng")
    expect(candidate.page.locator(".evidence").first).to_contain_text(title)


def hands_in_everything(candidate):
    candidate.page.reload()
    hands_in(candidate, "project", REPORT, day="2026-02-01")
    candidate.page.get_by_text("Nội dung cam kết").click()
    candidate.inspects()
    candidate.presses("Tôi ký cam kết này")
    expect(candidate.page.locator(".flashes")).to_be_visible()
    candidate.presses("Nộp hồ sơ để thẩm định")
    expect(candidate.page.locator("main .chip").first).to_have_text("Đang thẩm định")


def asks(coordinator, *assessors):
    coordinator.page.reload()
    coordinator.follows("Thẩm định")
    coordinator.sees(f"Thẩm định: {NAME}")
    for assessor in assessors:
        coordinator.page.locator("#ask-assessor").select_option(label=assessor)
        with coordinator.page.expect_navigation():
            coordinator.presses("Giao việc qua thư")
        expect(coordinator.page.locator(".flashes")).to_be_visible()
        coordinator.inspects()


def judges(assessor, note):
    assessor.opens("/assessment/")
    assessor.sees("Thẩm định ứng viên")
    assessor.follows(NAME)
    assessor.sees(NAME)
    assessor.page.get_by_label("Đạt", exact=True).check()
    assessor.page.get_by_label("Ghi chú").fill(note)
    assessor.presses("Hoàn thành: đã đánh giá hết")
    assessor.page.wait_for_url("**/assessment/")


def votes(member, candidacy):
    member.opens(f"{candidacy}/assessment")
    member.sees(f"Thẩm định: {NAME}")
    member.page.get_by_label("Có, đạt cấp độ").check()
    member.presses("Bỏ phiếu")
    expect(member.page.locator(".flashes")).to_be_visible()


def decides_and_recognises(coordinator):
    coordinator.page.reload()
    coordinator.page.get_by_label("Đạt cấp độ", exact=True).check()
    coordinator.presses("Ghi quyết định")
    expect(coordinator.page.locator("main .chip").first).to_have_text(REACHED)
    coordinator.inspects()
    coordinator.follows("Công nhận thay mặt câu lạc bộ")
    coordinator.sees(f"Công nhận thay mặt câu lạc bộ: {NAME}")
    coordinator.presses("Công nhận")
    expect(coordinator.page.locator("main .chip").first).to_have_text("Công nhận còn hiệu lực")


def agrees_to_be_shown(holder):
    holder.opens("/me/certification")
    holder.sees("Chứng nhận chuyên gia của tôi")
    holder.presses("Tôi đồng ý")
    expect(holder.page.locator(".flashes")).to_be_visible()
    holder.inspects()


def finds_in_the_register(visitor, *, until):
    visitor.opens("/experts/?q=thanh+tuyen")
    visitor.inspects()
    visitor.follows(NAME)
    page = visitor.sees(NAME)
    expect(page.get_by_text("Công nhận của câu lạc bộ").first).to_be_visible()
    expect(page.get_by_text(until).first).to_be_visible()


def accepts(coordinator, candidacy, title):
    coordinator.opens(candidacy)
    coordinator.inspects()
    coordinator.follows(title)
    coordinator.page.get_by_label("Chấp nhận: chứng minh được điều này").check()
    coordinator.inspects()
    coordinator.presses("Lưu kết quả xem xét")
    expect(coordinator.page.locator(".flashes")).to_be_visible()


def renews(coordinator, candidacy):
    coordinator.opens(f"{candidacy}/standing")
    coordinator.sees(f"Tình trạng công nhận: {NAME}")
    coordinator.presses("Xác nhận gia hạn")
    expect(coordinator.page.locator(".flashes")).to_be_visible()
    coordinator.inspects()


def stands_as(who, candidacy, chip):
    who.opens(candidacy)
    expect(who.page.locator("main .chip").first).to_have_text(chip)
    who.inspects()


def path_of(who):
    """Of the candidacy that somebody looks at."""
    return re.search(r"/candidacies/[0-9a-f-]{36}", who.page.url)[0]


def is_recognised(everybody):
    """Returns the address of the candidacy."""
    candidate, office = everybody["candidate"], everybody["office"]
    applies(candidate)
    candidacy = path_of(candidate)
    is_admitted(office)
    hands_in_everything(candidate)
    asks(office, *ASSESSORS.values())
    judges(everybody["assessor"], "Số đo rõ ràng, có ảnh trước và sau")
    judges(everybody["second"], "Đã đến xem tại xưởng")
    for member in (everybody["other"], office):
        votes(member, candidacy)
    decides_and_recognises(office)
    stands_as(candidate, candidacy, "Công nhận còn hiệu lực")
    expect(candidate.page.locator("main")).to_contain_text("Số đo rõ ràng")
    agrees_to_be_shown(candidate)
    finds_in_the_register(everybody["visitor"], until="03/03/2028")
    return candidacy


def is_renewed(everybody, candidacy):
    holder, title = everybody["candidate"], "Lớp cải tiến nâng cao"
    stands_as(holder, candidacy, "Đến kỳ gia hạn")
    hands_in(holder, "development", title, day="2027-05-01", amount="24")
    accepts(everybody["third"], candidacy, title)
    renews(everybody["other"], candidacy)
    stands_as(holder, candidacy, "Đã gia hạn")
    finds_in_the_register(everybody["visitor"], until="03/03/2030")


def sign_in(everybody, emails):
    """Also anew, once their sessions have ended."""
    for name, email in emails.items():
        everybody[name].context.clear_cookies()
        steps.signs_in(everybody[name], email, PASSWORD)


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_from_an_application_to_a_renewal(app, at, window, level, screen):
    accounts = {"candidate": an_account(person=a_person(full_name=NAME))}
    for name in ("office", "other", "third"):
        accounts[name] = an_account(RoleName.COORDINATOR)
    for name, full_name in ASSESSORS.items():
        accounts[name] = an_account(RoleName.ASSESSOR, person=a_person(full_name=full_name))
    emails = {name: account.email for name, account in accounts.items()}
    db.session.rollback()
    everybody = {name: window(name, screen) for name in [*emails, "visitor"]}
    sign_in(everybody, emails)
    candidacy = is_recognised(everybody)
    at(DUE)
    in_another_thread(app, lambda: follow_days(now=DUE))
    sign_in(everybody, emails)
    is_renewed(everybody, candidacy)
    assert [said for who in everybody.values() for said in who.complaints] == []
