"""Who must not decide reads who can."""

from datetime import date

import pytest

from club.accounts.models import RoleName
from club.certification.awards.operations.following import follow_days
from club.certification.awards.operations.withdrawing import propose_withdrawal
from tests.certification.assessment.kit import (
    asked,
    judged,
    under_assessment,
)
from tests.certification.awards.kit import brought, certified, holder, morning
from tests.certification.candidacy.kit import a_level, admitted, applied, being_assessed, handed_in
from tests.support.factories import NOW, a_person, an_account, an_employment, an_organisation
from tests.support.pages import words

CAN = "có thể quyết định"


def named(name, *roles):
    return an_account(*roles or (RoleName.COORDINATOR,), person=a_person(full_name=name))


@pytest.fixture
def an():
    return named("Lê Văn An")


@pytest.fixture
def binh():
    return named("Trần Thị Bình")


def in_one_organisation(account, candidate):
    organisation = an_organisation()
    for person in (account.person, candidate.person):
        an_employment(person, organisation, from_day=date(2021, 1, 1))


def test_whoever_has_a_tie_reads_who_can_decide(sign_in, an, binh):
    candidate = under_assessment()
    judged(candidate)
    here = f"/candidacies/{candidate.public_id}/assessment"
    desk = sign_in(an)
    assert "Ai có thể quyết định" not in words(desk.get(here))
    in_one_organisation(an, candidate)
    told = words(desk.get(here))
    assert f"Trần Thị Bình: {CAN}" in told
    assert "Lê Văn An: Người cùng đơn vị với ứng viên" in told


def test_whoever_accepted_a_paper_or_assessed_reads_who_can_decide(sign_in, an):
    both = named("Phạm Văn Cả", RoleName.COORDINATOR, RoleName.ASSESSOR)
    candidate = being_assessed(an_account(), by=an.id)
    judged(candidate, both)
    here = f"/candidacies/{candidate.public_id}/assessment"
    for account in (an, both):
        told = words(sign_in(account).get(here))
        assert "Lê Văn An: Người đã chấp nhận minh chứng" in told
        assert "Phạm Văn Cả: Người đã thẩm định thì không" in told


def test_members_of_a_panel_who_do_not_decide_are_given_no_names(sign_in, an):
    assessor = an_account(RoleName.ASSESSOR)
    candidate = under_assessment()
    asked(candidate, assessor)
    answer = sign_in(assessor).get(f"/candidacies/{candidate.public_id}/assessment")
    assert "Lê Văn An" not in answer.text


def test_where_nobody_can_decide_the_page_says_what_to_do(sign_in, an):
    candidate = applied(a_level())
    in_one_organisation(an, candidate)
    told = words(sign_in(an).get(f"/candidacies/{candidate.public_id}"))
    assert "Lê Văn An: Người cùng đơn vị" in told
    assert "Quản trị viên" in told.split("Ai có thể quyết định")[1]


def test_the_page_of_a_paper_names_who_can_judge_it(sign_in, an, binh):
    candidate = admitted(a_level(), an_account())
    use = handed_in(candidate)
    in_one_organisation(an, candidate)
    assert f"Trần Thị Bình: {CAN}" in words(sign_in(an).get(f"/evidence-uses/{use.public_id}"))


def test_whoever_has_a_tie_reads_who_can_recognise(sign_in, an, binh):
    candidate = certified()
    in_one_organisation(an, candidate)
    here = f"/candidacies/{candidate.public_id}/recognition"
    assert f"Trần Thị Bình: {CAN}" in words(sign_in(an).get(here))
    assert "Ai có thể quyết định" not in words(sign_in(binh).get(here))


def test_whoever_accepted_what_renews_reads_who_can_confirm(sign_in, an, binh, time_machine):
    candidate = holder(account=an_account())
    brought(candidate, day=date(2027, 5, 1), by=an)
    follow_days(now=morning(due := date(2027, 12, 1)))
    time_machine.move_to(morning(due))
    here = f"/candidacies/{candidate.public_id}/standing"
    told = words(sign_in(an).get(here))
    assert f"Trần Thị Bình: {CAN}" in told
    assert f"Lê Văn An: {CAN}" not in told


def test_whoever_proposed_a_withdrawal_reads_who_can_agree(sign_in, an, binh):
    candidate = holder()
    propose_withdrawal(candidate.id, reason="Mạo nhận.", by=an.id, now=NOW)
    here = f"/candidacies/{candidate.public_id}/standing"
    told = words(sign_in(an).get(here))
    assert f"Trần Thị Bình: {CAN}" in told
    assert "Lê Văn An: Người đề nghị thu hồi" in told
    assert "Ai có thể quyết định" not in words(sign_in(binh).get(here))
