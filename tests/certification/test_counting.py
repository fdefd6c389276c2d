"""Who counts as an expert of the plan, on a day and by what was known at a moment."""

from datetime import date, timedelta

import pytest

from club.accounts.models import RoleName
from club.certification.candidacy.operations import admitting
from club.certification.counting import certificates_known, valid_experts_on_days
from club.certification.models import WithdrawalKind
from club.certification.operations import Withdrawal, check_certificate, withdraw_certificate
from club.db import transaction
from tests.certification.candidacy.kit import applied
from tests.certification.kit import ISSUED, checked, recorded, with_schemes
from tests.support.factories import (
    NOW,
    a_person,
    a_unit,
    an_account,
    an_employment,
    an_organisation,
    reload,
)

pytestmark = pytest.mark.usefixtures("context")
BEFORE, AFTER = NOW - timedelta(seconds=1), NOW + timedelta(days=1)
TODAY = NOW.date()


def experts(day=TODAY, *, as_of=None):
    return valid_experts_on_days([day], as_of=as_of)[day]


def test_a_certificate_counts_from_the_moment_it_was_checked_whatever_day_is_asked_for():
    with_schemes()
    certificate = recorded()
    check_certificate(certificate.id, by=an_account(RoleName.COORDINATOR).id, now=AFTER)
    assert (experts(ISSUED, as_of=NOW), experts(ISSUED, as_of=AFTER)) == (0, 1)
    assert certificates_known(BEFORE) == []


@pytest.mark.parametrize(
    ("withdrawal", "before_that_day"),
    [
        (Withdrawal(WithdrawalKind.MISTAKE, "Nhầm"), 0),
        (Withdrawal(WithdrawalKind.TAKEN_BACK, "Thu hồi", date(2026, 2, 1), "Sổ của tổ chức"), 1),
    ],
)
def test_a_withdrawal_is_not_known_before_it_is_entered(withdrawal, before_that_day):
    with_schemes()
    certificate = checked()
    by = an_account(RoleName.COORDINATOR).id
    withdraw_certificate(certificate.id, withdrawal, by=by, now=AFTER)
    assert (experts(as_of=NOW), experts(as_of=AFTER), experts()) == (1, 0, 0)
    assert experts(date(2026, 1, 31)) == before_that_day


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2024, 2, 28), 0),
        (date(2024, 2, 29), 1),
        (date(2025, 12, 31), 1),
        (date(2026, 1, 1), 0),
    ],
)
def test_the_first_and_the_last_day_count(day, number):
    with_schemes()
    checked(issued_on=date(2024, 2, 29), expires_on=date(2025, 12, 31))
    assert experts(day) == number


def test_where_an_expert_is_counted_is_kept_as_on_the_day_of_issue():
    with_schemes()
    ward, other_ward = a_unit(), a_unit()
    old, new = an_organisation(ward_id=ward.id), an_organisation(ward_id=other_ward.id)
    person = a_person(ward_id=other_ward.id)
    an_employment(person, old, from_day=date(2020, 1, 1), to_day=ISSUED)
    an_employment(person, new, from_day=ISSUED + timedelta(days=1))
    certificate = checked(person)
    with transaction():
        old.ward_id = other_ward.id
    (known,) = certificates_known()
    assert (known.organisation_id, known.ward_id) == (old.id, ward.id)
    assert reload(certificate).organisation_id == old.id


def test_who_works_for_nobody_is_counted_in_the_own_ward():
    with_schemes()
    ward = a_unit()
    checked(a_person(ward_id=ward.id))
    (known,) = certificates_known()
    assert (known.organisation_id, known.ward_id) == (None, ward.id)


def test_a_step_keeps_where_the_candidate_was_on_that_day():
    ward, account = a_unit(), an_account()
    firm = an_organisation(ward_id=ward.id)
    an_employment(account.person, firm, to_day=NOW.date())
    candidate = applied(account=account)
    by = an_account(RoleName.COORDINATOR).id
    admitting.admit(candidate.id, remark=None, by=by, now=AFTER)
    places = [(step.organisation_id, step.ward_id) for step in reload(candidate).steps]
    assert places == [(firm.id, ward.id), (None, None)]
