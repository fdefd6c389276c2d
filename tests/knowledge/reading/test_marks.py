"""The reading list, and how many a text helped."""

import re

import pytest

from club.db import db
from club.knowledge.importing import sync_knowledge
from club.knowledge.reading.models import ArticleMark, MarkKind
from tests.records.kit import every
from tests.support.factories import NOW, an_account

LIST, HELPED = "/knowledge/tpm/reading-list", "/knowledge/tpm/helped"


@pytest.fixture
def text(content):
    content.write("tools/tpm.md", tools=["tpm"], title={"vi": "Bảo trì chung", "en": "TPM"})
    sync_knowledge(content.path, now=NOW)
    return content


@pytest.fixture
def reader(sign_in, text):
    return sign_in(an_account())


def helped(client):
    found = re.search(r"(\d+) người cho biết", client.get("/knowledge/tpm").text)
    return int(found[1]) if found else 0


def test_a_text_is_kept_found_again_and_taken_off(reader):
    assert reader.post(LIST, data={"wanted": "1"}).location == "/knowledge/tpm#for-reader"
    page = reader.get("/me/reading").text
    assert '<a href="/knowledge/tpm">Bảo trì chung</a>' in page
    assert reader.post(LIST, data={"wanted": "0", "back": "list"}).location == "/me/reading"
    assert "Bảo trì chung" not in reader.get("/me/reading").text


def test_how_many_it_helped_is_shown_to_everybody_and_nobody_by_name(reader, sign_in, client):
    other = sign_in(an_account())
    for one in (reader, other, reader):
        one.post(HELPED, data={"wanted": "1"})
    assert (helped(reader), helped(client)) == (2, 2)
    other.post(HELPED, data={"wanted": "0"})
    assert helped(client) == 1


def test_who_has_the_page_gets_it_anew_when_it_helped_somebody(reader, client):
    known = {"If-None-Match": client.get("/knowledge/tpm").headers["ETag"]}
    assert client.get("/knowledge/tpm", headers=known).status_code == 304
    reader.post(HELPED, data={"wanted": "1"})
    assert client.get("/knowledge/tpm", headers=known).status_code == 200


def test_each_reader_sees_the_own_marks(reader, sign_in):
    reader.post(LIST, data={"wanted": "1"})
    other = sign_in(an_account())
    assert "Bỏ khỏi danh sách đọc" in reader.get("/knowledge/tpm").text
    assert "Lưu vào danh sách đọc" in other.get("/knowledge/tpm").text
    assert "Bảo trì chung" not in other.get("/me/reading").text


def test_a_stranger_is_offered_nothing_and_sent_to_sign_in(client, text):
    assert "danh sách đọc" not in client.get("/knowledge/tpm").text
    assert client.post(LIST, data={"wanted": "1"}).status_code == 401
    assert every(ArticleMark) == []


@pytest.mark.parametrize("data", [{}, {"wanted": ""}, {"wanted": "yes"}, {"wanted": "2"}])
def test_what_the_buttons_do_not_send_is_refused(reader, data):
    assert reader.post(HELPED, data=data).status_code == 400
    assert every(ArticleMark) == []


def test_what_does_not_exist_cannot_be_marked(reader):
    assert reader.post("/knowledge/nothing/helped", data={"wanted": "1"}).status_code == 404


def test_a_text_that_is_gone_stays_on_the_list_and_can_be_taken_off(reader, text):
    reader.post(LIST, data={"wanted": "1"})
    (text.path / "tools" / "tpm.md").unlink()
    sync_knowledge(text.path, now=NOW)
    page = reader.get("/me/reading").text
    assert "Bài này không còn được đăng" in page
    assert 'href="/knowledge/tpm"' not in page
    assert reader.post(HELPED, data={"wanted": "1"}).status_code == 404
    reader.post(LIST, data={"wanted": "0"})
    assert every(ArticleMark) == []


def test_a_mark_made_twice_is_one(reader):
    for _ in range(2):
        reader.post(LIST, data={"wanted": "1"})
    assert [(mark.kind, mark.made_at) for mark in every(ArticleMark)] == [
        (MarkKind.KEPT, db.session.query(ArticleMark.made_at).scalar())
    ]
