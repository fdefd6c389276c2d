"""What was typed comes back, whatever happened to the session meanwhile."""

import pytest
from playwright.sync_api import expect

from club.demo.accounts import PASSWORD
from tests.browser import steps

pytestmark = pytest.mark.browser

PLACE = "Phòng họp 2, nhà văn hóa lao động"
NOTE = "Mang theo một cái thước.\nCổng sau, gửi xe bên phải."


@pytest.fixture
def half_way(visitor):
    """A coordinator in the middle of the long form of a new class."""
    who = visitor("coordinator")
    who.provokes = {400, 401}
    steps.signs_in(who, "dieuphoi@club.example")
    who.opens("/office/runs/new?course=5S")
    who.page.locator("#place").fill(PLACE)
    who.page.locator("#seats").fill("17")
    who.page.locator("#form").select_option("blended")
    who.page.locator("#note").fill(NOTE)
    return who


def has_everything(who):
    who.page.wait_for_url("**/office/runs/new?course=5S&kept=*")
    expect(who.page.locator("#place")).to_have_value(PLACE)
    expect(who.page.locator("#seats")).to_have_value("17")
    expect(who.page.locator("#form")).to_have_value("blended")
    expect(who.page.locator("#note")).to_have_value(NOTE)
    who.inspects()


def test_a_session_that_ended_in_the_middle_of_a_form_costs_nothing(half_way):
    who = half_way
    who.context.clear_cookies(name="session")
    who.presses("Tạo bản nháp")
    who.inspects()
    who.page.locator(".error-page .btn-primary").click()
    who.sees("Đăng nhập")
    who.field("Thư điện tử").fill("dieuphoi@club.example")
    who.field("Mật khẩu").fill(PASSWORD)
    who.presses("Đăng nhập")
    has_everything(who)
    who.presses("Tạo bản nháp")
    who.page.wait_for_url("**/office/runs/5S-*")
    expect(who.page.locator("main")).to_contain_text(PLACE)
    assert who.complaints == []


def test_a_stale_token_costs_nothing(half_way):
    who = half_way
    who.page.locator("main form").evaluate("form => { form.elements.csrf_token.value = 'stale'; }")
    who.presses("Tạo bản nháp")
    who.sees("Biểu mẫu đã mở quá lâu")
    who.page.locator(".error-page .btn-primary").click()
    has_everything(who)
    who.presses("Tạo bản nháp")
    who.page.wait_for_url("**/office/runs/5S-*")
    assert who.complaints == []


def test_a_password_never_waits_with_the_rest(visitor):
    who = visitor()
    who.provokes = {400}
    who.opens("/register")
    who.field("Họ và tên").fill("Nguyễn Thị Giữ")
    who.field("Mật khẩu").fill("con mèo trèo cây cau")
    who.context.clear_cookies(name="session")
    who.presses("Tạo tài khoản")
    who.page.locator(".error-page .btn-primary").click()
    who.sees("Tạo tài khoản")
    expect(who.field("Họ và tên")).to_have_value("Nguyễn Thị Giữ")
    expect(who.field("Mật khẩu")).to_have_value("")
