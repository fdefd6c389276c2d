import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from club import clock
from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.certification.importing import sync_schemes
from club.content import CONTENT
from club.db import db
from club.plan import queries
from club.plan.importing import sync_plan
from club.plan.models import Observation, ObservationSeries
from tests.support.factories import NOW, an_account
from tests.support.inspector import complaints


@pytest.fixture
def plan(context):
    sync_plan(CONTENT, now=NOW)
    sync_schemes(CONTENT, now=NOW)


@pytest.fixture
def official(sign_in):
    return sign_in(an_account(RoleName.OFFICIAL))


def typed(**given):
    return {
        "series": "vn_growth_yearly",
        "period_from": "2025-01-01",
        "as_of": "2025-12-31",
        "value": "6,1",
        "status": "provisional",
        "source": "Thông cáo demo",
    } | given


def standing_values(key):
    series = db.session.scalars(select(ObservationSeries).where(ObservationSeries.key == key)).one()
    values = db.session.scalars(
        select(Observation).where(
            Observation.series_id == series.id, Observation.replaced_at.is_(None)
        )
    )
    return {o.period: (str(o.value.normalize()), o.status.value) for o in values}


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


def test_an_official_enters_a_value_with_its_source(plan, official, client):
    answer = official.post("/office/plan/values/new", data=typed())
    assert answer.status_code == 302
    assert standing_values("vn_growth_yearly")["2025"] == ("6.1", "provisional")
    assert "Thông cáo demo" in client.get("/plan/").text
    actions = db.session.scalars(select(AuditEntry.action)).all()
    assert actions == ["plan.enter_value"]


def test_a_correction_needs_a_reason_and_keeps_what_was_there(plan, official):
    official.post("/office/plan/values/new", data=typed())
    bare = official.post("/office/plan/values/new", data=typed(value="6,2", status="revised"))
    assert bare.status_code == 422
    assert "Ghi lý do thay bằng giá trị khác" in bare.text
    given = typed(value="6,2", status="revised", reason="Niên giám mới")
    place = official.post("/office/plan/values/new", data=given).headers["Location"]
    assert standing_values("vn_growth_yearly")["2025"] == ("6.2", "revised")
    history = official.get(place).text
    assert history.index("6,2") < history.index("6,1")
    assert "Niên giám mới" in history


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"series": ""}, "Chọn một chuỗi số liệu."),
        ({"series": "none"}, "series"),
        ({"value": ""}, "Ghi giá trị."),
        ({"value": "sáu"}, "Ghi một con số, ví dụ 5,24."),
        ({"value": "9" * 12}, "lớn hơn mọi mức có thể đo"),
        ({"source": " "}, "không có nguồn thì không phải số liệu"),
        ({"period_from": "2025-12-31", "as_of": "2025-01-01"}, "Ngày cuối đứng trước ngày đầu"),
        ({"period_from": "1980-01-01"}, "Ngày đầu lùi quá xa"),
        ({"status": "guess"}, "status"),
        ({"note": "x" * 5000}, "Viết gọn còn 1000 ký tự; hiện có 5000."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(plan, official, given, words):
    answer = official.post("/office/plan/values/new", data=typed(reason="Lý do demo", **given))
    assert answer.status_code == 422
    assert words in answer.text
    assert "Lý do demo" in answer.text


def test_a_period_that_is_not_over_is_refused(plan, official):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    answer = official.post("/office/plan/values/new", data=typed(as_of=tomorrow))
    assert (answer.status_code, "Kỳ này chưa hết" in answer.text) == (422, True)


def test_exactly_the_same_value_again_is_refused(plan, official):
    official.post("/office/plan/values/new", data=typed())
    answer = official.post("/office/plan/values/new", data=typed(reason="Lại"))
    assert (answer.status_code, "Giá trị này đã có, giống hệt." in answer.text) == (422, True)


def test_a_value_is_taken_out_with_a_reason(plan, official, client):
    place = official.post("/office/plan/values/new", data=typed()).headers["Location"]
    assert official.post(f"{place}/withdrawal", data={}).status_code == 422
    assert official.post(f"{place}/withdrawal", data={"reason": "Nguồn đã gỡ"}).status_code == 302
    assert "2025" not in standing_values("vn_growth_yearly")
    assert "Thông cáo demo" not in client.get("/plan/").text
    again = official.post(f"{place}/withdrawal", data={"reason": "Lại"}, follow_redirects=True)
    assert "Giá trị này không còn dùng nữa." in again.text


def test_an_unknown_value_is_not_there(plan, official):
    unknown = "/office/plan/values/00000000-0000-4000-8000-000000000000"
    assert official.get(unknown).status_code == 404
    assert official.post(f"{unknown}/withdrawal").status_code == 404


def series(**given):
    return {
        "indicator": "labour_productivity_growth",
        "name": "Từng năm",
        "name_en": "Year by year",
        "territory": "Thành phố Hồ Chí Minh",
        "territory_en": "Ho Chi Minh City",
    } | given


def test_a_series_of_another_territory_is_added_and_filled(plan, official, client):
    place = official.post("/office/plan/series/new", data=series()).headers["Location"]
    key = place.split("series=")[1]
    official.post("/office/plan/values/new", data=typed(series=key, value="7,3"))
    assert standing_values(key) == {"2025": ("7.3", "provisional")}
    assert "Thành phố Hồ Chí Minh" in client.get("/plan/").text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": ""}, "Đặt tên cho chuỗi."),
        ({"indicator": "clubs"}, "indicator"),
        ({"name": "từng năm cách tính mới", "territory": ""}, "Ghi phạm vi địa lý của số liệu."),
    ],
)
def test_a_series_says_what_it_measures_and_where(plan, official, given, words):
    answer = official.post("/office/plan/series/new", data=series(**given))
    assert answer.status_code == 422
    assert words in answer.text


def test_the_same_series_twice_is_refused(plan, official):
    official.post("/office/plan/series/new", data=series())
    answer = official.post("/office/plan/series/new", data=series(name="tung nam"))
    assert (answer.status_code, "đã có chuỗi cùng tên" in answer.text) == (422, True)


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
