import re

import pytest

from club.search.models import FoundKind
from club.search.operations import index_document
from tests.support.factories import NOW
from tests.support.inspector import complaints


def known(ref, title, body="", *, kind=FoundKind.CASE, language="vi"):
    index_document(
        kind=kind, ref=ref, language=language, title=title, body=body, url=f"/x/{ref}", now=NOW
    )


def found(page):
    return re.findall(r'<h2 class="found-title"><a href="/x/([^"]+)">', page.text)


def beside_the_frame(statements):
    """How many do not ask for the club's name, which the site keeps for some seconds."""
    return len([one for one in statements if "club_profile" not in one and "demo_" not in one])


def test_results_come_with_the_words_marked(client):
    known("a", "Năng suất lao động", "Cách tính năng suất.")
    page = client.get("/search?q=nang suat")
    assert found(page) == ["a"]
    assert "<mark>Năng</mark> <mark>suất</mark> lao động</a>" in page.text
    assert "1 kết quả" in page.text
    assert 'value="nang suat"' in page.text


def test_kinds_are_offered_with_counts_and_chosen(client):
    known("case", "Lean ở xưởng may")
    known("course", "Lean", kind=FoundKind.COURSE)
    page = client.get("/search?q=lean&kind=course")
    assert found(page) == ["course"]
    assert 'href="/search?q=lean&amp;kind=case"' in page.text
    assert 'Khóa học <span class="num">1</span>' in page.text


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=y", "?q=%22%27%25"])
def test_too_little_to_look_for_is_answered_with_advice(client, query):
    page = client.get(f"/search{query}")
    assert page.status_code == 200
    assert "Gõ ít nhất hai chữ cái" in page.text


def test_nothing_found_says_what_to_try(client):
    page = client.get("/search?q=zzzz")
    assert "Không trang nào có đủ các từ này" in page.text
    assert 'href="/knowledge/cases/"' in page.text


def test_mistyped_words_are_asked_back(client):
    known("case", "Kaizen ở xưởng gỗ")
    page = client.get("/search?q=kaizn")
    assert 'muốn tìm: <a href="/search?q=kaizen">kaizen</a>' in page.text
    assert "muốn tìm" not in client.get("/search?q=kaizen").text


def test_nothing_of_the_chosen_kind_leads_to_the_others(client):
    known("case", "Lean")
    page = client.get("/search?q=lean&kind=course")
    assert "Không có kết quả thuộc loại này" in page.text
    assert 'href="/search?q=lean"' in page.text


def test_better_the_other_language_than_nothing(client):
    known("a", "Line balancing", language="en")
    page = client.get("/search?q=balancing")
    assert found(page) == ["a"]
    assert '<li lang="en">' in page.text
    assert "Dưới đây là kết quả tiếng Anh" in page.text
    assert "Dưới đây" not in client.get("/search?q=balancing&lang=en").text


def test_results_come_in_pages_of_twenty(client):
    for number in range(22):
        known(f"c{number}", "Kaizen")
    assert len(found(client.get("/search?q=kaizen"))) == 20
    page = client.get("/search?q=kaizen&page=2")
    assert len(found(page)) == 2
    assert 'href="/search?q=kaizen"' in page.text
    assert found(client.get("/search?q=kaizen&page=25")) == []


def test_a_search_in_vain_asks_at_most_six_times(client, count_queries):
    known("c", "Kaizen")
    client.get("/search?q=kaizen")
    with count_queries() as seen:
        client.get("/search?q=kaizn")
    assert beside_the_frame(seen) <= 6


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "a" * 1_000_000,
        "nang " * 200_000,
        '"kaizen" OR "x" NEAR(a b, 3) title:y -z ^a + {b}: *',
        "kaizen:* & !x | (y <-> z)",
        "100% _ %% \\_ \\",
        "\x01\x02\x1b\u202e\ufeff\u200b",
        "! ? . , ; …",
        "=1 _a_b +c #d",
        "'; DROP TABLE search_document; --",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
        "ﷺ ﬃ ŉ ß İ",
        "\x00kaizen",
        "' OR 1=1 --",
        "năng\u0301 suất",
        "%F0%9F%92%AA",
    ],
)
def test_whatever_is_typed_the_page_stands(client, typed):
    known("a", "Kaizen <script>alert(1)</script>", "alert script")
    page = client.get("/search", query_string={"q": typed})
    assert page.status_code == 200
    assert complaints(page.text) == []
    assert "<script>alert" not in page.text


def test_pages_are_well_made_in_both_languages(client):
    known("a", "Kaizen", "từng bước")
    known("a", "Kaizen", "step by step", language="en")
    for language in ("vi", "en"):
        for q in ("", "kaizen", "zzzz"):
            page = client.get("/search", query_string={"q": q, "lang": language})
            assert complaints(page.text) == []
            assert 'content="noindex"' in page.text


def test_results_ask_a_fixed_number_of_times(client, count_queries):
    def asked(number):
        for n in range(number):
            known(f"c{n}", "Kaizen", "từng bước")
        with count_queries() as seen:
            client.get("/search?q=kaizen")
        return beside_the_frame(seen)

    assert asked(20) == asked(40) <= 5


def test_documents_of_the_plan_are_a_kind_of_their_own(client):
    known("document:a", "Quyết định về năng suất", kind=FoundKind.DOCUMENT)
    known("case:a", "Năng suất ở xưởng may")
    page = client.get("/search?q=nang+suat&kind=document").text
    assert "Văn bản, kế hoạch" in page
    assert 'href="/x/document:a"' in page
    assert 'href="/x/case:a"' not in page


def test_where_too_many_have_the_words_kinds_come_without_numbers(client, monkeypatch):
    for module in ("engines", "queries", "views.results"):
        monkeypatch.setattr(f"club.search.{module}.COUNTED", 3)
    for number in range(5):
        known(f"c{number}", "Kaizen")
    page = client.get("/search?q=kaizen&lang=en").text
    assert "At least 3 results" in page
    assert "/search?q=kaizen&amp;kind=tool" in page
    assert 'class="num"' not in page.split("search-kinds")[1].split("</ul>")[0]
