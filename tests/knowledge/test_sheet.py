"""A tool on one page of paper: its own summary, and nothing else."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from club.db import db
from club.knowledge.importing import sync_knowledge
from club.knowledge.models import Article, ArticleKind
from club.knowledge.sheet import one_page_sheet
from club.knowledge.summary import Point, Words, summary_points
from club.knowledge.topic_importing import sync_topics
from tests.support.factories import NOW
from tests.support.pages import words

CONTENT = Path(__file__).parents[2] / "content"
SUMMARY = """## Các bước

- Việc khác.

## Tóm tắt một trang

- **Đo**: phút, theo [tuần](/knowledge/oee).
- **Làm**:
  1. Quay *phim*
  2. Ghi từng việc

## Điển hình đã dùng

- Không in.
"""


def text_of(made):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


def test_the_points_below_the_heading_are_taken_with_their_steps():
    assert summary_points(SUMMARY) == [
        Point([Words("Đo", bold=True), Words(": phút, theo "), Words("tuần"), Words(".")]),
        Point(
            [Words("Làm", bold=True), Words(":")],
            [[Words("Quay "), Words("phim")], [Words("Ghi từng việc")]],
        ),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "## Tóm tắt một trang", "## Tóm tắt một trang\n\nMột câu.", "- Một\n", "*" * 5_000],
)
def test_a_text_that_sums_nothing_up_has_no_points(text):
    assert summary_points(text) == []


def test_the_sheet_holds_the_summary_alone(client, content):
    content.write("tools/5s.md", SUMMARY)
    sync_knowledge(content.path, now=NOW)
    answer = client.get("/knowledge/5s/sheet.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    said = text_of(answer.data)
    assert "Một bài" in said
    assert "Ghi từng việc" in said
    assert "/knowledge/5s" in said
    assert "Không in" not in said
    assert "/knowledge/5s/sheet.pdf" in client.get("/knowledge/5s").text


def test_a_known_sheet_is_not_made_again_until_the_text_changes(client, content):
    content.write("tools/5s.md", SUMMARY)
    sync_knowledge(content.path, now=NOW)
    known = {"If-None-Match": client.get("/knowledge/5s/sheet.pdf").headers["ETag"]}
    assert client.get("/knowledge/5s/sheet.pdf", headers=known).status_code == 304
    content.write("tools/5s.md", SUMMARY + "- Thêm.")
    sync_knowledge(content.path, now=NOW + timedelta(days=1))
    assert client.get("/knowledge/5s/sheet.pdf", headers=known).status_code == 200


def test_there_is_no_sheet_of_what_sums_nothing_up(client, content):
    content.write("tools/lean.md")
    sync_knowledge(content.path, now=NOW)
    assert client.get("/knowledge/lean/sheet.pdf").status_code == 404
    assert "sheet.pdf" not in client.get("/knowledge/lean").text
    assert client.get("/knowledge/nothing/sheet.pdf").status_code == 404


def test_the_sheet_of_a_withdrawn_text_answers_like_its_page(client, content):
    content.write("tools/lean.md")
    file = content.write("tools/5s.md", SUMMARY)
    sync_knowledge(content.path, now=NOW)
    known = {"If-None-Match": client.get("/knowledge/5s/sheet.pdf").headers["ETag"]}
    file.unlink()
    sync_knowledge(content.path, now=NOW)
    page = client.get("/knowledge/5s")
    for headers in ({}, known):
        sheet = client.get("/knowledge/5s/sheet.pdf", headers=headers)
        assert (sheet.status_code, words(sheet)) == (410, words(page))


@pytest.mark.slow
def test_every_tool_fits_on_one_page():
    sync_topics(CONTENT, now=NOW)
    sync_knowledge(CONTENT, now=NOW)
    pages = {}
    for tool in db.session.scalars(select(Article).where(Article.kind == ArticleKind.TOOL)):
        address = f"https://nang-suat.example/knowledge/{tool.slug}"
        points = summary_points(tool.body)
        made = one_page_sheet(tool, points, club="Câu lạc bộ", address=address)
        pages[tool.slug] = len(PdfReader(BytesIO(made)).pages)
    assert {slug: number for slug, number in pages.items() if number != 1} == {}
