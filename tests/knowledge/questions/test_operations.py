"""Asking the club, from the first word to where it ends."""

from datetime import timedelta

import pytest

from club.db import db
from club.knowledge.questions.models import MemberQuestion, QuestionState
from club.knowledge.questions.operations import Asked, ask
from club.refusal import RefusedError
from club.search.models import FoundKind
from club.search.queries import refs_found
from tests.knowledge.questions.kit import (
    ANSWER,
    a_coordinator,
    a_member,
    a_trainer,
    answered,
    asked,
    letters_to,
    logged,
    published,
    story,
    texts,
    the_topic,
    took,
)
from tests.support.factories import (
    NOW,
    a_person,
    an_account,
    an_employment,
    an_organisation,
    reload,
)

DAY = timedelta(days=1)


@pytest.fixture
def member(context):
    return a_member()


@pytest.fixture
def coordinator(context):
    return a_coordinator()


@pytest.fixture
def trainer(context):
    return a_trainer()


def refused(act, *args, **given):
    with pytest.raises(RefusedError) as error:
        act(*args, **given)
    return error.value.refusal.name, error.value.field


def found(words, language="vi"):
    return refs_found(words, language=language, kind=FoundKind.QUESTION)


def test_what_was_asked_is_kept_beside_what_may_become_public(member):
    question = asked(member)
    assert (question.state, story(question)) == (QuestionState.ASKED, ["asked"])
    assert (question.original_title, question.title) == ("Bắt đầu 5S từ đâu?",) * 2
    assert (letters_to(member), logged(question)) == ([], [])


def test_only_members_ask(context):
    assert refused(asked, an_account()) == ("NOT_A_MEMBER", None)
    assert db.session.query(MemberQuestion).count() == 0


def test_three_wait_at_most_and_five_are_asked_within_a_week(member, coordinator):
    first, second, _third = (asked(member) for _ in range(3))
    assert refused(asked, member) == ("TOO_MANY_OPEN", None)
    took(first, "withdrawn", member)
    took(second, "closed", coordinator, note="Đã trả lời ở bài 5S.")
    asked(member), asked(member)
    took(_third, "withdrawn", member)
    assert refused(asked, member) == ("TOO_MANY", None)
    assert asked(member, now=NOW + 7 * DAY).state is QuestionState.ASKED


def test_topic_and_text_have_to_exist(member):
    assert refused(asked, member, topic_key="nope") == ("NO_SUCH_TOPIC", "topic")
    assert refused(asked, member, about="nope") == ("NO_SUCH_TEXT", "about")


def test_a_coordinator_answers_and_publishes(member, coordinator):
    question = published(asked(member), coordinator)
    assert (question.state, story(question)) == (
        QuestionState.PUBLISHED,
        ["asked", "answered", "published"],
    )
    assert logged(question) == ["knowledge.answer_question", "knowledge.publish_question"]
    (letter,) = letters_to(member)
    assert f"/knowledge/questions/{question.slug}" in letter
    assert question.slug == f"bat-dau-5s-tu-dau-{question.public_id.hex[:6]}"


def test_what_is_published_is_found_in_both_languages_and_what_waits_is_not(member, coordinator):
    question = answered(asked(member), coordinator)
    assert found("bat dau 5s") == []
    took(question, "published", coordinator)
    name = [f"question:{question.public_id}"]
    assert (found("bat dau 5s"), found("chup anh bon goc"), found("5s", "en")) == (name,) * 3
    took(question, "revised", coordinator, texts=texts(question, title="Làm Kaizen ra sao?"))
    assert (found("bat dau 5s"), found("kaizen")) == ([], name)
    took(question, "taken_down", coordinator, note="Người hỏi đề nghị.")
    assert found("kaizen") == []


def test_a_trainer_drafts_without_learning_who_asks(member, coordinator, trainer):
    question = asked(member)
    took(question, "handed", coordinator, drafter_id=trainer.id, note="Nhờ thầy trong tuần này.")
    (letter,) = letters_to(trainer)
    assert ("Bắt đầu 5S từ đâu?" in letter, "Nhờ thầy trong tuần này." in letter) == (True, True)
    assert ("Hội Viên" in letter, member.email in letter) == (False, False)
    assert f"/teaching/questions/{question.public_id}" in letter
    answered(question, trainer)
    assert (reload(question).state, letters_to(member)) == (QuestionState.ANSWERED, [])
    assert refused(took, question, "published", trainer) == ("NOT_YOUR_TURN", None)
    took(question, "sent_back", coordinator, note="Thêm ví dụ giúp.")
    assert "Thêm ví dụ giúp." in letters_to(trainer)[-1]
    published(question, coordinator)
    assert f"/knowledge/questions/{reload(question).slug}" in letters_to(trainer)[-1]


