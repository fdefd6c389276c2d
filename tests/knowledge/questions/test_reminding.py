"""Questions that wait too long, and those that stand beside the text they are about."""

from datetime import timedelta

from club.knowledge.importing import sync_knowledge
from club.knowledge.questions.reminding import remind_of_waiting
from tests.knowledge.conftest import content  # noqa: F401
from tests.knowledge.questions.kit import a_coordinator, a_trainer, asked, published, texts, took
from tests.support.factories import NOW
from tests.support.letters import letters_to

LATER = NOW + timedelta(days=8)


def told(account):
    return letters_to(account.person_id, "knowledge.questions_waiting")


def test_coordinators_hear_once_of_what_waits_for_more_than_a_week(context):
    coordinator = a_coordinator()
    asked(title="Câu cũ ở đâu?")
    asked(title="Câu mới ở đâu?", now=NOW + timedelta(days=5))
    remind_of_waiting(now=NOW + timedelta(days=6))
    assert told(coordinator) == []
    remind_of_waiting(now=LATER)
    remind_of_waiting(now=LATER + timedelta(hours=1))
    (letter,) = told(coordinator)
    assert letter.subject == "1 câu hỏi đang chờ trả lời"
    assert ("Câu cũ ở đâu?" in letter.body_text, "Câu mới" in letter.body_text) == (True, False)


def test_each_step_begins_the_days_anew(context):
    coordinator, question = a_coordinator(), asked()
    later, words = NOW + timedelta(days=5), texts(question, answer="Từ một khu.")
    took(question, "answered", coordinator, now=later, texts=words)
    remind_of_waiting(now=LATER)
    assert told(coordinator) == []
    remind_of_waiting(now=NOW + timedelta(days=13))
    assert len(told(coordinator)) == 1


def test_who_drafts_the_answer_hears_of_it_too(context):
    coordinator, trainer = a_coordinator(), a_trainer()
    took(asked(), "handed", coordinator, drafter_id=trainer.id)
    remind_of_waiting(now=LATER)
    (letter,) = told(trainer)
    assert "/teaching/questions" in letter.body_text
    assert "/office/knowledge/questions" in told(coordinator)[0].body_text


def test_nobody_hears_of_what_is_published(context):
    coordinator = a_coordinator()
    published()
    remind_of_waiting(now=LATER)
    assert told(coordinator) == []


def test_a_published_question_stands_beside_its_text(client, content):  # noqa: F811
    content.write("tools/5s.md")
    sync_knowledge(content.path, now=NOW)
    question = published(asked(title="Bắt đầu 5S từ đâu?", about="5s", topic_key="digital"))
    page = client.get("/knowledge/5s").text
    assert "Đã có người hỏi" in page
    assert f'href="/knowledge/questions/{question.slug}"' in page
    took(question, "taken_down", a_coordinator(), note="Cũ rồi.")
    assert "Đã có người hỏi" not in client.get("/knowledge/5s").text
