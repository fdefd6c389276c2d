"""How far candidacies have come by a moment, told from their steps alone. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from club.certification.candidacy.models import CandidateState

_SECONDS_A_DAY = 86_400
_S = CandidateState


class FunnelStage(StrEnum):
    """What a candidacy comes through, in this order."""

    #: Applied, or nominated by somebody else.
    BEGUN = "begun"
    #: Applied, or agreed to the nomination.
    APPLIED = "applied"
    ADMITTED = "admitted"
    COLLECTING = "collecting"
    ASSESSED = "assessed"
    CERTIFIED = "certified"
    #: The club gave its own recognition.
    RECOGNISED = "recognised"


class Body(StrEnum):
    """Who certifies. The two are never added up."""

    OUTSIDE = "outside"
    OWN = "own"


#: What a funnel has: outside bodies give no recognition of the club's.
STAGES: dict[Body, tuple[FunnelStage, ...]] = {
    Body.OUTSIDE: tuple(stage for stage in FunnelStage if stage is not FunnelStage.RECOGNISED),
    Body.OWN: tuple(FunnelStage),
}
#: The stage that a state shows to have been reached. The others can be come to from several.
_SHOWS = {
    _S.NOMINATED: FunnelStage.BEGUN,
    _S.APPLIED: FunnelStage.APPLIED,
    _S.ADMITTED: FunnelStage.ADMITTED,
    _S.COLLECTING: FunnelStage.COLLECTING,
    _S.UNDER_ASSESSMENT: FunnelStage.ASSESSED,
    _S.NOT_YET: FunnelStage.ASSESSED,
    _S.CERTIFIED: FunnelStage.CERTIFIED,
    _S.HELD: FunnelStage.CERTIFIED,
    _S.EXPIRED: FunnelStage.CERTIFIED,
    _S.VALID: FunnelStage.RECOGNISED,
    _S.RENEWAL_DUE: FunnelStage.RECOGNISED,
    _S.RENEWAL_UNDER_ASSESSMENT: FunnelStage.RECOGNISED,
    _S.RENEWED: FunnelStage.RECOGNISED,
    _S.LAPSED: FunnelStage.RECOGNISED,
    _S.SUSPENDED: FunnelStage.RECOGNISED,
}
#: By a decision of the club, or by the certificate of another body.
_REACHING = {_S.CERTIFIED, _S.HELD}


class StepAt(NamedTuple):
    candidate_id: int
    #: Whoever the person is today: entries that became one are one.
    person_id: int
    body: Body
    state: CandidateState
    at: datetime
    organisation_id: int | None = None
    ward_id: int | None = None


@dataclass(frozen=True)
class Way:
    """A candidacy as it stood at a moment."""

    candidate_id: int
    person_id: int
    body: Body
    begun_at: datetime
    state: CandidateState
    state_since: datetime
    #: Where figures count the person: on the day of the last decision that the level is reached,
    #: else on the day on which it began.
    organisation_id: int | None
    ward_id: int | None
    #: When each stage was first reached. Whoever came further had reached what was skipped.
    reached: Mapping[FunnelStage, datetime]


@dataclass(frozen=True)
class FunnelLine:
    stage: FunnelStage
    people: int
    candidacies: int
    #: Of those at the stage before, how many candidacies came here, in percent; ``None``: nobody
    #: was there, or there is none before.
    percent: float | None
    #: Days from the stage before, of half of those who came here at most.
    median_days: float | None


@dataclass(frozen=True)
class StateLine:
    state: CandidateState
    people: int
    candidacies: int


def ways_of(steps: Iterable[StepAt]) -> list[Way]:
    """``steps``: candidacy by candidacy, in order, up to the moment."""
    return [_way(list(taken)) for _, taken in groupby(steps, key=lambda step: step.candidate_id)]


def _way(steps: Sequence[StepAt]) -> Way:
    first, last = steps[0], steps[-1]
    *_, stay = (list(taken) for _, taken in groupby(steps, key=lambda step: step.state))
    shown: dict[FunnelStage, datetime] = {FunnelStage.BEGUN: first.at}
    for step in steps:
        stage = _SHOWS.get(step.state)
        if stage is not None:
            shown.setdefault(stage, step.at)
    reached: dict[FunnelStage, datetime] = {}
    so_far: datetime | None = None
    for stage in reversed(FunnelStage):
        moments = [moment for moment in (shown.get(stage), so_far) if moment is not None]
        if moments:
            so_far = reached[stage] = min(moments)
    reaching = [step for step in steps if step.state in _REACHING]
    counted_at = (reaching or [first])[-1]
    return Way(
        first.candidate_id,
        first.person_id,
        first.body,
        first.at,
        last.state,
        stay[0].at,
        counted_at.organisation_id,
        counted_at.ward_id,
        reached,
    )


def funnel(ways: Sequence[Way], stages: Sequence[FunnelStage]) -> list[FunnelLine]:
    from statistics import median

    lines: list[FunnelLine] = []
    before: FunnelStage | None = None
    for stage in stages:
        here = [way for way in ways if stage in way.reached]
        percent = median_days = None
        if before is not None and lines[-1].candidacies:
            percent = round(100 * len(here) / lines[-1].candidacies, 1)
        if before is not None and here:
            median_days = round(median(_days(way, before, stage) for way in here), 1)
        lines.append(FunnelLine(stage, people_in(here), len(here), percent, median_days))
        before = stage
    return lines


def _days(way: Way, before: FunnelStage, after: FunnelStage) -> float:
    return (way.reached[after] - way.reached[before]).total_seconds() / _SECONDS_A_DAY


def states(ways: Iterable[Way]) -> list[StateLine]:
    """Where they stood, in the order of the states; those in which nobody stood are left out."""
    at = {state: [way for way in ways if way.state is state] for state in CandidateState}
    return [StateLine(state, people_in(here), len(here)) for state, here in at.items() if here]


def people_in(ways: Iterable[Way]) -> int:
    return len({way.person_id for way in ways})
