"""The page of one text: its figures, facts, sources, and what it costs to show."""

import json
import re

import pytest

from club.accounts.models import RoleName
from club.content import CONTENT
from club.identity.importing import sync_club
from club.search.models import FoundKind
from club.search.operations import index_document
from club.units.importing import sync_units
from tests.knowledge.content_folder import a_measure
from tests.knowledge.page_kit import a_change, slugs, synced, words
from tests.support.factories import NOW, an_account


def test_a_case_shows_its_figures_the_vietnamese_way(client, content):
    content.write(
        "cases/a.md",
        measures=[
            a_measure(before=3814, after="< 0,5", unit={"vi": "mét", "en": "m"}),
            a_change(period={"vi": "2019 so với 2018", "en": "2019 against 2018"}),
        ],
    )
    synced(content)
    seen = words(client.get("/knowledge/a"))
    assert "Trước: 3.814 Sau: &lt; 0,5 mét" in seen
    assert "tăng 23% Nguồn chỉ nêu mức thay đổi 2019 so với 2018" in seen


def test_in_english_figures_and_facts_are_english_and_the_text_is_marked(client, content):
    content.write(
        "cases/a.md",
        "Toàn văn.",
        measures=[a_measure(before=3814, after="< 0,5", unit={"vi": "mét", "en": "m"})],
    )
    synced(content)
    page = client.get("/knowledge/a?lang=en")
    seen = words(page)
    assert "Before: 3,814 After: &lt; 0.5 m" in seen
    assert "What is not known Cost" in seen
    assert "Problem Long waits" in seen
    assert "The full text is in Vietnamese." in seen
    assert '<div class="prose" lang="vi"><p>Toàn văn.</p></div>' in page.text
    assert "<h1>A text</h1>" in page.text


def test_a_short_version_in_english_stands_before_the_text_in_english_only(client, content):
    content.write("tools/5s.md", "Toàn văn.", english="Sort **first**.\n\n- then clean\n")
    synced(content)
    short = '<div class="prose" lang="en"><p>Sort <strong>first</strong>.</p>\n<ul>'
    page = client.get("/knowledge/5s?lang=en").text
    assert 0 < page.index(short) < page.index('<div class="prose" lang="vi"><p>Toàn văn.')
    assert "This is a short version." in page
    assert "Sort" not in client.get("/knowledge/5s?lang=vi").text


def test_what_is_unknown_is_said_once_in_vietnamese(client, content):
    content.write("cases/told.md", "## Điều chưa biết\n\nChưa rõ chi phí.")
    content.write("cases/listed.md")
    synced(content)
    told, listed = client.get("/knowledge/told").text, client.get("/knowledge/listed").text
    assert told.count("Điều chưa biết</h2>") == 1
    assert "unknown-list" not in told
    assert listed.count("Điều chưa biết</h2>") == 1
    assert "<span>Chi phí</span>" in listed


@pytest.mark.parametrize(
    ("strength", "said"),
    [
        ("A", "Mức A Nguồn cho cả số trước và số sau, hoặc nói rõ cách đo hay khoản tiết kiệm."),
        ("B", "Mức B Nguồn chỉ cho mức thay đổi, hoặc chỉ cho số sau."),
    ],
)
def test_the_evidence_is_said_in_plain_words(client, content, strength, said):
    content.write("cases/a.md", strength=strength)
    synced(content)
    assert said in words(client.get("/knowledge/a"))


@pytest.mark.parametrize(
    ("kind", "caution"),
    [
        ("simulation", "Mô phỏng, chưa đo"),
        ("projected_future_state", "Tính toán, chưa đo"),
        ("expected", "Dự kiến, chưa đo"),
        ("approved_plan", "Theo phương án, chưa đo"),
        ("study_result", "Từ nghiên cứu, chưa rõ đã áp dụng"),
        ("company_statement", "Lời kể, chưa kiểm chứng"),
    ],
)
def test_what_was_not_measured_is_never_shown_as_measured(client, content, kind, caution):
    content.write("cases/a.md", strength="C", result_kind=kind)
    synced(content)
    page = client.get("/knowledge/a")
    assert "Chưa phải kết quả đã đo" in words(page)
    assert f"Trước: 60% Sau: 84,5% {caution}" in words(page)
    assert "before-after" not in page.text
    assert "điểm phần trăm" not in words(page)
    assert f"Sau: 84,5% {caution}" in words(client.get("/knowledge/cases/"))


def test_what_was_not_measured_comes_last_and_is_a_choice_of_its_own(client, content):
    content.write("cases/a-study.md", strength="C", result_kind="study_result")
    content.write("cases/b-after.md", measures=[a_measure(before=None)])
    synced(content)
    assert slugs(client.get("/knowledge/cases/")) == ["b-after", "a-study"]
    assert slugs(client.get("/knowledge/cases/?shape=not_measured")) == ["a-study"]
    assert slugs(client.get("/knowledge/cases/?shape=before_and_after")) == []


def test_what_it_cost_and_how_long_it_took_are_facts(client, content):
    content.write(
        "cases/a.md",
        cost={"vi": "5,2 tỷ đồng", "en": "VND 5.2 billion"},
        duration={"vi": "10 tuần", "en": "10 weeks"},
    )
    synced(content)
    assert "Làm trong bao lâu 10 tuần Chi phí 5,2 tỷ đồng" in words(client.get("/knowledge/a"))
    english = words(client.get("/knowledge/a?lang=en"))
    assert "How long it took 10 weeks Cost VND 5.2 billion" in english


