"""Several at the same moment in two processes, and a process that is killed on the way."""

import multiprocessing
import os

import pytest
from sqlalchemy import select

from club.db import db
from club.knowledge.editing.models import ArticleRevision, TextState
from club.knowledge.editing.operations import drafting, reviewing
from club.knowledge.editing.rules import EditingRefusal
from club.knowledge.importing import sync_knowledge
from club.knowledge.models import Article
from club.knowledge.proposals import operations as proposing
from club.search.queries import find
from tests.knowledge.agreements.kit import agreed
from tests.knowledge.editing.kit import an_editor, article, at, draft, drafts, handed_in, revisions
from tests.knowledge.proposals import kit
from tests.knowledge.questions.kit import a_member
from tests.registration.racing import app_over, at_once
from tests.support.factories import NOW

pytestmark = pytest.mark.slow

TOO_LATE = f"refused: {EditingRefusal.NOT_NOW}"


@pytest.fixture(autouse=True)
def published(context, content):
    with at(NOW):
        content.write("tools/5s.md", "Chữ cũ.")
        sync_knowledge(content.path, now=NOW)
        yield


def test_of_two_reviewers_who_publish_at_once_one_does(app):
    found = handed_in("5s", an_editor(), body="Bàn cờ tướng.")
    verbs = [
        (reviewing.publish, {"draft_id": found.id, "by": an_editor().id}) for _each in range(2)
    ]
    assert sorted(at_once(app, verbs)) == ["done", TOO_LATE]
    assert [one.number for one in revisions("5s")] == [1, 2]
    assert article("5s").revision == 2


def test_published_or_sent_back_but_not_both(app):
    found = handed_in("5s", an_editor())
    one, other = an_editor().id, an_editor().id
    came_to = at_once(
        app,
        [
            (reviewing.publish, {"draft_id": found.id, "by": one}),
            (reviewing.send_back, {"draft_id": found.id, "reason": "Thiếu nguồn", "by": other}),
        ],
    )
    assert sorted(came_to) == ["done", TOO_LATE]
    is_out = came_to[0] == "done"
    assert draft(found.public_id).state is (TextState.PUBLISHED if is_out else TextState.RETURNED)
    assert len(revisions("5s")) == 1 + is_out


def test_two_drafts_that_want_one_address_do_not_both_get_it(app):
    whole = [kit.completed(kit.handed_in()) for _each in range(2)]
    same = whole[0].facts["slug"]
    for one in whole:
        agreed(one, an_editor())
        db.session.get_one(type(one), one.id).facts = draft(one.public_id).facts | {"slug": same}
        db.session.commit()
    came_to = at_once(
        app,
        [(reviewing.publish, {"draft_id": one.id, "by": an_editor().id}) for one in whole],
    )
    assert sorted(came_to) == ["done", f"refused: {EditingRefusal.TAKEN}"]
    assert len(db.session.scalars(select(Article).where(Article.slug == same)).all()) == 1


def test_sent_back_while_the_member_saves_what_was_typed_is_either_kept_or_refused(app):
    member = a_member()
    found = kit.handed_in(member)
    typed = found.facts | {"title": {"vi": "Kho gọn", "en": ""}}
    came_to = at_once(
        app,
        [
            (reviewing.send_back, {"draft_id": found.id, "reason": "Sửa", "by": an_editor().id}),
            (
                proposing.save,
                {"draft_id": found.id, "document": typed, "seen": found.version, "by": member.id},
            ),
        ],
    )
    assert came_to[0] == "done"
    assert came_to[1] in {"done", f"refused: {EditingRefusal.WRITTEN_NO_MORE}"}
    now = draft(found.public_id)
    assert now.state is TextState.RETURNED
    assert now.title == ("Kho gọn" if came_to[1] == "done" else "Xếp lại kho phụ liệu")


def test_of_two_who_save_the_same_version_at_once_the_second_is_shown_both(app):
    one, other = an_editor(), an_editor()
    found = drafting.begin_change("5s", by=one.id, now=NOW)
    verbs = [
        (
            drafting.save,
            {
                "draft_id": found.id,
                "document": found.facts | {"body": f"Chữ của {hand.id}."},
                "note": None,
                "seen": found.version,
                "by": hand.id,
            },
        )
        for hand in (one, other)
    ]
    came_to = at_once(app, verbs)
    assert sorted(came_to) == ["done", f"refused: {EditingRefusal.CHANGED_MEANWHILE}"]
    winner = (one, other)[came_to.index("done")]
    assert draft(found.public_id).facts["body"] == f"Chữ của {winner.id}."


def test_a_proposal_that_is_begun_twice_at_once_is_there_once(app):
    member = a_member()
    assert at_once(app, [(proposing.begin, {"by": member.id})] * 2) == ["done"] * 2
    assert len(drafts()) == 1


def _killed(url, operation, given):
    """The process is gone before its transaction ends: when letters are to be written."""
    with app_over(url).app_context():
        reviewing.tell_published = drafting.tell_handed_in = lambda *_what, **_how: os._exit(9)
        operation(**given, now=NOW)


def kill_during(app, operation, **given):
    db.session.rollback()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    process = multiprocessing.get_context("spawn").Process(
        target=_killed, args=(url, operation, given)
    )
    process.start()
    process.join(60)
    assert process.exitcode == 9


def test_killed_while_publishing_nothing_is_published_and_it_can_be_done_again(app):
    found = kit.completed(kit.handed_in())
    by = an_editor().id
    agreed(found, an_editor())
    kill_during(app, reviewing.publish, draft_id=found.id, by=by)
    assert draft(found.public_id).state is TextState.IN_REVIEW
    assert db.session.scalars(select(ArticleRevision.number)).all() == [1]
    assert find("kho phụ liệu", language="vi").total == 0
    text = reviewing.publish(found.id, by=by, now=NOW)
    assert [one.ref for one in find("kho phụ liệu", language="vi").results] == [f"case:{text.slug}"]


def test_killed_while_handing_in_what_was_told_stays_and_is_handed_in_again(app):
    member = a_member()
    found = kit.told(member)
    given = {"draft_id": found.id, "names_proposer": True, "by": member.id}
    kill_during(app, proposing.hand_in, **given)
    now = draft(found.public_id)
    assert (now.state, now.proposed_at, now.names_proposer) == (TextState.DRAFT, None, False)
    assert now.facts["body"] == kit.TOLD["body"]
    proposing.hand_in(**given, now=NOW)
    assert draft(found.public_id).state is TextState.IN_REVIEW
