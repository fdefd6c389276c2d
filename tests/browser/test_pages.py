"""Pages that lie beside the journey: nothing is wrong with them at any width."""

import pytest

from tests.browser import steps
from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser

PAGES = {
    "everybody": (
        "/courses/", "/calendar", "/knowledge/", "/knowledge/cases/", "/knowledge/tools/",
        "/plan/", "/statistics/trainees", "/experts/", "/verify", "/units/", "/reset",
    ),
    "doanhnghiep": (
        "/me/", "/me/registrations", "/me/certification", "/me/profile", "/me/account",
        "/me/privacy", "/membership/application/organisation",
    ),
    "dieuphoi": (
        "/office/courses/5S", "/office/members?tab=organisations", "/office/letters",
        "/office/certification", "/office/plan", "/office/pilots", "/teaching/",
    ),
}  # fmt: skip


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("account", PAGES)
def test_nothing_is_wrong_with_the_pages_beside_the_journey(visitor, account, screen):
    who = visitor(account, screen)
    if account != "everybody":
        steps.signs_in(who, f"{account}@club.example")
    for address in PAGES[account]:
        assert who.page.goto(address).status == 200, address
        who.inspects()
    assert who.complaints == []


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_is_wrong_with_dark_pages(visitor, screen):
    who = visitor(screen=screen)
    who.page.emulate_media(color_scheme="dark")
    for address in ("/", "/courses/", "/knowledge/cases/", "/statistics/trainees", "/plan/"):
        who.opens(address)
        assert who.page.locator("html").get_attribute("data-bs-theme") == "dark"
        who.inspects()
    assert who.complaints == []
