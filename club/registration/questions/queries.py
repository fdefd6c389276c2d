from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload

from club.courses.models import Run
from club.db import db
from club.registration.models import ACTIVE_STATES, Registration
from club.registration.questions.models import CourseQuestion, RegistrationAnswer

_ORDER = (CourseQuestion.position, CourseQuestion.id)
_IS_ASKED = CourseQuestion.retired_at.is_(None)
_HOLDS = RegistrationAnswer.replaced_at.is_(None)


def questions_of_run(run_id: int) -> list[CourseQuestion]:
    """What whoever registers for the run is asked now, in the order of the form."""
    query = select(CourseQuestion).join(Run, Run.course_id == CourseQuestion.course_id)
    return list(db.session.scalars(query.where(Run.id == run_id, _IS_ASKED).order_by(*_ORDER)))


def questions_asked(course_id: int) -> list[CourseQuestion]:
    query = select(CourseQuestion).where(CourseQuestion.course_id == course_id, _IS_ASKED)
    return list(db.session.scalars(query.order_by(*_ORDER)))


@dataclass(frozen=True)
class QuestionRow:
    question: CourseQuestion
    #: How often it has been answered, with answers that were replaced.
    answers: int


def question_rows(course_id: int) -> list[QuestionRow]:
    """All questions of a course: those that are asked in their order, then the retired ones."""
    answers = (
        select(func.count(RegistrationAnswer.id))
        .where(RegistrationAnswer.question_id == CourseQuestion.id)
        .correlate(CourseQuestion)
        .scalar_subquery()
    )
    query = (
        select(CourseQuestion, answers)
        .where(CourseQuestion.course_id == course_id)
        .order_by(CourseQuestion.retired_at.is_not(None), *_ORDER)
    )
    return [QuestionRow(*row) for row in db.session.execute(query)]


def question_of(course_id: int, question_id: int) -> CourseQuestion | None:
    query = select(CourseQuestion).where(
        CourseQuestion.id == question_id, CourseQuestion.course_id == course_id
    )
    return db.session.scalars(query.options(joinedload(CourseQuestion.course))).one_or_none()


def is_answered(question_id: int) -> bool:
    query = select(RegistrationAnswer.id).where(RegistrationAnswer.question_id == question_id)
    return db.session.scalars(query.limit(1)).first() is not None


def last_position(course_id: int) -> int:
    query = select(func.max(CourseQuestion.position)).where(CourseQuestion.course_id == course_id)
    return db.session.scalar(query) or 0


def answers_of(registration_id: int) -> list[RegistrationAnswer]:
    """What somebody's answers are now, with question and file, in the order of the form."""
    query = (
        select(RegistrationAnswer)
        .join(RegistrationAnswer.question)
        .where(RegistrationAnswer.registration_id == registration_id, _HOLDS)
        .order_by(*_ORDER)
        .options(joinedload(RegistrationAnswer.question), joinedload(RegistrationAnswer.file))
    )
    return list(db.session.scalars(query))


def answer_to(registration_id: int, question_id: int) -> RegistrationAnswer | None:
    query = select(RegistrationAnswer).where(
        RegistrationAnswer.registration_id == registration_id,
        RegistrationAnswer.question_id == question_id,
        _HOLDS,
    )
    return db.session.scalars(query.options(joinedload(RegistrationAnswer.file))).one_or_none()


def lacking_answers(run_id: int) -> set[int]:
    """Ids of the registrations on the run's list that lack an answer which is needed, in one
    statement.
    """
    answered = exists().where(
        RegistrationAnswer.registration_id == Registration.id,
        RegistrationAnswer.question_id == CourseQuestion.id,
        _HOLDS,
    )
    query = (
        select(Registration.id)
        .join(Run, Run.id == Registration.run_id)
        .join(CourseQuestion, CourseQuestion.course_id == Run.course_id)
        .where(
            Registration.run_id == run_id,
            Registration.state.in_(ACTIVE_STATES),
            CourseQuestion.required,
            _IS_ASKED,
            ~answered,
        )
    )
    return set(db.session.scalars(query))


@dataclass
class AnswerTable:
    """The answers of a run's people: a column for each question."""

    questions: list[CourseQuestion]
    #: By registration and question.
    answers: dict[tuple[int, int], RegistrationAnswer] = field(default_factory=dict)

    def row(self, registration_id: int) -> Iterable[RegistrationAnswer | None]:
        return [self.answers.get((registration_id, one.id)) for one in self.questions]


def answer_table(run_id: int) -> AnswerTable:
    """What is asked now, and what was asked and answered in this run; in two statements."""
    of_run = select(Registration.id).where(Registration.run_id == run_id)
    answered = select(RegistrationAnswer.question_id).where(
        RegistrationAnswer.registration_id.in_(of_run), _HOLDS
    )
    course = select(Run.course_id).where(Run.id == run_id).scalar_subquery()
    questions = select(CourseQuestion).where(
        CourseQuestion.course_id == course, or_(_IS_ASKED, CourseQuestion.id.in_(answered))
    )
    answers = (
        select(RegistrationAnswer)
        .where(RegistrationAnswer.registration_id.in_(of_run), _HOLDS)
        .options(joinedload(RegistrationAnswer.file))
    )
    return AnswerTable(
        list(db.session.scalars(questions.order_by(*_ORDER))),
        {(one.registration_id, one.question_id): one for one in db.session.scalars(answers)},
    )
