"""What a text's page tells programs: search engines, and those that show a passed-on address."""

import json
import re

import pytest

from club.config import ROOT
from club.knowledge.importing import sync_knowledge
from club.knowledge.topic_importing import sync_topics
from tests.support.factories import NOW


@pytest.fixture
def shipped(client):
    sync_topics(ROOT / "content", now=NOW)
    sync_knowledge(ROOT / "content", now=NOW)
    return client


def told(page):
    return json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', page)[1])


def test_a_tool_s_page_gives_its_steps_as_a_how_to(shipped):
    article, how_to = told(shipped.get("/knowledge/5s").text)["@graph"]
    assert (article["@type"], how_to["@type"]) == ("Article", "HowTo")
    steps = how_to["step"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert len(steps) >= 5
    assert all(step["text"] and "*" not in step["text"] for step in steps)


def test_a_case_is_an_article_and_no_instruction(shipped):
    data = told(shipped.get("/knowledge/bong-den-rang-dong").text)
    assert data["@type"] == "Article"
    assert {one["@type"] for one in data["citation"]} == {"CreativeWork"}
    assert all(one["name"] for one in data["citation"])
    assert data["author"] == data["publisher"]
    assert (data["author"]["@type"], data["version"]) == ("Organization", 1)
    assert data["dateModified"].startswith("2026-03-03T")
    address = "http://localhost/knowledge/bong-den-rang-dong"
    files = [one["contentUrl"] for one in data["encoding"]]
    assert files == [f"{address}.pdf", f"{address}.json"]


def test_a_title_cannot_end_the_script_or_an_attribute(client, content):
    content.write(
        "articles/ac-y.md",
        title={"vi": '"><script>alert(1)</script>', "en": "</script><b>"},
        body="Chữ.",
    )
    sync_knowledge(content.path, now=NOW)
    for language in ("vi", "en"):
        page = client.get(f"/knowledge/ac-y?lang={language}").text
        assert "<script>alert" not in page
        assert "</script><b>" not in page
        assert told(page)["headline"] in ('"><script>alert(1)</script>', "</script><b>")


def test_who_passes_an_address_on_shows_title_summary_and_language(shipped):
    page = shipped.get("/knowledge/5s?lang=en").text
    properties = dict(re.findall(r'<meta property="([\w:]+)"\s+content="([^"]*)">', page))
    assert properties["og:title"] == "5S: a place for everything and someone to keep it"
    assert properties["og:locale"] == "en_GB"
    assert properties["og:url"].endswith("/knowledge/5s")
    assert page.count('rel="canonical"') == 1
