"""What somebody takes along of the own proposals, and what stays when the person is erased."""

from club.db import db
from club.knowledge.editing.models import Draft, DraftCopy, TextState
from club.rooms import PERSONAL_DATA
from club.web.personal_data import ERASED_NAME, Whose
from tests.knowledge.editing.kit import article, draft
from tests.knowledge.proposals.kit import completed, handed_in, published, told
from tests.knowledge.questions.kit import a_member
from tests.people.merging_kit import joined
from tests.privacy.test_erasing import asked as asks_for_erasure
from tests.privacy.test_erasing import erase
from tests.support.factories import a_person, a_topic

ROWS = {table: rows for part in PERSONAL_DATA for table, rows in part.rows.items()}


def test_one_takes_along_what_one_proposed(context):
    member = a_member()
    told(member)
    whose = Whose(member.person_id, member.id)
    (row,) = db.session.execute(ROWS["article_draft"](whose)).mappings().all()
    assert row["text"]["title"]["vi"] == "Xếp lại kho phụ liệu"
    assert (row["proposed_at"], row["readers_are_told_the_name"]) == (None, False)
    other = a_member()
    rows = ROWS["article_draft"](Whose(other.person_id, other.id))
    assert db.session.execute(rows).all() == []


def test_a_published_case_stays_without_the_member(client):
    a_topic(key="improvement_tools")
    member = a_member("Lê Thị Hội Viên")
    text = published(member, named=True)
    erase(asks_for_erasure(member.person))
    (found,) = db.session.query(Draft).all()
    assert (found.proposer_id, found.names_proposer) == (None, False)
    assert found.facts["title"]["vi"] == "Xếp lại kho phụ liệu"
    assert article(text.slug).retired_at is None
    for page in ("", "/revisions", "/revisions/1"):
        shown = client.get(f"/knowledge/{text.slug}{page}").text
        assert "Lê Thị Hội Viên" not in shown, page
        assert ERASED_NAME not in shown, page


def test_what_was_not_published_is_emptied_and_ends(context):
    member = a_member()
    waits, kept = completed(handed_in(member)), told(member)
    assert db.session.query(DraftCopy).count() == 1
    erase(asks_for_erasure(member.person))
    for one in (waits, kept):
        found = draft(one.public_id)
        assert found.state is TextState.DISCARDED
        assert (found.title, found.facts["body"], found.note) == (ERASED_NAME, "", None)
        assert found.facts["organisation"]["name"] == ""
    assert db.session.query(DraftCopy).count() == 0


def test_proposals_go_along_when_two_entries_become_one(context):
    member, other = a_member(), a_person(full_name="Lê Thị Hội Viên")
    told(member)
    joined(other, member.person)
    assert db.session.query(Draft).one().proposer_id == other.id
