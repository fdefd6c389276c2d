"""Asking the club, and each step until the answer is public or the question closed. Every step is
a row, logged where the club decided, and written about in its transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from club.accounts.models import Account, RoleName
from club.audit.operations import record
from club.clock import local_day
from club.db import transaction
from club.knowledge.questions import letters, queries, rules
from club.knowledge.questions.indexing import forget_question, index_question
from club.knowledge.questions.models import (
    MemberQuestion,
    QuestionState,
    QuestionStep,
    QuestionStepKind,
)
from club.knowledge.questions.parties import parties_in
from club.knowledge.questions.rules import QuestionRefusal
from club.membership.queries import is_member
from club.people.models import Person
from club.people.queries import employments_of
from club.refusal import RefusedError
from club.vietnamese import slug

_K = QuestionStepKind
_LONGEST_SLUG = 80
#: What the log calls the steps that the club decides on.
ACTIONS = {
    _K.HANDED: "knowledge.hand_question",
    _K.ANSWERED: "knowledge.answer_question",
    _K.SENT_BACK: "knowledge.send_answer_back",
    _K.REVISED: "knowledge.revise_question",
    _K.PUBLISHED: "knowledge.publish_question",
    _K.CLOSED: "knowledge.close_question",
    _K.TAKEN_DOWN: "knowledge.take_question_down",
}


@dataclass(frozen=True)
class Asked:
    title: str
    words: str | None
    topic_key: str
    #: The slug of the text that it is about.
    about: str | None = None


@dataclass(frozen=True)
class Texts:
    """What a question says from a step on."""

    title: str
    words: str | None
    answer: str | None


@dataclass(frozen=True)
class Taken:
    """What somebody does with a question in the ``version`` that the person has seen."""

    kind: QuestionStepKind
    version: int
    note: str | None = None
    #: ``None``: they stay as they are.
    texts: Texts | None = None
    #: The account that is to draft the answer, of a question that is handed on.
    drafter_id: int | None = None


def ask(asked: Asked, *, by: int, now: datetime) -> MemberQuestion:
    """Raises ``RefusedError`` with the form's field, where one can be mended."""
    with transaction() as session:
        account = session.get_one(Account, by)
        # Two questions at once of one person count each other.
        session.get_one(Person, account.person_id, with_for_update=True)
        open_now, within_a_week = queries.numbers_of(account.person_id, now=now)
        refusal = rules.refusal_to_ask(
            is_member=is_member(account.person_id, on=local_day(now)),
            open_now=open_now,
            within_a_week=within_a_week,
        )
        if refusal:
            raise RefusedError(refusal)
        question = _new(asked, account, now=now)
        session.add(question)
        _keep(session, question, QuestionStep(kind=_K.ASKED, at=now, by_id=by))
        return question


def _new(asked: Asked, account: Account, *, now: datetime) -> MemberQuestion:
    topic = queries.topic_by_key(asked.topic_key)
    if topic is None:
        raise RefusedError(QuestionRefusal.NO_SUCH_TOPIC, field="topic")
    article = queries.text_by_slug(asked.about) if asked.about else None
    if asked.about and article is None:
        raise RefusedError(QuestionRefusal.NO_SUCH_TEXT, field="about")
    return MemberQuestion(
        person_id=account.person_id,
        topic=topic,
        article=article,
        original_title=asked.title,
        original_words=asked.words,
        title=asked.title,
        words=asked.words,
        state=QuestionState.ASKED,
        state_since=now,
        asked_at=now,
        version=1,
    )


def take_step(question_id: int, taken: Taken, *, by: int, now: datetime) -> MemberQuestion:
    """Whoever may: see ``rules.TRANSITIONS``. Of two who decide at once on the same version the
    second one is refused.
    """
    with transaction() as session:
        question = session.get_one(
            MemberQuestion, question_id, with_for_update=True, populate_existing=True
        )
        account = session.get_one(Account, by)
        texts = taken.texts or Texts(question.title, question.words, question.answer)
        step = rules.Step(
            taken.kind, parties_in(account, question), taken.version, taken.note, texts.answer
        )
        refusal = rules.refusal_to_take(step, question.state, version=question.version)
        if refusal:
            raise RefusedError(refusal[0], field=refusal[1])
        _apply(session, question, taken, texts, by=by, now=now)
        return question


