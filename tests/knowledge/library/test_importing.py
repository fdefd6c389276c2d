import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

from club.content import CONTENT
from club.db import db
from club.files.content_error import ContentError
from club.knowledge.library import queries
from club.knowledge.library.importing import sync_documents
from club.knowledge.library.models import Document, DocumentLine, StatedStatus
from club.knowledge.library.rules import DocumentStatus, status_of
from club.search.models import FoundKind
from club.search.queries import refs_found
from tests.support.factories import NOW

PLAN = "ke-hoach-thuan-an-2021"
DOMAIN_DOCUMENTS = 20


def a_document(**given):
    facts = {
        "kind": "decision",
        "name": {"vi": "Quyết định 1", "en": "Decision 1"},
        "number": "1/QĐ-TTg",
        "date": date(2020, 2, 29),
        "title": {"vi": "Về năng suất", "en": "On productivity"},
        "about": {"vi": "Thử", "en": "A trial"},
        "status": "unknown",
        "checked_on": date(2026, 11, 30),
        "sources": [{"title": "Công báo", "url": "https://example.org/1", "secondary": False}],
    } | given
    return {key: value for key, value in facts.items() if value is not ...}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "documents").mkdir()

    def write(slug, **given):
        text = yaml.safe_dump(a_document(**given), allow_unicode=True, sort_keys=False)
        (tmp_path / "documents" / f"{slug}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def faults(folder: Path):
    with pytest.raises(ContentError) as wrong:
        sync_documents(folder, now=NOW)
    return [str(fault) for fault in wrong.value.faults]


def test_the_shipped_documents_come_in_once(context):
    first = sync_documents(CONTENT, now=NOW)
    again = sync_documents(CONTENT, now=NOW)
    assert (first.added, first.changed, first.unchanged) == (DOMAIN_DOCUMENTS, 0, 0)
    assert (again.added, again.changed, again.unchanged) == (0, 0, DOMAIN_DOCUMENTS)


def test_nothing_shipped_claims_to_be_in_force_without_a_source(context):
    sync_documents(CONTENT, now=NOW)
    shipped = db.session.scalars(select(Document)).all()
    assert {one.slug for one in shipped if one.status is not StatedStatus.UNKNOWN} == set()
    assert all(one.sources for one in shipped)


def test_what_the_plans_seed_does_not_give_stays_empty(context):
    sync_documents(CONTENT, now=NOW)
    plan = queries.document_by_slug(PLAN)
    assert (plan.number, plan.dated) == (None, date(2021, 11, 18))
    assert queries.document_by_slug("nghi-quyet-tw-7-khoa-x").dated is None


def test_the_plans_text_has_every_line_in_its_own_order(context):
    sync_documents(CONTENT, now=NOW)
    query = select(DocumentLine).order_by(DocumentLine.position)
    lines = db.session.scalars(query).all()
    assert [one.line for one in lines if one.heading == 1] == ["I", "II", "III", "IV", "NN"]
    assert len([one for one in lines if not one.heading]) == 62
    second = [one.line for one in lines if one.line.startswith("II.1")]
    assert second == ["II.1", *(f"II.1-{number}" for number in range(1, 11))]


def test_a_changed_file_is_mended_and_its_words_are_found(context, folder):
    sync_documents(folder("mot"), now=NOW)
    line = {"line": "I-1", "words": "Hình thành câu lạc bộ", "english": "Found a club"}
    done = sync_documents(folder("mot", text=[line]), now=NOW)
    assert (done.added, done.changed, done.unchanged) == (0, 1, 0)
    found = refs_found("cau lac bo", language="vi", kind=FoundKind.DOCUMENT)
    assert found == ["document:mot"]
    assert refs_found("club", language="en", kind=FoundKind.DOCUMENT) == ["document:mot"]


def test_a_file_that_is_gone_retires_its_document_until_it_comes_back(context, folder):
    sync_documents(folder("mot"), now=NOW)
    path = folder("hai")
    (path / "documents" / "mot.yaml").rename(path / "mot.yaml")
    assert sync_documents(path, now=NOW).changed == 1
    assert [one.document.slug for one in queries.documents()] == ["hai"]
    assert refs_found("nang suat", language="vi", kind=FoundKind.DOCUMENT) == ["document:hai"]
    (path / "mot.yaml").rename(path / "documents" / "mot.yaml")
    sync_documents(path, now=NOW)
    assert {one.document.slug for one in queries.documents()} == {"hai", "mot"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"colour": "red"}, "colour: is not a key that this file may have"),
        ({"kind": "poem"}, "kind: is one of decision, directive"),
        ({"title": ...}, "title: is missing"),
        ({"date": "12/2020"}, "date: is a day such as 2026-11-22"),
        ({"status": "in_force"}, "status: other than unknown needs a status_source"),
        ({"status_source": "https://example.org"}, "status: other than unknown needs"),
        ({"sources": []}, "sources: names at least one"),
        ({"replaces": ["nobody"]}, "replaces: nobody is not the name of one other document"),
        ({"replaces": ["mot"]}, "replaces: mot is not the name of one other document"),
        ({"until": "soon"}, "until: is a year such as 2030"),
        (
            {"text": [{"line": "I", "words": "a", "leads_to": [{"href": "//evil", "vi": "a", "en": "a"}]}]},
            "text[1].leads_to[1].href: is an address on this site",
        ),
        (
            {"text": [{"line": "I", "words": "a"}, {"line": "I", "words": "b"}]},
            "text: has the line I twice",
        ),
    ],
)  # fmt: skip
def test_a_fault_names_file_and_line_and_nothing_comes_in(context, folder, given, said):
    folder("hai")
    found = faults(folder("mot", **given))
    assert any(said in one for one in found), found
    assert all(one.startswith("documents/mot.yaml:") for one in found)
    assert db.session.scalars(select(Document)).all() == []


def test_documents_cannot_replace_each_other_in_a_circle(context, folder):
    folder("mot", replaces=["hai"])
    folder("hai", replaces=["ba"])
    found = faults(folder("ba", replaces=["mot"]))
    assert [one.split(":")[0] for one in found] == [
        f"documents/{name}.yaml" for name in ("ba", "hai", "mot")
    ]


def test_what_others_cite_cannot_be_deleted(context, tmp_path):
    shutil.copytree(CONTENT / "documents", tmp_path / "documents")
    sync_documents(tmp_path, now=NOW)
    (tmp_path / "documents" / "quyet-dinh-2109-2021.yaml").unlink()
    assert "quyet-dinh-2109-2021 is not the name" in faults(tmp_path)[0]


@pytest.mark.parametrize(
    ("stated", "is_replaced", "until_year", "status"),
    [
        (StatedStatus.UNKNOWN, False, None, DocumentStatus.UNKNOWN),
        (StatedStatus.UNKNOWN, False, 2026, DocumentStatus.UNKNOWN),
        (StatedStatus.UNKNOWN, False, 2025, DocumentStatus.PERIOD_OVER),
        (StatedStatus.IN_FORCE, False, 2025, DocumentStatus.IN_FORCE),
        (StatedStatus.NO_LONGER, False, None, DocumentStatus.NO_LONGER),
        (StatedStatus.IN_FORCE, True, None, DocumentStatus.REPLACED),
    ],
)
def test_silence_is_never_called_in_force(stated, is_replaced, until_year, status):
    day = date(2026, 11, 30)
    assert status_of(stated, is_replaced=is_replaced, until_year=until_year, on=day) is status
