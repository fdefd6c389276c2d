"""What somebody takes along of the own questions, and what stays when the person is erased."""

from club.db import db
from club.knowledge.questions.models import MemberQuestion, QuestionState, QuestionStep
from club.rooms import PERSONAL_DATA
from club.web.personal_data import ERASED_NAME, Whose
from tests.knowledge.questions.kit import (
    a_coordinator,
    a_member,
    a_trainer,
    answered,
    asked,
    published,
    texts,
    took,
)
from tests.people.merging_kit import joined
from tests.privacy.test_erasing import asked as asks_for_erasure
from tests.privacy.test_erasing import erase
from tests.support.factories import a_person, reload

ROWS = {table: rows for part in PERSONAL_DATA for table, rows in part.rows.items()}


def given_to(account, table):
    return db.session.execute(ROWS[table](Whose(account.person_id, account.id))).mappings().all()


def test_one_takes_along_what_one_asked_and_what_became_of_it(context):
    member, coordinator, trainer = a_member(), a_coordinator(), a_trainer()
    question = asked(member)
    took(question, "handed", coordinator, drafter_id=trainer.id, note="Nhờ thầy.")
    answered(question, trainer)
    took(question, "revised", coordinator, texts=texts(question, title="Làm 5S từ đâu?"))
    took(question, "closed", coordinator, note="Chỉ một xưởng.")
    (row,) = given_to(member, "member_question")
    assert (row["asked"], row["published_as"]) == ("Bắt đầu 5S từ đâu?", "Làm 5S từ đâu?")
    notes = [step["note"] for step in given_to(member, "member_question_step")]
    assert ("Chỉ một xưởng." in notes, "Nhờ thầy." in notes) == (True, False)
    assert given_to(trainer, "member_question") == []


def test_a_published_question_stays_without_the_person(context):
    member = a_member()
    question = published(asked(member, words="Riêng của tôi."), words="Chung.")
    erase(asks_for_erasure(member.person))
    kept = reload(question)
    assert (kept.state, kept.title, kept.words) == (
        QuestionState.PUBLISHED,
        "Bắt đầu 5S từ đâu?",
        "Chung.",
    )
    assert (kept.person_id, kept.original_title, kept.original_words) == (None, ERASED_NAME, None)
    steps = db.session.query(QuestionStep).order_by(QuestionStep.id).all()
    assert ({step.texts and 1 for step in steps}, steps[0].by_id) == ({None}, None)
    assert took(kept, "taken_down", a_coordinator(), note="Cũ rồi.").state is QuestionState.CLOSED


def test_what_waits_ends_and_its_words_go(context):
    member = a_member()
    question = answered(asked(member))
    erase(asks_for_erasure(member.person))
    kept = reload(question)
    assert (kept.state, kept.title, kept.words, kept.answer) == (
        QuestionState.CLOSED,
        ERASED_NAME,
        None,
        None,
    )
    assert [step.kind.value for step in kept.steps] == ["asked", "answered", "withdrawn"]


def test_of_a_trainer_who_is_erased_nothing_is_awaited(context):
    coordinator, trainer = a_coordinator(), a_trainer()
    question = asked()
    took(question, "handed", coordinator, drafter_id=trainer.id)
    erase(asks_for_erasure(trainer.person))
    assert reload(question).drafter_id is None


def test_questions_go_along_when_two_entries_become_one(context):
    member, other = a_member(), a_person(full_name="Lê Thị Hội Viên")
    asked(member)
    joined(other, member.person)
    assert db.session.query(MemberQuestion).one().person_id == other.id
