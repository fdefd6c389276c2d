"""Keeping what somebody answered, beside the registration that it belongs to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from club.db import transaction
from club.files.receiving import ReceivedFile, id_of_file
from club.refusal import RefusedError
from club.registration.held import holding_run_of
from club.registration.questions import queries, rules
from club.registration.questions.models import CourseQuestion, QuestionKind, RegistrationAnswer


@dataclass(frozen=True)
class Answer:
    """What was given to one question; all three empty: nothing."""

    words: str | None = None
    number: Decimal | None = None
    file: ReceivedFile | None = None


NOTHING = Answer()
#: By the id of the question. Whatever is not asked is left aside.
Answers = Mapping[int, Answer]
NO_ANSWERS: Answers = {}


def field_of(question_id: int) -> str:
    """The name of the field in forms."""
    return f"answer_{question_id}"


def answer_anew(registration_id: int, answers: Answers, *, by: int | None, now: datetime) -> None:
    """The person gives or changes the own answers; a file that is not given again stays. ``by`` is
    ``None`` for who answers by the link in a letter.
    """
    with transaction() as session, holding_run_of(session, registration_id) as (held, mine):
        known = {one.question_id: one for one in queries.answers_of(registration_id)}
        refusal = rules.refusal_to_answer_anew(mine, held.terms, has_answered=bool(known), at=now)
        if refusal:
            raise RefusedError(refusal)
        asked = queries.questions_of_run(held.run.id)
        check_answers(asked, answers, known=known)
        _keep(session, registration_id, asked, answers, known=known, by=by, now=now)


def answer_first(registration_id: int, answers: Answers, *, now: datetime) -> None:
    """The same by a link that others know as well: what was answered stays as it is."""
    with transaction() as session, holding_run_of(session, registration_id):
        if queries.answers_of(registration_id):
            raise RefusedError(rules.AnswerRefusal.GIVEN)
        answer_anew(registration_id, answers, by=None, now=now)


def check_answers(
    asked: Sequence[CourseQuestion],
    answers: Answers,
    *,
    known: Mapping[int, RegistrationAnswer] | None = None,
) -> None:
    """Raises ``RefusedError`` for the first question that this does not answer."""
    for question in asked:
        given = answers.get(question.id, NOTHING)
        has_file = given.file is not None or question.id in (known or {})
        refusal = rules.refusal_of_answer(
            question, words=given.words, number=given.number, has_file=has_file
        )
        if refusal:
            raise RefusedError(refusal, field=field_of(question.id))


def keep_first_answers(
    session: Session,
    registration_id: int,
    asked: Sequence[CourseQuestion],
    answers: Answers,
    *,
    by: int,
    now: datetime,
) -> None:
    """Of a new registration; joins the transaction that made it."""
    _keep(session, registration_id, asked, answers, known={}, by=by, now=now)


def carry_answers(session: Session, registration_ids: Mapping[int, int], *, now: datetime) -> None:
    """To registrations for other runs of the course, by the ids of those they come from."""
    old = select(RegistrationAnswer).where(
        RegistrationAnswer.registration_id.in_(registration_ids),
        RegistrationAnswer.replaced_at.is_(None),
    )
    session.add_all(
        [
            RegistrationAnswer(
                registration_id=registration_ids[one.registration_id],
                question_id=one.question_id,
                words=one.words,
                number=one.number,
                file_id=one.file_id,
                answered_at=now,
            )
            for one in session.scalars(old)
        ]
    )


def _keep(  # noqa: PLR0913  whose answers, to what, by whom and when
    session: Session,
    registration_id: int,
    asked: Sequence[CourseQuestion],
    answers: Answers,
    *,
    known: Mapping[int, RegistrationAnswer],
    by: int | None,
    now: datetime,
) -> None:
    for question in asked:
        given, before = answers.get(question.id, NOTHING), known.get(question.id)
        if before is not None:
            if _is_the_same(before, question, given):
                continue
            before.replaced_at = now
            session.flush()
        if given != NOTHING:
            session.add(
                RegistrationAnswer(
                    registration_id=registration_id,
                    question_id=question.id,
                    words=given.words,
                    number=given.number,
                    file_id=id_of_file(given.file, by=by, now=now) if given.file else None,
                    answered_at=now,
                )
            )


def _is_the_same(before: RegistrationAnswer, question: CourseQuestion, given: Answer) -> bool:
    if question.kind is QuestionKind.FILE:
        return given.file is None
    return (before.words, before.number) == (given.words, given.number)
