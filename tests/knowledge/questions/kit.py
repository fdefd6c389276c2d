"""Members who ask, and those who answer."""

from datetime import date

from sqlalchemy import select

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.knowledge.models import Topic
from club.knowledge.questions.models import MemberQuestion, QuestionStepKind
from club.knowledge.questions.operations import Asked, Taken, Texts, ask, take_step
from club.membership.models import Membership
from club.outbox.models import Letter
from tests.support.factories import NOW, a_person, a_topic, an_account, reload, saved

ANSWER = "Chọn **một khu** sáu đến tám người, chụp ảnh bốn góc."


def a_member(full_name="Lê Thị Hội Viên", **given):
    person = a_person(full_name=full_name, **given)
    saved(Membership(person_id=person.id, from_day=date(2025, 1, 1)))
    return an_account(person=person)


def a_coordinator():
    return an_account(RoleName.COORDINATOR, person=a_person(full_name="Phạm Điều Phối"))


def a_trainer(full_name="Trần Giảng Viên", **given):
    return an_account(RoleName.TRAINER, person=a_person(full_name=full_name), **given)


def the_topic(key="improvement_tools"):
    query = select(Topic).where(Topic.key == key)
    known = db.session.scalars(query).one_or_none()
    return known or a_topic(key=key, name="Công cụ cải tiến", name_en="Improvement tools")


def asked(by=None, *, title="Bắt đầu 5S từ đâu?", words="Xưởng sơn hai mươi người.", **given):
    by, now = by or a_member(), given.pop("now", NOW)
    topic = given.pop("topic_key", None) or the_topic().key
    return ask(Asked(title, words, topic, **given), by=by.id, now=now)


def took(question, kind, by, *, now=NOW, version=None, **given):
    """The step, decided on how the question stands now unless a ``version`` is given."""
    seen = version or reload(question).version
    taken = Taken(QuestionStepKind(kind), seen, **given)
    return take_step(question.id, taken, by=by.id, now=now)


def texts(question, **given):
    now = {"title": question.title, "words": question.words, "answer": question.answer}
    return Texts(**now | given)


def answered(question=None, by=None, *, answer=ANSWER, **given):
    question = question or asked()
    return took(
        question, "answered", by or a_coordinator(), texts=texts(question, answer=answer, **given)
    )


def published(question=None, by=None, *, now=NOW, **given):
    by = by or a_coordinator()
    return took(answered(question, by, **given), "published", by, now=now)


def letters_to(account):
    query = select(Letter).where(
        Letter.recipient == account.email, Letter.kind == "knowledge.question_news"
    )
    return [letter.body_text for letter in db.session.scalars(query.order_by(Letter.id))]


def logged(question):
    query = select(AuditEntry.action).where(AuditEntry.subject_id == str(question.public_id))
    return list(db.session.scalars(query.order_by(AuditEntry.id)))


def story(question):
    db.session.expire_all()
    found = db.session.get_one(MemberQuestion, question.id)
    return [step.kind.value for step in found.steps]
