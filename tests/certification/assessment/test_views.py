import re
from decimal import Decimal

import pytest

from club.accounts.models import RoleName
from club.certification.assessment import queries
from club.certification.assessment.conflicts import conflict_with
from club.certification.assessment.models import Choice, TaskState
from club.certification.assessment.operations.deciding import Ruling, decide, vote
from club.certification.assessment.operations.judging import finish
from club.certification.assessment.queries import panels_waiting_for
from club.certification.candidacy.models import CandidateState
from club.certification.candidacy.operations.going_on import hand_in, send_back
from club.certification.candidacy.queries import uses_in
from club.certification.schemes.models import Deciding, Judge, Majority
from club.clock import local_day
from club.db import transaction
from tests.certification.assessment.kit import (
    a_coordinator,
    a_judged_level,
    an_assessor,
    asked,
    found,
    judged,
    under_assessment,
)
from tests.certification.candidacy.kit import admitted, handed_in
from tests.certification.kit import a_record
from tests.certification.scheme_kit import a_requirement, a_scheme, a_version, published
from tests.support.factories import (
    NOW,
    a_person,
    a_run,
    an_account,
    an_employment,
    an_organisation,
    reload,
)
from tests.support.inspector import complaints
from tests.support.pages import flashed, words

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def candidate():
    return under_assessment()


@pytest.fixture
def assessor():
    return an_assessor()


def findings(task, *, finish=False, **given):
    """What the form sends: everything fulfilled unless a test says otherwise, by requirement."""
    sent = {"finish": "yes"} if finish else {"keep": "yes"}
    for one in task.candidate.level.requirements:
        sent |= {f"finding_{one.id}": "yes", f"note_{one.id}": ""}
        sent |= {f"{name}_{one.id}": value for name, value in given.get(one.key, {}).items()}
    return sent


def test_an_assessor_finds_the_task_judges_and_is_done(sign_in, candidate, assessor):
    task = asked(candidate, assessor)
    browser = sign_in(assessor)
    desk = browser.get("/assessment/")
    assert candidate.person.full_name in words(desk)
    page = browser.get(f"/assessment/{task.public_id}")
    assert page.status_code == 200
    assert complaints(page.text) == []
    kept = browser.post(f"/assessment/{task.public_id}/findings", data=findings(task))
    assert kept.location == f"/assessment/{task.public_id}"
    assert reload(task).state is TaskState.ASKED
    browser.post(f"/assessment/{task.public_id}/findings", data=findings(task, finish=True))
    assert reload(task).state is TaskState.DONE


def test_what_was_typed_stays_where_a_note_is_missing(sign_in, candidate, assessor):
    task = asked(candidate, assessor)
    sent = findings(task, project={"finding": "no"}, interview={"note": "Nói rõ ràng"})
    answer = sign_in(assessor).post(f"/assessment/{task.public_id}/findings", data=sent)
    assert answer.status_code == 422
    assert "Ghi rõ còn thiếu gì" in words(answer)
    assert "Nói rõ ràng" in answer.text
    assert reload(task).findings == []


def test_another_assessors_task_and_its_papers_are_nobodys_business(sign_in, candidate, assessor):
    task = asked(candidate, assessor)
    paper = uses_in(candidate.id)[0].evidence
    other = sign_in(an_assessor())
    for path in ("", f"/evidence/{paper.public_id}"):
        assert other.get(f"/assessment/{task.public_id}{path}").status_code == 404
    for path in ("findings", "return"):
        answer = other.post(f"/assessment/{task.public_id}/{path}", data=findings(task))
        assert answer.status_code == 404


def test_the_assessor_reads_how_much_a_paper_is_to_prove(sign_in, assessor):
    version = a_version(scheme=a_scheme("hours"))
    a_requirement(version, minimum=Decimal(24), judged_by=Judge.ASSESSOR)
    candidate = admitted(published(version).levels[0])
    for hours in (8, 16):
        handed_in(candidate, "training", amount=Decimal(hours), to_day=None)
    task = asked(hand_in(candidate.id, by=a_coordinator().id, now=NOW), assessor)
    page = words(sign_in(assessor).get(f"/assessment/{task.public_id}"))
    assert "Xác nhận công tác 01/01/2023, 8 giờ Chờ xem xét" in page
    assert "Xác nhận công tác 01/01/2023, 16 giờ Chờ xem xét" in page


def test_the_assessor_reads_papers_of_this_candidacy_alone(sign_in, candidate, assessor):
    task = asked(candidate, assessor)
    paper = uses_in(candidate.id)[0].evidence
    elsewhere = uses_in(under_assessment(candidate.level).id)[0].evidence
    browser = sign_in(assessor)
    found = browser.get(f"/assessment/{task.public_id}/evidence/{paper.public_id}")
    assert (found.status_code, found.headers["Cache-Control"]) == (200, "private, no-store")
    answer = browser.get(f"/assessment/{task.public_id}/evidence/{elsewhere.public_id}")
    assert answer.status_code == 404


