"""Into a class by approval in two steps, and by invitation: everybody at a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.mailbox import awaited_letter, link_in
from tests.browser.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser

COURSE = "Năng suất xanh"
IN_TWO_STEPS = (
    "Xét duyệt hai bước: người đại diện đơn vị đồng ý trước, sau đó điều phối viên quyết định"
)
BY_INVITATION = "Chỉ theo lời mời"
MEMBER, GUEST = "Nguyễn Thị Demo", "khach.moi@example.net"
PASSWORD = "ba con mèo đi học"


@pytest.fixture
def office(visitor):
    coordinator = visitor("office", PHONE)
    steps.signs_in(coordinator, "dieuphoi@club.example")
    return coordinator


def test_a_member_asks_the_firm_agrees_and_the_coordinator_grants(
    visitor, demo_site, office, class_of_two
):
    letters = demo_site.var / "mail"
    member, firm = visitor("member", PHONE), visitor("firm", PHONE)
    steps.sets_way_in(office, class_of_two, way_in=IN_TWO_STEPS)

    _asks(member, class_of_two)
    _agrees(firm, letters, class_of_two)
    _grants(office, class_of_two)

    member.opens(link_in(awaited_letter(letters, "hoivien@", about=f"Anh chị đã có chỗ: {COURSE}")))
    expect(member.page.locator("main .chip").first).to_have_text("Đã có chỗ")
    expect(member.page.locator("main")).to_contain_text("Đơn vị đã đồng ý")
    member.inspects()
    assert [said for window in (member, firm, office) for said in window.complaints] == []


def _asks(member: Visitor, code: str) -> None:
    """A stranger reads who decides; signed in, the form asks for a place."""
    panel = member.page.locator(".run-register")
    member.opens(f"/runs/{code}")
    expect(panel).to_contain_text("người đại diện đơn vị của anh chị đồng ý trước")
    member.inspects()
    steps.signs_in(member, "hoivien@club.example")
    member.opens(f"/runs/{code}")
    member.presses("Gửi đề nghị")
    expect(panel).to_contain_text("Đã gửi đề nghị")
    member.inspects()


def _agrees(firm: Visitor, letters: Path, code: str) -> None:
    """By the link in the letter."""
    steps.signs_in(firm, "doanhnghiep@club.example")
    firm.opens(link_in(awaited_letter(letters, "doanhnghiep@", about=MEMBER)))
    firm.sees("Đề nghị của người trong đơn vị")
    theirs = firm.page.locator("section.member-block", has=firm.page.locator(f"a[href$='{code}']"))
    theirs.get_by_role("button", name="Đồng ý", exact=False).first.click()
    expect(firm.page.locator(".flashes")).to_contain_text(MEMBER)
    firm.inspects()


def _grants(office: Visitor, code: str) -> None:
    office.opens(f"/office/runs/{code}/requests")
    office.sees("Các đề nghị một chỗ")
    office.field(f"Đánh dấu {MEMBER}").check()
    office.presses("Chấp thuận những người được đánh dấu")
    expect(office.page.locator(".flashes")).to_contain_text("1 người có chỗ")
    office.inspects()


def test_who_is_invited_comes_by_the_link_in_the_letter(visitor, demo_site, office, class_of_two):
    letters, guest = demo_site.var / "mail", visitor("guest", PHONE)
    steps.sets_way_in(office, class_of_two, way_in=BY_INVITATION)
    _invites(office, class_of_two)

    _comes(guest, letters, link_in(awaited_letter(letters, GUEST, about="Câu lạc bộ mời")))

    office.opens(f"/office/runs/{class_of_two}/invitations")
    expect(office.page.get_by_role("row", name=GUEST)).to_contain_text("Đã có chỗ")
    office.inspects()
    assert [said for window in (guest, office) for said in window.complaints] == []


def _invites(office: Visitor, code: str) -> None:
    office.opens(f"/office/runs/{code}/invitations")
    office.sees("Lời mời")
    office.page.locator("#addresses").fill(f"Khách Mới <{GUEST}>")
    office.presses("Xem ai sẽ được mời")
    expect(office.button("Gửi lời mời")).to_be_visible()
    office.inspects()
    office.presses("Gửi lời mời")
    expect(office.page.locator(".flashes")).to_be_visible()
    office.inspects()


def _comes(guest: Visitor, letters: Path, invitation: str) -> None:
    """Without an account at first: the page says that the address lets in."""
    panel = guest.page.locator(".run-register")
    guest.opens(invitation)
    expect(panel).to_contain_text("người được câu lạc bộ mời")
    guest.inspects()
    steps.signs_up(guest, name="Khách Mới", email=GUEST, password=PASSWORD)
    steps.confirms(guest, letters, email=GUEST, password=PASSWORD)
    guest.opens(invitation)
    guest.page.locator("#phone").fill("0901 234 568")
    guest.presses("Đăng ký giữ chỗ")
    expect(panel).to_contain_text("Đã có chỗ")
    guest.inspects()
