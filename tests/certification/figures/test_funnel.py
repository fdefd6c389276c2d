"""How far candidacies have come, from steps alone."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from club.certification.candidacy.models import CandidateState as S
from club.certification.candidacy.models import Recognition
from club.certification.candidacy.rules import TRANSITIONS
from club.certification.figures.funnel import (
    STAGES,
    Body,
    FunnelStage,
    StepAt,
    funnel,
    states,
    ways_of,
)
from tests.certification.figures.kit import at

BEGUN = at(2026, 1, 1)


def steps_of(candidate_id, *taken, person=None, body=Body.OWN):
    """``taken``: a state and the days since the beginning."""
    return [
        StepAt(candidate_id, person or candidate_id, body, state, BEGUN + timedelta(days=days))
        for state, days in taken
    ]


def lines(*ways, stages=STAGES[Body.OWN]):
    steps = [one for way in ways for one in way]
    return {line.stage: line for line in funnel(ways_of(steps), stages)}


def test_each_stage_counts_whoever_came_there_whatever_became_of_it():
    found = lines(
        steps_of(1, (S.APPLIED, 0), (S.ADMITTED, 4), (S.COLLECTING, 10), (S.WITHDRAWN, 11)),
        steps_of(2, (S.APPLIED, 0), (S.ADMITTED, 6)),
        steps_of(3, (S.APPLIED, 0), (S.REFUSED, 2)),
        steps_of(4, (S.NOMINATED, 0), (S.WITHDRAWN, 2)),
    )
    counted = [found[stage].candidacies for stage in FunnelStage]
    assert counted == [4, 3, 2, 1, 0, 0, 0]
    assert (found[FunnelStage.ADMITTED].percent, found[FunnelStage.ADMITTED].median_days) == (
        66.7,
        5.0,
    )
    assert found[FunnelStage.BEGUN].percent is None
    assert (found[FunnelStage.CERTIFIED].percent, found[FunnelStage.RECOGNISED].percent) == (
        None,
        None,
    )


def test_a_person_with_two_candidacies_is_one():
    found = lines(steps_of(1, (S.APPLIED, 0), person=7), steps_of(2, (S.APPLIED, 3), person=7))
    assert (found[FunnelStage.BEGUN].people, found[FunnelStage.BEGUN].candidacies) == (1, 2)


def test_a_stage_that_was_skipped_is_reached_with_the_next_one():
    found = lines(
        steps_of(1, (S.APPLIED, 0), (S.ADMITTED, 2), (S.UNDER_ASSESSMENT, 9)),
        stages=STAGES[Body.OUTSIDE],
    )
    assert found[FunnelStage.COLLECTING].median_days == 7.0
    assert found[FunnelStage.ASSESSED].median_days == 0.0


def test_a_stage_counts_from_the_first_time():
    taken = (S.APPLIED, 0), (S.ADMITTED, 1), (S.COLLECTING, 2), (S.UNDER_ASSESSMENT, 5)
    again = (S.COLLECTING, 6), (S.UNDER_ASSESSMENT, 30), (S.NOT_YET, 40)
    found = lines(steps_of(1, *taken, *again))
    assert (found[FunnelStage.ASSESSED].median_days, found[FunnelStage.ASSESSED].candidacies) == (
        3.0,
        1,
    )
    assert found[FunnelStage.CERTIFIED].candidacies == 0


def test_outside_bodies_give_no_recognition_of_the_club():
    assert FunnelStage.RECOGNISED not in STAGES[Body.OUTSIDE]
    assert STAGES[Body.OWN] == tuple(FunnelStage)


def test_where_they_stand_and_since_when():
    taken = steps_of(1, (S.APPLIED, 0), (S.ADMITTED, 1), (S.ADMITTED, 9))
    (way,) = ways_of(taken)
    assert way.state_since == BEGUN + timedelta(days=1)
    (line,) = states([way])
    assert (line.state, line.people, line.candidacies) == (S.ADMITTED, 1, 1)


def test_where_the_level_was_decided_counts_before_where_it_began():
    begun, decided = steps_of(1, (S.APPLIED, 0), (S.CERTIFIED, 5))
    begun = begun._replace(organisation_id=1, ward_id=2)
    assert ways_of([begun])[0].ward_id == 2
    decided = decided._replace(organisation_id=3, ward_id=None)
    (way,) = ways_of([begun, decided])
    assert (way.organisation_id, way.ward_id) == (3, None)


FIRST = [after for (before, after) in TRANSITIONS if before is None]
NEXT = {state: [after for (b, after) in TRANSITIONS if b is state] for state in S}


@some.composite
def chance_ways(draw):
    """Candidacies that only take steps of the table."""
    steps = []
    for candidate_id in range(1, draw(some.integers(1, 8)) + 1):
        state, day = draw(some.sampled_from(FIRST)), draw(some.integers(0, 400))
        taken = [(state, day)]
        while NEXT[state] and draw(some.integers(0, 5)):
            state = draw(some.sampled_from(NEXT[state]))
            day += draw(some.integers(0, 60))
            taken.append((state, day))
        steps += steps_of(candidate_id, *taken, person=draw(some.integers(1, 4)))
    return steps


@given(chance_ways())
def test_a_funnel_never_widens_and_nobody_is_lost(steps):
    ways = ways_of(steps)
    counted = funnel(ways, STAGES[Body.OWN])
    candidacies = [line.candidacies for line in counted]
    assert candidacies == sorted(candidacies, reverse=True)
    assert candidacies[0] == len({one.candidate_id for one in steps})
    assert sum(line.candidacies for line in states(ways)) == candidacies[0]
    assert all(line.people <= line.candidacies for line in counted)
    assert all(line.median_days is None or line.median_days >= 0 for line in counted)


@given(chance_ways(), some.integers(0, 500))
def test_what_comes_later_takes_nobody_back(steps, days):
    """A past date gives what was true then: later steps only bring candidacies further."""
    moment = BEGUN + timedelta(days=days)
    known = [one for one in steps if one.at <= moment]
    then, now = (funnel(ways_of(taken), STAGES[Body.OWN]) for taken in (known, steps))
    assert all(a.candidacies <= b.candidacies for a, b in zip(then, now, strict=True))


@pytest.mark.parametrize("state", list(S))
def test_every_state_that_is_valid_was_recognised(state):
    if state.recognition is Recognition.STANDS:
        (way,) = ways_of(steps_of(1, (S.APPLIED, 0), (state, 1)))
        assert FunnelStage.RECOGNISED in way.reached
