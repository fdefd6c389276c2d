"""The search box suggests pages while one types, and can be used without seeing or pointing."""

import pytest

from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser


def box_of(who):
    return who.page.locator("#masthead-q")


def test_suggestions_are_chosen_with_the_keyboard(visitor):
    who = visitor("everybody", DESK)
    who.opens("/")
    box = box_of(who)
    box.press_sequentially("nang suat x", delay=20)
    who.page.locator("#masthead-q-suggestions [role=option]").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    who.inspects()
    box.press("ArrowDown")
    first = who.page.locator("#masthead-q-suggestions-0")
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "nang suat x"
    box.press("ArrowDown")
    who.page.locator("#masthead-q-suggestions [role=option]").first.wait_for()
    box.press("ArrowDown")
    address = first.get_attribute("data-url")
    box.press("Enter")
    who.page.wait_for_url(f"**{address}")
    assert who.complaints == []


def test_enter_searches_for_what_was_typed(visitor):
    who = visitor("everybody", DESK)
    who.opens("/")
    box = box_of(who)
    box.press_sequentially("kaizen", delay=20)
    who.page.locator("#masthead-q-suggestions [role=option]").first.wait_for()
    box.press("Enter")
    who.page.wait_for_url("**/search?q=kaizen")
    assert who.complaints == []


def test_suggestions_fit_a_phone(visitor):
    who = visitor("everybody", PHONE)
    who.opens("/search")
    box = who.page.locator("#search-q")
    box.press_sequentially("san xuat", delay=20)
    option = who.page.locator("#search-q-suggestions [role=option]").first
    option.wait_for()
    who.inspects()
    address = option.get_attribute("data-url")
    option.click()
    who.page.wait_for_url(f"**{address}")
    assert who.complaints == []
