"""A passkey in a real browser, with an authenticator that the browser plays itself."""

import pytest
from playwright.sync_api import expect

from tests.browser import steps

pytestmark = pytest.mark.browser

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def owner(visitor, demo_site):
    """At ``localhost``: browsers know no passkeys for numbers."""
    who = visitor("owner", address=f"http://localhost:{demo_site.port}")
    devtools = who.context.new_cdp_session(who.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return who


def test_a_passkey_signs_in_without_a_password(owner):
    steps.signs_in(owner, "doanhnghiep@club.example")
    owner.opens("/me/account")
    owner.sees("Tài khoản của tôi")
    owner.follows("Quản lý khóa truy cập")
    owner.sees("Khóa truy cập")
    owner.field("Tên khóa truy cập mới").fill("Điện thoại công ty")
    owner.presses("Thêm khóa truy cập")
    owner.page.wait_for_url("**/me/account")
    expect(owner.page.locator("main")).to_contain_text("Điện thoại công ty")

    steps.signs_out(owner)
    owner.opens("/me/account")
    owner.sees("Đăng nhập")
    owner.presses("Đăng nhập bằng khóa truy cập")
    owner.page.wait_for_url("**/me/account")
    owner.sees("Tài khoản của tôi")
    expect(owner.page.locator("main")).to_contain_text("doanhnghiep@club.example")
    assert owner.complaints == []
