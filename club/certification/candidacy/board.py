"""The coordinators' board: who is at which stage and for how long, who waits for whom, and where it
takes long.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import pairwise

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from club import clock
from club.certification.candidacy import board_queries
from club.certification.candidacy.bars import Bar, bars_of
from club.certification.candidacy.board_queries import BoardFilter, StateAt
from club.certification.candidacy.models import Candidate, CandidateState, WaitsFor
from club.certification.candidacy.standing import progress_of_all
from club.web.pages import Page

#: Cards on one page of a column, and deadlines in the list; the others are a click away.
CARDS = 12
DEADLINES_SHOWN = 20


class BoardStage(Enum):
    """The columns of the board, with the states that stand in each."""

    BEGINNING = (CandidateState.NOMINATED, CandidateState.APPLIED)
    COLLECTING = (CandidateState.ADMITTED, CandidateState.COLLECTING, CandidateState.NOT_YET)
    JUDGED = (
        CandidateState.UNDER_ASSESSMENT,
        CandidateState.CERTIFIED,
        CandidateState.RENEWAL_UNDER_ASSESSMENT,
        CandidateState.APPEALED,
    )
    RECOGNISED = (
        CandidateState.VALID,
        CandidateState.RENEWAL_DUE,
        CandidateState.RENEWED,
        CandidateState.SUSPENDED,
        CandidateState.HELD,
    )


STAGES = {
    BoardStage.BEGINNING: lazy_gettext("Applications and nominations"),
    BoardStage.COLLECTING: lazy_gettext("Collecting evidence"),
    BoardStage.JUDGED: lazy_gettext("Being assessed"),
    BoardStage.RECOGNISED: lazy_gettext("Recognised or certified"),
}


#: What somebody goes through; being recognised takes years and is no bottleneck.
_ON_THE_WAY = {
    state for stage in BoardStage if stage is not BoardStage.RECOGNISED for state in stage.value
}


@dataclass(frozen=True)
class Deadline:
    on: date
    #: What is due, in words.
    what: LazyString


#: The next deadline of each of these candidacies, by its id; rooms above add theirs.
DEADLINES: list[Callable[[Collection[int]], Mapping[int, Deadline]]] = []


@dataclass(frozen=True)
class Card:
    candidate: Candidate
    bars: list[Bar]
    days_in_state: int
    deadline: Deadline | None


@dataclass(frozen=True)
class Column:
    stage: BoardStage
    page: Page[Card]


@dataclass(frozen=True)
class DueNext:
    candidate: Candidate
    deadline: Deadline


@dataclass(frozen=True)
class Board:
    """Of the candidates that a filter leaves."""

    columns: list[Column]
    #: The nearest, and how many there are in all.
    due_next: list[DueNext]
    deadlines: int


@dataclass(frozen=True)
class Bottleneck:
    state: CandidateState
    #: How many stays in the state are over, and how long half of them took at most.
    stays: int
    median_days: float


def board(wanted: BoardFilter, *, pages: Mapping[BoardStage, int], now: datetime) -> Board:
    """``pages``: which page of a column is looked at, where it is not the first one."""
    today = clock.local_day(now)
    stages = {
        stage: board_queries.candidates_in(
            stage.value, wanted, page=pages.get(stage, 1), size=CARDS
        )
        for stage in BoardStage
    }
    progress = progress_of_all([one for page in stages.values() for one in page.items], on=today)
    every = [state for stage in BoardStage for state in stage.value]
    due = next_deadlines(board_queries.ids_of_candidates_in(every, wanted))

    def card(candidate: Candidate) -> Card:
        days = (today - clock.local_day(candidate.state_since)).days
        bars = bars_of(progress[candidate.id], candidate.level.requirements)
        return Card(candidate, bars, days, due.get(candidate.id))

    return Board(
        [
            Column(stage, Page([*map(card, page.items)], page.number, page.size, page.total))
            for stage, page in stages.items()
        ],
        _nearest(due),
        len(due),
    )


def _nearest(due: Mapping[int, Deadline]) -> list[DueNext]:
    nearest = sorted(due.items(), key=lambda one: (one[1].on, one[0]))[:DEADLINES_SHOWN]
    candidates = board_queries.candidates_by_id([candidate_id for candidate_id, _due in nearest])
    return [DueNext(candidates[candidate_id], deadline) for candidate_id, deadline in nearest]


def next_deadlines(candidate_ids: Collection[int]) -> dict[int, Deadline]:
    found: dict[int, Deadline] = {}
    for source in DEADLINES:
        for candidate_id, deadline in source(candidate_ids).items():
            known = found.get(candidate_id)
            if known is None or deadline.on < known.on:
                found[candidate_id] = deadline
    return found


def who_waits(by_state: Mapping[CandidateState, int]) -> dict[WaitsFor, int]:
    """How many candidacies wait for whom."""
    found = dict.fromkeys(WaitsFor, 0)
    for state, number in by_state.items():
        if state.is_open:
            found[state.waits_for] += number
    return found


def bottlenecks(steps: Iterable[StateAt]) -> list[Bottleneck]:
    """How long candidates stay in each state, the longest first: only stays that are over, and not
    those for which a recognition or certificate holds. ``steps``: in order, candidate by candidate.
    """
    from statistics import median

    stays: defaultdict[CandidateState, list[float]] = defaultdict(list)
    for before, step in pairwise(steps):
        if before.candidate_id == step.candidate_id and before.state in _ON_THE_WAY:
            days = (step.at - before.at).total_seconds() / 86_400
            stays[before.state].append(days)
    found = [Bottleneck(state, len(days), median(days)) for state, days in stays.items()]
    return sorted(found, key=lambda one: (-one.median_days, one.state))
