"""The administrator's row of desks, the longest there is, at any width."""

import pytest

from tests.browser import steps

pytestmark = pytest.mark.browser

HIDDEN_AT_AN_EDGE = """links => {
  const row = links[0].closest('ul').getBoundingClientRect();
  return links.filter(link => {
    const at = link.getBoundingClientRect();
    return at.left < row.left - 1 || at.right > Math.min(row.right, innerWidth) + 1;
  }).map(link => link.textContent);
}"""


def test_wide_windows_show_every_desk_and_narrow_ones_begin_with_this_one(visitor):
    who = visitor("administrator")
    steps.signs_in(who, "quantri@club.example")
    for width in (390, 700, 1000, 1280):
        who.page.set_viewport_size({"width": width, "height": 900})
        who.opens("/office/plan")
        links = who.page.locator(".desk-bar a")
        hidden = links.evaluate_all(HIDDEN_AT_AN_EDGE)
        assert "Mục tiêu và số liệu" not in hidden, width
        assert hidden == [] or width < 992, width
