"""Every text on paper, as it stood in each of its revisions."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from club.db import db
from club.knowledge.article_rules import facts_in
from club.knowledge.citing.blocks import blocks_of
from club.knowledge.citing.printed import text_on_paper
from club.knowledge.editing.models import ArticleRevision
from club.knowledge.importing import sync_knowledge
from club.knowledge.models import Article
from club.knowledge.topic_importing import sync_topics
from tests.knowledge.content_folder import a_measure
from tests.support.factories import NOW
from tests.support.pictures import a_picture
from tests.support.work import work_within

CONTENT = Path(__file__).parents[3] / "content"
LATER = NOW + timedelta(days=30)
BODY = """## Đã làm gì

Xưởng **dán nhãn**[^a] rồi *đo lại*[^a], xem [5S](/knowledge/5s) và `mã`.

#### Từng bước

3. Sàng lọc
4. Sắp xếp

- Một
  - Trong một

> [!Cảnh báo]
> Đừng vội.

Bảng: Giờ tìm đồ mỗi ca

| Việc | Phút |
|---|--:|
| Tìm đồ[^b] | 12 |

---

    khối mã

![Kệ dụng cụ](may-demo/ke.png "Kệ sau ba tuần")

[^a]: Nhãn *màu vàng*.
[^b]: Đo một tuần.
"""


def words_of(answer):
    """Its words in the order in which they are read, whatever lines they stand in."""
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def case(content):
    (content.path / "cases/may-demo").mkdir()
    (content.path / "cases/may-demo/ke.png").write_bytes(a_picture(1200, 600, kind="PNG"))
    measures = [
        a_measure(),
        a_measure(
            metric={"vi": "Giờ tìm đồ", "en": "Search"},
            unit={"vi": "phút", "en": "minutes"},
            before=30,
            after=12.5,
            direction="lower",
            note={"vi": "Đo ở tổ 2", "en": "Line 2"},
        ),
        a_measure(metric={"vi": "Lỗi", "en": "Defects"}, before=None, after="2–3"),
    ]
    content.write("cases/may-demo.md", BODY, measures=measures, english="Short **English**.")
    sync_knowledge(content.path, now=NOW)
    return content


def test_a_case_is_printed_with_its_facts_figures_and_sources(client, case):
    said = words_of(client.get("/knowledge/may-demo.pdf"))
    for words in (
        "Một bài", "Tóm tắt.", "Công ty May Demo", "30 người", "Chờ lâu",
        "Hiệu suất (%) 60 84,5 tăng 24,5 điểm phần trăm",
        "30 12,5 giảm 58%", "Đo ở tổ 2", "2–3",
        "3. Sàng lọc", "Trong một", "Đừng vội.", "Giờ tìm đồ mỗi ca", "Tìm đồ", "Kệ sau ba tuần",
        "Nhãn màu vàng.", "Đo một tuần.", "Short English.", "Chi phí",
        "Nguồn (đọc tại nguồn) https://example.org/a", "Đo trước và sau", "Mức A.",
        "22/11/2026", "http://localhost/knowledge/may-demo/revisions/1 Bản số 1, 03/03/2026",
    ):  # fmt: skip
        assert words in said, words
    assert said.count("Nhãn màu vàng.") == 1
    assert "[!" not in said


def test_it_is_archivable_and_its_pictures_say_what_is_to_be_seen(client, case):
    made = client.get("/knowledge/may-demo.pdf").data
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    reader = PdfReader(BytesIO(made))
    assert reader.metadata.title == "Một bài"
    assert [image for page in reader.pages for image in page.images]


def test_each_revision_stays_as_it_was_and_the_page_leads_to_its_paper(client, case):
    first = words_of(client.get("/knowledge/may-demo/revisions/1.pdf"))
    case.write("cases/may-demo.md", "Viết lại hết.", summary={"vi": "Mới.", "en": "New."})
    sync_knowledge(case.path, now=LATER)
    assert words_of(client.get("/knowledge/may-demo/revisions/1.pdf")) == first
    assert "Viết lại hết." in words_of(client.get("/knowledge/may-demo.pdf"))
    assert "revisions/2 Bản số 2" in words_of(client.get("/knowledge/may-demo/revisions/2.pdf"))
    assert 'href="/knowledge/may-demo.pdf"' in client.get("/knowledge/may-demo").text
    page = client.get("/knowledge/may-demo/revisions/1").text
    assert 'href="/knowledge/may-demo/revisions/1.pdf"' in page


def test_what_nobody_measured_is_printed_with_a_caution_and_no_difference(client, content):
    content.write(
        "cases/may-demo.md", strength="C", result_kind="simulation", measures=[a_measure(before=50)]
    )
    sync_knowledge(content.path, now=NOW)
    said = words_of(client.get("/knowledge/may-demo.pdf"))
    assert "đừng dẫn số liệu như kết quả đã đạt" in said
    assert "điểm phần trăm" not in said


def test_a_known_paper_is_not_made_again_until_the_text_changes(client, case):
    known = {"If-None-Match": client.get("/knowledge/may-demo.pdf").headers["ETag"]}
    assert client.get("/knowledge/may-demo.pdf", headers=known).status_code == 304
    case.write("cases/may-demo.md", "Khác.")
    sync_knowledge(case.path, now=LATER)
    assert client.get("/knowledge/may-demo.pdf", headers=known).status_code == 200


def test_there_is_no_paper_of_what_is_not_there_or_was_withdrawn(client, case):
    assert client.get("/knowledge/nothing.pdf").status_code == 404
    assert client.get("/knowledge/may-demo/revisions/2.pdf").status_code == 404
    case.write("cases/may-moi.md", "Khác.", was=["may-demo"])
    (case.path / "cases/may-demo.md").unlink()
    sync_knowledge(case.path, now=LATER)
    answer = client.get("/knowledge/may-demo.pdf")
    assert (answer.status_code, answer.location) == (301, "/knowledge/may-moi.pdf")
    (case.path / "cases/may-moi.md").unlink()
    sync_knowledge(case.path, now=LATER)
    assert client.get("/knowledge/may-moi.pdf").status_code == 410
    assert client.get("/knowledge/may-moi/revisions/1.pdf").status_code == 410


@pytest.mark.parametrize(
    "text",
    ["", "[^x]", "* " * 3000, "> " * 15 + "x", "![a](https://x.example/a.png)", "|a|\n|-|\n", "# "],
)
def test_odd_texts_are_set_all_the_same(text):
    assert blocks_of(text, site="") is not None


@pytest.mark.slow
def test_texts_that_come_with_the_house_are_printed_on_a_few_pages():
    sync_topics(CONTENT, now=NOW)
    sync_knowledge(CONTENT, now=NOW)
    query = (
        select(Article.slug, ArticleRevision.facts)
        .join(ArticleRevision, ArticleRevision.article_id == Article.id)
        .order_by(Article.kind, Article.slug)
    )
    pages = {}
    for slug, given in db.session.execute(query).all()[::12]:
        address = f"https://nang-suat.example/knowledge/{slug}/revisions/1"
        with work_within(1):
            made = text_on_paper(
                facts_in(given)[0], number=1, published_at=NOW, address=address, club="Câu lạc bộ"
            )
        assert b"<pdfaid:part>2</pdfaid:part>" in made, slug
        pages[slug] = len(PdfReader(BytesIO(made)).pages)
    assert {slug: number for slug, number in pages.items() if number > 6} == {}
