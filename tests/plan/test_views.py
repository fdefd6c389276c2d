import re

import pytest
from sqlalchemy import select

from club import clock
from club.accounts.models import RoleName
from club.db import db
from club.indicators.models import Observation
from club.plan import queries
from tests.plan.kit import with_plan
from tests.support.factories import NOW, an_account
from tests.support.inspector import complaints


@pytest.fixture
def plan(context):
    with_plan(now=NOW)


@pytest.fixture
def official(sign_in):
    return sign_in(an_account(RoleName.OFFICIAL))


def test_the_public_page_shows_the_eleven_targets_in_the_plans_words(plan, client):
    page = client.get("/plan/").text
    shown = re.findall(r'<li class="plan-line" id="(T[\d-]+)"', page)
    assert shown == [s.key for s in queries.target_standings(on=clock.today())]
    assert "Góp phần đạt mục tiêu tăng năng suất lao động bình quân trên 7,5%/năm." in page


def test_the_public_page_names_nobody_as_successor_and_leads_to_the_figures(plan, client):
    page = client.get("/plan/").text
    assert "Chưa có nguồn nào nêu đơn vị kế thừa" in page
    assert 'href="/statistics/trainees"' in page
    assert 'href="/knowledge/ke-hoach-2021-2030"' in page


def test_the_page_speaks_english(plan, client):
    page = client.get("/plan/?lang=en").text
    assert "At least 2 small or medium-sized enterprises" in page
    assert "By the end of 2030" in page


def test_a_figure_of_elsewhere_is_marked_as_such(plan, client):
    page = client.get("/plan/").text
    words = "Đo ở nơi khác, không phải kết quả của thành phố:"
    assert page.count(words) == 4


def test_an_empty_club_says_that_the_plan_is_missing(client):
    assert "Chưa nạp nội dung kế hoạch" in client.get("/plan/").text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (RoleName.MEMBER, 403),
        (RoleName.TRAINER, 403),
        (RoleName.REPORTING_OFFICER, 403),
        (RoleName.ASSESSOR, 403),
        (RoleName.OFFICIAL, 200),
        (RoleName.COORDINATOR, 200),
        (RoleName.ADMINISTRATOR, 200),
    ],
)
def test_the_desk_is_for_coordinators_and_officials(plan, sign_in, role, status):
    browser = sign_in(an_account(role))
    assert browser.get("/office/plan").status_code == status
    assert browser.get("/office/plan/values/new").status_code == status


@pytest.mark.parametrize("role", [RoleName.OFFICIAL, RoleName.COORDINATOR, RoleName.ADMINISTRATOR])
def test_counted_figures_lead_only_to_rows_that_the_reader_may_see(plan, sign_in, role):
    browser = sign_in(an_account(role))
    page = browser.get("/office/plan").text
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    links = set(re.findall(r'href="(/office/[^"]+)"', table))
    assert {"/office/pilots", "/office/certification/figures"} <= links
    assert {link: browser.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_pages_are_well_made(plan, app, official, client, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    observation = db.session.scalars(select(Observation)).first()
    addresses = (
        "/plan/",
        "/office/plan",
        "/office/plan/values/new",
        f"/office/plan/values/{observation.public_id}",
        "/office/plan/series/new",
    )
    for address in addresses:
        for language in ("vi", "en"):
            answer = official.get(f"{address}?lang={language}")
            assert (address, complaints(answer.text)) == (address, [])


def test_the_public_page_takes_few_queries(plan, client, count_queries):
    with count_queries() as seen:
        client.get("/plan/")
    assert len(seen) <= 10