def test_a_task_that_was_given_back_opens_no_more(sign_in, candidate, assessor):
    task = asked(candidate, assessor)
    browser = sign_in(assessor)
    empty = browser.post(f"/assessment/{task.public_id}/return", data={"remark": ""})
    assert empty.status_code == 422
    browser.post(f"/assessment/{task.public_id}/return", data={"remark": "Đi công tác"})
    assert reload(task).state is TaskState.GIVEN_BACK
    assert browser.get(f"/assessment/{task.public_id}").status_code == 404


def test_a_coordinator_asks_reads_what_was_found_and_decides(sign_in, candidate, assessor):
    coordinator = a_coordinator()
    browser = sign_in(coordinator)
    here = f"/candidacies/{candidate.public_id}"
    page = browser.get(f"{here}/assessment")
    assert page.status_code == 200
    assert complaints(page.text) == []
    sent = {"ask-assessor": str(assessor.id), "ask-due_on": "2099-01-15"}
    assert browser.post(f"{here}/assessors", data=sent).location == f"{here}/assessment"
    assert len(queries.queue_of(assessor.id)) == 1
    assert "Không còn ai có vai trò thẩm định" in words(browser.get(f"{here}/assessment"))
    early = {"decision-outcome": "certified", "decision-remark": ""}
    refused = browser.post(f"{here}/decision", data=early)
    assert refused.status_code == 422
    assert "Còn người thẩm định chưa xong" in words(refused)


def test_the_decision_is_kept_and_told(sign_in, candidate):
    judged(candidate)
    browser = sign_in(a_coordinator())
    here = f"/candidacies/{candidate.public_id}"
    sent = {"decision-outcome": "certified", "decision-remark": ""}
    answer = browser.post(f"{here}/decision", data=sent)
    assert "Đã ghi quyết định" in flashed(browser, answer)
    assert reload(candidate).state is CandidateState.CERTIFIED


def test_who_has_a_conflict_is_named_with_the_reason_and_not_offered(sign_in):
    assessor = an_assessor()
    candidate = under_assessment(account=assessor)
    page = sign_in(a_coordinator()).get(f"/candidacies/{candidate.public_id}/assessment")
    assert "Không ai tự thẩm định" in words(page)
    assert f'value="{assessor.id}"' not in page.text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (RoleName.MEMBER, 403),
        (RoleName.TRAINER, 403),
        (RoleName.OFFICIAL, 403),
        (RoleName.ASSESSOR, 404),
        (RoleName.COORDINATOR, 200),
    ],
)
def test_who_sees_an_assessment_without_a_panel(sign_in, candidate, role, status):
    page = sign_in(an_account(role)).get(f"/candidacies/{candidate.public_id}/assessment")
    assert page.status_code == status


def test_a_coordinator_who_is_the_candidate_sees_nothing_of_it(sign_in, candidate):
    account = an_account(RoleName.COORDINATOR, person=a_person())
    with transaction():
        reload(candidate).person_id = account.person_id
    page = sign_in(account).get(f"/candidacies/{candidate.public_id}/assessment")
    assert page.status_code == 404


def test_a_member_of_the_panel_votes(sign_in, assessor):
    level = a_judged_level(
        deciding=Deciding.PANEL, panel_quorum=1, panel_majority=Majority.MORE_THAN_HALF
    )
    candidate = under_assessment(level)
    judged(candidate)
    browser = sign_in(assessor)
    here = f"/candidacies/{candidate.public_id}"
    assert candidate.person.full_name in words(browser.get("/assessment/"))
    page = browser.get(f"{here}/assessment")
    assert complaints(page.text) == []
    no_reason = browser.post(f"{here}/vote", data={"vote-choice": "no", "vote-remark": ""})
    assert no_reason.status_code == 422
    browser.post(f"{here}/vote", data={"vote-choice": "yes", "vote-remark": ""})
    assert candidate.person.full_name not in words(browser.get("/assessment/"))
    assert [vote.voter_id for vote in queries.votes_in(queries.round_of(candidate.id).id)] == [
        assessor.id
    ]


def test_the_desk_asks_as_often_for_many_tasks_as_for_one(sign_in, assessor, count_queries):
    browser = sign_in(assessor)
    first = under_assessment()
    asked(first, assessor)
    with count_queries() as one:
        browser.get("/assessment/")
    for _ in range(4):
        asked(under_assessment(first.level), assessor)
    with count_queries() as five:
        browser.get("/assessment/")
    assert len(one) == len(five)


def test_the_board_says_by_when_assessors_are_to_judge(sign_in, candidate, assessor):
    asked(candidate, assessor)
    board = words(sign_in(a_coordinator()).get("/office/certification/candidates"))
    assert "Hạn thẩm định: 15/01/2027" in board


PANEL = {
    "deciding": Deciding.PANEL,
    "panel_quorum": 1,
    "panel_majority": Majority.MORE_THAN_HALF,
}