def _apply(
    session: Session,
    question: MemberQuestion,
    taken: Taken,
    texts: Texts,
    *,
    by: int,
    now: datetime,
) -> None:
    former, before = question.drafter_id, question.state
    after = rules.state_after(taken.kind, before)
    if taken.kind is _K.HANDED:
        _hand(session, question, taken.drafter_id)
    if after is QuestionState.PUBLISHED:
        _refuse_names(question, texts)
    changed = texts != Texts(question.title, question.words, question.answer)
    question.title, question.words, question.answer = texts.title, texts.words, texts.answer
    if after is QuestionState.CLOSED and before is not QuestionState.PUBLISHED:
        question.answer = _told_with_closing(taken.kind, before, texts)
    if after is not before:
        question.state, question.state_since = after, now
    question.version += 1
    _show(question, before, now=now)
    _keep(
        session,
        question,
        QuestionStep(
            kind=taken.kind,
            note=taken.note,
            texts=vars(texts) if changed else None,
            drafter_id=taken.drafter_id,
            at=now,
            by_id=by,
        ),
    )
    _tell(question, former, by=by, now=now)


def _told_with_closing(kind: QuestionStepKind, before: QuestionState, texts: Texts) -> str | None:
    """The answer that goes to who asked: none that nobody of the club has let stand."""
    is_answered = kind is _K.CLOSED and before is QuestionState.ANSWERED
    return texts.answer if is_answered else None


def _hand(session: Session, question: MemberQuestion, drafter_id: int | None) -> None:
    drafter = session.get(Account, drafter_id) if drafter_id else None
    if drafter is None or not drafter.active or not drafter.holds(RoleName.TRAINER):
        raise RefusedError(QuestionRefusal.NOT_A_TRAINER, field="trainer")
    if drafter.id == question.drafter_id:
        raise RefusedError(QuestionRefusal.ASKED_ALREADY, field="trainer")
    question.drafter = drafter


def _refuse_names(question: MemberQuestion, texts: Texts) -> None:
    """What would be public may not name who asked."""
    if question.person is None:
        return
    person = question.person
    employers = [one.organisation.name for one in employments_of(person.id)]
    names = [person.full_name, person.email, person.phone, *employers]
    field = rules.field_that_names(vars(texts), names=names)
    if field:
        raise RefusedError(QuestionRefusal.NAMES_SOMEBODY, field=field)


def _keep(session: Session, question: MemberQuestion, step: QuestionStep) -> None:
    step.state = question.state
    question.steps.append(step)
    session.flush()


def _show(question: MemberQuestion, before: QuestionState, *, now: datetime) -> None:
    """What everybody can read and find follows the state."""
    if question.state is QuestionState.PUBLISHED:
        question.slug = question.slug or _address_of(question)
        question.published_at = question.published_at or now
        question.modified_at = now
        index_question(question, now=now)
    elif before is QuestionState.PUBLISHED:
        question.modified_at = now
        forget_question(question)


def _tell(question: MemberQuestion, former: int | None, *, by: int, now: datetime) -> None:
    step = question.steps[-1]
    action = ACTIONS.get(step.kind)
    if action:
        record(
            action,
            subject_kind="member_question",
            subject_id=question.public_id,
            by=by,
            now=now,
            detail={"reason": step.note} if step.note else None,
        )
    letters.tell_of(question, step, former=former, by=by)


def _address_of(question: MemberQuestion) -> str:
    """The last part of its public address: by its words, told apart by its number."""
    words = slug(question.title)[:_LONGEST_SLUG].strip("-")
    return "-".join(filter(None, (words, question.public_id.hex[:6])))
