"""The classes that the path offers are those that would bring the candidate on."""

from datetime import timedelta
from decimal import Decimal

import pytest

from club import clock
from club.certification.awards.queries import award_of
from club.certification.schemes.settings import CreditCategory, TrainingTerms
from tests.certification.awards.kit import holder
from tests.certification.candidacy.kit import a_level, admitted, learned
from tests.certification.scheme_kit import a_scheme
from tests.support.factories import a_person, a_run, an_account


@pytest.fixture
def account(context):
    return an_account()


def offered(browser, candidate, *runs):
    page = browser.get(f"/candidacies/{candidate.public_id}").text
    return [run for run in runs if f"/runs/{run.code}" in page]


def soon():
    return clock.now() + timedelta(days=20)


def test_a_class_that_the_candidate_teaches_is_not_offered(sign_in, account):
    own, other = a_run(starts_at=soon(), trainers=[account.person]), a_run(starts_at=soon())
    assert offered(sign_in(account), admitted(a_level(), account), own, other) == [other]


@pytest.mark.parametrize(("hours", "is_offered"), [(8, True), (40, False), (48, False)])
def test_none_is_offered_once_attending_has_brought_its_most(sign_in, account, hours, is_offered):
    learned(account.person, hours=hours)
    terms = TrainingTerms(caps={CreditCategory.ATTENDED: Decimal(40)})
    capped = {
        "position": 3,
        "name": "Đào tạo thêm",
        "name_en": "More training",
        "minimum": Decimal(120),
        "terms": terms,
    }
    # The other training is there, so that this one alone looks for classes.
    level = a_level(a_scheme(), hours=1, more=[("more", capped)])
    run = a_run(starts_at=soon())
    assert bool(offered(sign_in(account), admitted(level, account), run)) is is_offered


def test_none_is_offered_that_ends_after_the_renewal_can_be_earned(sign_in, account):
    candidate = holder(account=account)
    last = award_of(candidate.id).periods[0].valid_until
    within, beyond = (
        a_run(starts_at=clock.instant_of(last) + timedelta(days=days)) for days in (-2, 365)
    )
    assert offered(sign_in(account), candidate, within, beyond) == [within]


def test_a_class_on_the_last_day_of_the_window_is_offered(sign_in, account):
    candidate = holder(account=account, grace_months=0)
    last = clock.instant_of(award_of(candidate.id).periods[0].valid_until)
    within, beyond = (a_run(starts_at=last + timedelta(hours=hours)) for hours in (18, 22))
    assert offered(sign_in(account), candidate, within, beyond) == [within]


def test_somebody_elses_classes_hinder_nobody(sign_in, account):
    run = a_run(starts_at=soon(), trainers=[a_person()])
    assert offered(sign_in(account), admitted(a_level(), account), run) == [run]
