"""From an application to a decision: a candidate on a phone, an assessor, a panel, a coordinator."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from club.accounts.models import RoleName
from club.certification.assessment.models import Choice
from club.certification.assessment.operations.deciding import vote
from club.certification.candidacy.queries import candidacies_of
from club.certification.schemes.models import Deciding, Judge, Majority, RequirementKind, Unit
from club.certification.schemes.settings import EthicsTerms
from club.db import db
from tests.browser import steps
from tests.browser.visitor import DESK, PHONE
from tests.certification.candidacy.kit import PDF
from tests.certification.scheme_kit import a_requirement, a_scheme, a_version, published
from tests.support.factories import NOW, a_person, an_account

pytestmark = pytest.mark.browser

PASSWORD = "secret-2026"
NAME = "Nguyễn Thị Demo Thanh Tuyền"
REACHED = "Đã quyết định: đạt"
REPORT = "Báo cáo giảm lỗi may"
PROMISE = "Tôi cam kết làm việc trung thực và giữ kín thông tin của đơn vị."


@pytest.fixture
def level(at):
    """A project that an assessor judges, and a statement to sign; a panel of two decides."""
    version = a_version(
        scheme=a_scheme(),
        deciding=Deciding.PANEL,
        panel_quorum=2,
        panel_majority=Majority.MORE_THAN_HALF,
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
    coordinator.opens("/office/certification/candidates")
    coordinator.inspects()
    coordinator.follows(NAME)
    coordinator.sees("Chuyên gia")
    coordinator.page.get_by_label("Nhận làm ứng viên").check()
    coordinator.presses("Ghi quyết định")
    expect(coordinator.page.locator(".flashes")).to_be_visible()


def hands_in_everything(candidate):
    candidate.page.reload()
    candidate.page.locator("main a[href$='/project/evidence']").click()
    candidate.page.locator("#title").wait_for()
    candidate.inspects()
    candidate.page.locator("#title").fill(REPORT)
    candidate.page.locator("input[type=file]").set_input_files(
        {"name": "bao-cao.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    candidate.page.locator("#day").fill("2026-02-01")
    candidate.presses("Gửi")
    expect(candidate.page.locator(".evidence").first).to_contain_text(REPORT)
    candidate.page.get_by_text("Nội dung cam kết").click()
    candidate.inspects()
    candidate.presses("Tôi ký cam kết này")
    expect(candidate.page.locator(".flashes")).to_be_visible()
    candidate.presses("Nộp hồ sơ để thẩm định")
    expect(candidate.page.locator("main .chip").first).to_have_text("Đang thẩm định")


def asks(coordinator, assessor):
    coordinator.page.reload()
    coordinator.follows("Thẩm định")
    coordinator.sees(f"Thẩm định: {NAME}")
    coordinator.page.locator("#ask-assessor").select_option(label=assessor)
    coordinator.presses("Giao việc qua thư")
    expect(coordinator.page.locator(".flashes")).to_be_visible()


def judges(assessor):
    assessor.opens("/assessment/")
    assessor.sees("Thẩm định ứng viên")
    assessor.follows(NAME)
    assessor.sees(NAME)
    assessor.page.get_by_label("Đạt", exact=True).check()
    assessor.page.get_by_label("Ghi chú").fill("Số đo rõ ràng, có ảnh trước và sau")
    assessor.presses("Hoàn thành: đã đánh giá hết")
    assessor.page.wait_for_url("**/assessment/")


def votes_and_decides(coordinator):
    coordinator.page.reload()
    coordinator.inspects()
    coordinator.page.get_by_label("Có, đạt cấp độ").check()
    coordinator.presses("Bỏ phiếu")
    expect(coordinator.page.locator(".flashes")).to_be_visible()
    coordinator.page.get_by_label("Đạt cấp độ", exact=True).check()
    coordinator.presses("Ghi quyết định")
    expect(coordinator.page.locator("main .chip").first).to_have_text(REACHED)


def test_from_an_application_to_a_decision(window, level):
    person = an_account(person=a_person(full_name=NAME))
    coordinator, other = (an_account(RoleName.COORDINATOR) for _ in range(2))
    assessor = an_account(RoleName.ASSESSOR, person=a_person(full_name="Lê Demo Thẩm"))
    on_the_way = window("candidate", PHONE)
    office, judge = window("coordinator", DESK), window("assessor", DESK)
    for who, account in ((on_the_way, person), (office, coordinator), (judge, assessor)):
        steps.signs_in(who, account.email, PASSWORD)
    applies(on_the_way)
    is_admitted(office)
    hands_in_everything(on_the_way)
    asks(office, "Lê Demo Thẩm")
    judges(judge)
    db.session.rollback()
    [candidate] = candidacies_of(person.person_id)
    vote(candidate.id, Choice.YES, remark=None, by=other.id, now=NOW)
    votes_and_decides(office)
    on_the_way.page.reload()
    expect(on_the_way.page.locator("main .chip").first).to_have_text(REACHED)
    expect(on_the_way.page.locator("main")).to_contain_text("Số đo rõ ràng")
    on_the_way.inspects()
    assert [said for who in (on_the_way, office, judge) for said in who.complaints] == []
