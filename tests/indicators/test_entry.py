from datetime import timedelta

import pytest
from sqlalchemy import select

from club import clock
from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.indicators.models import Observation, ObservationSeries
from tests.plan.kit import with_plan
from tests.support.factories import NOW, an_account


@pytest.fixture
def plan(context):
    with_plan(now=NOW)


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
        ({"note": "x" * 5000}, "Viết gọn còn 1.000 ký tự; hiện có 5.000."),
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


@pytest.mark.parametrize("name", ["tung nam", "Từng (năm)", "Từng-năm"])
def test_the_same_series_twice_is_refused(plan, official, name):
    official.post("/office/plan/series/new", data=series())
    answer = official.post("/office/plan/series/new", data=series(name=name))
    assert (answer.status_code, "đã có chuỗi cùng tên" in answer.text) == (422, True)


def test_names_that_begin_alike_are_told_apart(plan, official):
    for end in ("giá hiện hành", "giá so sánh"):
        long = series(name=f"{'Năng suất lao động xã hội ' * 4}{end}", territory="Cả nước")
        answer = official.post("/office/plan/series/new", data=long)
        assert answer.status_code == 302, end
