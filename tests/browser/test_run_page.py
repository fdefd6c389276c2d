"""A class with one session and many words about its places: no column leaves a hole."""

import pytest

from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser

FEW_SESSIONS_MANY_GROUPS = """() => {
  for (const late of document.querySelectorAll('.session:not(:first-child)')) late.remove();
  const places = document.querySelector('.run-seats');
  for (let n = 0; n < 12; n++) places.append(Object.assign(document.createElement('p'), {textContent: 'Nhóm'}));
}"""
GAP = (
    "([above, below]) => { const at = s => document.querySelector(s).getBoundingClientRect();"
    " return at(below).top - at(above).bottom; }"
)
#: ``--space-6`` and what a block leaves below itself.
CLOSE = 80


@pytest.fixture
def run_page(visitor):
    def opened(screen):
        who = visitor("reader", screen)
        who.opens("/courses/?open=1")
        who.page.locator("main a[href^='/runs/']").first.click()
        who.page.wait_for_url("**/runs/*")
        return who.page

    return opened


@pytest.mark.parametrize("few", [False, True], ids=["as it is", "few sessions"])
def test_each_column_is_filled_by_what_comes_next(run_page, few):
    page = run_page(DESK)
    if few:
        page.evaluate(FEW_SESSIONS_MANY_GROUPS)
    assert page.evaluate(GAP, [".run-schedule", ".run-content"]) < CLOSE
    assert page.evaluate(GAP, [".run-seats", ".run-register"]) < CLOSE


def test_on_a_phone_registration_follows_the_schedule(run_page):
    page = run_page(PHONE)
    for above, below in (
        (".run-seats", ".run-schedule"),
        (".run-schedule", ".run-register"),
        (".run-register", ".run-content"),
    ):
        assert 0 <= page.evaluate(GAP, [above, below]) < CLOSE
