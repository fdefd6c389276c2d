"""The picture that stands for a text where its address is passed on."""

import struct
from datetime import timedelta

import pytest

from club import clock
from club.chores import ROOM_CHORES
from club.db import db
from club.documents import pdf
from club.files.models import StoredFile
from club.knowledge.importing import sync_knowledge
from club.knowledge.sharing import pictures
from club.knowledge.sharing.models import ArticlePicture
from tests.knowledge.content_folder import a_measure
from tests.records.kit import every
from tests.support.factories import NOW


def drawn():
    return pictures.draw_pictures(now=clock.now, stopped=lambda: False)


def synced(content, days=0):
    sync_knowledge(content.path, now=NOW + timedelta(days=days))


@pytest.fixture
def case(content):
    content.write("cases/may-demo.md")
    synced(content)
    return content


@pytest.fixture
def told(monkeypatch):
    """What the pictures were drawn from."""
    seen = []
    monkeypatch.setattr(pictures, "png", lambda _template, data: seen.append(data) or b"\x89PNG")
    return seen


def test_it_is_drawn_once_after_publication_and_anew_after_a_change(client, case):
    assert client.get("/knowledge/may-demo/picture.png").status_code == 404
    assert (drawn(), drawn()) == (1, 0)
    first = client.get("/knowledge/may-demo/picture.png")
    assert first.mimetype == "image/png"
    assert first.headers["Cache-Control"] == "public, no-cache"
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/knowledge/may-demo/picture.png", headers=known).status_code == 304
    assert struct.unpack(">II", first.data[16:24]) == (1200, 630)
    case.write("cases/may-demo.md", title={"vi": "Tên khác hẳn", "en": "Another title"})
    synced(case, days=1)
    assert drawn() == 1
    assert client.get("/knowledge/may-demo/picture.png").data != first.data
    assert len(every(StoredFile)) == 1


def test_the_page_says_where_it_is(client, case):
    drawn()
    page = client.get("/knowledge/may-demo").text
    assert '/knowledge/may-demo/picture.png?revision=1"' in page


@pytest.mark.parametrize(
    ("given", "figure"),
    [
        ({}, "60 → 84,5 %"),
        ({"strength": "C", "result_kind": "simulation"}, None),
        ({"measures": [{"before": None, "after": None, "change": {"vi": "+59%", "en": "+59%"}}]}, "+59%"),
        ({"measures": [{"unit": {"vi": "đồng" * 9, "en": "dong"}}]}, None),
    ],
)  # fmt: skip
def test_it_shows_the_headline_figure_where_one_was_measured_and_it_fits(
    content, told, given, figure
):
    measures = [a_measure(**one) for one in given.pop("measures", [{}])]
    content.write("cases/may-demo.md", measures=measures, **given)
    synced(content)
    drawn()
    assert [one["figure"] for one in told] == [figure]


def test_what_cannot_be_drawn_holds_nothing_up_and_is_tried_again_when_it_changes(
    client, case, monkeypatch
):
    def refuses(_template, _data):
        raise pdf.PdfError("no such font")

    monkeypatch.setattr(pictures, "png", refuses)
    assert (drawn(), drawn()) == (0, 0)
    assert client.get("/knowledge/may-demo/picture.png").status_code == 404
    monkeypatch.undo()
    assert drawn() == 0
    case.write("cases/may-demo.md", body="Khác.")
    synced(case, days=1)
    assert drawn() == 1


def test_of_a_text_that_is_gone_there_is_none(client, case):
    drawn()
    (case.path / "cases" / "may-demo.md").unlink()
    synced(case, days=1)
    assert client.get("/knowledge/may-demo/picture.png").status_code == 404
    assert drawn() == 0


def test_the_worker_stops_between_two(case, content):
    content.write("tools/tpm.md", tools=["tpm"])
    synced(content)
    asked = iter([False, True])
    assert pictures.draw_pictures(now=clock.now, stopped=lambda: next(asked)) == 1
    assert db.session.query(ArticlePicture).count() == 1


def test_the_worker_does_it():
    assert "pictures of texts" in {chore.name for chore in ROOM_CHORES}
