import csv
import io
import re

import pytest

from club.content import CONTENT
from club.indicators import queries
from club.indicators.importing import sync_indicators
from club.indicators.models import ObservationStatus
from club.indicators.operations import ValueFacts, enter_value
from club.units.importing import sync_units
from tests.support.factories import NOW
from tests.support.inspector import complaints

LEVEL = "/knowledge/data/labour-productivity-level"


@pytest.fixture
def figures(context):
    sync_units(CONTENT, now=NOW)
    sync_indicators(CONTENT, now=NOW)


def corrected():
    """A shipped value is corrected by an official."""
    table = next(t for t in queries.published_tables() if t.series.key == "vn_level_new")
    old = table.values[0]
    facts = ValueFacts(
        old.period_from, old.as_of, old.value + 1, ObservationStatus.REVISED, "Niên giám 2025",
        reason="Đánh giá lại",
    )  # fmt: skip
    return enter_value("vn_level_new", facts, by=None, now=NOW)


def test_the_list_has_what_is_published_and_not_what_is_counted_here(figures, client):
    page = client.get("/knowledge/data/").text
    assert 'href="/knowledge/data/labour-productivity-level"' in page
    assert 'href="/knowledge/data/tfp-growth"' in page
    assert "Chưa có chuỗi số liệu có nguồn" in page
    assert "/knowledge/data/clubs" not in page


def test_two_series_are_two_tables_two_lines_and_said_not_to_be_joined(figures, client):
    page = client.get(LEVEL).text
    assert re.findall(r'<h2 id="(vn_level_\w+)"', page) == ["vn_level_old", "vn_level_new"]
    assert len(re.findall(r'<g class="series-line', page)) == 3
    assert "khoảng cách giữa hai chuỗi không phải là tăng hay giảm" in page
    assert "GDP đánh giá lại, khái niệm lao động mới" in page


def test_the_picture_is_told_in_words(figures, client):
    page = " ".join(re.sub(r"<[^>]+>", "", client.get(LEVEL).text).split())
    assert (
        "từ 55,2 triệu đồng/lao động (2011) đến 117,9 triệu đồng/lao động (2020), 10 giá trị."
        in page
    )
    assert "Chưa có số: 2022, 2023." in page
    english = " ".join(re.sub(r"<[^>]+>", "", client.get(f"{LEVEL}?lang=en").text).split())
    assert "Without a value: 2022, 2023." in english


def test_a_formula_has_its_source_and_what_nobody_knows_is_said_so(figures, client):
    page = client.get(LEVEL).text
    assert "tổng sản phẩm trong nước (GDP) ÷ tổng số người làm việc bình quân" in page
    assert "htcttkqg-nang-suat-lao-dong-xa-hoi" in page
    assert "Phòng Kinh tế" in page
    assert "chưa có nguồn nêu đơn vị kế thừa" in page
    assert client.get("/knowledge/data/gdp-growth").text.count("chưa tìm được nguồn") >= 2


def test_a_corrected_value_keeps_its_history(figures, client):
    assert "giá trị không còn dùng" not in client.get(LEVEL).text
    corrected()
    page = client.get(LEVEL).text
    history = page[page.index("1 giá trị không còn dùng") :]
    assert "150,1" in history
    assert "Đánh giá lại" in history
    assert "151,1" in page[: page.index("1 giá trị không còn dùng")]


def test_json_and_csv_hold_the_same_values_with_their_history(figures, client):
    corrected()
    as_json = client.get(f"{LEVEL}.json").json
    rows = list(csv.DictReader(io.StringIO(client.get(f"{LEVEL}.csv").data.decode("utf-8-sig"))))
    told = [
        (series["key"], one["period_from"], one["value"], one["replaced_at"] is None)
        for series in as_json["series"]
        for one in series["observations"]
    ]
    assert told == [
        (row["series"], row["period_from"], float(row["value"]), not row["replaced_at"])
        for row in rows
    ]
    assert ("vn_level_new", "2020-01-01", 150.1, False) in told
    assert ("vn_level_new", "2020-01-01", 151.1, True) in told
    assert as_json["responsible"] == "Phòng Kinh tế"


def test_unknown_and_misspelt_indicators_are_not_there(figures, client):
    for address in ("happiness", "labour_productivity_level", "happiness.json", "happiness.csv"):
        assert client.get(f"/knowledge/data/{address}").status_code == 404


def test_an_empty_club_says_what_is_missing(client):
    assert "Chưa ghi giá trị nào" in client.get("/knowledge/data/").text


def test_pages_ask_as_many_questions_for_one_series_as_for_many(figures, client, count_queries):
    asked = []
    for slug in ("grdp-growth", "tfp-share"):
        client.get("/")
        with count_queries() as seen:
            client.get(f"/knowledge/data/{slug}")
        asked.append(len(seen))
    with count_queries() as of_list:
        client.get("/knowledge/data/")
    assert len(of_list) <= 5
    assert asked[1] <= asked[0] + 1
    assert asked[1] <= 6


def test_the_pages_are_well_made(figures, client):
    for slug in ("", *(one.slug for one in queries.indicators())):
        for language in ("vi", "en"):
            page = client.get(f"/knowledge/data/{slug}?lang={language}").text
            assert (slug, complaints(page)) == (slug, [])