def test_the_members_of_a_panel_look_on_until_it_has_decided(sign_in, assessor):
    candidate = under_assessment(a_judged_level(**PANEL))
    page = f"/candidacies/{candidate.public_id}/assessment"
    judged(candidate)
    member = sign_in(assessor)
    assert member.get(page).status_code == 200
    vote(candidate.id, Choice.NO, remark="Thiếu", by=assessor.id, now=NOW)
    decide(candidate.id, Ruling(CandidateState.NOT_YET, "Thiếu"), by=a_coordinator().id, now=NOW)
    assert member.get(page).status_code == 404


def test_a_member_of_a_panel_finds_those_to_vote_on_without_ties():
    """What the query leaves out is what the rule refuses."""
    level = a_judged_level(**PANEL)
    account = an_account(RoleName.ASSESSOR)
    free, colleague, taught = (under_assessment(level) for _ in range(3))
    own = under_assessment(level, account)
    firm = an_organisation()
    for person in (account.person, colleague.person):
        an_employment(person, firm)
    a_record(taught.person, a_run(trainers=[account.person]))
    today = local_day(NOW)
    found = panels_waiting_for(account, on=today)
    assert found == [free]
    everybody = (free, colleague, taught, own)
    assert [one for one in everybody if not conflict_with(one, account, on=today)] == found


def test_an_assessor_who_is_done_reads_the_own_findings_and_no_papers(sign_in, assessor):
    """What comes of the candidacy later, such as a renewal, is for those who are asked then."""
    candidate = under_assessment(a_judged_level())
    paper = uses_in(candidate.id)[0].evidence
    task = judged(candidate, assessor, interview=False)
    browser, here = sign_in(assessor), f"/assessment/{task.public_id}"
    assert browser.get(f"{here}/evidence/{paper.public_id}").status_code == 200
    ruling = Ruling(CandidateState.NOT_YET, "Thiếu")
    decide(candidate.id, ruling, by=a_coordinator().id, now=NOW)
    page = browser.get(here)
    assert complaints(page.text) == []
    assert "Kết quả anh chị đã đánh giá Yêu cầu project Đạt Yêu cầu interview Chưa đạt Thiếu" in (
        words(page)
    )
    assert paper.title not in words(page)
    assert browser.get(f"{here}/evidence/{paper.public_id}").status_code == 404


def test_an_assessor_who_is_done_says_nothing_of_a_project_any_more(sign_in, assessor):
    candidate = under_assessment(a_judged_level())
    use = uses_in(candidate.id)[0]
    judged(candidate, assessor)
    browser, here = sign_in(assessor), f"/evidence-uses/{use.public_id}/pilot"
    assert browser.get(here).status_code == 200
    decide(candidate.id, Ruling(CandidateState.CERTIFIED), by=a_coordinator().id, now=NOW)
    assert browser.get(here).status_code == 404
    assert browser.post(here, data={"pilot": ""}).status_code == 404


def mark_on(page, prefix):
    """Of the round that a form of the page is about."""
    return re.search(rf'name="{prefix}-seen"[^>]*value="([^"]*)"', page.text)[1]


def test_who_decides_by_an_old_page_looks_again(sign_in, candidate, assessor):
    """The reason would be about another round."""
    judged(candidate, assessor, interview=False)
    desk, here = sign_in(a_coordinator()), f"/candidacies/{candidate.public_id}"
    before = mark_on(desk.get(f"{here}/assessment"), "decision")
    send_back(candidate.id, remark="Bổ sung báo cáo", by=a_coordinator().id, now=NOW)
    hand_in(candidate.id, by=a_coordinator().id, now=NOW)
    judged(candidate, assessor, interview=False)
    sent = {"decision-outcome": "refused", "decision-remark": "Chưa bổ sung báo cáo"}
    again = desk.post(f"{here}/decision", data=sent | {"decision-seen": before})
    assert again.status_code == 409
    assert "Từ lúc anh chị mở trang này đã có đánh giá mới" in words(again)
    assert "Chưa bổ sung báo cáo" in again.text
    assert reload(candidate).state is CandidateState.UNDER_ASSESSMENT
    desk.post(f"{here}/decision", data=sent | {"decision-seen": mark_on(again, "decision")})
    assert reload(candidate).state is CandidateState.REFUSED


def test_who_votes_by_what_an_assessor_has_changed_looks_again(sign_in, assessor):
    candidate = under_assessment(a_judged_level(**PANEL))
    task = judged(candidate)
    member, here = sign_in(assessor), f"/candidacies/{candidate.public_id}"
    before = mark_on(member.get(f"{here}/assessment"), "vote")
    finish(task.id, found(candidate, interview=False), now=NOW)
    sent = {"vote-choice": "yes", "vote-remark": ""}
    again = member.post(f"{here}/vote", data=sent | {"vote-seen": before})
    assert again.status_code == 409
    round_id = queries.round_of(candidate.id).id
    assert queries.votes_in(round_id) == []
    member.post(f"{here}/vote", data=sent | {"vote-seen": mark_on(again, "vote")})
    assert queries.choices_in(round_id) == [Choice.YES]
