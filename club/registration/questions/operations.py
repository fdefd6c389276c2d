"""Asking, and keeping what was answered. Each verb of coordinators is one transaction."""

from datetime import datetime

from club.audit.operations import record
from club.courses.locking import lock
from club.courses.models import Course
from club.courses.run_story import raise_revisions_of
from club.db import transaction
from club.refusal import RefusedError
from club.registration.questions import queries, rules
from club.registration.questions.models import CourseQuestion
from club.registration.questions.rules import Meaning, QuestionRefusal


def ask(course: Course, meaning: Meaning, *, required: bool, by: int, now: datetime) -> None:
    """From now on, whoever registers for a class of the course is asked this, last."""
    with transaction() as session:
        lock(session, course)
        asked = len(queries.questions_asked(course.id))
        _refuse(rules.refusal_of_question(meaning), field="options")
        _refuse(rules.refusal_to_ask(asked=asked))
        question = CourseQuestion(
            course_id=course.id,
            position=queries.last_position(course.id) + 1,
            required=required,
            added_at=now,
            added_by_id=by,
        )
        _give_meaning(question, meaning)
        session.add(question)
        _write_down("registration.ask", course, meaning.wording, by=by, now=now)


def change_question(
    question: CourseQuestion, meaning: Meaning, *, required: bool, by: int, now: datetime
) -> None:
    """Its meaning as long as nobody has answered; whether it must be answered, at any time."""
    with transaction() as session:
        course = question.course
        lock(session, course)
        refusal = rules.refusal_to_change(
            meaning_of(question),
            meaning,
            is_answered=queries.is_answered(question.id),
            is_retired=question.retired_at is not None,
        )
        _refuse(refusal, field="options" if refusal is QuestionRefusal.FEW_OPTIONS else None)
        _give_meaning(question, meaning)
        question.required = required
        _write_down("registration.change_question", course, meaning.wording, by=by, now=now)


def retire_question(question: CourseQuestion, *, by: int, now: datetime) -> None:
    """Nobody is asked any more; the answers stay. Twice is once."""
    with transaction() as session:
        course = question.course
        lock(session, course)
        if question.retired_at is None:
            question.retired_at = now
            _write_down("registration.retire_question", course, question.wording, by=by, now=now)


def move_up(question: CourseQuestion, *, now: datetime) -> None:
    """Ask it before the one that it follows; the first stays."""
    with transaction() as session:
        course = question.course
        lock(session, course)
        asked = queries.questions_asked(course.id)
        place = asked.index(question) if question in asked else 0
        if place:
            before = asked[place - 1]
            before.position, question.position = question.position, before.position
            raise_revisions_of(course, now=now)


def meaning_of(question: CourseQuestion) -> Meaning:
    return Meaning(question.kind, question.wording, question.wording_en, tuple(question.options))


def _give_meaning(question: CourseQuestion, meaning: Meaning) -> None:
    question.kind = meaning.kind
    question.wording, question.wording_en = meaning.wording, meaning.wording_en
    question.options = list(meaning.options)


def _refuse(refusal: QuestionRefusal | None, *, field: str | None = None) -> None:
    if refusal:
        raise RefusedError(refusal, field=field)


def _write_down(action: str, course: Course, wording: str, *, by: int, now: datetime) -> None:
    raise_revisions_of(course, now=now)
    record(
        action,
        subject_kind="course",
        subject_id=course.code,
        by=by,
        now=now,
        detail={"question": wording},
    )
