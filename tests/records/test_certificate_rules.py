from datetime import date

import pytest

from club.config import ROOT
from club.records.certificates.models import CertificateState as State
from club.records.certificates.models import CertificateStepKind as Kind
from club.records.certificates.rules import Refusal, masked_name, months_later, refusal_to_step
from club.records.certificates.states import (
    MEANINGS,
    TRANSITIONS,
    diagram,
    state_on,
    table_of_states,
)


def test_the_picture_and_the_table_in_the_documentation_are_those_of_the_code():
    written = (ROOT / "docs/certificates.md").read_text(encoding="utf-8")
    assert diagram() in written
    assert table_of_states() in written


def test_every_state_has_a_meaning_and_every_step_a_way():
    assert (set(MEANINGS), set(TRANSITIONS)) == (set(State), set(Kind))


@pytest.mark.parametrize(
    ("kind", "state", "refusal"),
    [
        (Kind.SUSPENDED, State.VALID, None),
        (Kind.SUSPENDED, State.SUSPENDED, Refusal.SUSPENDED_ALREADY),
        (Kind.RESUMED, State.SUSPENDED, None),
        (Kind.RESUMED, State.VALID, Refusal.NOT_SUSPENDED),
        (Kind.REVOKED, State.VALID, None),
        (Kind.REVOKED, State.SUSPENDED, None),
        (Kind.REVOKED, State.REVOKED, Refusal.NOT_VALID_ANY_MORE),
        (Kind.SUSPENDED, State.REPLACED, Refusal.NOT_VALID_ANY_MORE),
        (Kind.REPLACED, State.REPLACED, Refusal.NOT_VALID_ANY_MORE),
    ],
)
def test_which_steps_a_certificate_can_take(kind, state, refusal):
    assert refusal_to_step(kind, state, "Nhầm") is refusal


@pytest.mark.parametrize("kind", [Kind.SUSPENDED, Kind.REVOKED, Kind.REPLACED])
def test_every_step_needs_a_reason(kind):
    assert refusal_to_step(kind, State.VALID, None) is Refusal.REASON_MISSING


@pytest.mark.parametrize(
    ("state", "day", "shown"),
    [
        (State.VALID, date(2027, 3, 3), State.VALID),
        (State.VALID, date(2027, 3, 4), State.EXPIRED),
        (State.SUSPENDED, date(2027, 3, 4), State.SUSPENDED),
        (State.REVOKED, date(2027, 3, 4), State.REVOKED),
    ],
)
def test_what_is_valid_expires_after_its_last_day(state, day, shown):
    assert state_on(state, date(2027, 3, 3), day) is shown
    assert state_on(State.VALID, None, day) is State.VALID


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 3, 3), 12, date(2027, 3, 3)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_month_s_last(day, months, later):
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("full", "masked"),
    [
        ("Nguyễn Thị Dung", "Nguyễn Thị D."),
        ("Trần Văn Đạt", "Trần Văn Đ."),
        ("Ánh", "Á."),
        ("lê ý", "lê Ý."),
    ],
)
def test_strangers_see_the_first_letter_of_the_given_name(full, masked):
    assert masked_name(full) == masked
