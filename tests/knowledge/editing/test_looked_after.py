"""What is around a published text: what replaces it, its problems, the way to change it."""

from datetime import timedelta

import pytest
import yaml
from sqlalchemy import select

from club.db import db
from club.knowledge.editing.operations import looking_after, reviewing
from club.knowledge.editing.rules import EditingRefusal
from club.knowledge.evidence.models import ArticleProblem
from club.knowledge.evidence.problems import sync_problems
from club.knowledge.importing import sync_knowledge
from club.refusal import RefusedError
from tests.knowledge.editing.kit import a_trainer, an_editor, article, at, handed_in
from tests.knowledge.evidence.test_problems import a_problem
from tests.support.factories import NOW, an_account


@pytest.fixture(autouse=True)
def _on_that_morning():
    with at(NOW):
        yield


@pytest.fixture
def two(content):
    content.write("tools/5s.md", title={"vi": "5S cũ", "en": "Old 5S"})
    content.write("tools/lean.md", title={"vi": "Lean mới", "en": "New lean"}, tools=["lean"])
    sync_knowledge(content.path, now=NOW)
    return content


def test_a_retired_address_leads_to_what_took_its_place(client, sign_in, two):
    editor = sign_in(an_editor())
    here = "/office/knowledge/texts/5s/retirement"
    for wrong in ("khong-co", "5s", "/knowledge/khong-co"):
        answer = editor.post(here, data={"replaced_by": wrong})
        assert answer.status_code == 422, wrong
        assert "Không có bài nào khác đang hiển thị ở địa chỉ này." in answer.text
        assert f'value="{wrong}"' in answer.text
    assert editor.post(here, data={"replaced_by": "/knowledge/lean"}).status_code == 302
    gone = client.get("/knowledge/5s")
    assert gone.status_code == 410
    assert "Nay đã có bài khác thay" in gone.text
    assert 'href="/knowledge/lean"' in gone.text
    assert "Lean mới" in gone.text
    editor.post("/office/knowledge/texts/5s/return")
    assert article("5s").replaced_by_id is None
    assert client.get("/knowledge/5s").status_code == 200


def test_what_is_itself_retired_takes_nobodys_place(client, two):
    editor = an_editor()
    looking_after.retire("5s", replaced_by="lean", by=editor.id, now=NOW)
    looking_after.retire("lean", by=editor.id, now=NOW)
    assert "/knowledge/lean" not in client.get("/knowledge/5s").text
    looking_after.put_back("5s", by=editor.id, now=NOW)
    with pytest.raises(RefusedError) as refused:
        looking_after.retire("5s", replaced_by="lean", by=editor.id, now=NOW)
    assert refused.value.refusal is EditingRefusal.NO_REPLACEMENT


def test_a_text_published_on_the_site_has_its_problems_at_once(content):
    content.write("cases/may-demo.md")
    sync_knowledge(content.path, now=NOW)
    given = yaml.safe_dump({"problems": [a_problem()]}, allow_unicode=True)
    (content.path / "problems.yaml").write_text(given, encoding="utf-8")
    sync_problems(content.path, now=NOW)
    assert linked() == []
    for words, number in (("Mất giờ vì thay khuôn", 1), ("Chờ lâu", 0)):
        writer = a_trainer()
        draft = handed_in("may-demo", writer, body=words)
        draft.facts = draft.facts | {"problem": {"vi": words, "en": "Slow"}}
        db.session.commit()
        reviewing.publish(draft.id, by=an_editor().id, now=NOW + timedelta(days=1))
        assert len(linked()) == number


def linked():
    return db.session.scalars(select(ArticleProblem.article_id)).all()


def test_who_may_change_a_text_is_led_to_its_desk(client, sign_in, two):
    way = 'href="/office/knowledge/texts/5s"'
    assert way not in client.get("/knowledge/5s").text
    assert way not in sign_in(an_account()).get("/knowledge/5s").text
    for account in (a_trainer(), an_editor()):
        assert way in sign_in(account).get("/knowledge/5s").text


def test_an_editor_notes_from_the_text_of_a_file_that_it_was_checked(client, sign_in, two):
    way = "/office/knowledge/texts/5s"
    assert f'href="{way}#check"' not in sign_in(a_trainer()).get("/knowledge/5s").text
    editor = sign_in(an_editor("Phạm Thị Duyệt"))
    assert f'href="{way}#check"' in editor.get("/knowledge/5s").text
    assert 'id="check"' in editor.get(way).text
    assert editor.post(f"{way}/check").status_code == 302
    assert "Phạm Thị Duyệt" in client.get("/knowledge/5s").text
    sync_knowledge(two.path, now=NOW + timedelta(days=1))
    assert "Phạm Thị Duyệt" in client.get("/knowledge/5s").text
