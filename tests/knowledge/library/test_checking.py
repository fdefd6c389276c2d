"""Documents, and figures of others, are compared with their sources again when their day comes."""

from datetime import date, timedelta

import pytest
import yaml
from sqlalchemy import select

from club import clock
from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.files.content_error import ContentError
from club.indicators.models import Observation, ObservationSeries
from club.knowledge.editing.operations.looking_after import remind_of_due
from club.knowledge.library.importing import sync_documents
from club.knowledge.library.models import Document
from tests.knowledge.editing.kit import an_editor, at
from tests.knowledge.library.test_importing import a_document
from tests.plan.kit import with_plan
from tests.support.factories import NOW, an_account
from tests.support.letters import letters_to

CHECKED = date(2025, 6, 1)
DUE = NOW + timedelta(days=120)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "documents").mkdir()

    def write(**given):
        text = yaml.safe_dump(a_document(**({"checked_on": CHECKED} | given)), allow_unicode=True)
        (tmp_path / "documents/quyet-dinh-1.yaml").write_text(text, encoding="utf-8")
        sync_documents(tmp_path, now=NOW)

    return write


def document():
    db.session.expire_all()
    return db.session.scalars(select(Document)).one()


def test_a_document_says_when_it_was_checked_and_when_its_day_has_come(client, folder):
    folder()
    assert document().review_by == date(2026, 6, 1)
    with at(NOW):
        page = client.get("/knowledge/documents/quyet-dinh-1").text
        assert "01/06/2025" in page
        assert "đã đến hạn kiểm tra lại" not in page
    with at(DUE):
        assert "đã đến hạn kiểm tra lại" in client.get("/knowledge/documents/quyet-dinh-1").text


def test_the_desk_lists_it_and_an_editor_notes_a_check_that_no_older_file_undoes(sign_in, folder):
    folder()
    editor = an_editor()
    with at(NOW):
        assert "Quyết định 1" not in sign_in(editor).get("/office/knowledge/").text
    with at(DUE):
        desk = sign_in(editor)
        assert "Quyết định 1: Về năng suất" in desk.get("/office/knowledge/").text
        answer = desk.post("/office/knowledge/documents/quyet-dinh-1/check")
        assert answer.location == "/office/knowledge/#due"
        assert "Quyết định 1" not in desk.get("/office/knowledge/").text
    found, today = document(), clock.local_day(DUE)
    assert (found.checked_on, found.checked_by_id) == (today, editor.id)
    assert found.review_by == today.replace(year=today.year + 1)
    assert db.session.scalars(select(AuditEntry.action)).all() == ["knowledge.check_document"]
    folder(number="2/QĐ-TTg", review_by=NOW.date())
    assert document().checked_on == today
    assert document().review_by == today.replace(year=today.year + 1)
    folder(checked_on=date(2027, 1, 1), review_by=date(2027, 3, 1))
    found = document()
    assert (found.checked_on, found.review_by) == (date(2027, 1, 1), date(2027, 3, 1))
    assert found.checked_by_id is None


@pytest.mark.parametrize(
    "given", [{"checked_on": ...}, {"checked_on": "hôm qua"}, {"review_by": date(2025, 1, 1)}]
)
def test_a_file_says_when_it_was_checked(folder, given):
    with pytest.raises(ContentError):
        folder(**given)


def test_editors_hear_once_of_documents_and_figures_whose_day_has_come(folder):
    with_plan(now=NOW)
    folder()
    series = db.session.scalars(select(ObservationSeries).limit(1)).one()
    for one in db.session.scalars(select(Observation)):
        one.taken_on = CHECKED if one.series_id == series.id else date(2026, 6, 1)
    db.session.commit()
    editor = an_editor()
    remind_of_due(now=NOW)
    assert letters_to(editor.person_id, "knowledge.due") == []
    remind_of_due(now=DUE)
    remind_of_due(now=DUE + timedelta(hours=1))
    (letter,) = letters_to(editor.person_id, "knowledge.due")
    assert "2 bài, văn bản hoặc số liệu" in letter.subject
    assert "Quyết định 1" in letter.body_text
    assert series.name in letter.body_text


def test_who_finds_no_newer_value_says_so_and_the_series_rests_for_a_year(sign_in):
    with_plan(now=NOW)
    series = db.session.scalars(select(ObservationSeries).limit(1)).one()
    for one in db.session.scalars(select(Observation)):
        one.taken_on = CHECKED if one.series_id == series.id else None
    db.session.commit()
    editor, key, name = an_editor(), series.key, series.name
    with at(DUE):
        desk = sign_in(editor)
        assert name in desk.get("/office/knowledge/").text
        answer = desk.post(f"/office/plan/series/{key}/check")
        assert answer.status_code == 302
        assert name not in desk.get("/office/knowledge/").text
        assert desk.post("/office/plan/series/nothing/check").status_code == 404
    with at(DUE + timedelta(days=366)):
        assert name in sign_in(editor).get("/office/knowledge/").text


def test_trainers_are_shown_nothing_to_check(sign_in, folder):
    folder()
    with at(DUE):
        desk = sign_in(an_account(RoleName.TRAINER))
        assert "Quyết định 1" not in desk.get("/office/knowledge/").text
        assert desk.post("/office/knowledge/documents/quyet-dinh-1/check").status_code == 403
