"""What pages of assessments hide, sent by hand or too late: each answer is a clear one, and nothing
typed is lost.
"""

import pytest

from club.certification.assessment.models import TaskState
from club.certification.assessment.operations.asking import take_back
from club.certification.assessment.operations.deciding import Ruling, decide
from club.certification.candidacy.models import CandidateState
from club.certification.schemes.models import Deciding, Majority
from tests.certification.assessment.kit import (
    a_coordinator,
    a_judged_level,
    an_assessor,
    asked,
    judged,
    under_assessment,
)
from tests.support.factories import NOW, an_account, reload
from tests.support.inspector import complaints
from tests.support.pages import words

pytestmark = pytest.mark.usefixtures("context")

LONG = "Cải tiến " * 20_000
PANEL = {
    "deciding": Deciding.PANEL,
    "panel_quorum": 2,
    "panel_majority": Majority.MORE_THAN_HALF,
}


@pytest.fixture
def candidate():
    return under_assessment(a_judged_level(**PANEL))


@pytest.fixture
def desk(sign_in):
    return sign_in(a_coordinator())


def of(candidate):
    return f"/candidacies/{candidate.public_id}"


def notes(candidate, choice="no", note="Thiếu số liệu trước", **more):
    sent = {"finish": "yes"}
    for one in candidate.level.requirements:
        sent |= {f"finding_{one.id}": choice, f"note_{one.id}": note}
    return sent | more


def test_what_an_assessor_wrote_for_a_task_that_was_taken_back_is_shown_and_no_paper(
    sign_in, candidate
):
    assessor = an_assessor()
    task = asked(candidate, assessor)
    browser = sign_in(assessor)
    take_back(task.id, reason="Đổi người", by=a_coordinator().id, now=NOW)
    answer = browser.post(f"/assessment/{task.public_id}/findings", data=notes(candidate))
    assert answer.status_code == 409
    assert "Thiếu số liệu trước" in answer.text
    assert "Xác nhận công tác" not in answer.text
    assert complaints(answer.text) == []
    back = browser.post(f"/assessment/{task.public_id}/return", data={"remark": "Đi vắng"})
    assert (back.status_code, "Đi vắng" in back.text) == (409, True)
    assert reload(task).findings == []


def test_what_an_assessor_wrote_after_the_decision_is_shown_as_not_kept(sign_in):
    candidate, assessor = under_assessment(), an_assessor()
    task = judged(candidate, assessor)
    browser = sign_in(assessor)
    ruling = Ruling(CandidateState.NOT_YET, "Chưa đủ")
    decide(candidate.id, ruling, by=a_coordinator().id, now=NOW)
    answer = browser.post(f"/assessment/{task.public_id}/findings", data=notes(candidate))
    assert answer.status_code == 409
    assert "chưa lưu được" in words(answer)
    assert "Thiếu số liệu trước" in answer.text
    assert "Anh chị đánh giá:" not in words(answer)
    assert [one.fulfilled for one in reload(task).findings] == [True, True]


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("decision", {"decision-outcome": "not_yet", "decision-remark": "Thiếu dự án thứ hai"}),
        ("vote", {"vote-choice": "no", "vote-remark": "Thiếu dự án thứ hai"}),
        ("assessors", {"ask-assessor": "0", "ask-due_on": "2099-12-31"}),
        ("assessors/withdrawal", {"takeback-task": "0", "takeback-remark": "Đổi người lần hai"}),
    ],
)
def test_what_was_sent_after_the_decision_is_kept_with_the_reason(desk, path, sent):
    candidate = under_assessment(a_judged_level(**PANEL))
    desk.post(f"{of(candidate)}/return", data={"returning-remark": "Bổ sung trang hai"})
    assert reload(candidate).state is CandidateState.COLLECTING
    answer = desk.post(f"{of(candidate)}/{path}", data=sent)
    assert 400 <= answer.status_code < 500
    assert [*sent.values()][-1] in answer.text
    assert "error-summary" in answer.text
    assert complaints(answer.text) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"ask-assessor": "9" * 5000},
        {"ask-assessor": "-1"},
        {"ask-assessor": "1; DROP TABLE"},
        {"ask-due_on": "2026-02-30"},
        {"ask-due_on": "0001-01-01"},
        {"ask-due_on": "99999-01-01"},
        {"ask-due_on": "2020-01-01"},
    ],
    ids=lambda wrong: str(wrong)[:40],
)
def test_nobody_else_is_asked_and_not_for_such_a_day(desk, candidate, wrong):
    sent = {"ask-assessor": str(an_assessor().id), "ask-due_on": "2099-01-15"} | wrong
    assert desk.post(f"{of(candidate)}/assessors", data=sent).status_code == 422


def test_an_account_without_the_role_and_one_with_a_tie_are_refused(desk):
    tied = an_assessor()
    candidate = under_assessment(account=tied)
    for account in (tied, an_account()):
        sent = {"ask-assessor": str(account.id), "ask-due_on": "2099-01-15"}
        assert desk.post(f"{of(candidate)}/assessors", data=sent).status_code == 422


def test_the_task_of_another_candidacy_is_not_taken_back_here(desk, candidate):
    elsewhere = asked(under_assessment())
    sent = {"takeback-task": str(elsewhere.id), "takeback-remark": "Đổi người"}
    answer = desk.post(f"{of(candidate)}/assessors/withdrawal", data=sent)
    assert answer.status_code == 422
    assert reload(elsewhere).state is TaskState.ASKED


@pytest.mark.parametrize(
    "wrong",
    [{"decision-outcome": "valid"}, {"decision-outcome": "x"}, {"decision-remark": LONG}],
    ids=lambda wrong: str(wrong)[:40],
)
def test_only_a_decision_that_is_offered_is_taken(desk, candidate, wrong):
    sent = {"decision-outcome": "not_yet", "decision-remark": "Chưa đủ"} | wrong
    answer = desk.post(f"{of(candidate)}/decision", data=sent)
    assert answer.status_code == 422
    assert sent["decision-remark"].strip() in answer.text
    assert reload(candidate).state is CandidateState.UNDER_ASSESSMENT


def test_findings_about_what_was_not_asked_are_left_alone(sign_in, candidate):
    assessor = an_assessor()
    task = asked(candidate, assessor)
    other = under_assessment()
    browser, here = sign_in(assessor), f"/assessment/{task.public_id}/findings"
    assert browser.post(here, data=notes(other)).status_code == 422
    assert browser.post(here, data=notes(candidate, "x")).status_code == 422
    long = browser.post(here, data=notes(candidate, note=LONG[:150_000]))
    assert (long.status_code, LONG[:150_000].strip() in long.text) == (422, True)
    assert browser.post(here, data=notes(candidate, "no", " ")).status_code == 422
    assert reload(task).findings == []


def test_finishing_twice_is_finishing_once(sign_in, candidate):
    assessor = an_assessor()
    task = asked(candidate, assessor)
    browser, here = sign_in(assessor), f"/assessment/{task.public_id}/findings"
    assert [browser.post(here, data=notes(candidate)).status_code for _ in range(2)] == [302, 302]
    assert len(reload(task).findings) == len(candidate.level.requirements)
