"""What may be asked and answered: verdicts on questions and answers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from club.registration.models import Registration
from club.registration.questions.models import QuestionKind
from club.registration.rules.terms import Terms

LONGEST_ANSWER = 2000
#: What the database keeps of a number.
_LARGEST = Decimal(10) ** 14
_MOST_QUESTIONS = 30


class QuestionRefusal(StrEnum):
    FEW_OPTIONS = "Write at least two options, one a line, no two of them the same."
    ANSWERED = (
        "Somebody has answered this question, so it keeps its words and options. Retire it and "
        "ask another one."
    )
    RETIRED = "This question is no longer asked."
    TOO_MANY = "Nobody answers more than 30 questions. Retire one first."


class AnswerRefusal(StrEnum):
    MISSING = "Answer this question."
    NOT_AN_OPTION = "Choose one of the options."
    NOT_A_NUMBER = "Write a number, for example 12."
    TOO_LONG = "Shorten this answer to 2,000 characters."
    NOT_REGISTERED = "This registration is no longer on the list."
    GIVEN = (
        "These questions are answered. Only those who run the class read the answers; to change"
        " one, tell the coordinator."
    )
    TOO_LATE = "The class begins soon, so the answers stay as they are. Tell the coordinator."


@dataclass(frozen=True)
class Meaning:
    """What a question asks, apart from its place in the form and whether it must be answered."""

    kind: QuestionKind
    wording: str
    wording_en: str | None = None
    options: tuple[str, ...] = ()


class Question(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> QuestionKind: ...
    @property
    def options(self) -> Sequence[str]: ...
    @property
    def required(self) -> bool: ...


def refusal_of_question(meaning: Meaning) -> QuestionRefusal | None:
    if meaning.kind is QuestionKind.CHOICE:
        distinct = {option.casefold() for option in meaning.options}
        if len(distinct) < 2 or len(distinct) < len(meaning.options):
            return QuestionRefusal.FEW_OPTIONS
    return None


def refusal_to_ask(*, asked: int) -> QuestionRefusal | None:
    """``asked``: how many questions the course asks already."""
    return QuestionRefusal.TOO_MANY if asked >= _MOST_QUESTIONS else None


def refusal_to_change(
    before: Meaning, after: Meaning, *, is_answered: bool, is_retired: bool
) -> QuestionRefusal | None:
    if is_retired:
        return QuestionRefusal.RETIRED
    if is_answered and before != after:
        return QuestionRefusal.ANSWERED
    return refusal_of_question(after)


def refusal_of_answer(
    question: Question, *, words: str | None, number: Decimal | None, has_file: bool
) -> AnswerRefusal | None:
    """Whether this is an answer to the question; none at all is one where it may be left out."""
    if question.kind is QuestionKind.FILE:
        return AnswerRefusal.MISSING if question.required and not has_file else None
    if question.kind is QuestionKind.NUMBER:
        return _refusal_of_number(question, number)
    if not words:
        return AnswerRefusal.MISSING if question.required else None
    if question.kind is QuestionKind.CHOICE and words not in question.options:
        return AnswerRefusal.NOT_AN_OPTION
    return AnswerRefusal.TOO_LONG if len(words) > LONGEST_ANSWER else None


def _refusal_of_number(question: Question, number: Decimal | None) -> AnswerRefusal | None:
    if number is None:
        return AnswerRefusal.MISSING if question.required else None
    return None if abs(number) < _LARGEST else AnswerRefusal.NOT_A_NUMBER


def refusal_to_answer_anew(
    registration: Registration, terms: Terms, *, has_answered: bool, at: datetime
) -> AnswerRefusal | None:
    """Until the cut-off a person may change the own answers; who was entered by others, and has
    given none yet, gives them until the class begins.
    """
    if not registration.state.is_active:
        return AnswerRefusal.NOT_REGISTERED
    starts_at = registration.run.starts_at
    if starts_at is None:
        return None
    ends_at = starts_at - terms.cutoff if has_answered else starts_at
    return AnswerRefusal.TOO_LATE if at >= ends_at else None


def answers_due(starts_at: datetime, terms: Terms, *, at: datetime) -> datetime:
    """By when people who were entered by others are asked to answer: the cut-off, while that is
    ahead.
    """
    cutoff = starts_at - terms.cutoff
    return cutoff if at < cutoff else starts_at


def unanswered(asked: Iterable[Question], answered: Collection[int]) -> bool:
    """Whether an answer is missing that is needed. ``answered``: ids of questions."""
    return any(one.required and one.id not in answered for one in asked)
