"""What assessors found is shown to the candidate, once it is decided."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from club.certification.assessment.operations.deciding import Ruling, decide
from club.certification.candidacy.models import CandidateState
from club.certification.candidacy.operations import going_on
from club.certification.candidacy.operations.evidence import Claim, hand_in_for, withdraw_evidence
from club.certification.candidacy.queries import uses_in
from club.certification.candidacy.rules import CandidacyRefusal
from club.certification.candidacy.standing import progress_of
from club.certification.progress.facts import NeedState
from club.refusal import RefusedError
from tests.certification.assessment.kit import (
    a_coordinator,
    an_assessor,
    judged,
    under_assessment,
)
from tests.certification.candidacy.kit import a_paper
from tests.support.factories import NOW, a_person, an_account, reload
from tests.support.inspector import complaints
from tests.support.pages import words

pytestmark = pytest.mark.usefixtures("context")

LATER = timedelta(hours=1)
NOT_YET = Ruling(CandidateState.NOT_YET, "Cần thêm một dự án")


@pytest.fixture
def account():
    return an_account(person=a_person())


@pytest.fixture
def candidate(account):
    return under_assessment(account=account)


def collected_anew(candidate, account):
    """Another try, with another report of the project."""
    going_on.try_again(candidate.id, by=account.id, now=NOW)
    project = next(one for one in candidate.level.requirements if one.key == "project")
    claim = Claim(project.id, amount=Decimal(1), day=date(2026, 3, 1))
    hand_in_for(candidate.id, a_paper(), claim, by=account.id, now=NOW + LATER)


def page_of(candidate):
    return f"/candidacies/{candidate.public_id}"


def test_the_candidate_reads_what_was_found_once_it_is_decided(sign_in, candidate, account):
    own, assessor = sign_in(account), an_assessor()
    judged(candidate, assessor, project=False)
    assert "Đánh giá của người thẩm định" not in words(own.get(page_of(candidate)))
    decide(candidate.id, NOT_YET, by=a_coordinator().id, now=NOW)
    page = own.get(page_of(candidate))
    assert "Yêu cầu project Chưa đạt Thiếu" in words(page)
    assert "Yêu cầu interview Đạt" in words(page)
    assert assessor.person.full_name not in words(page)
    assert complaints(page.text) == []


def test_both_sides_of_a_disagreement_are_shown(sign_in, candidate, account):
    judged(candidate, project=False)
    judged(candidate)
    decide(candidate.id, NOT_YET, by=a_coordinator().id, now=NOW)
    page = words(sign_in(account).get(page_of(candidate)))
    assert "Yêu cầu project Chưa đạt Thiếu Đạt" in page


def test_while_another_round_goes_on_the_last_decided_one_is_shown(sign_in, candidate, account):
    judged(candidate, project=False)
    decide(candidate.id, NOT_YET, by=a_coordinator().id, now=NOW)
    collected_anew(candidate, account)
    going_on.hand_in(candidate.id, by=account.id, now=NOW + LATER)
    judged(candidate, interview=False)
    assert reload(candidate).state is CandidateState.UNDER_ASSESSMENT
    page = words(sign_in(account).get(page_of(candidate)))
    assert "Yêu cầu project Chưa đạt Thiếu" in page
    assert "Yêu cầu interview Đạt" in page


def test_what_was_found_lacking_has_to_be_handed_in_anew(candidate, account):
    judged(candidate, project=False)
    decide(candidate.id, NOT_YET, by=a_coordinator().id, now=NOW)
    going_on.try_again(candidate.id, by=account.id, now=NOW)
    with pytest.raises(RefusedError) as caught:
        going_on.hand_in(candidate.id, by=account.id, now=NOW)
    assert caught.value.refusal is CandidacyRefusal.STILL_MISSING


def test_who_hands_in_anew_is_judged_anew(candidate, account):
    judged(candidate, project=False)
    decide(candidate.id, NOT_YET, by=a_coordinator().id, now=NOW)
    collected_anew(candidate, account)
    going_on.hand_in(candidate.id, by=account.id, now=NOW + LATER)
    judged(candidate)
    decided = Ruling(CandidateState.CERTIFIED)
    decide(candidate.id, decided, by=a_coordinator().id, now=NOW + LATER)
    assert reload(candidate).state is CandidateState.CERTIFIED


def project_of(candidate):
    uses = uses_in(candidate.id)
    return progress_of(candidate, uses, on=date(2026, 3, 3)).standing_of("project").state


def test_what_was_found_fulfilled_says_nothing_of_another_paper(candidate, account):
    judged(candidate, interview=False)
    decide(candidate.id, NOT_YET, by=a_coordinator().id, now=NOW)
    assert project_of(candidate) is NeedState.MET
    [seen] = uses_in(candidate.id)
    withdraw_evidence(seen.evidence_id, reason=None, by=account.id, now=NOW)
    assert project_of(candidate) is NeedState.MISSING
    collected_anew(candidate, account)
    assert project_of(candidate) is NeedState.WAITING
    going_on.hand_in(candidate.id, by=account.id, now=NOW + LATER)
    assert project_of(candidate) is NeedState.WAITING
    judged(candidate)
    assert project_of(candidate) is NeedState.MET


def test_another_paper_takes_nothing_from_what_was_found_fulfilled(candidate, account):
    judged(candidate, interview=False)
    decide(candidate.id, NOT_YET, by=a_coordinator().id, now=NOW)
    collected_anew(candidate, account)
    assert project_of(candidate) is NeedState.MET


def test_what_is_sent_back_is_judged_anew_as_well(candidate, account):
    judged(candidate, project=False)
    going_on.send_back(candidate.id, remark="Thêm số liệu", by=a_coordinator().id, now=NOW)
    project = next(one for one in candidate.level.requirements if one.key == "project")
    claim = Claim(project.id, amount=Decimal(1), day=date(2026, 3, 1))
    hand_in_for(candidate.id, a_paper(), claim, by=account.id, now=NOW + LATER)
    going_on.hand_in(candidate.id, by=account.id, now=NOW + LATER)
    assert reload(candidate).state is CandidateState.UNDER_ASSESSMENT


def test_nobody_else_reads_them_there(sign_in, candidate):
    judged(candidate, project=False)
    coordinator = a_coordinator()
    decide(candidate.id, NOT_YET, by=coordinator.id, now=NOW)
    page = words(sign_in(coordinator).get(page_of(candidate)))
    assert "Đánh giá của người thẩm định" not in page
