"""Somebody who assesses leaves, or turns out to stand too close: no candidate waits for ever."""

import pytest

from club.accounts.models import Account
from club.certification.assessment import queries
from club.certification.assessment.models import TaskState
from club.certification.assessment.operations.deciding import Ruling, decide
from club.certification.assessment.rules import AssessmentRefusal, Hindrance, hindrance_of
from club.certification.candidacy.models import CandidateState
from club.certification.candidacy.operations.going_on import hand_in, send_back
from club.certification.candidacy.rules import Conflict
from club.db import transaction
from club.refusal import RefusedError
from tests.certification.assessment.kit import (
    a_coordinator,
    an_assessor,
    asked,
    judged,
    under_assessment,
)
from tests.people.merging_kit import joined
from tests.support.factories import NOW, an_account, reload
from tests.support.pages import words

pytestmark = pytest.mark.usefixtures("context")

YES = Ruling(CandidateState.CERTIFIED)


@pytest.fixture
def candidate():
    return under_assessment()


@pytest.fixture
def desk(sign_in):
    return sign_in(a_coordinator())


def close(account):
    with transaction() as session:
        session.get_one(Account, account.id).active = False


def without_role(account):
    with transaction() as session:
        session.get_one(Account, account.id).roles = []


def page_of(candidate):
    return f"/candidacies/{candidate.public_id}/assessment"


def refusal_to_decide(candidate):
    with pytest.raises(RefusedError) as caught:
        decide(candidate.id, YES, by=a_coordinator().id, now=NOW)
    return caught.value.refusal


@pytest.mark.parametrize(
    ("is_active", "is_assessor", "conflict", "hindrance"),
    [
        (True, True, None, None),
        (False, True, Conflict.SAME_ORGANISATION, Hindrance.ACCOUNT_CLOSED),
        (True, False, Conflict.SAME_ORGANISATION, Hindrance.ROLE_GONE),
        (True, True, Conflict.SAME_ORGANISATION, Conflict.SAME_ORGANISATION),
    ],
)
def test_what_hinders_an_assessor(is_active, is_assessor, conflict, hindrance):
    found = hindrance_of(is_active=is_active, is_assessor=is_assessor, conflict=conflict)
    assert found is hindrance


@pytest.mark.parametrize(
    ("leaves", "said"),
    [(close, "Tài khoản này đã đóng."), (without_role, "không còn vai trò thẩm định")],
)
def test_a_task_of_somebody_who_left_is_told_and_given_to_somebody_else(
    desk, candidate, leaves, said
):
    assessor = an_assessor()
    task = asked(candidate, assessor)
    board = "/office/certification/candidates"
    assert "người thẩm định đã nghỉ" not in words(desk.get(board))
    leaves(assessor)
    assert said in words(desk.get(page_of(candidate)))
    assert "người thẩm định đã nghỉ" in words(desk.get(board))
    assert refusal_to_decide(candidate) is AssessmentRefusal.STILL_ASSESSING
    sent = {"takeback-task": str(task.id), "takeback-remark": "Đã nghỉ việc"}
    desk.post(f"/candidacies/{candidate.public_id}/assessors/withdrawal", data=sent)
    assert reload(task).state is TaskState.TAKEN_BACK
    assert said not in words(desk.get(page_of(candidate)))
    judged(candidate)
    assert decide(candidate.id, YES, by=a_coordinator().id, now=NOW)


def test_what_somebody_judged_before_leaving_counts(desk, candidate):
    assessor = an_assessor()
    judged(candidate, assessor)
    close(assessor)
    assert "Tài khoản này đã đóng." not in words(desk.get(page_of(candidate)))
    assert decide(candidate.id, YES, by=a_coordinator().id, now=NOW)


def test_an_assessor_who_turns_out_to_be_the_candidate_has_not_judged(desk, candidate):
    assessor = an_assessor()
    task = judged(candidate, assessor)
    joined(assessor.person, candidate.person)
    assert reload(candidate).person_id == reload(assessor).person_id
    assert refusal_to_decide(candidate) is AssessmentRefusal.ASSESSED_ONESELF
    assert "Không ai tự thẩm định" in words(desk.get(page_of(candidate)))
    sent = {"takeback-task": str(task.id), "takeback-remark": "Là một người"}
    desk.post(f"/candidacies/{candidate.public_id}/assessors/withdrawal", data=sent)
    judged(candidate)
    assert decide(candidate.id, YES, by=a_coordinator().id, now=NOW)


def test_a_task_of_an_earlier_round_is_waited_for_no_more():
    account, assessor = an_account(), an_assessor()
    candidate = under_assessment(account=account)
    asked(candidate, assessor)
    close(assessor)
    assert queries.left_by_assessors([candidate.id]) == {candidate.id}
    send_back(candidate.id, remark="Bổ sung", by=a_coordinator().id, now=NOW)
    assert queries.left_by_assessors([candidate.id]) == set()
    hand_in(candidate.id, by=account.id, now=NOW)
    assert queries.left_by_assessors([candidate.id]) == set()
