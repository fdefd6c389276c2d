"""The site without a mouse: everything within reach, and one always sees where one is."""

import pytest
from playwright.sync_api import Locator, expect

from club.demo.accounts import PASSWORD
from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser

#: What the browser shows of the focused element: is it on the screen, uncovered, with a ring?
FOCUS = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const look = getComputedStyle(element);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const there = document.elementFromPoint(x, y);
  return {
    element: element.outerHTML.slice(0, 120),
    ring: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2,
    uncovered: Boolean(there) && (element.contains(there) || there.contains(element)),
  };
}"""


def tabs_to(who, target: Locator, *, at_most=90):
    """Press Tab until ``target`` has the focus; every stop on the way must be seen."""
    for _press in range(at_most):
        who.page.keyboard.press("Tab")
        stop = seen_stop(who)
        assert stop["ring"], f"no ring round {stop['element']}"
        assert stop["uncovered"], f"hidden while focused: {stop['element']}"
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{target} is not within {at_most} presses of Tab")


def seen_stop(who):
    """Where the focus is; long pages glide there."""
    for _moment in range(20):
        stop = who.page.evaluate(FOCUS)
        if stop["uncovered"]:
            break
        who.page.wait_for_timeout(50)
    return stop


def enters(who, text):
    who.page.keyboard.type(text)


def open_run(who):
    """The code of a run in which everybody may take a place now."""
    runs = who.context.request.get("/api/runs?open=1").json()["items"]
    return next(run["code"] for run in runs if run["places_free"] > 1)


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_the_skip_link_is_the_first_stop_and_leads_past_the_menus(visitor, screen):
    who = visitor(screen=screen)
    who.opens("/courses/")
    tabs_to(who, who.page.get_by_role("link", name="Bỏ qua, đến nội dung chính"), at_most=1)
    who.page.keyboard.press("Enter")
    expect(who.page.locator("main")).to_be_focused()
    who.page.keyboard.press("Tab")
    assert who.page.evaluate("document.activeElement.closest('main') !== null")


def test_somebody_signs_in_and_takes_a_place_with_the_keyboard_alone(visitor):
    who = visitor("assessor")
    who.provokes = {422}
    code = open_run(who)
    who.opens(f"/runs/{code}")
    tabs_to(who, who.link("Đăng nhập để đăng ký"))
    who.page.keyboard.press("Enter")
    who.sees("Đăng nhập")

    tabs_to(who, who.field("Thư điện tử"))
    enters(who, "thamdinh@club.example")
    tabs_to(who, who.field("Mật khẩu"))
    enters(who, "không phải mật khẩu này")
    who.page.keyboard.press("Enter")
    expect(who.page.locator("[data-error-summary]")).to_be_focused()
    assert who.page.title().startswith("Lỗi: ")
    expect(who.field("Thư điện tử")).to_have_value("thamdinh@club.example")

    tabs_to(who, who.field("Mật khẩu"))
    enters(who, PASSWORD)
    who.page.keyboard.press("Enter")
    who.page.wait_for_url(f"**/runs/{code}")
    tabs_to(who, who.button("Đăng ký giữ chỗ"))
    who.page.keyboard.press("Enter")
    expect(who.page.locator(".run-register")).to_contain_text("Đã có chỗ")
    who.inspects()
    assert who.complaints == []


def test_the_summary_of_a_refused_form_leads_to_the_field(visitor):
    who = visitor()
    who.provokes = {422}
    who.opens("/register")
    who.field("Họ và tên").fill("Nguyễn Thị Bàn Phím")
    who.field("Thư điện tử").fill("không có a còng")
    who.field("Mật khẩu").fill("ngắn")
    who.field("Họ và tên").press("Enter")
    summary = who.page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    who.inspects()
    tabs_to(who, summary.get_by_role("link").first, at_most=1)
    who.page.keyboard.press("Enter")
    email = who.field("Thư điện tử")
    expect(email).to_be_focused()
    expect(email).to_have_value("không có a còng")
    expect(who.field("Họ và tên")).to_have_value("Nguyễn Thị Bàn Phím")
    assert email.get_attribute("aria-describedby").endswith("email-error")
    assert who.complaints == []


def test_escape_closes_the_menu_and_gives_the_focus_back(visitor):
    who = visitor(screen=PHONE)
    who.opens("/")
    toggle = who.page.locator(".masthead-toggle")
    tabs_to(who, toggle)
    who.page.keyboard.press("Enter")
    drawer = who.page.locator("#site-menu")
    expect(drawer).to_be_focused()
    who.page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(toggle).to_be_focused()
