from dataclasses import dataclass
from datetime import date
from unittest.mock import Mock

import pytest

from club.certification.models import ExpertCertificateState as State
from club.certification.models import WithdrawalKind
from club.certification.rules import (
    CertificateStanding,
    CertificationRefusal,
    look_alike_of,
    number_key,
    problems_of_days,
    refusal_to_check,
    refusal_to_suspend,
    refusal_to_take_back_own,
    refusal_to_withdraw,
    standing_on,
    valid_on,
)

ISSUED, TODAY = date(2024, 2, 29), date(2026, 3, 3)


@dataclass(frozen=True)
class Certificate:
    state: State = State.CHECKED
    was_checked: bool = True
    issued_on: date = ISSUED
    expires_on: date | None = None
    withdrawal: WithdrawalKind | None = None
    withdrawn_from: date | None = None
    suspensions: tuple = ()


@dataclass(frozen=True)
class Suspended:
    from_on: date
    until_on: date | None = None
    lifted_from: date | None = None


@dataclass(frozen=True)
class Scheme:
    key: str
    look_alike: tuple[str, ...] = ()


UNCHECKED = Certificate(State.RECORDED, was_checked=False)
TAKEN_BACK = Certificate(
    State.WITHDRAWN, withdrawal=WithdrawalKind.TAKEN_BACK, withdrawn_from=date(2025, 7, 1)
)
MISTAKE = Certificate(State.WITHDRAWN, withdrawal=WithdrawalKind.MISTAKE)


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (date(2024, 2, 28), False),
        (ISSUED, True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_certificate_is_valid_from_its_issue_to_its_last_day(day, valid):
    assert valid_on(Certificate(expires_on=date(2026, 12, 31)), day) is valid


def test_a_certificate_without_end_stays_valid():
    assert valid_on(Certificate(), date(2099, 12, 31))


def test_an_unchecked_certificate_is_valid_on_no_day():
    assert not valid_on(UNCHECKED, TODAY)


def test_one_taken_back_was_valid_until_the_day_before():
    assert valid_on(TAKEN_BACK, date(2025, 6, 30))
    assert not valid_on(TAKEN_BACK, date(2025, 7, 1))


def test_one_entered_by_mistake_never_was_valid():
    assert not valid_on(MISTAKE, date(2025, 1, 1))


@pytest.mark.parametrize(
    ("certificate", "standing"),
    [
        (UNCHECKED, CertificateStanding.UNCHECKED),
        (Certificate(), CertificateStanding.VALID),
        (Certificate(expires_on=date(2026, 3, 2)), CertificateStanding.EXPIRED),
        (Certificate(expires_on=TODAY), CertificateStanding.VALID),
        (TAKEN_BACK, CertificateStanding.TAKEN_BACK),
        (MISTAKE, CertificateStanding.WITHDRAWN),
    ],
)
def test_a_certificate_stands_as_its_state_and_days_say(certificate, standing):
    assert standing_on(certificate, TODAY) is standing


@pytest.mark.parametrize(
    ("issued_on", "expires_on", "verdict"),
    [
        (TODAY, None, None),
        (TODAY, TODAY, None),
        (date(2026, 3, 4), None, (CertificationRefusal.ISSUED_LATER, "issued_on")),
        (date(1975, 12, 31), None, (CertificationRefusal.ISSUED_TOO_EARLY, "issued_on")),
        (
            ISSUED,
            date(2024, 2, 28),
            (CertificationRefusal.EXPIRES_BEFORE_ISSUE, "expires_on"),
        ),
    ],
)
def test_days_of_a_certificate_must_agree(issued_on, expires_on, verdict):
    found = problems_of_days(issued_on=issued_on, expires_on=expires_on, today=TODAY)
    assert found == ([verdict] if verdict else [])


@pytest.mark.parametrize(
    ("state", "checker", "refusal"),
    [
        (State.RECORDED, 2, None),
        (State.RECORDED, 1, CertificationRefusal.OWN_CERTIFICATE),
        (State.CHECKED, 2, CertificationRefusal.CHECKED_ALREADY),
        (State.WITHDRAWN, 2, CertificationRefusal.WITHDRAWN_ALREADY),
    ],
)
def test_the_holder_never_checks_and_nothing_is_checked_twice(state, checker, refusal):
    entry = Mock(state=state, person_id=1, recorded_by_id=None)
    assert refusal_to_check(entry, by=7, checker_person_id=checker) is refusal


def test_whoever_entered_it_does_not_check_it():
    entry = Mock(state=State.RECORDED, person_id=1, recorded_by_id=7)
    entered = refusal_to_check(entry, by=7, checker_person_id=2)
    assert entered is CertificationRefusal.ENTERED_IT
    assert refusal_to_check(entry, by=8, checker_person_id=3) is None


@pytest.mark.parametrize(
    ("certificate", "kind", "day", "verdict"),
    [
        (Certificate(), WithdrawalKind.MISTAKE, None, None),
        (UNCHECKED, WithdrawalKind.MISTAKE, None, None),
        (Certificate(), WithdrawalKind.TAKEN_BACK, TODAY, None),
        (
            UNCHECKED,
            WithdrawalKind.TAKEN_BACK,
            TODAY,
            (CertificationRefusal.STILL_UNCHECKED, "kind"),
        ),
        (
            Certificate(),
            WithdrawalKind.TAKEN_BACK,
            None,
            (CertificationRefusal.DAY_NEEDED, "taken_back_from"),
        ),
        (
            Certificate(),
            WithdrawalKind.TAKEN_BACK,
            date(2024, 2, 28),
            (CertificationRefusal.TAKEN_BACK_BEFORE_ISSUE, "taken_back_from"),
        ),
        (
            Certificate(),
            WithdrawalKind.TAKEN_BACK,
            date(2026, 3, 4),
            (CertificationRefusal.TAKEN_BACK_LATER, "taken_back_from"),
        ),
        (MISTAKE, WithdrawalKind.MISTAKE, None, (CertificationRefusal.WITHDRAWN_ALREADY, None)),
    ],
)
def test_a_certificate_is_withdrawn_once_and_on_a_day_that_can_be(certificate, kind, day, verdict):
    given = {"kind": kind, "taken_back_from": day, "today": TODAY}
    assert refusal_to_withdraw(certificate, source="Sổ của tổ chức", **given) == verdict


def test_that_its_body_took_it_back_is_written_somewhere():
    given = {"kind": WithdrawalKind.TAKEN_BACK, "taken_back_from": TODAY, "today": TODAY}
    found = refusal_to_withdraw(Certificate(), source=None, **given)
    assert found == (CertificationRefusal.SOURCE_NEEDED, "source")


@pytest.mark.parametrize(
    ("suspended", "valid"),
    [
        (Suspended(TODAY), False),
        (Suspended(date(2026, 3, 4)), True),
        (Suspended(ISSUED, until_on=date(2026, 3, 2)), True),
        (Suspended(ISSUED, until_on=TODAY), False),
        (Suspended(ISSUED, lifted_from=TODAY), True),
        (Suspended(ISSUED, lifted_from=date(2026, 3, 4)), False),
    ],
)
def test_what_its_body_suspends_is_not_valid_for_so_long(suspended, valid):
    certificate = Certificate(suspensions=(suspended,))
    assert valid_on(certificate, TODAY) is valid
    assert (standing_on(certificate, TODAY) is CertificateStanding.SUSPENDED) is not valid
    ended = Certificate(suspensions=(suspended,), expires_on=date(2026, 3, 2))
    assert standing_on(ended, TODAY) is CertificateStanding.EXPIRED


@pytest.mark.parametrize(
    ("certificate", "first", "last", "verdict"),
    [
        (Certificate(), TODAY, None, None),
        (MISTAKE, TODAY, None, (CertificationRefusal.WITHDRAWN_ALREADY, None)),
        (UNCHECKED, TODAY, None, (CertificationRefusal.STILL_UNCHECKED, None)),
        (
            Certificate(),
            date(2024, 2, 28),
            None,
            (CertificationRefusal.TAKEN_BACK_BEFORE_ISSUE, "from_on"),
        ),
        (
            Certificate(),
            date(2026, 3, 4),
            None,
            (CertificationRefusal.TAKEN_BACK_LATER, "from_on"),
        ),
        (
            Certificate(),
            TODAY,
            date(2026, 3, 2),
            (CertificationRefusal.ENDS_BEFORE_IT_BEGINS, "until_on"),
        ),
        (
            Certificate(suspensions=(Suspended(date(2026, 3, 1)),)),
            TODAY,
            None,
            (CertificationRefusal.SUSPENDED_ALREADY, "from_on"),
        ),
    ],
)
def test_a_certificate_is_suspended_on_days_that_can_be(certificate, first, last, verdict):
    found = refusal_to_suspend(certificate, from_on=first, until_on=last, today=TODAY)
    assert found == verdict


def test_a_holder_takes_back_only_what_nobody_has_checked():
    assert refusal_to_take_back_own(State.RECORDED) is None
    assert refusal_to_take_back_own(State.CHECKED) is CertificationRefusal.NOT_YOURS_ANY_MORE
    assert refusal_to_take_back_own(State.WITHDRAWN) is CertificationRefusal.WITHDRAWN_ALREADY


@pytest.mark.parametrize("typed", ["PS-001/24", "ps 001 24", "PS.00124", "PS00124"])
def test_numbers_are_told_apart_by_letters_and_digits(typed):
    assert number_key(typed) == "ps00124"


def test_numbers_of_unlisted_schemes_are_told_apart_by_the_scheme_too():
    assert number_key("A-1", scheme_name="Lean Sáu Sigma") == "lean sau sigma/a1"
    assert number_key("--", scheme_name="Lean Sáu Sigma") == ""


def test_words_of_another_scheme_are_noticed_wherever_they_stand():
    aps = Scheme("aps", ("Certified Productivity Specialist", "association of productivity"))
    schemes = [Scheme("apo_ps"), aps]
    assert look_alike_of("apo_ps", ["CERTIFIED  productivity specialist", None], schemes) == "aps"
    assert look_alike_of("apo_ps", [None, "The Association of Productivity X"], schemes) == "aps"
    assert look_alike_of("aps", ["Certified Productivity Specialist"], schemes) is None
    assert look_alike_of("apo_ps", ["Productivity Specialist"], schemes) is None
