"""New texts for programs that read news."""

from datetime import timedelta
from xml.etree.ElementTree import fromstring

import pytest
from sqlalchemy import select

from club.db import transaction
from club.knowledge.importing import sync_knowledge
from club.knowledge.models import Article
from tests.support.factories import NOW

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def three_texts(content):
    content.write("cases/may-demo.md", body="Bỏ chờ & **đo lại**.")
    sync_knowledge(content.path, now=NOW)
    content.write("tools/tpm.md", tools=["tpm"], topics=["digital"], english="Total maintenance.")
    sync_knowledge(content.path, now=NOW + timedelta(days=1))
    content.write("articles/mo-dau.md", title={"vi": "Mở đầu", "en": "To begin with"})
    sync_knowledge(content.path, now=NOW + timedelta(days=2))
    return content


def entries(answer):
    return fromstring(answer.data).findall(f"{ATOM}entry")


def slugs(client, query=""):
    found = [
        entry.find(f"{ATOM}id").text
        for entry in entries(client.get(f"/knowledge/feed.atom{query}"))
    ]
    assert found == [
        item["id"] for item in client.get(f"/knowledge/feed.json{query}").json["items"]
    ]
    return [address.rpartition("/")[2] for address in found]


def test_the_newest_text_comes_first_with_all_its_words(client, three_texts):
    answer = client.get("/knowledge/feed.atom")
    assert answer.mimetype == "application/atom+xml"
    first, *_, last = entries(answer)
    assert first.find(f"{ATOM}title").text == "Mở đầu"
    assert first.find(f"{ATOM}published").text == (NOW + timedelta(days=2)).isoformat()
    assert last.find(f"{ATOM}content").text == "<p>Bỏ chờ &amp; <strong>đo lại</strong>.</p>"


def test_a_reader_of_english_gets_english_where_there_is_some(client, three_texts):
    items = client.get("/knowledge/feed.json?lang=en").json["items"]
    assert [item["title"] for item in items] == ["To begin with", "A text", "A text"]
    assert items[1]["content_html"] == "<p>Total maintenance.</p>"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["mo-dau", "tpm", "may-demo"]),
        ("?kind=tool", ["tpm"]),
        ("?topic=digital", ["tpm"]),
        ("?kind=case&topic=digital", []),
    ],
)
def test_a_feed_can_be_of_one_kind_or_one_topic(client, three_texts, query, expected):
    assert slugs(client, query) == expected


def test_what_no_xml_may_hold_is_left_out(client, three_texts):
    with transaction() as session:
        session.scalars(
            select(Article).where(Article.slug == "tpm")
        ).one().title = "T\x0cPM\ufffe & Lean"
    (entry,) = entries(client.get("/knowledge/feed.atom?kind=tool"))
    assert entry.find(f"{ATOM}title").text == "TPM & Lean"


@pytest.mark.parametrize("query", ["?kind=nothing", "?topic=nothing", "?kind=Case"])
def test_of_what_does_not_exist_there_is_no_feed(client, three_texts, query):
    assert client.get(f"/knowledge/feed.atom{query}").status_code == 404


def test_a_text_that_is_gone_leaves_the_feed(client, three_texts):
    (three_texts.path / "tools" / "tpm.md").unlink()
    sync_knowledge(three_texts.path, now=NOW + timedelta(days=3))
    assert slugs(client) == ["mo-dau", "may-demo"]


def test_who_has_it_is_not_sent_it_again_until_something_changes(client, three_texts):
    known = {"If-None-Match": client.get("/knowledge/feed.atom").headers["ETag"]}
    assert client.get("/knowledge/feed.atom", headers=known).status_code == 304
    assert client.get("/knowledge/feed.atom?kind=tool", headers=known).status_code == 200
    three_texts.write("tools/tpm.md", body="Khác.", tools=["tpm"], topics=["digital"])
    sync_knowledge(three_texts.path, now=NOW + timedelta(days=3))
    assert client.get("/knowledge/feed.atom", headers=known).status_code == 200


def test_an_empty_club_has_an_empty_feed(client):
    assert entries(client.get("/knowledge/feed.atom")) == []
    assert client.get("/knowledge/feed.json").json["items"] == []
