"""Who may take which step with a question, how much one may ask, and what is never public. Pure."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from club.knowledge.questions.models import QuestionState, QuestionStepKind
from club.vietnamese import slug

#: So many questions of one person may wait for an answer at once …
MOST_OPEN = 3
#: … and so many be asked within a week, whatever became of them.
MOST_A_WEEK = 5
A_WEEK = timedelta(days=7)
#: A name of one short word stands in many texts by chance.
_SHORTEST_NAME = 5


class QuestionRefusal(StrEnum):
    NOT_A_MEMBER = "Members of the club ask here."
    TOO_MANY_OPEN = (
        "Three questions of yours wait for an answer. Wait for one of them, or withdraw one."
    )
    TOO_MANY = "You have asked five questions within a week. Ask again in some days."
    NO_SUCH_TOPIC = "Choose one of these topics."
    NO_SUCH_TEXT = "This text is not shown any more. Choose another one, or none."
    OVER = (
        "Somebody has taken a step with this question meanwhile. See how it stands now, and decide"
        " again."
    )
    NOT_YOUR_TURN = "This step is not yours to take."
    NOTE_MISSING = "Say why: whom it concerns reads it."
    ANSWER_MISSING = "Write the answer."
    NOT_A_TRAINER = "Choose somebody with the role of a trainer."
    ASKED_ALREADY = "This person is asked already."
    NAMES_SOMEBODY = (
        "The text still names who asked, or where that person works. Take the name out of it."
    )


class Party(StrEnum):
    ASKER = "asker"
    DRAFTER = "drafter"
    CLUB = "club"


class Move(NamedTuple):
    by: frozenset[Party]
    before: frozenset[QuestionState | None]
    #: ``None``: the state stays.
    after: QuestionState | None
    needs_note: bool = False
    needs_answer: bool = False


_S, _K, _P = QuestionState, QuestionStepKind, Party
_CLUB = frozenset({_P.CLUB})
_WAITING = frozenset({_S.ASKED, _S.ANSWERED})

#: The one table of steps.
TRANSITIONS: dict[QuestionStepKind, Move] = {
    _K.ASKED: Move(frozenset({_P.ASKER}), frozenset({None}), _S.ASKED),
    _K.HANDED: Move(_CLUB, frozenset({_S.ASKED}), _S.ASKED),
    _K.ANSWERED: Move(
        frozenset({_P.CLUB, _P.DRAFTER}), frozenset({_S.ASKED}), _S.ANSWERED, needs_answer=True
    ),
    _K.SENT_BACK: Move(_CLUB, frozenset({_S.ANSWERED}), _S.ASKED, needs_note=True),
    _K.REVISED: Move(_CLUB, frozenset({*_WAITING, _S.PUBLISHED}), None),
    _K.PUBLISHED: Move(_CLUB, frozenset({_S.ANSWERED}), _S.PUBLISHED, needs_answer=True),
    _K.CLOSED: Move(_CLUB, _WAITING, _S.CLOSED, needs_note=True),
    _K.TAKEN_DOWN: Move(_CLUB, frozenset({_S.PUBLISHED}), _S.CLOSED, needs_note=True),
    _K.WITHDRAWN: Move(frozenset({_P.ASKER}), _WAITING, _S.CLOSED),
}


def state_after(kind: QuestionStepKind, state: QuestionState) -> QuestionState:
    return TRANSITIONS[kind].after or state


def steps_open_to(parties: Collection[Party], state: QuestionState) -> frozenset[QuestionStepKind]:
    return frozenset(
        kind
        for kind, move in TRANSITIONS.items()
        if move.by.intersection(parties) and state in move.before
    )


def refusal_to_ask(*, is_member: bool, open_now: int, within_a_week: int) -> QuestionRefusal | None:
    if not is_member:
        return QuestionRefusal.NOT_A_MEMBER
    if open_now >= MOST_OPEN:
        return QuestionRefusal.TOO_MANY_OPEN
    return QuestionRefusal.TOO_MANY if within_a_week >= MOST_A_WEEK else None


class Step(NamedTuple):
    """What is known of a step that somebody is about to take."""

    kind: QuestionStepKind
    parties: Collection[Party]
    #: The question's version that was decided on.
    version: int
    note: str | None
    #: The answer as it will stand after the step.
    answer: str | None


def refusal_to_take(
    step: Step, state: QuestionState, *, version: int
) -> tuple[QuestionRefusal, str | None] | None:
    """Also the field to mend. ``state`` and ``version`` are those of the question now."""
    move = TRANSITIONS[step.kind]
    if not move.by.intersection(step.parties):
        return QuestionRefusal.NOT_YOUR_TURN, None
    if state not in move.before or step.version != version:
        return QuestionRefusal.OVER, None
    if move.needs_note and not step.note:
        return QuestionRefusal.NOTE_MISSING, "note"
    # What is public stays whole.
    if (move.needs_answer or state is QuestionState.PUBLISHED) and not step.answer:
        return QuestionRefusal.ANSWER_MISSING, "answer"
    return None


def field_that_names(texts: dict[str, str | None], *, names: Collection[str | None]) -> str | None:
    """The first of these texts, by its name, that holds one of the ``names`` (of a person, of
    where the person works, an address), however it is written.
    """
    wanted = [slug(name) for name in names if name]
    telling = [f"-{name}-" for name in wanted if len(name) >= _SHORTEST_NAME]
    for field, text in texts.items():
        said = f"-{slug(text or '')}-"
        if any(name in said for name in telling):
            return field
    return None
