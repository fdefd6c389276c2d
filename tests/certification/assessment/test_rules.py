from dataclasses import replace

import pytest

from club.certification.assessment.models import Choice
from club.certification.assessment.rules import (
    AssessmentRefusal,
    Panel,
    Round,
    Tally,
    agreed,
    outcomes_of,
    refusal_to_decide,
    tally_of,
)
from club.certification.candidacy.models import CandidateState
from club.certification.candidacy.rules import Conflict, Ties, conflict_of
from club.certification.schemes.models import Deciding, Majority

CERTIFIED, NOT_YET = CandidateState.CERTIFIED, CandidateState.NOT_YET
ASSESSOR, DECIDER = 1, 2
ASSESSED = Round(
    state=CandidateState.UNDER_ASSESSMENT,
    deciding=Deciding.ONE,
    assessors=frozenset({ASSESSOR}),
    done=1,
    under_way=0,
    unmet=frozenset(),
    disputed=frozenset(),
)


def verdict(outcome=CERTIFIED, *, by=DECIDER, reason="Vì sao", **given):
    return refusal_to_decide(replace(ASSESSED, **given), outcome, by=by, reason=reason)


def test_somebody_else_decides_what_was_assessed():
    assert verdict() is None
    assert verdict(by=ASSESSOR) is AssessmentRefusal.ASSESSED_IT


def test_nobody_decides_before_every_assessor_is_done():
    assert verdict(under_way=1) is AssessmentRefusal.STILL_ASSESSING
    assert verdict(done=0) is AssessmentRefusal.NOBODY_ASSESSED


@pytest.mark.parametrize(
    "state", [one for one in CandidateState if one is not CandidateState.UNDER_ASSESSMENT]
)
def test_only_what_is_under_assessment_is_decided(state):
    assert verdict(state=state) is AssessmentRefusal.NOT_UNDER_ASSESSMENT


def test_nobody_is_certified_with_a_requirement_open():
    assert verdict(unmet=frozenset({"hours"})) is AssessmentRefusal.NOT_FULFILLED
    assert verdict(NOT_YET, unmet=frozenset({"hours"})) is None


def test_who_settles_a_dispute_says_why():
    disputed = frozenset({"project"})
    assert verdict(disputed=disputed) is None
    assert verdict(disputed=disputed, reason=None) is AssessmentRefusal.REASON_MISSING


def test_whoever_accepted_evidence_does_not_decide():
    accepted = {"accepted_by": frozenset({DECIDER})}
    assert verdict(**accepted) is AssessmentRefusal.ACCEPTED_IT
    assert verdict(NOT_YET, **accepted) is AssessmentRefusal.ACCEPTED_IT
    assert verdict(by=DECIDER + 1, **accepted) is None


def test_a_no_needs_a_reason_and_a_plain_yes_does_not():
    assert verdict(NOT_YET, reason=None) is AssessmentRefusal.REASON_MISSING
    assert verdict(CERTIFIED, reason=None) is None


def test_where_another_body_certifies_only_its_certificate_says_yes():
    body = {"deciding": Deciding.BODY, "done": 0, "assessors": frozenset()}
    assert verdict(**body) is AssessmentRefusal.BODY_CERTIFIES
    assert verdict(NOT_YET, **body) is None
    here = CandidateState.UNDER_ASSESSMENT
    assert CERTIFIED in outcomes_of(here, Deciding.ONE)
    assert outcomes_of(here, Deciding.BODY) == (NOT_YET, CandidateState.REFUSED)


def panel(yes=0, no=0, abstained=0, quorum=3, majority=Majority.MORE_THAN_HALF):
    return Panel(Tally(yes, no, abstained), quorum, majority)


@pytest.mark.parametrize(
    ("votes", "outcome", "refusal"),
    [
        (panel(2), CERTIFIED, AssessmentRefusal.QUORUM_MISSING),
        (panel(2, 1), CERTIFIED, None),
        (panel(1, 2), CERTIFIED, AssessmentRefusal.NO_MAJORITY),
        (panel(1, 2), NOT_YET, None),
        (panel(2, 1), NOT_YET, AssessmentRefusal.MAJORITY_SAYS_YES),
        (panel(1, 1, 1), CERTIFIED, AssessmentRefusal.NO_MAJORITY),
        (panel(0, 0, 3), CERTIFIED, AssessmentRefusal.NO_MAJORITY),
        (panel(1, 0, 2), CERTIFIED, None),
    ],
)
def test_a_panels_votes_bind_whoever_decides(votes, outcome, refusal):
    assert verdict(outcome, deciding=Deciding.PANEL, panel=votes) is refusal


def test_a_panels_yes_meets_no_requirement():
    given = {"deciding": Deciding.PANEL, "panel": panel(3), "unmet": frozenset({"hours"})}
    assert verdict(CERTIFIED, **given) is AssessmentRefusal.NOT_FULFILLED
    assert verdict(NOT_YET, **given) is None


@pytest.mark.parametrize(
    ("majority", "yes", "no", "carries"),
    [
        (Majority.MORE_THAN_HALF, 1, 1, False),
        (Majority.MORE_THAN_HALF, 2, 1, True),
        (Majority.TWO_THIRDS, 2, 1, True),
        (Majority.TWO_THIRDS, 3, 2, False),
        (Majority.ALL, 3, 0, True),
        (Majority.ALL, 3, 1, False),
        (Majority.ALL, 0, 0, False),
    ],
)
def test_majorities_count_those_who_say_yes_or_no(majority, yes, no, carries):
    assert Tally(yes, no, abstained=5).carries(majority) is carries


def test_votes_are_counted():
    assert tally_of([Choice.YES, Choice.NO, Choice.YES, Choice.ABSTAIN]) == Tally(2, 1, 1)


def test_the_strongest_tie_is_the_one_that_is_said():
    assert conflict_of(Ties()) is None
    every = Ties(*[True] * 4)
    assert conflict_of(every) is Conflict.IS_THE_CANDIDATE
    assert conflict_of(replace(every, is_the_candidate=False)) is Conflict.TRAINED_THE_CANDIDATE


def test_assessors_agree_or_there_is_no_verdict():
    assert agreed([True, True]) is True
    assert agreed([False]) is False
    assert agreed([True, False]) is None
    assert agreed([]) is None
