"""Certified experts and candidates on a report date. Page and files take their figures from
``figures_of``; ``docs/figures.md`` says what they mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from club import clock
from club.certification.awards.known import awards_known
from club.certification.counting import CertificateDays, certificates_known
from club.certification.figures import queries
from club.certification.figures.experts import (
    By,
    CountedAs,
    Line,
    StandingLine,
    counted_as,
    cut,
    people_of,
    standings,
)
from club.certification.figures.funnel import (
    STAGES,
    Body,
    FunnelLine,
    FunnelStage,
    StateLine,
    Way,
    funnel,
    people_in,
    states,
    ways_of,
)
from club.certification.figures.questions import Question
from club.certification.figures.targets import Target, targets_on

DEFINITIONS = "2026-1"


@dataclass(frozen=True)
class ExpertFigures:
    """What the plan counts: certificates of outside bodies, checked and valid on the day."""

    people: int
    certificates: int
    #: Of these people, those whose training or certifying the plan paid for.
    supported: int
    by: dict[By, list[Line]]
    #: Every certificate that was known, and why the others do not count.
    standings: list[StandingLine]


@dataclass(frozen=True)
class BodyFigures:
    """How far candidacies have come; of those that began in the period."""

    body: Body
    funnel: list[FunnelLine]
    states: list[StateLine]


@dataclass(frozen=True)
class OwnFigures:
    """The club's own recognitions, whenever the candidacy began. The plan does not count them."""

    recognised: int
    #: Of these people, those whose recognition is valid on the day.
    valid: int


@dataclass(frozen=True)
class Figures:
    question: Question
    experts: ExpertFigures
    targets: list[Target]
    bodies: list[BodyFigures]
    own: OwnFigures


def figures_of(question: Question) -> Figures:
    ways = ways_asked(question)
    begun = [way for way in ways if began_in(way, question)]
    bodies = [_body(body, begun) for body in Body]
    return Figures(
        question,
        _experts(question),
        # The plan wants experts, of whichever scheme.
        [] if question.scheme else targets_on(question.on, question.as_of),
        bodies,
        _own(ways, question),
    )


def certificates_asked(question: Question) -> list[CertificateDays]:
    """Those known at the moment that is asked for, of the scheme that is asked for."""
    known = certificates_known(question.as_of)
    if not question.scheme:
        return known
    asked = {id_ for id_, name in queries.scheme_names().items() if name.key == question.scheme}
    return [row for row in known if row.scheme_id in asked]


def ways_asked(question: Question) -> list[Way]:
    return ways_of(queries.steps_until(question.moment, scheme=question.scheme))


def began_in(way: Way, question: Question) -> bool:
    period = question.period
    return period is None or period.first <= clock.local_day(way.begun_at) <= period.last


def valid_ways(ways: Sequence[Way], question: Question) -> list[Way]:
    """Whose recognition is valid on the report date, as whoever checks its certificate reads."""
    valid = {
        award.candidate_id
        for award in awards_known(question.moment)
        if award.facts.on(question.on).is_valid
    }
    return [way for way in ways if way.candidate_id in valid]


def recognised_ways(ways: Sequence[Way]) -> list[Way]:
    return [way for way in ways if way.body is Body.OWN and FunnelStage.RECOGNISED in way.reached]


def _experts(question: Question) -> ExpertFigures:
    known = certificates_asked(question)
    counting = [row for row in known if counted_as(row, question.on) is CountedAs.COUNTS]
    return ExpertFigures(
        people=people_of(counting),
        certificates=len(counting),
        supported=people_of(row for row in counting if row.funded_by_plan),
        by={by: cut(counting, by) for by in By},
        standings=standings(known, question.on),
    )


def _body(body: Body, begun: Sequence[Way]) -> BodyFigures:
    ways = [way for way in begun if way.body is body]
    return BodyFigures(body, funnel(ways, STAGES[body]), states(ways))


def _own(ways: Sequence[Way], question: Question) -> OwnFigures:
    recognised = recognised_ways(ways)
    valid = valid_ways(recognised, question)
    return OwnFigures(people_in(recognised), people_in(valid))
