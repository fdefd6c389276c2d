import re

import pytest
from sqlalchemy import select

from club.content import CONTENT
from club.db import db
from club.files.content_error import ContentError
from club.indicators import queries
from club.indicators.calculator_importing import sync_calculators
from club.indicators.models import Calculator
from tests.support.factories import NOW
from tests.support.inspector import complaints

TEXT = (CONTENT / "calculators.yaml").read_text(encoding="utf-8")


@pytest.fixture
def shipped(context):
    return sync_calculators(CONTENT, now=NOW)


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_four_calculators_come_in_once(shipped):
    again = sync_calculators(CONTENT, now=NOW)
    assert (shipped.added, again.added, again.changed, again.unchanged) == (4, 0, 0, 4)
    assert [one.slug for one in queries.calculators()] == [
        "labour-productivity", "oee", "tfp-share", "poor-quality",
    ]  # fmt: skip
    assert all(one.sources for one in queries.calculators())


def test_one_that_the_file_lost_goes(shipped, tmp_path):
    (tmp_path / "calculators.yaml").write_text(TEXT[: TEXT.index("- key: poor_quality")])
    assert sync_calculators(tmp_path, now=NOW).changed == 1
    assert len(queries.calculators()) == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("formula: internal + external\n", "formula: internal + extern\n", "names extern, which"),
        ("formula: internal + external\n", "formula: internal ** external\n", "is not written with"),
        ("formula: good / made * 100", "formula: good / (made - 700) * 100", "comes to nothing"),
        ("- key: oee\n  name", "- key: tfp_share\n  name", "tfp_share stands here a second time"),
        ("  - key: hours\n", "  - key: workers\n", "inputs: has at least one, each with a key"),
        ("    example: 72000\n", "", "example: is missing or no number"),
        ('"Mỗi giờ công tạo ra {value} nghìn đồng."', '"Vậy thôi."', "says: has {value}"),
        ("    at_most: planned\n", "    at_most: tomorrow\n", "at_most: is a number"),
        ("    optional: true\n    example: 72000", "    optional: maybe\n    example: 72000", "optional: is true"),
    ],
)  # fmt: skip
def test_a_fault_names_file_and_line_and_nothing_comes_in(context, tmp_path, old, new, said):
    assert TEXT.count(old) == 1, old
    (tmp_path / "calculators.yaml").write_text(TEXT.replace(old, new))
    with pytest.raises(ContentError) as wrong:
        sync_calculators(tmp_path, now=NOW)
    found = [str(fault) for fault in wrong.value.faults]
    assert any(said in one for one in found), found
    assert all(one.startswith("calculators.yaml:") for one in found)
    assert db.session.scalars(select(Calculator)).all() == []


def test_without_javascript_formula_and_a_worked_example_are_there(shipped, client):
    page = client.get("/knowledge/calculators/oee")
    words = text_of(page)
    assert "mức sẵn sàng × hiệu suất tốc độ × tỷ lệ chất lượng" in words
    assert "OEE: 75,56%. 75,56% thời gian kế hoạch thật sự làm ra sản phẩm đạt." in words
    assert "Số minh họa, không phải mức chuẩn để so." in words
    assert re.search(r"<form [^>]*\bhidden\b", page.text)
    assert "https://www.oee.com/calculating-oee/" in page.text


def test_english_readers_get_their_words_and_signs(shipped, client):
    words = text_of(client.get("/knowledge/calculators/labour-productivity?lang=en"))
    assert "Value added ÷ average number of people" in words
    assert "Productivity an hour: 50 thousand VND an hour" in words
    assert "3,600" in words


def test_unknown_calculators_are_not_there(shipped, client):
    for slug in ("happiness", "tfp_share"):
        assert client.get(f"/knowledge/calculators/{slug}").status_code == 404


def test_the_pages_are_well_made_and_ask_little(shipped, client, count_queries):
    for slug in ("", *(one.slug for one in queries.calculators())):
        for language in ("vi", "en"):
            with count_queries() as seen:
                page = client.get(f"/knowledge/calculators/{slug}?lang={language}").text
            assert (slug, complaints(page)) == (slug, [])
            assert len(seen) <= 3


def test_a_site_without_content_says_so(client):
    assert "Chưa có phép tính nào" in client.get("/knowledge/calculators/").text
