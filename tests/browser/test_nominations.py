"""An enterprise sends its people to a class, and a member on the waiting list gets a place."""

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.mailbox import awaited_letter, link_in
from tests.browser.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser

COURSE = "Năng suất xanh"
SHEET = "Họ và tên\tEmail\tSĐT\nLò Thị Mận\t{man}\t\nTôn Văn Quý\t{quy}\t0901\n"


def _addresses(name: str) -> dict[str, str]:
    return {one: f"{one}.{name}@example.net" for one in ("man", "quy")}


def _nominates(firm: Visitor, code: str, sheet: str) -> None:
    """From the page of the class to what became of the list; the sheet is right."""
    firm.opens(f"/runs/{code}")
    firm.inspects()
    firm.page.locator(".run-register a[href*='/nominate/']").click()
    firm.sees("Cử người đi học")
    firm.page.locator("#people").fill(sheet)
    firm.presses("Xem ai sẽ được cử")
    _confirms(firm)


def _confirms(firm: Visitor) -> None:
    firm.sees("Xem lại danh sách")
    firm.page.locator("#agreed").check()
    firm.presses("Cử 2 người")
    firm.sees("Kết quả cử người đi học")


def test_an_enterprise_nominates_and_sends_somebody_else(visitor, demo_site, class_of_two):
    letters, to = demo_site.var / "mail", _addresses("thay")
    firm, nominee = visitor("firm", DESK), visitor("nominee", PHONE)
    firm.provokes = {422}
    steps.signs_in(firm, "doanhnghiep@club.example")

    _mends_a_mistake(firm, class_of_two, SHEET.format(**to))
    _confirms(firm)
    expect(firm.page.locator("main")).to_contain_text("2 người có chỗ")
    nominee.opens(link_in(awaited_letter(letters, to["man"], about="anh chị đã có chỗ")))
    nominee.sees(COURSE)
    expect(nominee.page.locator("main .chip").first).to_have_text("Đã có chỗ")

    _sends(firm, class_of_two, "Kim Thị Sen, sen.thay@example.net", instead_of="Lò Thị Mận")
    people = firm.page
    expect(people.get_by_role("row", name="Kim Thị Sen")).to_contain_text("Đã có chỗ")
    expect(people.get_by_role("row", name="Lò Thị Mận")).to_contain_text("Đã có người khác đi thay")
    awaited_letter(letters, "sen.thay@example.net", about="anh chị đã có chỗ")
    assert [said for window in (firm, nominee) for said in window.complaints] == []


def _mends_a_mistake(firm: Visitor, code: str, sheet: str) -> None:
    """Up to the list as it would be confirmed."""
    firm.opens(f"/runs/{code}")
    firm.page.locator(".run-register a[href*='/nominate/']").click()
    firm.sees("Cử người đi học")
    others = firm.page.locator("#people")
    others.fill(sheet)
    firm.presses("Xem ai sẽ được cử")
    firm.page.locator(".error-summary").wait_for()
    firm.sees("Cử người đi học")
    expect(firm.page.locator(".error-summary")).to_contain_text("Dòng 3 (Tôn Văn Quý")
    others.fill(sheet.replace("0901", "0901 234 567"))
    firm.presses("Xem ai sẽ được cử")
    expect(firm.page.locator("main .notice")).to_contain_text("mọi người đều có chỗ")


def _sends(firm: Visitor, code: str, line: str, *, instead_of: str) -> None:
    """From what became of the list, by the organisation's own page."""
    firm.page.goto(firm.page.url.split("nominations/")[0])
    firm.inspects()
    firm.page.locator(f"main a[href$='/classes/{code}']").click()
    firm.sees("Người của đơn vị trong lớp này")
    row = firm.page.get_by_role("row", name=instead_of)
    row.get_by_role("link", name="Cử người khác đi thay").click()
    firm.sees("Cử người khác đi thay")
    firm.page.locator("#person").fill(line)
    firm.page.locator("#agreed").check()
    firm.presses("Cử người này")
    firm.page.wait_for_url("**/classes/*")
    firm.sees("Người của đơn vị trong lớp này")


def test_a_member_on_the_waiting_list_accepts_an_offer(visitor, demo_site, class_of_two):
    letters, to = demo_site.var / "mail", _addresses("cho")
    firm, nominee = visitor("firm", DESK), visitor("nominee", PHONE)
    member = visitor("member", PHONE)
    steps.signs_in(firm, "doanhnghiep@club.example")
    _nominates(firm, class_of_two, SHEET.format(**to).replace("0901", ""))

    steps.signs_in(member, "hoivien@club.example")
    member.opens(f"/runs/{class_of_two}")
    member.inspects()
    member.presses("Vào danh sách chờ")
    register = member.page.locator(".run-register")
    expect(register).to_contain_text("Chờ chỗ, đứng thứ 1")

    nominee.opens(link_in(awaited_letter(letters, to["quy"], about="anh chị đã có chỗ")))
    nominee.sees(COURSE)
    nominee.presses("Rút tên")
    expect(nominee.page.locator(".flashes")).to_contain_text("Đã rút tên anh chị")
    nominee.inspects()

    member.opens("/me/notices")
    member.page.locator("main a", has_text="Giữ chỗ cho anh chị").first.click()
    member.inspects()
    member.opens(f"/runs/{class_of_two}")
    member.presses("Nhận chỗ")
    expect(member.page.locator("main .chip").first).to_have_text("Đã có chỗ")
    member.inspects()
    everybody = (firm, nominee, member)
    assert [said for window in everybody for said in window.complaints] == []
