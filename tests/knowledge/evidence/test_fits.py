"""Three questions lead to cases, tools and courses, each with its reason."""

import re

import pytest

from club.knowledge.evidence.problems import sync_problems
from club.knowledge.importing import sync_knowledge
from club.search.models import FoundKind
from club.search.operations import index_document
from tests.knowledge.content_folder import a_measure
from tests.support.factories import NOW
from tests.support.inspector import complaints

PROBLEMS = """problems:
- {key: changeover, vi: Đổi mã mất nhiều thời gian, en: Changing over takes long, about: [changeover], tools: [lean, 5s], words: [thay khuôn]}
- {key: stock, vi: Tồn kho nhiều, en: Too much stock, about: [stock], tools: [tpm], words: [tồn kho]}
"""
ASKED = "/knowledge/fits?sector=wood&size=to_100&problem=changeover"


def words(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def answers(page):
    block = page.text.split('class="fits-answers"')[1].split("</ul>")[0]
    return {
        words(label): href.replace("&amp;", "&")
        for href, label in re.findall(
            r'<a href="([^"]+)" rel="nofollow">\s*<span>(.*?)</span>', block
        )
    }


def why(page):
    """Address → reason, of each case, tool and course."""
    found = re.findall(
        r'<h3><a href="([^"]+)">.*?Vì sao có ở đây:\s*(.*?)\.?</span>', page.text, re.DOTALL
    )
    return {href: words(reason) for href, reason in found}


@pytest.fixture
def shelf(content):
    (content.path / "problems.yaml").write_text(PROBLEMS, encoding="utf-8")
    quick = [a_measure(about="changeover")]
    content.write("tools/lean.md", tools=["lean"], courses=["LEAN"])
    content.write("tools/5s.md", tools=["5s"], courses=["5S", "LEAN"])
    content.write("cases/near.md", sector="wood", tools=["lean"], measures=quick)
    content.write("cases/big.md", sector="wood", tools=["lean"], measures=quick, size=None)
    content.write("cases/far.md", size=None, measures=quick)
    content.write(
        "cases/study.md", sector="wood", measures=quick, strength="C", result_kind="simulation"
    )
    content.write("cases/told.md", tools=[], size=None, title={"vi": "Thay khuôn", "en": "Dies"})
    content.write("cases/other.md", sector="wood", tools=["lean"])
    sync_knowledge(content.path, now=NOW)
    sync_problems(content.path, now=NOW)
    for code in ("LEAN", "5S"):
        index_document(
            kind=FoundKind.COURSE, ref=f"course:{code}", language="vi", title=f"Khóa {code}",
            body="", url=f"/courses/{code.lower()}", now=NOW,
        )  # fmt: skip


def test_three_clicks_lead_from_the_first_question_to_what_fits(client, shelf):
    page = client.get("/knowledge/fits")
    assert "Câu 1 trên 3" in page.text
    page = client.get(answers(page)["Gỗ, nội thất"])
    assert "Câu 2 trên 3" in page.text
    page = client.get(answers(page)["Đến 100 người"])
    assert "Câu 3 trên 3" in page.text
    last = answers(page)["Đổi mã mất nhiều thời gian"]
    assert last == ASKED
    assert "Điển hình nên đọc" in client.get(last).text


def test_everything_says_why_it_is_shown(client, shelf):
    assert why(client.get(ASKED)) == {
        "/knowledge/near": "có đo thời gian chuyển đổi; cùng ngành; cùng quy mô; dùng Lean",
        "/knowledge/big": "có đo thời gian chuyển đổi; cùng ngành; dùng Lean",
        "/knowledge/study": "có đo thời gian chuyển đổi; cùng ngành; cùng quy mô; dùng 5S",
        "/knowledge/far": "có đo thời gian chuyển đổi; dùng 5S",
        "/knowledge/told": "kể đúng chuyện này",
        "/knowledge/lean": "giúp được chuyện này; 3 điển hình đã đo cùng ngành đã dùng",
        "/knowledge/5s": "giúp được chuyện này",
        "/courses/lean": "dạy nội dung của bài Lean",
        "/courses/5s": "dạy nội dung của bài 5S",
    }


def test_the_nearest_come_first_and_a_study_after_what_was_measured(client, shelf):
    cases = [href for href in why(client.get(ASKED)) if href.count("/") == 2][:5]
    assert [href.rsplit("/", 1)[1] for href in cases] == ["near", "big", "far", "told", "study"]


def test_the_figure_beside_a_case_tells_of_the_trouble(client, content, shelf):
    content.write(
        "cases/two.md",
        title={"vi": "Hai số đo", "en": "Two figures"},
        sector="wood",
        measures=[
            a_measure(metric={"vi": "Hiệu suất chung", "en": "Efficiency"}),
            a_measure(metric={"vi": "Phút đổi mã", "en": "Changeover"}, about="changeover"),
        ],
    )
    sync_knowledge(content.path, now=NOW)
    page = client.get(ASKED).text
    row = page.partition('href="/knowledge/two"')[2].partition("<h3>")[0]
    assert ("Phút đổi mã" in row, "Hiệu suất chung" in row) == (True, False)


def test_a_sector_without_a_case_is_told_so(client, shelf):
    said = "Chưa có điển hình cùng ngành"
    of = "/knowledge/fits?sector={}&size=any&problem=changeover"
    told = [said in client.get(of.format(sector)).text for sector in ("ceramics", "wood", "any")]
    assert told == [True, False, False]


def test_who_would_rather_not_say_is_led_on(client, shelf):
    page = client.get("/knowledge/fits?sector=any&size=any&problem=changeover")
    reasons = why(page)
    assert "cùng ngành" not in " ".join(reasons.values())
    assert "/knowledge/near" in reasons


def test_a_trouble_without_a_case_still_has_tools(client, shelf):
    page = client.get("/knowledge/fits?sector=wood&size=any&problem=stock")
    assert "Chưa có điển hình nào về chuyện này" in page.text


@pytest.mark.parametrize(
    ("query", "question"),
    [
        ("", 1),
        ("?sector=nonsense", 1),
        ("?size=to_100&problem=changeover", 1),
        ("?sector=wood&size=unknown", 2),
        ("?sector=wood&size=to_100&problem=nonsense", 3),
    ],
)
def test_what_is_no_answer_is_asked_again(client, shelf, query, question):
    page = client.get(f"/knowledge/fits{query}")
    assert page.status_code == 200
    assert f"Câu {question} trên 3" in page.text


def test_each_answer_can_be_given_anew(client, shelf):
    page = client.get(ASKED)
    links = re.findall(r'class="filter-chip"\s+href="([^"]+)"', page.text)
    assert [link.replace("&amp;", "&") for link in links] == [
        "/knowledge/fits",
        "/knowledge/fits?sector=wood",
        "/knowledge/fits?sector=wood&size=to_100",
    ]


def test_nothing_that_is_answered_is_kept(client, shelf):
    for query in (
        "?sector=wood",
        "?sector=wood&size=to_100",
        ASKED.removeprefix("/knowledge/fits"),
    ):
        assert client.get(f"/knowledge/fits{query}").headers.getlist("Set-Cookie") == []


def test_the_answer_costs_a_fixed_number_of_questions(client, shelf, content, count_queries):
    def asked():
        with count_queries() as seen:
            assert client.get(ASKED).status_code == 200
        return len(seen)

    few = asked()
    for number in range(20):
        content.write(
            f"cases/c{number}.md", sector="wood", measures=[a_measure(about="changeover")]
        )
    sync_knowledge(content.path, now=NOW)
    assert asked() == few <= 11


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_questions_are_well_made(client, shelf, language):
    for query in ("?", "?sector=wood", ASKED.removeprefix("/knowledge/fits")):
        assert complaints(client.get(f"/knowledge/fits{query}&lang={language}").text) == []


def test_the_library_and_the_cases_lead_to_the_questions(client, shelf):
    for address in ("/knowledge/", "/knowledge/cases/"):
        assert 'href="/knowledge/fits"' in client.get(address).text
