"""Pages that lie beside the journey: nothing is wrong with them at any width."""

import pytest

from tests.browser import steps
from tests.browser.visitor import DESK, NARROW, PHONE, TABLET

pytestmark = pytest.mark.browser

PAGES = {
    "everybody": (
        "/courses/", "/calendar", "/knowledge/", "/knowledge/cases/", "/knowledge/tools/",
        "/knowledge/tools/smed/evidence", "/knowledge/fits",
        "/knowledge/fits?sector=garment&size=any&problem=changeover",
        "/knowledge/data/", "/knowledge/data/labour-productivity-level",
        "/knowledge/calculators/", "/knowledge/calculators/oee",
        "/knowledge/questions/", "/knowledge/questions/5s-trinh-dien",
        "/knowledge/documents/", "/knowledge/documents/ke-hoach-thuan-an-2021",
        "/knowledge/documents/ke-hoach-thuan-an-2021/II",
        "/plan/", "/plan/figures", "/plan/items/", "/plan/items/II.1-10", "/statistics/trainees", "/experts/", "/experts/schemes",
        "/experts/schemes/chuyen_gia_cai_tien", "/verify", "/units/", "/reset",
        "/knowledge/winners-vina/revisions", "/knowledge/winners-vina/revisions/1",
        "/courses/thuc-hanh-5s", "/knowledge/winners-vina", "/search?q=nang+suat", "/search?q=qqqq",
        "/search?q=kaizn",
    ),
    "hoivien": (
        "/me/", "/me/registrations", "/me/records", "/me/records/outside/new", "/me/certificates",
        "/me/certification/new", "/me/certification/objections",
        "/me/calendar", "/me/proposals", "/me/questions", "/me/questions/new", "/me/topics", "/me/notices", "/me/notices/settings", "/me/account/totp",
        "/me/account/passkeys", "/me/account/password", "/me/profile/work/new",
        "/courses/thuc-hanh-5s/interest", "/me/privacy/looks", "/me/privacy/requests/new",
    ),
    "doanhnghiep": (
        "/me/", "/me/registrations", "/me/certification", "/me/profile", "/me/account",
        "/me/privacy", "/membership/application/organisation", "/organisations/dn-0001/agreements",
    ),
    "dieuphoi": (
        "/office/today", "/office/courses/5S", "/office/members?tab=organisations", "/office/letters",
        "/office/certification", "/office/certification/candidates",
        "/office/certification/expiring", "/office/certification/figures",
        "/office/certification/figures/experts", "/office/certification/figures/candidacies",
        "/statistics/participations", "/office/training-reported", "/office/training-reported/new",
        "/office/plan", "/office/plan/items/", "/office/plan/items/II.1-10", "/office/pilots", "/teaching/",
        "/office/demand", "/office/certification/new", "/office/plan/values/new", "/office/units",
        "/office/knowledge/searches", "/office/knowledge/searches/new", "/office/pilots/new", "/office/courses/new", "/office/runs/new",
        "/office/courses/5S/materials", "/office/imports", "/office/outside-training",
        "/office/outcomes", "/office/follow-ups",
        "/office/knowledge/agreements", "/knowledge/benh-vien-surabaya",
        "/office/knowledge/questions", "/office/privacy", "/office/people/duplicates", "/office/",
        "/office/knowledge/?q=may", "/office/knowledge/texts/winners-vina",
        "/office/certification/schemes", "/office/certification/objections",
        "/office/certification/schemes/chuyen_gia_cai_tien/1",
        "/office/certification/schemes/chuyen_gia_cai_tien/1/levels/city_expert/preview",
        "/office/department-reports", "/office/department-reports/new",
        "/office/department-reports/new-questions", "/office/department-reports/reporters",
        "/office/department-reports/summaries/new",
    ),
    "phongban": ("/reporting",),
    "canbo": ("/office/dashboard", "/office/reports", "/office/reports/new", "/office/reports/letterhead"),
    "quantri": ("/office/accounts", "/office/audit", "/office/identity", "/office/identity/new"),
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


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_narrowest_phones_show_long_words_too(visitor, language):
    who = visitor(screen=NARROW)
    steps.signs_in(who, "quantri@club.example")
    who.opens(f"/?lang={language}")
    for address in ("/courses/", "/office/certification", "/office/accounts", "/office/demand"):
        who.opens(address)
        who.inspects()
    assert who.complaints == []


@pytest.mark.parametrize("screen", [TABLET, (640, 900)], ids=["tablet", "small tablet"])
def test_lists_with_many_columns_fit_a_tablet(visitor, screen):
    who = visitor(screen=screen)
    steps.signs_in(who, "dieuphoi@club.example")
    for address in ("/office/demand", "/office/units", "/office/plan", "/office/certification"):
        who.opens(address)
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
