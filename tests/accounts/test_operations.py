from datetime import timedelta

import pytest

from club.accounts import operations, queries
from club.accounts.forgetting import forget_unconfirmed
from club.accounts.models import Account, Consent, ConsentPurpose, RoleName
from club.audit import operations as audit
from club.db import transaction
from club.people.models import Person
from tests.accounts.test_joining import all_of
from tests.support.factories import NOW, a_person, an_account, an_employment, an_organisation

AGREED = [ConsentPurpose.PERSONAL_DATA]


def new(email="an@example.vn", name="Nguyễn Thị Demo"):
    return operations.NewAccount(email=email, full_name=name, password="hash")


def test_sign_ups_nobody_confirmed_are_forgotten_after_two_weeks():
    operations.sign_up(new("cu@example.vn"), agreed_to=AGREED, now=NOW)
    operations.sign_up(new("moi@example.vn"), agreed_to=AGREED, now=NOW + timedelta(days=2))
    kept = an_account(created_at=NOW)
    assert forget_unconfirmed(now=NOW + timedelta(days=15)) == 1
    assert {a.email for a in all_of(Account)} == {"moi@example.vn", kept.email}
    assert len(all_of(Consent)) == 1
    assert len(all_of(Person)) == 2


class TestForgettingWhatTheClubCameToNeed:
    LATER = NOW + timedelta(days=15)

    @pytest.fixture(autouse=True)
    def sign_ups(self):
        for email in ("an@example.vn", "binh@example.vn", "chi@example.vn"):
            operations.sign_up(new(email), agreed_to=AGREED, now=NOW)

    def test_a_person_put_to_use_stays_without_an_account(self):
        _, second, _ = all_of(Account)
        an_employment(second.person, an_organisation())
        assert forget_unconfirmed(now=self.LATER) == 3
        assert (all_of(Account), all_of(Consent)) == ([], [])
        assert [person.id for person in all_of(Person)] == [second.person_id]

    def test_an_account_that_the_log_names_stays_as_an_empty_one(self):
        _, second, _ = all_of(Account)
        in_the_log(second)
        assert forget_unconfirmed(now=self.LATER) == 3
        [left] = all_of(Account)
        assert (left.id, left.password, left.active) == (second.id, None, False)
        assert left.email.endswith("@forgotten.invalid")
        assert forget_unconfirmed(now=self.LATER) == 0

    def test_its_address_can_sign_up_again(self):
        in_the_log(all_of(Account)[1])
        operations.sign_up(new("binh@example.vn"), agreed_to=AGREED, now=NOW)
        assert [a.password for a in all_of(Account) if a.email == "binh@example.vn"] == ["hash"]
        assert len(all_of(Account)) == 4


def in_the_log(account):
    with transaction():
        audit.record(
            "accounts.roles", subject_kind="person", subject_id="x", by=account.id, now=NOW
        )


def test_an_account_may_be_opened_for_a_person_the_club_knows():
    person = a_person(email="khac@example.vn")
    account = operations.create_account(new(), roles=[RoleName.TRAINER], person=person, now=NOW)
    assert account.person_id == person.id
    assert person.email == "khac@example.vn"
    assert queries.held_roles(account) == (RoleName.TRAINER,)


def test_confirming_twice_changes_nothing():
    operations.sign_up(new(), agreed_to=AGREED, now=NOW)
    [account] = all_of(Account)
    operations.confirm(account.id, now=NOW)
    operations.confirm(account.id, now=NOW + timedelta(days=1))
    assert account.confirmed_at == NOW


def test_consents_of_a_recognised_person_are_the_newer_ones():
    from club.accounts import consents

    known = a_person(full_name="Nguyễn Thị Demo", email="an@example.vn")
    consents.give_consent(known.id, ConsentPurpose.PERSONAL_DATA, language="vi", now=NOW)
    later = NOW + timedelta(days=1)
    operations.sign_up(new(), agreed_to=AGREED, now=later)
    operations.confirm(all_of(Account)[0].id, now=later)
    history = [(c.person_id, c.given_at, c.withdrawn_at) for c in all_of(Consent)]
    assert history == [(known.id, NOW, later), (known.id, later, None)]
    assert queries.agrees(known.id, ConsentPurpose.PERSONAL_DATA)