def test_who_was_asked_before_is_told_that_somebody_else_drafts(coordinator, trainer):
    question, other = asked(), a_trainer("Võ Giảng Viên")
    took(question, "handed", coordinator, drafter_id=trainer.id)
    assert refused(took, question, "handed", coordinator, drafter_id=trainer.id) == (
        "ASKED_ALREADY",
        "trainer",
    )
    took(question, "handed", coordinator, drafter_id=other.id)
    assert [len(letters_to(one)) for one in (trainer, other)] == [2, 1]
    assert refused(answered, question, trainer) == ("NOT_YOUR_TURN", None)


@pytest.mark.parametrize("given", [{}, {"active": False}])
def test_only_trainers_who_can_sign_in_are_asked(coordinator, given):
    somebody = a_trainer(**given) if given else a_member("Ngô Ai Đó")
    question = asked()
    assert refused(took, question, "handed", coordinator, drafter_id=somebody.id) == (
        "NOT_A_TRAINER",
        "trainer",
    )
    assert reload(question).drafter_id is None


def test_of_two_coordinators_at_once_the_second_one_looks_again(coordinator):
    question, other = asked(), a_coordinator()
    seen = question.version
    took(question, "answered", coordinator, version=seen, texts=texts(question, answer="Một."))
    late = {"version": seen, "texts": texts(question, answer="Hai.")}
    assert refused(took, question, "answered", other, **late) == ("OVER", None)
    assert refused(took, question, "revised", other, **late) == ("OVER", None)
    assert reload(question).answer == "Một."


def test_closing_tells_the_reason_and_the_answer_that_the_club_let_stand(member, coordinator):
    question = answered(asked(member), coordinator)
    took(question, "closed", coordinator, note="Chỉ liên quan một doanh nghiệp.")
    (letter,) = letters_to(member)
    assert ("Chỉ liên quan một doanh nghiệp." in letter, "bốn góc" in letter) == (True, True)
    assert reload(question).answer == ANSWER


def test_a_draft_that_nobody_let_stand_reaches_nobody(member, coordinator, trainer):
    question = asked(member)
    took(question, "handed", coordinator, drafter_id=trainer.id)
    answered(question, trainer, answer="Sai hoàn toàn.")
    took(question, "sent_back", coordinator, note="Xem lại.")
    took(question, "closed", coordinator, note="Ngoài chuyên môn của câu lạc bộ.")
    (letter,) = letters_to(member)
    assert ("Sai hoàn toàn." in letter, reload(question).answer) == (False, None)


def test_names_of_who_asked_and_of_the_employer_do_not_become_public(coordinator):
    person = a_person(full_name="Lê Thị Hội Viên")
    an_employment(person, an_organisation(name="Công ty Gỗ Lái Thiêu"))
    question = asked(a_member_who_is(person), words="Ở Công ty Gỗ Lái Thiêu chúng tôi.")
    answered(question, coordinator)
    assert refused(took, question, "published", coordinator) == ("NAMES_SOMEBODY", "words")
    clean = texts(question, words="Ở một xưởng gỗ.", answer="Chị Lê Thị Hội Viên nên làm thử.")
    took(question, "revised", coordinator, texts=clean)
    assert refused(took, question, "published", coordinator) == ("NAMES_SOMEBODY", "answer")
    took(question, "revised", coordinator, texts=texts(question, answer=ANSWER))
    took(question, "published", coordinator)
    back = texts(question, title="Lê Thị Hội Viên hỏi gì?")
    assert refused(took, question, "revised", coordinator, texts=back) == (
        "NAMES_SOMEBODY",
        "title",
    )
    kept = reload(question)
    assert (kept.original_words, kept.words) == (
        "Ở Công ty Gỗ Lái Thiêu chúng tôi.",
        "Ở một xưởng gỗ.",
    )


def a_member_who_is(person):
    from datetime import date

    from club.membership.models import Membership
    from tests.support.factories import saved

    saved(Membership(person_id=person.id, from_day=date(2025, 1, 1)))
    return an_account(person=person)


def test_every_state_of_the_words_stays(coordinator):
    question = answered(asked(), coordinator, answer="Một.")
    took(question, "revised", coordinator, texts=texts(question, answer="Hai."))
    said = [step.texts and step.texts["answer"] for step in reload(question).steps]
    assert said == [None, "Một.", "Hai."]


def test_taking_down_tells_why_and_the_address_stays_taken(member, coordinator):
    question = published(asked(member), coordinator)
    took(question, "taken_down", coordinator, note="Theo đề nghị của chị.")
    assert "Theo đề nghị của chị." in letters_to(member)[-1]
    gone = reload(question)
    assert (gone.state, gone.slug is None) == (QuestionState.CLOSED, False)


def test_a_long_question_has_a_short_address(member, coordinator):
    question = published(asked(member, title="Vì sao " + "rất " * 40 + "lâu?"), coordinator)
    assert len(question.slug) <= 87


def test_asking_twice_at_once_counts_both(member):
    asked(member), asked(member)
    last = Asked("Câu thứ ba?", None, the_topic().key)
    ask(last, by=member.id, now=NOW)
    assert refused(ask, last, by=member.id, now=NOW) == ("TOO_MANY_OPEN", None)
