"""The texts that come with the house: complete, honest, and every link inside leads somewhere."""

import re
import unicodedata
from pathlib import Path

import pytest
from sqlalchemy import select

from club.courses.importing import sync_courses
from club.db import db
from club.files.plain_yaml import parsed_yaml, read_yaml
from club.indicators.calculator_importing import sync_calculators
from club.knowledge.article_file import read_article_file
from club.knowledge.article_rules import FOLDERS, Known
from club.knowledge.importing import sync_knowledge
from club.knowledge.models import Article, ArticleKind
from club.knowledge.topic_importing import sync_topics
from tests.support.factories import NOW

CONTENT = Path(__file__).parents[2] / "content"
FILES = sorted(CONTENT.glob("*/*.md"))
CASES = sorted(CONTENT.glob("cases/*.md"))
TOOLS = sorted(CONTENT.glob("tools/*.md"))


@pytest.fixture(scope="module")
def library():
    """What the files say."""
    topics = {topic["key"] for topic in _rows("topics")}
    tools = {tool["key"] for tool in _rows("tools", "tool_names.yaml")}
    read = [
        read_article_file(
            f"{path.parent.name}/{path.name}", path.read_text(), known=Known(topics, tools)
        )
        for path in FILES
        if path.parent.name in FOLDERS
    ]
    assert [fault for _, faults in read for fault in faults] == []
    return [facts for facts, _ in read]


@pytest.fixture
def shelves():
    """What has been brought in."""
    sync_topics(CONTENT, now=NOW)
    sync_courses(CONTENT, now=NOW)
    sync_calculators(CONTENT, now=NOW)
    sync_knowledge(CONTENT, now=NOW)
    return list(db.session.scalars(select(Article)))


def _rows(of, file=None):
    return read_yaml(CONTENT / (file or f"{of}.yaml"))[of]


def test_there_are_a_hundred_cases_and_thirty_tools(library):
    kinds = [article.kind for article in library]
    assert kinds.count(ArticleKind.CASE) >= 100
    assert kinds.count(ArticleKind.TOOL) >= 30
    assert "ke-hoach-2021-2030" in {article.slug for article in library}


def test_every_page_answers_and_every_link_inside_leads_somewhere(shelves, client):
    inside = set()
    for article in shelves:
        page = client.get(f"/knowledge/{article.slug}")
        assert page.status_code == 200
        inside |= set(re.findall(r'href="(/(?:knowledge|courses)/[^"#?]*)', page.text))
    assert {link for link in inside if client.get(link).status_code != 200} == set()


def test_every_case_has_a_source_and_every_course_exists(library):
    without = [a.slug for a in library if a.kind is ArticleKind.CASE and not a.sources]
    assert without == []
    named = {code for article in library for code in article.courses}
    assert named - {course["code"] for course in _rows("courses")} == set()


def test_what_every_course_teaches_has_a_page_but_the_two_for_experts(library):
    tools = [article for article in library if article.kind is ArticleKind.TOOL]
    taught = {code for tool in tools for code in tool.courses}
    assert {course["code"] for course in _rows("courses")} - taught == {"DPS-B", "DPS-A"}


@pytest.mark.parametrize("path", TOOLS, ids=lambda path: path.stem)
def test_a_tool_s_page_says_all_that_a_workshop_asks(path):
    """In the order of the questions; summed up on a page and told in short English."""
    text = path.read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    expected = ["là gì", "Hợp khi nào", "Các bước cho", "Đo gì", "Hay hỏng ở đâu", "Tuần đầu tiên"]
    expected += ["Tóm tắt một trang", "Điển hình"]
    remaining = iter(headings)
    assert [part for part in expected if not any(part in one for one in remaining)] == []
    assert "english: |" in text
    words = [one for one in text.split("\n---\n", 1)[1].split() if any(map(str.isalpha, one))]
    assert 600 <= len(words) <= 1_200


def test_every_case_says_what_each_of_its_measures_is_about():
    cases = [parsed_yaml(path.read_text().split("\n---\n")[0]) for path in CASES]
    assert [
        case["title"] for case in cases if any("about" not in m for m in case["measures"])
    ] == []


def test_a_firm_that_is_described_is_described_in_english_too(library):
    unnamed = re.compile(r"không nêu tên|ẩn danh|bí danh|tên bị cắt|tên đặt")
    described = [
        article.case
        for article in library
        if article.case and unnamed.search(article.case.organisation)
    ]
    assert len(described) >= 30
    assert [case.organisation for case in described if not case.organisation_en] == []


def test_a_pair_of_times_is_a_pair_of_numbers_that_tables_of_evidence_count(library):
    clock = re.compile(r"\d+(:\d\d)+")
    pairs = [
        (article.slug, measure.metric.vi)
        for article in library
        for measure in (article.case.measures if article.case else ())
        if all(clock.fullmatch(str(figure)) for figure in (measure.before, measure.after))
    ]
    assert pairs == []


def test_every_tool_has_one_page_at_most(library):
    about = [article.tools[0] for article in library if article.kind is ArticleKind.TOOL]
    assert len(about) == len(set(about))


def test_nothing_takes_more_than_eight_minutes_to_read(shelves):
    assert [article.slug for article in shelves if article.reading_minutes > 8] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_are_stored_composed(path):
    text = path.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_case_says_why_the_club_may_publish_it(path):
    assert "\nconsent: published_source\n" in path.read_text(encoding="utf-8")
