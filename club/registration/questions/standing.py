"""How somebody on a list stands towards the questions of the course."""

from dataclasses import dataclass
from datetime import datetime

from club.registration.models import Registration
from club.registration.questions.models import RegistrationAnswer
from club.registration.questions.queries import answers_of, questions_of_run
from club.registration.questions.rules import answers_due, refusal_to_answer_anew, unanswered
from club.registration.rules.terms import Terms


@dataclass(frozen=True)
class Answering:
    answers: list[RegistrationAnswer]
    #: Whether the course asks anything now.
    asks: bool
    #: Whether answers can be given or changed now.
    may_answer: bool
    #: By when an answer that is missing is asked for; ``None``: none is, or it is too late.
    due: datetime | None

    def as_others_may_see(self) -> "Answering":
        """By a link that others know as well."""
        is_done = bool(self.answers)
        return Answering(
            [],
            asks=self.asks and not is_done,
            may_answer=self.may_answer and not is_done,
            due=None if is_done else self.due,
        )


def answering_of(registration: Registration, terms: Terms, *, at: datetime) -> Answering:
    answers, asked = answers_of(registration.id), questions_of_run(registration.run_id)
    refusal = refusal_to_answer_anew(registration, terms, has_answered=bool(answers), at=at)
    is_missing = unanswered(asked, {one.question_id for one in answers})
    starts_at = registration.run.starts_at
    return Answering(
        answers,
        asks=bool(asked),
        may_answer=bool(asked) and refusal is None,
        due=answers_due(starts_at, terms, at=at)
        if is_missing and starts_at and not refusal
        else None,
    )
