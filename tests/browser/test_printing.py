"""What officials print and sign: the dashboard on one sheet, whatever it warns of."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from club.statistics.quality.rules import Flaw
from tests.browser import steps

pytestmark = pytest.mark.browser

WARNINGS = ".dash .figures-section tbody"
#: As many rows as there are kinds, each as long as the longest.
EVERY_KIND = """(table, kinds) => {
  const longest = [...table.rows].sort((a, b) => b.innerText.length - a.innerText.length)[0];
  while (table.rows.length < kinds) table.append(longest.cloneNode(true));
}"""


def sheets(who):
    return len(PdfReader(BytesIO(who.page.pdf(prefer_css_page_size=True))).pages)


def test_the_dashboard_is_printed_on_one_sheet_whatever_it_warns_of(visitor):
    who = visitor()
    steps.signs_in(who, "canbo@club.example")
    who.opens("/office/dashboard")
    assert sheets(who) == 1
    who.page.locator(WARNINGS).evaluate(EVERY_KIND, len(Flaw))
    assert who.page.locator(f"{WARNINGS} tr").count() == len(Flaw)
    assert sheets(who) == 1
