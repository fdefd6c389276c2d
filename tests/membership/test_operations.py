from datetime import date, timedelta

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.membership import operations, queries
from club.membership.models import (
    ApplicationState,
    Membership,
    MembershipApplication,
    MembershipEventKind,
)
from club.membership.operations import Decision
from club.membership.rules import MembershipRefusal
from club.outbox.models import Letter
from club.people import queries as people
from club.people.facts import OrganisationFacts
from club.people.models import AudienceKind, Organisation
from club.refusal import RefusedError
from tests.support.factories import (
    NOW,
    a_person,
    an_account,
    an_employment,
    an_organisation,
    reload,
)

TODAY = date(2026, 3, 3)


@pytest.fixture
def coordinator():
    return an_account(RoleName.COORDINATOR)


@pytest.fixture
def account():
    return an_account()


def decision(coordinator, reason="Đủ thông tin"):
    return Decision(reason, coordinator.id)


def accepted(application, coordinator, from_day=TODAY):
    return operations.accept(application.id, decision(coordinator), from_day=from_day, now=NOW)


def refusal_of(call, *args, **kwargs):
    with pytest.raises(RefusedError) as refused:
        call(*args, **kwargs)
    return refused.value.refusal


def apply(person_id, statement=None):
    return operations.apply_as_person(person_id, statement=statement, now=NOW)


def apply_for(person_id, organisation):
    return operations.apply_for_organisation(person_id, organisation, statement=None, now=NOW)


def test_an_accepted_person_is_a_member_from_the_day_on(account, coordinator):
    membership = accepted(apply(account.person_id, "Tôi muốn góp sức"), coordinator)

    assert queries.membership_of(account.person_id, on=TODAY).id == membership.id
    assert not queries.is_member(account.person_id, on=TODAY - timedelta(days=1))
    assert [event.kind for event in membership.events] == [MembershipEventKind.BEGAN]
    assert reload(account).holds(RoleName.MEMBER)
    application = db.session.scalars(select(MembershipApplication)).one()
    assert (application.state, application.decided_by_id, application.reason) == (
        ApplicationState.ACCEPTED,
        coordinator.id,
        "Đủ thông tin",
    )


def test_the_applicant_gets_one_letter_with_the_reason(account, coordinator):
    accepted(apply(account.person_id), coordinator)

    letter = db.session.scalars(select(Letter)).one()
    assert letter.recipient == account.email
    assert letter.subject == "Anh chị đã là hội viên câu lạc bộ"
    assert "Lý do: Đủ thông tin" in letter.body_text


def test_applying_twice_is_refused(account):
    apply(account.person_id)
    assert refusal_of(apply, account.person_id) is MembershipRefusal.ALREADY_APPLIED
    assert len(db.session.scalars(select(MembershipApplication)).all()) == 1


def test_a_member_cannot_apply_again(account, coordinator):
    accepted(apply(account.person_id), coordinator)
    assert refusal_of(apply, account.person_id) is MembershipRefusal.ALREADY_MEMBER


def test_deciding_twice_is_refused_and_the_first_decision_stays(account, coordinator):
    application = apply(account.person_id)
    operations.decline(application.id, decision(coordinator, "Chưa rõ"), now=NOW)

    assert refusal_of(accepted, application, coordinator) is MembershipRefusal.ALREADY_DECIDED
    assert reload(application).state is ApplicationState.DECLINED
    assert queries.membership_of(account.person_id, on=TODAY) is None
    assert len(db.session.scalars(select(Letter)).all()) == 1


@pytest.mark.parametrize("reason", [None, ""])
def test_a_decision_needs_a_reason(account, coordinator, reason):
    application = apply(account.person_id)
    without = decision(coordinator, reason)

    assert (
        refusal_of(operations.decline, application.id, without, now=NOW)
        is refusal_of(operations.accept, application.id, without, from_day=TODAY, now=NOW)
        is MembershipRefusal.REASON_MISSING
    )
    assert reload(application).state is ApplicationState.PENDING


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (TODAY - timedelta(days=1), MembershipRefusal.TOO_EARLY),
        (TODAY + timedelta(days=400), MembershipRefusal.TOO_LATE),
    ],
)
def test_a_membership_begins_near_the_decision(account, coordinator, day, refusal):
    application = apply(account.person_id)
    assert refusal_of(accepted, application, coordinator, day) is refusal


def test_an_application_taken_back_cannot_be_decided(account, coordinator):
    application = apply(account.person_id)
    operations.withdraw(application.id, now=NOW)

    assert refusal_of(accepted, application, coordinator) is MembershipRefusal.ALREADY_DECIDED
    assert (
        refusal_of(operations.withdraw, application.id, now=NOW)
        is MembershipRefusal.ALREADY_DECIDED
    )
    assert apply(account.person_id).state is ApplicationState.PENDING


def test_the_applicant_of_a_new_organisation_becomes_its_representative(account, coordinator):
    facts = OrganisationFacts("Công ty Demo Mới", AudienceKind.ENTERPRISE)
    membership = accepted(apply_for(account.person_id, facts), coordinator)

    organisation = db.session.scalars(select(Organisation)).one()
    assert membership.organisation_id == organisation.id
    assert people.represents(account.person_id, organisation.id, on=TODAY)
    assert reload(account).holds(RoleName.REPRESENTATIVE)
    assert queries.membership_of(account.person_id, on=TODAY) is None
    assert queries.is_member(account.person_id, on=TODAY)


