"""Pages that are known are not made again; the start and the tools; all of them are well made."""

import re
from datetime import timedelta

import pytest

from club.knowledge.article_rules import is_address
from tests.knowledge.content_folder import a_measure
from tests.knowledge.page_kit import a_change, slugs, synced, words
from tests.support.factories import NOW, an_account
from tests.support.inspector import complaints

# --- not fetching again what is known ---


def test_a_known_page_is_not_made_again(client, content, count_queries):
    content.write("cases/a.md")
    synced(content)
    first = client.get("/knowledge/a")
    with count_queries() as seen:
        again = client.get("/knowledge/a", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Last-Modified"] == "Tue, 03 Mar 2026 02:00:00 GMT"
    assert first.headers["Vary"] == "Cookie"
    assert len(seen) <= 5


def test_a_changed_text_another_language_or_a_sibling_is_a_new_page(client, content):
    content.write("cases/a.md")
    synced(content)
    etags = [client.get("/knowledge/a").headers["ETag"]]
    etags.append(client.get("/knowledge/a?lang=en").headers["ETag"])
    client.get("/knowledge/a?lang=vi")
    content.write("cases/b.md")
    synced(content, now=NOW + timedelta(days=1))
    etags.append(client.get("/knowledge/a").headers["ETag"])
    content.write("cases/a.md", strength="B")
    synced(content, now=NOW + timedelta(days=2))
    etags.append(client.get("/knowledge/a").headers["ETag"])
    assert len(set(etags)) == 4


def test_whoever_is_signed_in_gets_a_page_of_their_own(client, content, sign_in):
    content.write("cases/a.md")
    synced(content)
    etag = client.get("/knowledge/a").headers["ETag"]
    theirs = sign_in(an_account()).get("/knowledge/a", headers={"If-None-Match": etag})
    assert theirs.status_code == 200
    assert "ETag" not in theirs.headers


# --- all of it ---


def test_the_start_shows_tools_new_cases_and_articles(client, content):
    content.write("tools/5s.md")
    content.write("cases/a.md")
    content.write("articles/how.md")
    synced(content)
    page = client.get("/knowledge/")
    assert slugs(page) == ["a", "how"]
    assert "Công cụ cải tiến 5S" in words(page)
    assert 'href="/knowledge/5s"' in page.text
    assert "1 điển hình" in words(client.get("/knowledge/tools/"))


def test_tools_are_listed_field_by_field(client, content):
    content.write("tools/aaa.md", tools=["5s"], topics=["digital"])
    content.write("tools/bbb.md", tools=["tpm"])
    synced(content)
    page = client.get("/knowledge/tools/?lang=en")
    assert slugs(page) == ["bbb", "aaa"]
    fields = re.findall(r'<h2 id="tools-\d">([^<]+)</h2>', page.text)
    assert fields == ["Improvement tools", "Digital"]


def test_tools_stand_in_the_order_of_their_file(client, content):
    content.write("tools/aaa.md", tools=["tpm"])
    content.write("tools/bbb.md", tools=["lean"])
    content.write("tools/ccc.md", tools=["5s"])
    synced(content)
    assert slugs(client.get("/knowledge/tools/")) == ["ccc", "bbb", "aaa"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_are_well_made(client, content, language):
    content.write("tools/5s.md", "# Một\n\n|a|b|\n|-|-:|\n|1|2|\n\n[^1]\n\n[^1]: Ghi chú.")
    content.write("cases/a.md", measures=[a_measure(), a_change()])
    content.write("articles/how.md", sources=[])
    synced(content)
    for path in ("", "cases/", "cases/?sector=wood", "tools/", "5s", "a", "how"):
        page = client.get(
            f"/knowledge/{path}", query_string={"lang": language} if "?" not in path else None
        )
        assert complaints(page.text) == [], path


def test_no_text_has_the_address_of_another_page(app):
    below = re.compile(r"/knowledge/([a-z-]+)/?")
    named = {found[1] for rule in app.url_map.iter_rules() if (found := below.fullmatch(rule.rule))}
    assert named >= {"cases", "fits", "questions"}
    assert [one for one in sorted(named) if is_address(one)] == []
