from pathlib import Path

import pytest

from club.config import ROOT
from club.registration.labels import STATES, STORY
from club.registration.models import MEANINGS, RegistrationState, StepReason
from club.registration.states import TRANSITIONS, check_step
from tests.support.diagrams import drawn


def test_the_documented_picture_is_the_table():
    written = Path(ROOT / "docs/registration.md").read_text(encoding="utf-8")
    ends = [state for state in RegistrationState if not state.is_active]
    assert f"```mermaid\n{drawn(TRANSITIONS, ends=ends)}\n```" in written


def test_the_documented_meanings_are_the_table():
    written = Path(ROOT / "docs/registration.md").read_text(encoding="utf-8")
    said = {True: "yes", False: "no"}
    for state, meaning in MEANINGS.items():
        assert f"| `{state.value}` | {' | '.join(said[m] for m in meaning)} |" in written


def test_every_state_can_be_reached_and_every_reason_is_used():
    assert {after for _, after in TRANSITIONS} == set(RegistrationState)
    assert set().union(*TRANSITIONS.values()) == set(StepReason)
    assert (set(STATES), set(STORY)) == (set(RegistrationState), set(StepReason))


def test_who_has_left_never_comes_back_to_the_list():
    assert all(before is None or before.is_active for before, _ in TRANSITIONS)


def test_a_step_that_is_not_in_the_table_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="no registration goes from"):
        check_step(RegistrationState.LAPSED, RegistrationState.CONFIRMED, StepReason.OFFER_ACCEPTED)
