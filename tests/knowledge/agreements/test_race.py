"""What a firm says at the same moment as the club publishes, in two processes."""

import pytest
from sqlalchemy import func, select

from club.accounts.models import RoleName
from club.db import db
from club.knowledge.agreements.models import Agreement, AgreementState
from club.knowledge.agreements.operations import asking, recording
from club.knowledge.agreements.operations.recording import Withdrawal
from club.knowledge.agreements.rules import AgreementRefusal
from club.knowledge.editing.models import ArticleRevision, TextState
from club.knowledge.editing.operations import reviewing
from club.knowledge.editing.rules import EditingRefusal
from club.knowledge.importing import sync_knowledge
from club.knowledge.models import Article
from club.search.queries import find
from tests.knowledge.agreements.kit import (
    ALL,
    a_change_of,
    a_document,
    a_new_draft,
    agreed,
    published,
)
from tests.knowledge.editing.kit import a_trainer, an_editor, article, at, draft
from tests.knowledge.proposals import kit as proposing
from tests.knowledge.questions.kit import a_member
from tests.registration.racing import at_once
from tests.support.factories import NOW, a_person, an_account, an_employment, an_organisation
from tests.support.letters import letters_to

pytestmark = pytest.mark.slow

_S = AgreementState
SLUG = "may-binh-minh-5s"
BACK = Withdrawal("Chúng tôi đổi ý.")


@pytest.fixture(autouse=True)
def _on_that_morning(context, content):
    sync_knowledge(content.path, now=NOW)
    with at(NOW):
        yield


def nothing_is_shown(client):
    shown = [client.get(f"/knowledge/{SLUG}").status_code, find("Bình Minh", language="vi").total]
    kept = db.session.scalars(select(ArticleRevision)).all()
    assert all(one.withheld for one in kept if "Bình Minh" in one.facts["title"]["vi"])
    return shown[0] in {404, 410} and shown[1] == 0


def race(app, found, agreement, editor):
    return at_once(
        app,
        [
            (reviewing.publish, {"draft_id": found.id, "by": editor.id}),
            (
                recording.withdraw,
                {"agreement_id": agreement.id, "withdrawal": BACK, "by": editor.id},
            ),
        ],
    )


def test_a_new_case_that_is_taken_back_while_it_is_published_is_shown_to_nobody(app, client):
    editor = an_editor()
    found = a_new_draft(a_trainer(), a_document())
    agreement = agreed(found, editor)
    came_to = race(app, found, agreement, editor)
    assert came_to[0] in {"done", f"refused: {AgreementRefusal.WITHDRAWN}"}
    assert came_to[1] == "done"
    is_out = came_to[0] == "done"
    state = TextState.PUBLISHED if is_out else TextState.IN_REVIEW
    assert draft(found.public_id).state is state
    assert nothing_is_shown(client)
    assert len(db.session.scalars(select(Article.id)).all()) == is_out


def test_a_change_that_is_published_while_the_case_is_taken_back_is_shown_to_nobody(app, client):
    editor = an_editor()
    first = a_new_draft(a_trainer(), a_document())
    agreement = agreed(first, editor)
    published(first, editor)
    later = a_change_of(
        SLUG, a_trainer(), a_document(body="Công ty May Bình Minh sắp lại cả xưởng.")
    )
    came_to = race(app, later, agreement, editor)
    assert came_to[0] in {
        "done",
        f"refused: {AgreementRefusal.WITHDRAWN}",
        f"refused: {EditingRefusal.CHANGED_MEANWHILE}",
    }
    assert came_to[1] == "done"
    assert nothing_is_shown(client)
    assert (article(SLUG).withheld, article(SLUG).retired_at is not None) == (True, True)


def test_of_two_editors_who_take_back_one_agreement_at_once_one_does(app):
    editor = an_editor()
    first = a_new_draft(a_trainer(), a_document())
    agreement = agreed(first, editor)
    published(first, editor)
    given = {"agreement_id": agreement.id, "withdrawal": BACK, "by": editor.id}
    came_to = at_once(app, [(recording.withdraw, given)] * 2)
    assert sorted(came_to) == ["done", f"refused: {AgreementRefusal.OVER}"]


def test_a_firm_agrees_or_declines_but_not_both(app):
    editor, firm = an_editor(), an_organisation(name="Công ty TNHH May Bình Minh")
    person = a_person(full_name="Nguyễn Thị Chủ")
    an_employment(person, firm, represents=True)
    speaker = an_account(RoleName.REPRESENTATIVE, person=person)
    found = a_new_draft(a_trainer(), a_document())
    asked = asking.ask(
        found, asking.Whom(firm.code), asking.Asked(ALL, None), by=editor.id, now=NOW
    )
    came_to = at_once(
        app,
        [
            (
                asking.give,
                {
                    "agreement_id": asked.id,
                    "extent": ALL,
                    "words": "Đồng ý.",
                    "by": speaker.id,
                },
            ),
            (
                asking.decline,
                {"agreement_id": asked.id, "reason": "Chưa tiện.", "by": speaker.id},
            ),
        ],
    )
    assert sorted(came_to) == ["done", f"refused: {AgreementRefusal.OVER}"]
    db.session.expire_all()
    state = db.session.scalars(select(Agreement.state)).one()
    assert state is (_S.GIVEN if came_to[0] == "done" else _S.DECLINED)


def test_a_proposal_that_two_coordinators_accept_at_once_is_published_once(app):
    member = a_member()
    found = proposing.completed(proposing.handed_in(member))
    agreed(found, an_editor())
    verbs = [
        (reviewing.publish, {"draft_id": found.id, "by": an_editor().id}) for _each in range(2)
    ]
    came_to = at_once(app, verbs)
    assert sorted(came_to) == ["done", f"refused: {EditingRefusal.NOT_NOW}"]
    assert draft(found.public_id).state is TextState.PUBLISHED
    assert db.session.scalar(select(func.count()).select_from(ArticleRevision)) == 1
    assert len(letters_to(member.person_id, "knowledge.published")) == 1
