"""Who may take which step with a request for help, and how much one may ask. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from club.certification.helping.models import HelpState, HelpStepKind

#: Of one person, or in the name of one organisation, so many requests may be open at once …
MOST_OPEN = 3
#: … and so many be made within a week, whatever became of them.
MOST_A_WEEK = 5
A_WEEK = timedelta(days=7)
#: So many may wait for one expert at once.
MOST_WAITING = 8
#: Whoever's turn it is gets one reminder after so long, and again while it is the same turn.
REMINDED_AFTER = {
    HelpState.WITH_EXPERT: timedelta(days=3),
    HelpState.WITH_ASKER: timedelta(days=3),
    HelpState.DECLINED: timedelta(days=3),
    HelpState.UNDER_WAY: timedelta(days=30),
}


class HelpRefusal(StrEnum):
    NOT_A_MEMBER = "Members of the club and representatives of organisations ask here."
    NOT_YOUR_ORGANISATION = "Choose an organisation that you represent."
    ONESELF = "Nobody asks oneself for help."
    NOT_LISTED = "This expert is not in the register any more. Choose somebody else, or the club."
    NOT_WELCOME = "This expert takes no requests now. Choose somebody else, or ask the club."
    TOO_BUSY = "Many requests wait for this expert. Choose somebody else, or ask the club."
    ASKED_ALREADY = "You have asked this expert, and the request is still open."
    TOO_MANY_OPEN = "Three requests of yours are open. Finish or withdraw one first."
    TOO_MANY = "You have asked five times within a week. Wait some days, or write to the club."
    OVER = "Somebody has taken a step meanwhile. Look at the request once more."
    NOT_YOUR_TURN = "This step is not yours to take."
    WORDS_MISSING = "Write a few words: the others read them."
    ENTRY_ENDED = (
        "You do not stand in the register any more, so you cannot accept. Hand the request on to"
        " the club, or decline."
    )
    NO_SUCH_PAGE = "Write the address of a case or a pilot project on this site."


class Party(StrEnum):
    ASKER = "asker"
    EXPERT = "expert"
    CLUB = "club"
    #: Nobody: days passed.
    TIME = "time"


class Move(NamedTuple):
    by: frozenset[Party]
    before: frozenset[HelpState | None]
    after: HelpState
    #: Whether whoever takes it has to say something.
    needs_words: bool = False


_S, _K, _P = HelpState, HelpStepKind, Party
_ASKED = frozenset({_S.WITH_EXPERT, _S.WITH_ASKER})


def _move(by: set[Party], before: set[HelpState | None], after: HelpState) -> Move:
    return Move(frozenset(by), frozenset(before), after)


#: The one table of steps.
TRANSITIONS: dict[HelpStepKind, Move] = {
    _K.ASKED: _move({_P.ASKER}, {None}, _S.WITH_EXPERT),
    _K.ASKED_CLUB: _move({_P.ASKER}, {None, _S.WITH_EXPERT, _S.DECLINED}, _S.WITH_CLUB),
    _K.ANSWERED: Move(
        frozenset({_P.ASKER}), frozenset({_S.WITH_ASKER}), _S.WITH_EXPERT, needs_words=True
    ),
    _K.ACCEPTED: _move({_P.EXPERT}, {*_ASKED}, _S.UNDER_WAY),
    _K.ASKED_BACK: Move(
        frozenset({_P.EXPERT}), frozenset({_S.WITH_EXPERT}), _S.WITH_ASKER, needs_words=True
    ),
    _K.DECLINED: _move({_P.EXPERT}, {*_ASKED}, _S.DECLINED),
    _K.HANDED_ON: _move({_P.EXPERT}, {*_ASKED, _S.UNDER_WAY}, _S.WITH_CLUB),
    _K.PASSED: _move({_P.CLUB}, {*_ASKED, _S.DECLINED, _S.WITH_CLUB}, _S.WITH_EXPERT),
    _K.EXPERT_LEFT: _move({_P.TIME}, {*_ASKED}, _S.WITH_CLUB),
    _K.HELPED: _move({_P.ASKER, _P.EXPERT, _P.CLUB}, {_S.UNDER_WAY}, _S.HELPED),
    _K.NOT_HELPED: _move({_P.ASKER, _P.EXPERT, _P.CLUB}, {_S.UNDER_WAY}, _S.NOT_HELPED),
    _K.WITHDRAWN: _move({_P.ASKER}, {*_ASKED, _S.DECLINED, _S.WITH_CLUB}, _S.WITHDRAWN),
    _K.CLOSED: Move(
        frozenset({_P.CLUB}),
        frozenset({*_ASKED, _S.DECLINED, _S.WITH_CLUB}),
        _S.CLOSED,
        needs_words=True,
    ),
}
#: Whose turn it is; of what has ended, nobody's.
WAITS_FOR = {
    _S.WITH_EXPERT: _P.EXPERT,
    _S.WITH_ASKER: _P.ASKER,
    _S.DECLINED: _P.ASKER,
    _S.WITH_CLUB: _P.CLUB,
    _S.UNDER_WAY: _P.ASKER,
}


def steps_open_to(parties: frozenset[Party], state: HelpState) -> list[HelpStepKind]:
    """What these may do next, in the order of the table."""
    return [
        kind for kind, move in TRANSITIONS.items() if move.by & parties and state in move.before
    ]


def refusal_to_take(
    kind: HelpStepKind, state: HelpState, *, by: frozenset[Party], words: str | None
) -> tuple[HelpRefusal, str | None] | None:
    """Also the field to mend. ``by``: what whoever takes it is in this request now."""
    move = TRANSITIONS[kind]
    if not move.by & by:
        return HelpRefusal.NOT_YOUR_TURN, None
    if state not in move.before:
        return HelpRefusal.OVER, None
    # Two entries of one person may have become one since.
    if kind is HelpStepKind.ACCEPTED and Party.ASKER in by:
        return HelpRefusal.ONESELF, None
    if move.needs_words and not words:
        return HelpRefusal.WORDS_MISSING, "words"
    return None


@dataclass(frozen=True)
class Asking:
    """What is known when somebody asks. Numbers are of the person and of the organisation, the
    greater one.
    """

    open_now: int
    within_a_week: int
    is_oneself: bool = False
    is_listed: bool = True
    is_welcome: bool = True
    asked_already: bool = False
    waiting_for_expert: int = 0


def refusal_to_ask(asking: Asking) -> HelpRefusal | None:
    """Whoever asks the club to find somebody is looked at as one whom nothing hinders."""
    if asking.open_now >= MOST_OPEN:
        return HelpRefusal.TOO_MANY_OPEN
    if asking.within_a_week >= MOST_A_WEEK:
        return HelpRefusal.TOO_MANY
    return refusal_of_expert(asking)


def refusal_of_expert(asking: Asking) -> HelpRefusal | None:
    """Why this expert cannot be asked, whoever chose the expert."""
    verdicts = (
        (asking.is_oneself, HelpRefusal.ONESELF),
        (not asking.is_listed, HelpRefusal.NOT_LISTED),
        (not asking.is_welcome, HelpRefusal.NOT_WELCOME),
        (asking.asked_already, HelpRefusal.ASKED_ALREADY),
        (asking.waiting_for_expert >= MOST_WAITING, HelpRefusal.TOO_BUSY),
    )
    return next((refusal for applies, refusal in verdicts if applies), None)


def reminder_is_due(
    state: HelpState, *, since: datetime, reminded_at: datetime | None, now: datetime
) -> bool:
    """Once in each turn; a clock that jumps costs one letter."""
    after = REMINDED_AFTER.get(state)
    if after is None or now - since < after:
        return False
    return reminded_at is None or reminded_at < since
