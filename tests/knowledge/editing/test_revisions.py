"""Every publication stays, can be cited, and can be compared with any other."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.db import db
from club.knowledge.editing import arriving
from club.knowledge.editing.models import ArticleAddress, ArticleRevision, Source
from club.knowledge.importing import sync_knowledge
from club.knowledge.models import Article
from tests.knowledge.content_folder import a_measure
from tests.support.factories import NOW, a_person, an_account
from tests.support.pages import words

LATER = NOW + timedelta(days=30)


def sync(content, *, now=NOW):
    sync_knowledge(content.path, now=now)


def revisions(slug):
    query = select(ArticleRevision).join(Article, Article.id == ArticleRevision.article_id)
    ordered = query.where(Article.slug == slug).order_by(ArticleRevision.number)
    return db.session.scalars(ordered).all()


@pytest.fixture
def twice(content):
    """A case that was published twice."""
    content.write("cases/may-demo.md", "Đoạn chung.\n\nXưởng có mười máy.")
    sync(content)
    content.write(
        "cases/may-demo.md",
        "Đoạn chung.\n\nXưởng có hai mươi máy.",
        measures=[a_measure(after=90)],
    )
    sync(content, now=LATER)
    return content


def test_each_publication_of_a_file_keeps_all_that_it_said(twice):
    first, second = revisions("may-demo")
    assert (first.number, first.source, first.published_at) == (1, Source.FILE, NOW)
    assert (second.number, second.published_at, second.by_id) == (2, LATER, None)
    assert first.facts["body"] == "Đoạn chung.\n\nXưởng có mười máy."
    assert first.facts["measures"][0]["after"] == 84.5
    assert second.facts["measures"][0]["after"] == 90
    assert first.facts["organisation"] == {"name": "Công ty May Demo", "name_unconfirmed": False}


def test_a_file_that_says_the_same_in_other_words_of_yaml_adds_no_revision(content):
    file = content.write("tools/5s.md")
    sync(content)
    file.write_text(file.read_text().replace("kind: tool", "kind: 'tool'"))
    sync(content, now=LATER)
    assert [one.number for one in revisions("5s")] == [1]


def test_a_text_that_goes_and_comes_back_unchanged_adds_no_revision(content):
    file = content.write("tools/5s.md")
    sync(content)
    text = file.read_text()
    file.unlink()
    sync(content)
    file.write_text(text)
    sync(content, now=LATER)
    assert [one.number for one in revisions("5s")] == [1]


def test_a_new_renderer_draws_all_texts_anew_and_adds_no_revision(content, monkeypatch):
    content.write("tools/5s.md", "Chữ")
    sync(content)
    article = db.session.scalars(select(Article)).one()
    article.body_html, article.content_path = "cũ", None
    db.session.commit()
    monkeypatch.setattr(arriving.rendering, "VERSION", 99)
    monkeypatch.setattr("club.knowledge.writing.VERSION", 99)
    (content.path / "tools/5s.md").unlink()
    sync(content)
    article = db.session.scalars(select(Article)).one()
    assert (article.body_html, article.rendering) == ("<p>Chữ</p>", 99)
    assert len(revisions("5s")) == 1


def test_an_earlier_revision_is_shown_as_one(client, twice):
    page = client.get("/knowledge/may-demo/revisions/1")
    text = page.get_data(as_text=True)
    assert "Đây là bản cũ" in text
    assert "Xưởng có mười máy." in text
    assert '<link rel="canonical" href="http://localhost/knowledge/may-demo">' in text
    assert '<meta name="robots" content="noindex">' in text
    assert "Công ty May Demo" in text
    assert "84,5" in text
    assert "Đây là bản đang dùng" in client.get("/knowledge/may-demo/revisions/2").text
    assert client.get("/knowledge/may-demo/revisions/3").status_code == 404
    assert client.get("/knowledge/nobody/revisions/1").status_code == 404


@pytest.mark.parametrize(
    ("country", "place", "said"),
    [("VN", "Bình Dương", "Bình Dương"), ("TH", "Chiang Mai", "Chiang Mai, Thailand")],
)
def test_the_facts_of_a_revision_name_another_country_and_not_its_code(
    client, content, country, place, said
):
    content.write("cases/may-demo.md", country=country, place=place)
    sync(content)
    page = words(client.get("/knowledge/may-demo/revisions/1?lang=en"))
    assert f"Where it is {said} Sector" in page


def test_two_revisions_stand_side_by_side_with_the_words_marked(client, twice):
    text = client.get("/knowledge/may-demo/revisions/compare?one=2&other=1").text
    assert "<del>mười </del>" in text
    assert "<ins>hai mươi </ins>" in text
    assert "1 đoạn giống nhau" in text
    assert "<del>84,5; </del>" in text
    assert "<ins>90; </ins>" in text
    same = client.get("/knowledge/may-demo/revisions/compare?one=2&other=2").text
    assert "Hai bản giống hệt nhau" in same
    missing = client.get("/knowledge/may-demo/revisions/compare?one=1&other=9")
    assert missing.status_code == 404


def test_the_list_names_all_with_who_wrote_and_reviewed_them(client, twice):
    writer = an_account(person=a_person(full_name="Trần Thị Viết"))
    kept = revisions("may-demo")[1]
    kept.source, kept.by_id, kept.note = Source.WEB, writer.id, "Sửa số máy"
    db.session.commit()
    text = client.get("/knowledge/may-demo/revisions").text
    assert "Sửa số máy" in text
    assert "Trần Thị Viết" in text
    assert "Lấy từ tệp của câu lạc bộ" in text
    assert 'href="/knowledge/may-demo/revisions/1"' in text


def test_a_list_costs_the_same_whatever_its_length(client, content, count_queries):
    costs = []
    for number in range(1, 21):
        content.write("tools/5s.md", f"Lần {number}.")
        sync(content, now=NOW + timedelta(days=number))
        if number in {1, 20}:
            with count_queries() as seen:
                client.get("/knowledge/5s/revisions")
            costs.append(len(seen))
    assert costs[0] == costs[1]


def test_a_withdrawn_text_shows_its_revisions_to_editors_alone(client, sign_in, twice):
    (twice.path / "cases/may-demo.md").unlink()
    sync(twice)
    for address in ("revisions", "revisions/1", "revisions/compare?one=1&other=2"):
        assert client.get(f"/knowledge/may-demo/{address}").status_code == 410
    editor = sign_in(an_account(RoleName.COORDINATOR))
    assert editor.get("/knowledge/may-demo/revisions/1").status_code == 200


def test_an_old_address_leads_to_the_present_one_for_ever(client, twice):
    article = db.session.scalars(select(Article)).one()
    db.session.add(ArticleAddress(slug="may-cu", article_id=article.id, since=NOW))
    db.session.commit()
    for path in (
        "",
        "/sheet.pdf",
        "/revisions",
        "/revisions/1",
        "/revisions/compare?one=1&other=2",
    ):
        answer = client.get(f"/knowledge/may-cu{path}")
        assert (answer.status_code, answer.location) == (301, f"/knowledge/may-demo{path}")


def test_the_page_says_who_checked_it_and_when_it_is_due(client, twice):
    article = db.session.scalars(select(Article)).one()
    text = client.get("/knowledge/may-demo").text
    assert 'href="/knowledge/may-demo/revisions"' in text
    assert "đã đến hạn kiểm tra lại" not in text
    checker = an_account(person=a_person(full_name="Lê Văn Soát"))
    article.checked_by_id, article.review_by = checker.id, NOW.date()
    db.session.commit()
    text = client.get("/knowledge/may-demo").text
    assert "22/11/2026, người kiểm tra: Lê Văn Soát" in text
    assert "đã đến hạn kiểm tra lại" in text
