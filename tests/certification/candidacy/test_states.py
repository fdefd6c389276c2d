from pathlib import Path

import pytest

from club.certification.candidacy.models import (
    MEANINGS,
    CandidateState,
    Recognition,
    StepReason,
    WaitsFor,
    states_where,
)
from club.certification.candidacy.rules import TRANSITIONS, check_step
from club.config import ROOT
from tests.support.diagrams import drawn

DOCUMENT = Path(ROOT / "docs/certification.md")
SAID = {True: "yes", False: "no"}


def test_the_documented_picture_is_the_table():
    picture = drawn(TRANSITIONS, ends=[state for state in CandidateState if not state.is_open])
    assert f"```mermaid\n{picture}\n```" in DOCUMENT.read_text(encoding="utf-8")


def test_the_documented_meanings_are_the_table():
    written = DOCUMENT.read_text(encoding="utf-8")
    for state, meaning in MEANINGS.items():
        said = [SAID.get(value, str(value)) for value in meaning[:3]]
        assert f"| `{state.value}` | {' | '.join(said)} | {meaning.waits_for.value} |" in written


def test_every_state_can_be_reached_and_every_reason_is_used():
    assert {after for _, after in TRANSITIONS} == set(CandidateState) == set(MEANINGS)
    assert set().union(*TRANSITIONS.values()) == set(StepReason)


def test_the_end_is_left_only_by_an_appeal_or_by_evidence_that_comes_late():
    left = {(b, a) for b, a in TRANSITIONS if b is not None and not b.is_open}
    assert left == {
        (CandidateState.REFUSED, CandidateState.APPEALED),
        (CandidateState.WITHDRAWN, CandidateState.APPEALED),
        (CandidateState.LAPSED, CandidateState.APPEALED),
        (CandidateState.LAPSED, CandidateState.RENEWED),
        (CandidateState.LAPSED, CandidateState.RENEWAL_UNDER_ASSESSMENT),
        (CandidateState.EXPIRED, CandidateState.HELD),
    }


def test_a_recognition_stands_only_after_it_was_decided():
    """Nobody gets there but by the decision of assessors; an appeal only gives back what stood."""
    stands = set(states_where(Recognition.STANDS))
    before = {b for b, a in TRANSITIONS if a in stands and b is not None and b not in stands}
    assert before == {
        CandidateState.CERTIFIED,
        CandidateState.SUSPENDED,
        CandidateState.APPEALED,
        CandidateState.LAPSED,
    }
    assert [r for (b, a), r in TRANSITIONS.items() if a is CandidateState.CERTIFIED] == [
        {StepReason.DECIDED},
    ]


def test_what_is_being_judged_takes_no_evidence():
    for state in (CandidateState.UNDER_ASSESSMENT, CandidateState.RENEWAL_UNDER_ASSESSMENT):
        assert not state.takes_evidence
        assert state.waits_for is WaitsFor.ASSESSOR
    assert [one for one in CandidateState if one.is_being_assessed] == [
        CandidateState.UNDER_ASSESSMENT,
        CandidateState.RENEWAL_UNDER_ASSESSMENT,
    ]


def test_a_step_that_is_not_in_the_table_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="no candidate goes from"):
        check_step(CandidateState.APPLIED, CandidateState.CERTIFIED, StepReason.DECIDED)
