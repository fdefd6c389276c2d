"""The path of a candidate as its page shows it: each requirement with what counts for it and why,
what was handed in, and what brings it on.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from club.certification.candidacy.models import EvidenceUse, UseState
from club.certification.candidacy.operations.signing import text_to_sign
from club.certification.candidacy.path_queries import (
    CreditName,
    Wanted,
    names_of_credits,
    runs_marked,
)
from club.certification.progress.facts import (
    Counted,
    CreditStanding,
    NeedStanding,
    NeedState,
    Progress,
    Reason,
    Source,
)
from club.certification.progress.gathering import pilot_of_subject
from club.certification.progress.needs import COMPLETED, is_of_course
from club.certification.progress.rules import ways_of
from club.certification.schemes.models import Requirement, RequirementKind
from club.certification.schemes.rules import is_held_by_assessors
from club.certification.schemes.settings import CreditCategory, EthicsTerms
from club.courses.run_lists import RunRow

#: Of runs that would count.
_RUNS_SHOWN = 3
#: Evidence stands under its own title, and a finding says what it is about.
_WITHOUT_NAME = frozenset({Source.EVIDENCE, Source.FINDING})
_DONE = frozenset({NeedState.MET, NeedState.WAITING})


@dataclass(frozen=True)
class CountedLine:
    """One thing that was looked at for a requirement. Evidence stands in ``PathStep.uses``."""

    name: CreditName
    source: Source
    #: What it brings, in the requirement's unit.
    amount: Decimal
    reason: Reason
    #: The pilot project that it is about, by its id.
    pilot_id: int | None = None


@dataclass(frozen=True)
class PathStep:
    requirement: Requirement
    standing: NeedStanding
    lines: Sequence[CountedLine]
    uses: Sequence[EvidenceUse]
    #: Why evidence counts as it does, by the id of its use.
    reasons: dict[int, Reason]
    #: What evidence brings, likewise.
    brings: dict[int, Decimal]
    #: Classes with free places that would count.
    runs: Sequence[RunRow]

    @property
    def standing_uses(self) -> list[EvidenceUse]:
        return [use for use in self.uses if use.state is not UseState.WITHDRAWN]

    @property
    def comes_later(self) -> bool:
        """Nothing has to be handed in for it."""
        return is_held_by_assessors(self.requirement)

    @property
    def statement(self) -> EthicsTerms | None:
        """Words to sign on the page itself."""
        return text_to_sign(self.requirement)


@dataclass(frozen=True)
class PathPart:
    """What is needed: one requirement, or several ways of which one is enough."""

    state: NeedState
    #: Each with what it needs together.
    ways: tuple[tuple[PathStep, ...], ...]

    @property
    def has_alternatives(self) -> bool:
        return len(self.ways) > 1

    @property
    def steps(self) -> list[PathStep]:
        return [step for way in self.ways for step in way]


def steps_on(path: Iterable[PathPart]) -> list[PathStep]:
    return [step for part in path for step in part.steps]


def path_of(
    progress: Progress,
    requirements: Sequence[Requirement],
    uses: Sequence[EvidenceUse],
    *,
    person_id: int,
    now: datetime,
    is_over: bool = False,
) -> list[PathPart]:
    """In the order of the progress, which counts the same parts. ``person_id``: whose path it is.
    ``is_over``: no class brings it on any more.
    """
    by_key = {one.key: one for one in requirements}
    claimed: defaultdict[int, list[EvidenceUse]] = defaultdict(list)
    for use in uses:
        claimed[use.requirement_id].append(use)
    names = _names_in(progress)
    offered = {} if is_over else _runs_that_count(progress, by_key, person_id=person_id, now=now)

    def step(standing: NeedStanding) -> PathStep:
        requirement = by_key[standing.need.key]
        return PathStep(
            requirement,
            standing,
            _lines(standing, names),
            claimed[requirement.id],
            {use_id: one.reason for use_id, one in _of_evidence(standing)},
            {use_id: one.amount for use_id, one in _of_evidence(standing)},
            offered.get(requirement.key, ()),
        )

    return [
        PathPart(part.state, tuple(tuple(map(step, way)) for way in ways_of(part.standings)))
        for part in progress.parts
    ]


def _names_in(progress: Progress) -> dict[str, CreditName]:
    """Of everything that was looked at and is worth telling."""
    return names_of_credits(
        [
            counted.credit.ref
            for part in progress.parts
            for standing in part.standings
            for counted in standing.counted
            if counted.credit.source not in _WITHOUT_NAME
            if _is_worth_telling(counted.reason, counted.credit.standing)
        ]
    )


def _is_worth_telling(reason: Reason, standing: CreditStanding) -> bool:
    """Training about something else is no news to anybody."""
    return reason is not Reason.OTHER_SUBJECT and standing is not CreditStanding.WITHDRAWN


def _lines(standing: NeedStanding, names: dict[str, CreditName]) -> list[CountedLine]:
    return [
        CountedLine(
            names[one.credit.ref],
            one.credit.source,
            one.amount,
            one.reason,
            pilot_of_subject(one.credit.about) if one.credit.about else None,
        )
        for one in standing.counted
        if one.credit.ref in names and _is_worth_telling(one.reason, one.credit.standing)
    ]


def _of_evidence(standing: NeedStanding) -> list[tuple[int, Counted]]:
    """With the id of the use."""
    return [
        (int(one.credit.ref.partition(":")[2]), one)
        for one in standing.counted
        if one.credit.source is Source.EVIDENCE
    ]


def _runs_that_count(
    progress: Progress, requirements: dict[str, Requirement], *, person_id: int, now: datetime
) -> dict[str, list[RunRow]]:
    """For training that is not there yet, by the key of the requirement."""
    wanted = {
        standing.need.key: Wanted(standing.need.any_of, _courses_that_count(standing))
        for part in progress.parts
        for standing in part.standings
        if requirements[standing.need.key].kind is RequirementKind.TRAINING
        and standing.state not in _DONE
        and _attending_brings_more(standing)
    }
    if not wanted:
        return {}
    return runs_marked(
        wanted, person_id=person_id, until=progress.until, limit=_RUNS_SHOWN, now=now
    )


def _attending_brings_more(standing: NeedStanding) -> bool:
    """Whether the most that attending may bring, where there is one, is not reached yet."""
    most = standing.need.caps.get(CreditCategory.ATTENDED)
    attended = (c for c in standing.counted if c.credit.category == CreditCategory.ATTENDED)
    return most is None or sum(one.amount for one in attended) < most


def _courses_that_count(standing: NeedStanding) -> set[str]:
    """Whoever has completed them needs others."""
    credits_ = [one.credit for one in standing.counted if one.amount]
    counting = [credit for credit in credits_ if COMPLETED in credit.marks]
    return {mark for credit in counting for mark in credit.marks if is_of_course(mark)}
