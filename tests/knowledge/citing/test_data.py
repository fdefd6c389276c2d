"""Every text as data, as it stood in each of its revisions."""

from datetime import timedelta

import pytest

from club.knowledge.citing.as_data import TEXT_DATA
from club.knowledge.importing import sync_knowledge
from tests.knowledge.content_folder import a_measure
from tests.support.factories import NOW
from tests.sweeps.test_described import complaints

LATER = NOW + timedelta(days=30)


@pytest.fixture
def twice(content):
    content.write("cases/may-demo.md", "Trước **đậm**.", english="Short.")
    content.write("tools/5s.md", "Chữ.")
    sync_knowledge(content.path, now=NOW)
    content.write("cases/may-demo.md", "Sau.", measures=[a_measure(after="2–3", before=None)])
    sync_knowledge(content.path, now=LATER)
    return content


def test_a_text_answers_with_all_that_its_page_says(client, twice):
    said = client.get("/knowledge/may-demo.json").json
    assert complaints(said, TEXT_DATA) == []
    assert (said["revision"], said["is_present"], said["markdown"]) == (2, True, "Sau.")
    assert said["url"] == "http://localhost/knowledge/may-demo"
    assert said["revision_url"] == "http://localhost/knowledge/may-demo/revisions/2"
    assert said["title"] == {"vi": "Một bài", "en": "A text"}
    assert said["case"]["organisation"]["name"] == "Công ty May Demo"
    (measure,) = said["case"]["measures"]
    assert (measure["before"], measure["after"], measure["unit"]["vi"]) == (None, "2–3", "%")
    assert said["sources"][0]["url"] == "https://example.org/a"


def test_an_earlier_revision_answers_with_what_it_said(client, twice):
    said = client.get("/knowledge/may-demo/revisions/1.json").json
    assert complaints(said, TEXT_DATA) == []
    assert (said["revision"], said["is_present"]) == (1, False)
    assert said["html"] == "<p>Trước <strong>đậm</strong>.</p>"
    assert (said["markdown_en"], said["html_en"]) == ("Short.", "<p>Short.</p>")
    assert said["case"]["measures"][0]["after"] == 84.5
    assert said["published_at"] == NOW.isoformat()


def test_a_text_that_is_no_case_has_no_facts_of_one(client, twice):
    said = client.get("/knowledge/5s.json").json
    assert complaints(said, TEXT_DATA) == []
    assert (said["kind"], said["case"], said["markdown_en"]) == ("tool", None, None)


def test_what_is_not_there_moved_or_withdrawn_is_not_answered(client, twice):
    assert client.get("/knowledge/nothing.json").status_code == 404
    assert client.get("/knowledge/may-demo/revisions/3.json").status_code == 404
    twice.write("cases/may-moi.md", "Khác.", was=["may-demo"])
    (twice.path / "cases/may-demo.md").unlink()
    sync_knowledge(twice.path, now=LATER)
    answer = client.get("/knowledge/may-demo/revisions/1.json")
    assert (answer.status_code, answer.location) == (301, "/knowledge/may-moi/revisions/1.json")
    (twice.path / "cases/may-moi.md").unlink()
    sync_knowledge(twice.path, now=LATER)
    assert client.get("/knowledge/may-moi.json").status_code == 410


def test_a_known_answer_is_not_sent_again_until_a_new_revision(client, twice):
    known = {"If-None-Match": client.get("/knowledge/may-demo.json").headers["ETag"]}
    assert client.get("/knowledge/may-demo.json", headers=known).status_code == 304
    twice.write("cases/may-demo.md", "Nữa.")
    sync_knowledge(twice.path, now=LATER + timedelta(days=1))
    assert client.get("/knowledge/may-demo.json", headers=known).status_code == 200


def test_the_page_its_revisions_and_the_feed_lead_to_it(client, twice):
    page = client.get("/knowledge/may-demo").text
    assert 'href="http://localhost/knowledge/may-demo.json"' in page
    assert 'href="/knowledge/may-demo.json"' in page
    earlier = client.get("/knowledge/may-demo/revisions/1").text
    assert 'href="/knowledge/may-demo/revisions/1.json"' in earlier
    files = {
        one["url"]: one["mime_type"]
        for item in client.get("/knowledge/feed.json").json["items"]
        for one in item["attachments"]
    }
    assert files["http://localhost/knowledge/may-demo.json"] == "application/json"
    assert files["http://localhost/knowledge/may-demo.pdf"] == "application/pdf"
