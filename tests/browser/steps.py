"""What people do on the site, in its Vietnamese words; every page passed is inspected."""

from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from club.demo.accounts import PASSWORD
from tests.browser.mailbox import awaited_letter, link_in
from tests.browser.visitor import Visitor


def signs_in(who: Visitor, email: str, password: str = PASSWORD) -> None:
    who.opens("/login")
    who.sees("Đăng nhập")
    who.field("Thư điện tử").fill(email)
    who.field("Mật khẩu").fill(password)
    who.presses("Đăng nhập")
    who.page.wait_for_url(lambda url: "/login" not in url)


def signs_out(who: Visitor) -> None:
    if who.is_on_phone:
        opens_menu(who)
        who.page.locator("#site-menu").get_by_role("button", name="Đăng xuất").click()
    else:
        menu = who.page.locator("details.account-menu")
        menu.locator("summary").click()
        menu.get_by_role("button", name="Đăng xuất").click()
    who.page.wait_for_url("**/")


def opens_menu(who: Visitor) -> None:
    who.page.get_by_role("button", name="Menu").or_(
        who.page.get_by_role("link", name="Menu")
    ).first.click()
    expect(who.page.locator("#site-menu")).to_be_visible()


# Joining


def signs_up(who: Visitor, *, name: str, email: str, password: str) -> None:
    """From the first page, by the ways that a newcomer finds."""
    who.opens("/")
    who.inspects()
    if who.is_on_phone:
        opens_menu(who)
        who.page.wait_for_timeout(400)  # the drawer slides in
        who.inspects()
        who.page.locator("#site-menu").get_by_role("link", name="Tạo tài khoản").click()
    else:
        who.page.get_by_role("banner").get_by_role("link", name="Đăng nhập").click()
        who.sees("Đăng nhập")
        who.follows("Tạo tài khoản")
    who.sees("Tạo tài khoản")
    who.field("Họ và tên").fill(name)
    who.field("Thư điện tử").fill(email)
    who.field("Mật khẩu").fill(password)
    who.page.locator("#personal_data").check()
    who.presses("Tạo tài khoản")
    who.sees("Mở hộp thư của anh chị")


def confirms(who: Visitor, letters: Path, *, email: str, password: str) -> None:
    who.opens(link_in(awaited_letter(letters, email, about="Xác nhận")))
    who.sees("Còn một bước nữa")
    who.field("Mật khẩu").fill(password)
    who.presses("Xác nhận và đăng nhập")
    who.page.wait_for_url("**/me/")
    who.inspects()


def applies_for_membership(who: Visitor, *, words: str) -> None:
    who.follows("Hội viên là gì")
    who.sees("Gia nhập câu lạc bộ")
    who.follows("Gửi đơn cá nhân")
    who.sees("Gửi đơn cá nhân")
    who.field("Anh chị muốn làm gì trong câu lạc bộ (không bắt buộc)").fill(words)
    who.presses("Gửi đơn")
    who.page.wait_for_url("**/me/")
    who.inspects()


def accepts_application(coordinator: Visitor, *, name: str) -> None:
    coordinator.opens("/office/members")
    coordinator.sees("Hội viên")
    coordinator.follows(name)
    coordinator.sees(name)
    coordinator.field("Lý do").fill("Chị làm việc tại phường Thuận An và muốn chia sẻ cách làm.")
    coordinator.presses("Nhận vào câu lạc bộ")
    coordinator.page.wait_for_url("**/office/members**")
    coordinator.inspects()


# A class


def opens_class(coordinator: Visitor, *, course: str, place: str, trainer: str, day: date) -> str:
    """A published class of two places with one session on the morning of ``day``; its code."""
    coordinator.opens("/office/courses")
    coordinator.sees("Khóa và lớp")
    coordinator.follows("Mở lớp")
    coordinator.sees("Mở lớp")
    coordinator.field("Mở lớp của khóa nào?").select_option(course)
    coordinator.presses("Tiếp tục")
    coordinator.sees("Mở lớp")
    coordinator.page.locator("#place").fill(place)
    coordinator.field("Số chỗ").fill("2")
    coordinator.presses("Tạo bản nháp")
    coordinator.page.wait_for_url(f"**/office/runs/{course}-*")
    coordinator.inspects()
    code = coordinator.page.url.rsplit("/", 1)[1]
    _adds_session(coordinator, day)
    coordinator.page.locator("#person").select_option(label=trainer)
    coordinator.presses("Thêm giảng viên")
    expect(coordinator.page.locator(".flashes")).to_be_visible()
    coordinator.presses("Công bố lớp")
    expect(coordinator.page.locator(".flashes")).to_contain_text("công bố")
    coordinator.inspects()
    return code


