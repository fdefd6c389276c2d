"""The table of steps, and how much one may ask."""

from datetime import timedelta

import pytest

from club.certification.helping.models import ENDED, OPEN, HelpState, HelpStepKind
from club.certification.helping.rules import (
    MOST_A_WEEK,
    MOST_OPEN,
    MOST_WAITING,
    REMINDED_AFTER,
    TRANSITIONS,
    WAITS_FOR,
    Asking,
    HelpRefusal,
    Party,
    refusal_to_ask,
    refusal_to_take,
    reminder_is_due,
    steps_open_to,
)
from tests.support.factories import NOW

DAY = timedelta(days=1)


def test_every_open_request_waits_for_somebody_who_can_do_something():
    assert set(WAITS_FOR) == set(OPEN)
    for state, party in WAITS_FOR.items():
        assert steps_open_to(frozenset({party}), state), state


def test_nothing_happens_to_what_has_ended():
    for state in ENDED:
        assert steps_open_to(frozenset(Party), state) == []


def test_every_state_can_be_reached_and_every_open_one_be_left():
    reached = {move.after for move in TRANSITIONS.values()}
    assert reached == set(HelpState)
    left = {state for move in TRANSITIONS.values() for state in move.before}
    assert set(OPEN) <= left


def test_every_step_but_reminding_is_in_the_table():
    assert set(HelpStepKind) - set(TRANSITIONS) == {HelpStepKind.REMINDED}


@pytest.mark.parametrize(
    ("asking", "refusal"),
    [
        (Asking(MOST_OPEN - 1, MOST_A_WEEK - 1), None),
        (Asking(MOST_OPEN, 0), HelpRefusal.TOO_MANY_OPEN),
        (Asking(0, MOST_A_WEEK), HelpRefusal.TOO_MANY),
        (Asking(0, 0, is_oneself=True), HelpRefusal.ONESELF),
        (Asking(0, 0, is_listed=False, is_welcome=False), HelpRefusal.NOT_LISTED),
        (Asking(0, 0, is_welcome=False), HelpRefusal.NOT_WELCOME),
        (Asking(0, 0, asked_already=True), HelpRefusal.ASKED_ALREADY),
        (Asking(0, 0, waiting_for_expert=MOST_WAITING), HelpRefusal.TOO_BUSY),
        (Asking(0, 0, waiting_for_expert=MOST_WAITING - 1), None),
    ],
)
def test_how_much_and_whom_one_may_ask(asking, refusal):
    assert refusal_to_ask(asking) is refusal


@pytest.mark.parametrize(
    ("kind", "state", "by", "words", "refusal"),
    [
        ("accepted", "with_expert", {Party.EXPERT}, None, None),
        ("accepted", "with_expert", {Party.ASKER}, None, HelpRefusal.NOT_YOUR_TURN),
        ("accepted", "with_expert", {Party.CLUB}, None, HelpRefusal.NOT_YOUR_TURN),
        ("accepted", "with_expert", set(), None, HelpRefusal.NOT_YOUR_TURN),
        ("accepted", "withdrawn", {Party.EXPERT}, None, HelpRefusal.OVER),
        ("accepted", "with_expert", {Party.EXPERT, Party.ASKER}, None, HelpRefusal.ONESELF),
        ("asked_back", "with_expert", {Party.EXPERT}, None, HelpRefusal.WORDS_MISSING),
        ("asked_back", "with_expert", {Party.EXPERT}, "Mấy chuyền?", None),
        ("answered", "with_asker", {Party.ASKER}, "", HelpRefusal.WORDS_MISSING),
        ("closed", "with_club", {Party.CLUB}, None, HelpRefusal.WORDS_MISSING),
        ("helped", "with_expert", {Party.ASKER}, None, HelpRefusal.OVER),
        ("helped", "under_way", {Party.EXPERT}, None, None),
    ],
)
def test_who_may_take_which_step(kind, state, by, words, refusal):
    found = refusal_to_take(HelpStepKind(kind), HelpState(state), by=frozenset(by), words=words)
    assert (found[0] if found else None) is refusal


def test_one_reminder_in_each_turn():
    def due(after, reminded=None):
        reminded_at = None if reminded is None else NOW + reminded * DAY
        now = NOW + after * DAY
        return reminder_is_due(HelpState.WITH_EXPERT, since=NOW, reminded_at=reminded_at, now=now)

    assert [due(2), due(3), due(400)] == [False, True, True]
    assert [due(4, reminded=3), due(4, reminded=-1)] == [False, True]


def test_what_waits_for_the_club_reminds_nobody():
    assert HelpState.WITH_CLUB not in REMINDED_AFTER
    assert not reminder_is_due(HelpState.WITH_CLUB, since=NOW, reminded_at=None, now=NOW + 90 * DAY)
