"""What somebody asked the club, as the person may take it along; and what stays of it when the
person's data is erased.
"""

from sqlalchemy import or_, select, update

from club.db import transaction
from club.knowledge.models import Article, Topic
from club.knowledge.questions.models import (
    WAITING,
    MemberQuestion,
    QuestionState,
    QuestionStep,
    QuestionStepKind,
)
from club.web.personal_data import ERASED_NAME, Erasure, Rows, Whose

_TOLD = (QuestionStepKind.CLOSED, QuestionStepKind.TAKEN_DOWN)


def questions_of(whose: Whose) -> Rows:
    return (
        select(
            MemberQuestion.public_id.label("question"),
            Topic.name.label("topic"),
            Article.title.label("about"),
            MemberQuestion.original_title.label("asked"),
            MemberQuestion.original_words.label("asked_words"),
            MemberQuestion.title.label("published_as"),
            MemberQuestion.words.label("published_words"),
            MemberQuestion.slug.label("address"),
            MemberQuestion.state,
            MemberQuestion.state_since,
            MemberQuestion.asked_at,
            MemberQuestion.published_at,
        )
        .join(Topic, Topic.id == MemberQuestion.topic_id)
        .outerjoin(Article, Article.id == MemberQuestion.article_id)
        .where(MemberQuestion.person_id == whose.person_id)
        .order_by(MemberQuestion.id)
    )


def steps_of(whose: Whose) -> Rows:
    """Of the person's own questions, with the reasons that the person was told."""
    return (
        select(
            MemberQuestion.public_id.label("question"),
            QuestionStep.kind,
            QuestionStep.at,
            QuestionStep.note,
        )
        .join(MemberQuestion, MemberQuestion.id == QuestionStep.question_id)
        .where(
            MemberQuestion.person_id == whose.person_id,
            or_(QuestionStep.kind.in_(_TOLD), QuestionStep.note.is_(None)),
        )
        .order_by(QuestionStep.id)
    )


def ids_of(whose: Whose) -> Rows:
    """Of the questions whose pages at the desk show the person."""
    return select(MemberQuestion.public_id).where(MemberQuestion.person_id == whose.person_id)


def erase(erasure: Erasure) -> None:
    """What is public stays, without anything that leads to the person. All else goes, and what
    waits for an answer ends.
    """
    whose = erasure.whose
    theirs = MemberQuestion.person_id == whose.person_id
    own_steps = QuestionStep.question_id.in_(select(MemberQuestion.id).where(theirs))
    with transaction() as session:
        waiting = select(MemberQuestion).where(theirs, MemberQuestion.state.in_(WAITING))
        for question in session.scalars(waiting.with_for_update()):
            question.state, question.state_since = QuestionState.CLOSED, erasure.now
            question.version += 1
            session.add(
                QuestionStep(
                    question_id=question.id,
                    kind=QuestionStepKind.WITHDRAWN,
                    state=QuestionState.CLOSED,
                    at=erasure.now,
                    by_id=erasure.by,
                )
            )
        session.flush()
        session.execute(update(QuestionStep).where(own_steps).values(note=None, texts=None))
        by_the_person = QuestionStep.by_id == whose.account_id
        session.execute(update(QuestionStep).where(own_steps, by_the_person).values(by_id=None))
        session.execute(
            update(MemberQuestion)
            .where(theirs, MemberQuestion.state != QuestionState.PUBLISHED)
            .values(slug=None, title=ERASED_NAME, words=None, answer=None)
        )
        session.execute(
            update(MemberQuestion)
            .where(theirs)
            .values(person_id=None, original_title=ERASED_NAME, original_words=None)
        )
        # Nobody waits for a draft of who is gone.
        if whose.account_id:
            drafts = MemberQuestion.drafter_id == whose.account_id
            session.execute(update(MemberQuestion).where(drafts).values(drafter_id=None))