def _adds_session(coordinator: Visitor, day: date) -> None:
    coordinator.page.locator("#day").fill(day.isoformat())
    coordinator.page.locator("#begins").fill("08:00")
    coordinator.page.locator("#ends").fill("11:30")
    coordinator.presses("Thêm vào lịch học")
    expect(coordinator.page.locator(".flashes")).to_be_visible()


def moves_session(coordinator: Visitor, code: str, *, to: date) -> None:
    coordinator.opens(f"/office/runs/{code}")
    coordinator.page.locator("#sessions tbody a").click()
    coordinator.page.wait_for_url("**/sessions/*")
    coordinator.inspects()
    coordinator.page.locator("#day").fill(to.isoformat())
    coordinator.presses("Lưu buổi học")
    coordinator.page.wait_for_url(f"**/office/runs/{code}**")
    coordinator.inspects()


def sets_way_in(coordinator: Visitor, code: str, *, way_in: str) -> None:
    """``way_in``: its words on the page of the terms."""
    coordinator.opens(f"/office/runs/{code}/terms")
    coordinator.sees("Cách vào lớp, nhóm, giữ chỗ và hạn rút tên")
    coordinator.field(way_in).check()
    coordinator.presses("Lưu thể lệ")
    expect(coordinator.page.locator(".flashes")).to_be_visible()


def finds_course(who: Visitor, *, typed: str, course: str) -> None:
    """By the search box of every page, without accents."""
    if who.is_on_phone:
        opens_menu(who)
        box = who.page.locator("#drawer-q")
    else:
        box = who.page.locator("#masthead-q")
    box.fill(typed)
    box.press("Enter")
    who.page.wait_for_url("**/search?q=*")
    who.sees("Tìm kiếm")
    who.follows(course)
    who.sees(course)


def takes_place(who: Visitor, code: str) -> None:
    """From the page of the course."""
    who.page.locator(f'main a[href="/runs/{code}"]').click()
    who.page.wait_for_url(f"**/runs/{code}")
    who.inspects()
    phone = who.page.locator("#phone")
    if phone.count():
        phone.fill("0901 234 567")
    who.presses("Đăng ký giữ chỗ")
    expect(who.page.locator(".run-register")).to_contain_text("Đã có chỗ")
    who.inspects()


def makes_calendar_address(who: Visitor) -> str:
    who.opens("/me/calendar")
    who.sees("Lịch của tôi")
    who.field("Tên thiết bị hoặc chương trình lịch").fill("Điện thoại của tôi")
    who.presses("Tạo địa chỉ lịch")
    address = who.field("Địa chỉ bí mật")
    expect(address).to_be_visible()
    who.inspects()
    return address.input_value()


# Afterwards


def marks_everybody_present(trainer: Visitor, code: str, *, name: str) -> None:
    trainer.opens("/teaching/")
    trainer.sees("Giảng dạy")
    trainer.page.locator(f'main a[href^="/teaching/runs/{code}/attendance"]').first.click()
    trainer.page.wait_for_url(f"**/runs/{code}/attendance**")
    trainer.inspects()
    row = trainer.page.locator(".roll-row", has_text=name)
    present = row.get_by_role("button", name="Có mặt")
    present.click()
    expect(trainer.page.locator("[data-roll-saved]")).to_contain_text("Đã lưu lúc")
    expect(present).to_have_attribute("aria-pressed", "true")
    trainer.inspects()


def closes_class(trainer: Visitor, code: str) -> None:
    """From the attendance list, whose last session is over."""
    trainer.page.get_by_role("link", name="Chốt lớp").click()
    trainer.sees("Chốt lớp")
    trainer.presses("Chốt lớp")
    trainer.page.wait_for_url(f"**/office/runs/{code}/records")
    trainer.inspects()