def test_sources_say_how_they_were_read(client, content):
    sources = [
        {"title": "Bài gốc", "url": "https://example.org/a", "secondary": False},
        {"title": "Bản chép", "url": "https://example.org/b", "secondary": True},
        {"title": "Kế hoạch", "url": None, "secondary": False},
    ]
    content.write("cases/a.md", sources=sources)
    synced(content)
    page = client.get("/knowledge/a")
    seen = words(page)
    assert "Bài gốc đọc trực tiếp ở nguồn" in seen
    assert "Bản chép đọc qua bản chép hoặc bài thuật lại" in seen
    assert "Kế hoạch đọc trực tiếp ở nguồn" in seen
    assert page.text.count('rel="noopener nofollow"') == 2
    assert (
        "Kiểm tra lần cuối 22/11/2026, do chính người viết. Chưa có người khác kiểm tra lại."
        in seen
    )


def test_an_unconfirmed_name_and_a_foreign_place_are_said(client, content):
    content.write(
        "cases/a.md", organisation={"name": "Tuong Van", "name_unconfirmed": True}, country="TH"
    )
    synced(content)
    seen = words(client.get("/knowledge/a"))
    assert "cách viết có dấu chưa được xác nhận" in seen
    assert "Bình Dương, Thái Lan" in seen


def test_courses_are_named_when_the_catalogue_has_them(client, content):
    index_document(
        kind=FoundKind.COURSE,
        ref="course:5S",
        language="vi",
        title="5S tại xưởng",
        body="",
        url="/courses/5s-tai-xuong",
        now=NOW,
    )
    content.write("cases/a.md", courses=["5S", "LSS-YB"])
    synced(content)
    text = client.get("/knowledge/a").text
    assert '<a href="/courses/5s-tai-xuong">5S tại xưởng</a>' in text
    assert '<a href="/courses/?q=LSS-YB">Khóa LSS-YB</a>' in text


def test_a_tools_page_leads_to_the_cases_that_used_it(client, content):
    content.write("tools/lean.md", tools=["lean", "5s"])
    content.write("cases/a.md", tools=["lean"])
    content.write("cases/b.md", tools=["5s"])
    synced(content)
    aside = client.get("/knowledge/lean").text.split("<aside")[-1]
    assert re.findall(r'<a href="/knowledge/([\w-]+)">', aside) == ["a"]
    assert 'href="/knowledge/cases/?tool=lean"' in aside
    tags = re.findall(r'<a class="tag"\s+href="([^"]+)">([^<]+)', client.get("/knowledge/a").text)
    assert tags == [("/knowledge/lean", "Lean")]


def test_search_engines_are_told_what_the_text_is(client, content):
    content.write("cases/a.md", title={"vi": "Một </script>", "en": "One"})
    synced(content)
    page = client.get("/knowledge/a")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    data = json.loads(found[1])
    assert (data["@type"], data["headline"]) == ("Article", "Một </script>")
    assert data["url"] == "http://localhost/knowledge/a"
    source = {"@type": "CreativeWork", "name": "Nguồn", "url": "https://example.org/a"}
    assert data["citation"] == [source]
    assert '<link rel="canonical" href="http://localhost/knowledge/a">' in page.text


@pytest.mark.parametrize("role", [RoleName.MEMBER, RoleName.TRAINER, RoleName.COORDINATOR], ids=str)
def test_an_article_asks_at_most_eight_times_of_whoever_is_signed_in(
    sign_in, content, count_queries, role
):
    sync_units(CONTENT, now=NOW)
    sync_club(CONTENT, now=NOW)
    content.write("tools/5s.md")
    for number in range(5):
        content.write(f"cases/c{number}.md", courses=["5S", "LEAN"], measures=[a_measure()] * 6)
    synced(content)
    client = sign_in(an_account(role))
    client.get("/knowledge/c0")
    for address in ("/knowledge/c1", "/knowledge/5s"):
        with count_queries() as drawn:
            assert client.get(address).status_code == 200
        with count_queries() as kept:
            client.get(address)
        assert len(drawn) <= 8, "\n".join(
            re.sub(r"\s+", " ", one)[:110] + " ... " + one[-90:].replace("\n", " ") for one in drawn
        )
        assert len(kept) <= 8


def test_an_article_asks_at_most_eight_times(client, content, count_queries):
    sync_units(CONTENT, now=NOW)
    sync_club(CONTENT, now=NOW)
    content.write("tools/5s.md")
    for number in range(5):
        content.write(f"cases/c{number}.md", courses=["5S", "LEAN"], measures=[a_measure()] * 6)
    synced(content)
    for address in ("/knowledge/c1", "/knowledge/5s"):
        with count_queries() as seen:
            client.get(address)
        assert len(seen) <= 8


@pytest.mark.parametrize(
    "address", ["/knowledge/nothing", "/knowledge/Winners-Vina", "/knowledge/%00"]
)
def test_an_unknown_address_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_lists_without_their_slash_lead_to_it(client):
    assert client.get("/knowledge/cases").headers["Location"].endswith("/knowledge/cases/")


def test_a_retired_article_is_gone_and_listed_nowhere(client, content):
    file = content.write("cases/a.md")
    synced(content)
    file.unlink()
    synced(content)
    page = client.get("/knowledge/a")
    assert page.status_code == 410
    assert "Bài này đã được rút" in page.text
    assert "Nội dung" not in words(page)
    assert slugs(client.get("/knowledge/cases/")) == slugs(client.get("/knowledge/")) == []
