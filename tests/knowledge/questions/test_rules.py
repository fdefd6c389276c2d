"""One table of steps, what one may ask, and names that never become public."""

import pytest

from club.audit.actions import ACTIONS as WORDS
from club.knowledge.questions.models import QuestionState, QuestionStepKind
from club.knowledge.questions.operations import ACTIONS
from club.knowledge.questions.rules import (
    MOST_A_WEEK,
    MOST_OPEN,
    TRANSITIONS,
    Party,
    Step,
    field_that_names,
    refusal_to_ask,
    refusal_to_take,
    state_after,
    steps_open_to,
)

K, S, P = QuestionStepKind, QuestionState, Party


def refused(kind, state, by, *, seen=3, version=3, note="Vì sao", answer="Trả lời"):
    found = refusal_to_take(Step(kind, {by}, seen, note, answer), state, version=version)
    return found and (found[0].name, found[1])


def kinds(party, state):
    return {kind.value for kind in steps_open_to({party}, state)}


def test_every_kind_of_step_stands_in_the_table():
    assert set(TRANSITIONS) == set(K)


@pytest.mark.parametrize(
    ("party", "state", "open_steps"),
    [
        (P.ASKER, S.ASKED, {"withdrawn"}),
        (P.ASKER, S.ANSWERED, {"withdrawn"}),
        (P.ASKER, S.PUBLISHED, set()),
        (P.ASKER, S.CLOSED, set()),
        (P.DRAFTER, S.ASKED, {"answered"}),
        (P.DRAFTER, S.ANSWERED, set()),
        (P.DRAFTER, S.PUBLISHED, set()),
        (P.CLUB, S.ASKED, {"handed", "answered", "revised", "closed"}),
        (P.CLUB, S.ANSWERED, {"sent_back", "revised", "published", "closed"}),
        (P.CLUB, S.PUBLISHED, {"revised", "taken_down"}),
        (P.CLUB, S.CLOSED, set()),
    ],
)
def test_who_may_do_what_next(party, state, open_steps):
    assert kinds(party, state) == open_steps


def test_where_steps_lead():
    assert state_after(K.ANSWERED, S.ASKED) is S.ANSWERED
    assert state_after(K.SENT_BACK, S.ANSWERED) is S.ASKED
    assert state_after(K.REVISED, S.PUBLISHED) is S.PUBLISHED
    assert state_after(K.TAKEN_DOWN, S.PUBLISHED) is S.CLOSED


def test_a_step_of_somebody_else_is_refused():
    assert refused(K.PUBLISHED, S.ANSWERED, P.DRAFTER) == ("NOT_YOUR_TURN", None)
    assert refused(K.WITHDRAWN, S.ASKED, P.CLUB) == ("NOT_YOUR_TURN", None)
    assert refused(K.PUBLISHED, S.ANSWERED, P.CLUB) is None


def test_what_was_changed_meanwhile_is_looked_at_once_more():
    assert refused(K.PUBLISHED, S.ASKED, P.CLUB) == ("OVER", None)
    assert refused(K.REVISED, S.ANSWERED, P.CLUB, seen=2) == ("OVER", None)


@pytest.mark.parametrize("kind", [K.CLOSED, K.SENT_BACK])
def test_some_steps_need_a_reason(kind):
    assert refused(kind, S.ANSWERED, P.CLUB, note=None) == ("NOTE_MISSING", "note")
    assert refused(kind, S.ANSWERED, P.CLUB) is None


def test_nothing_is_public_without_an_answer():
    assert refused(K.ANSWERED, S.ASKED, P.DRAFTER, answer=None) == ("ANSWER_MISSING", "answer")
    assert refused(K.PUBLISHED, S.ANSWERED, P.CLUB, answer=None) == ("ANSWER_MISSING", "answer")
    assert refused(K.REVISED, S.PUBLISHED, P.CLUB, answer=None) == ("ANSWER_MISSING", "answer")
    assert refused(K.REVISED, S.ASKED, P.CLUB, answer=None) is None


def test_how_much_one_may_ask():
    free = {"is_member": True, "open_now": MOST_OPEN - 1, "within_a_week": MOST_A_WEEK - 1}
    assert refusal_to_ask(**free) is None
    assert refusal_to_ask(**free | {"is_member": False}).name == "NOT_A_MEMBER"
    assert refusal_to_ask(**free | {"open_now": MOST_OPEN}).name == "TOO_MANY_OPEN"
    assert refusal_to_ask(**free | {"within_a_week": MOST_A_WEEK}).name == "TOO_MANY"


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Xưởng của chị Lê An hỏi", True),
        ("xuong cua chi LE  AN", True),
        ("chị Lê-An", True),
        ("file and folder", False),
        ("Chị An hỏi", False),
        ("Gửi về an@example.vn", True),
        (None, False),
    ],
)
def test_names_are_found_however_they_are_written(text, is_named):
    found = field_that_names({"title": "5S", "words": text}, names=["Lê An", "an@example.vn", None])
    assert found == ("words" if is_named else None)


def test_what_the_club_decides_has_words_in_the_log():
    of_the_club = {kind for kind, move in TRANSITIONS.items() if P.CLUB in move.by}
    assert set(ACTIONS) == of_the_club
    assert set(ACTIONS.values()) <= set(WORDS)
