"""Who runs a small furniture workshop reads on a phone, with and without scripts."""

import pytest

from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser

with_and_without_scripts = pytest.mark.parametrize(
    "scripts", [True, False], ids=["scripts", "no-scripts"]
)


def follows(who, name):
    """Goes where the link of the main part leads that begins so."""
    who.page.locator("main").get_by_role("link", name=name).first.click()
    who.page.locator("main h1").wait_for()
    who.inspects()


@with_and_without_scripts
def test_three_answers_lead_to_what_others_did_and_on_to_the_tool_its_sheet_and_its_course(
    visitor, scripts
):
    who = visitor("reader", PHONE, scripts=scripts)
    who.opens("/")
    follows(who, "Điều gì hợp với xưởng tôi")
    for answer in ("Gỗ, nội thất", "Đến 100 người", "Hao nguyên liệu"):
        follows(who, answer)
    cases = who.page.locator("#fits-cases").locator("xpath=ancestor::section").locator("h3")
    assert cases.count() >= 3
    why = "Chưa có điển hình cùng ngành kể về chuyện này."
    assert who.page.locator("main").get_by_text(why).count() == 1
    title = cases.first.inner_text()
    cases.first.get_by_role("link").click()
    who.sees(" ".join(title.split()))
    who.page.go_back()
    tools = who.page.locator("#fits-tools").locator("xpath=ancestor::section")
    tools.locator("h3 a").first.click()
    who.page.wait_for_url("**/knowledge/mfca")
    who.inspects()
    sheet = who.page.locator("main a[href*='sheet']").first.get_attribute("href")
    answer = who.context.request.get(f"{who.address}{sheet}")
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")
    who.page.locator("main a[href^='/courses/']").first.click()
    who.page.wait_for_url("**/courses/**")
    who.inspects()
    assert who.complaints == []


@with_and_without_scripts
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_cases_are_chosen_searched_and_chosen_anew(visitor, screen, scripts):
    who = visitor("reader", screen, scripts=scripts)
    who.opens("/knowledge/cases/")
    if who.is_on_phone and scripts:
        who.page.locator("main").get_by_role("button", name="Lọc").click()
    sectors = who.page.locator("#facets nav[aria-label='Ngành']")
    sectors.locator("summary").click()
    wood = sectors.get_by_role("link", name="Gỗ, nội thất")
    number = int(wood.locator(".num").inner_text())
    wood.click()
    who.page.wait_for_url("**sector=wood")
    who.inspects()
    assert who.page.locator(".case-list > li").count() == number
    who.page.locator("#case-q").fill("gỗ")
    who.page.locator("#case-q").press("Enter")
    who.page.wait_for_url("**q=g*")
    who.inspects()
    assert who.page.locator(".filter-chip").count() == 2
    who.page.locator(".filter-chip").last.click()
    who.page.wait_for_url(lambda url: "sector=" not in url)
    assert who.complaints == []


@with_and_without_scripts
def test_the_one_search_box_leads_from_words_without_accents_to_a_case(visitor, scripts):
    who = visitor("reader", PHONE, scripts=scripts)
    who.opens("/search")
    who.page.locator("#search-q").fill("do go")
    who.page.locator("#search-q").press("Enter")
    who.page.wait_for_url("**/search?q=do*")
    who.inspects()
    who.page.locator("main").get_by_role("link", name="Điển hình cải tiến").first.click()
    who.page.wait_for_url("**kind=case**")
    who.inspects()
    first = who.page.locator("main h2 a").first
    title = first.inner_text()
    first.click()
    who.sees(" ".join(title.split()))
    assert who.complaints == []