def test_whoever_works_there_already_gets_no_second_employment(account, coordinator):
    organisation = an_organisation()
    work = an_employment(account.person, organisation)

    accepted(apply_for(account.person_id, organisation.id), coordinator)

    assert [e.id for e in people.employments_of(account.person_id)] == [work.id]
    assert reload(work).represents


def test_one_organisation_has_one_application_and_one_membership(account, coordinator):
    organisation, other = an_organisation(), an_account()
    application = apply_for(account.person_id, organisation.id)
    second = refusal_of(apply_for, other.person_id, organisation.id)
    accepted(application, coordinator)

    assert second is MembershipRefusal.ORGANISATION_ALREADY_APPLIED
    assert (
        refusal_of(apply_for, other.person_id, organisation.id)
        is MembershipRefusal.ORGANISATION_ALREADY_MEMBER
    )


def test_a_refused_application_leaves_no_new_organisation(account):
    apply_for(
        account.person_id, OrganisationFacts("A", AudienceKind.ENTERPRISE, tax_code="0300588569")
    )
    again = OrganisationFacts("B", AudienceKind.ENTERPRISE, tax_code="0300588569")

    refusal_of(apply_for, account.person_id, again)

    assert [o.name for o in people.organisations_in_order()] == ["A"]


def test_an_ended_membership_keeps_its_story(account, coordinator):
    membership = accepted(apply(account.person_id), coordinator)
    later = NOW + timedelta(days=30)

    operations.end_membership(
        membership.id,
        decision(coordinator, "Chuyển đi"),
        last_day=TODAY + timedelta(days=20),
        now=later,
    )

    ended = queries.membership_by_id(membership.id)
    assert ended.to_day == TODAY + timedelta(days=20)
    assert [(e.kind, e.reason) for e in ended.events] == [
        (MembershipEventKind.BEGAN, "Đủ thông tin"),
        (MembershipEventKind.ENDED, "Chuyển đi"),
    ]
    assert queries.is_member(account.person_id, on=TODAY + timedelta(days=20))
    assert not queries.is_member(account.person_id, on=TODAY + timedelta(days=21))
    assert not reload(account).holds(RoleName.MEMBER)
    kinds = [letter.kind for letter in db.session.scalars(select(Letter).order_by(Letter.id))]
    assert kinds == ["membership.accepted", "membership.ended"]


def test_after_the_end_one_may_apply_and_join_again(account, coordinator):
    membership = accepted(apply(account.person_id), coordinator)
    operations.end_membership(membership.id, decision(coordinator), last_day=TODAY, now=NOW)
    tomorrow = NOW + timedelta(days=1)

    application = operations.apply_as_person(account.person_id, statement=None, now=tomorrow)
    operations.accept(
        application.id, decision(coordinator), from_day=TODAY + timedelta(days=1), now=tomorrow
    )

    assert len(queries.memberships_of(account.person_id)) == 2


@pytest.mark.parametrize(
    ("last_day", "refusal"),
    [
        (TODAY - timedelta(days=1), MembershipRefusal.ENDS_BEFORE_IT_BEGAN),
        (TODAY + timedelta(days=400), MembershipRefusal.TOO_LATE),
    ],
)
def test_an_end_lies_after_the_beginning_and_near(account, coordinator, last_day, refusal):
    membership = accepted(apply(account.person_id), coordinator)
    ending = refusal_of(
        operations.end_membership, membership.id, decision(coordinator), last_day=last_day, now=NOW
    )
    assert ending is refusal
    assert db.session.get(Membership, membership.id).to_day is None


def test_a_membership_ends_once(account, coordinator):
    membership = accepted(apply(account.person_id), coordinator)
    operations.end_membership(membership.id, decision(coordinator), last_day=TODAY, now=NOW)

    again = refusal_of(
        operations.end_membership, membership.id, decision(coordinator), last_day=TODAY, now=NOW
    )
    assert again is MembershipRefusal.ALREADY_ENDED


def test_only_somebody_with_an_account_who_works_there_can_represent(account, coordinator):
    organisation = an_organisation()
    former = an_employment(account.person, organisation, to_day=date(2025, 1, 1))
    nobody = an_employment(a_person(), organisation)
    work = an_employment(account.person, organisation, from_day=date(2025, 2, 1))

    by = {"by": coordinator.id, "now": NOW}
    assert refusal_of(operations.let_represent, former.id, **by) is MembershipRefusal.NOT_EMPLOYED
    assert refusal_of(operations.let_represent, nobody.id, **by) is MembershipRefusal.NO_ACCOUNT
    operations.let_represent(work.id, **by)
    assert people.represents(account.person_id, organisation.id, on=TODAY)
    assert reload(account).holds(RoleName.REPRESENTATIVE)


def test_every_decision_of_staff_is_in_the_log(account, coordinator):
    membership = accepted(apply(account.person_id), coordinator)
    operations.end_membership(membership.id, decision(coordinator), last_day=TODAY, now=NOW)

    actions = {entry.action for entry in db.session.scalars(select(AuditEntry))}
    assert {"membership.accept", "membership.end"} <= actions
