import re
from datetime import date
from decimal import Decimal

import pytest

from club.accounts.models import RoleName
from club.certification.assessment.operations.judging import finish
from club.certification.awards.operations.following import follow_days
from club.certification.awards.operations.suspending import suspend
from club.certification.awards.rules import Pause
from club.certification.candidacy.models import CandidateState
from club.certification.candidacy.rules import CandidacyRefusal
from club.refusal import RefusedError
from tests.certification.assessment.kit import a_coordinator, an_assessor, asked, found
from tests.certification.awards.kit import (
    a_renewing_level,
    brought,
    certified,
    holder,
    judged_by_assessors,
    morning,
)
from tests.certification.candidacy.kit import handed_in
from tests.support.factories import NOW, an_account, reload
from tests.support.pages import words
from tests.support.queries import counting_queries

DUE = date(2027, 12, 1)


@pytest.fixture
def account(context):
    return an_account()


@pytest.fixture
def own(sign_in, account):
    return sign_in(account)


@pytest.fixture
def desk(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


@pytest.fixture
def other_desk(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def page_of(candidate):
    return f"/candidacies/{candidate.public_id}"


@pytest.fixture
def due(account, time_machine):
    """A holder with what the renewal asks for, once it is due."""
    candidate = holder(account=account)
    brought(candidate, day=date(2027, 5, 1))
    time_machine.move_to(morning(DUE), tick=False)
    follow_days(now=morning(DUE))
    return reload(candidate)


def test_the_holder_sees_the_way_to_the_renewal_and_hands_evidence_in(due, own):
    page = words(own.get(page_of(due)))
    assert "Còn hiệu lực, đến kỳ gia hạn" in page
    assert "24 trên 24 giờ" in page
    assert "việc gia hạn công nhận cần gì" in page
    assert "từ 03/03/2026 đến hết 03/09/2028" in page
    assert "câu lạc bộ xác nhận gia hạn khi đã đủ" in page
    assert "Từ bỏ công nhận" in page
    assert f"{page_of(due)}/standing" not in own.get(page_of(due)).text
    assert own.get(f"{page_of(due)}/requirements/development/evidence").status_code == 200


def test_a_coordinator_confirms_the_renewal(due, desk, own):
    here = f"{page_of(due)}/standing"
    assert here in desk.get(page_of(due)).text
    assert "từ 04/03/2028 đến 03/03/2030" in words(desk.get(here))
    answer = desk.post(f"{page_of(due)}/renewal", data={"renewing-remark": "Chúc mừng"})
    assert (answer.status_code, answer.headers["Location"]) == (302, here)
    assert reload(due).state is CandidateState.RENEWED
    assert "Chúc mừng" in words(own.get(page_of(due)))
    again = desk.post(f"{page_of(due)}/renewal")
    assert again.status_code == 409
    assert "hiện không trong kỳ gia hạn" in words(again)


@pytest.fixture
def unearned(request, account, time_machine):
    """A holder who has brought nothing yet; ``request.param``: what the renewal asks for."""
    candidate = holder(a_renewing_level(*request.param), account=account)
    time_machine.move_to(morning(DUE), tick=False)
    follow_days(now=morning(DUE))
    return reload(candidate)


@pytest.mark.parametrize("unearned", [()], indirect=True)
def test_what_is_not_earned_is_refused_in_words(unearned, desk):
    candidate = unearned
    answer = desk.post(f"{page_of(candidate)}/renewal", data={"renewing-remark": "Để giữ lại"})
    assert answer.status_code == 409
    assert "Chưa đủ yêu cầu gia hạn" in words(answer)
    assert "Chưa đủ yêu cầu gia hạn" in words(desk.get(f"{page_of(candidate)}/standing"))


@pytest.mark.parametrize("unearned", [(judged_by_assessors(),)], indirect=True)
def test_a_renewal_that_is_judged_goes_the_way_of_the_first_assessment(unearned, desk, own):
    here = page_of(unearned)
    assert "do người thẩm định xem xét" in words(desk.get(f"{here}/standing"))
    report = {"amount": Decimal(1), "day": date(2027, 11, 1), "to_day": None}
    handed_in(unearned, "project", now=morning(DUE), **report)
    assert own.post(f"{here}/assessment").status_code == 302
    assert reload(unearned).state is CandidateState.RENEWAL_UNDER_ASSESSMENT
    page = words(desk.get(f"{here}/assessment"))
    assert "Gia hạn công nhận" in page
    assert "Đạt cấp độ" not in page
    assessor = an_assessor()
    task = asked(unearned, assessor)
    finish(task.id, found(reload(unearned)), now=morning(DUE))
    decided = {"decision-outcome": "renewed"}
    assert desk.post(f"{here}/decision", data=decided).status_code == 302
    assert reload(unearned).state is CandidateState.RENEWED
    assert desk.post(f"{here}/decision", data=decided).status_code == 409


def test_suspending_keeps_what_was_typed_and_says_what_is_missing(desk, account):
    candidate = holder(account=account)
    typed = {"suspending-remark": "Số liệu sai", "suspending-to_do": "Nộp lại"}
    answer = desk.post(f"{page_of(candidate)}/suspension", data=typed)
    assert answer.status_code in {400, 409, 422}
    assert "Hãy ghi nội dung mà ai tra cứu công nhận cũng đọc được" in words(answer)
    assert "Số liệu sai" in answer.text
    assert "Nộp lại" in answer.text
    assert reload(candidate).state is CandidateState.VALID


def test_the_holder_reads_of_a_suspension_and_of_its_end(desk, own, account):
    candidate = holder(account=account)
    here = page_of(candidate)
    typed = {
        "suspending-remark": "Số liệu sai",
        "suspending-public_words": "Đang xem xét lại",
        "suspending-to_do": "Nộp số liệu gốc",
    }
    assert desk.post(f"{here}/suspension", data=typed).status_code == 302
    page = words(own.get(here))
    for said in ("Công nhận bị tạm đình chỉ", "Đang xem xét lại", "Nộp số liệu gốc", "Số liệu sai"):
        assert said in page
    assert "Công nhận của câu lạc bộ Đang tạm đình chỉ" in page
    assert "Đang xem xét lại" in words(desk.get(f"{here}/standing"))
    assert desk.post(f"{here}/resumption").status_code == 302
    assert reload(candidate).state is CandidateState.VALID
    assert desk.post(f"{here}/resumption").status_code == 409


def test_a_suspension_is_not_spoken_of_from_the_day_after_its_last_one(
    sign_in, account, time_machine
):
    candidate = holder(account=account)
    pause = Pause("Số liệu sai", "Đang xem xét lại", until_on=date(2026, 3, 10))
    suspend(candidate.id, pause, by=a_coordinator().id, now=NOW)
    told = []
    for day in (date(2026, 3, 10), date(2026, 3, 11)):
        # No worker comes by.
        time_machine.move_to(morning(day), tick=False)
        page = words(sign_in(account).get(page_of(candidate)))
        told.append("Nội dung công khai" in page)
    assert told == [True, False]


def test_what_was_renewed_early_holds_from_its_first_day_to_its_new_end(due, other_desk, own):
    assert other_desk.post(f"{page_of(due)}/renewal").status_code == 302
    assert "từ 03/03/2026 đến 03/03/2030" in words(own.get(page_of(due)))


def test_two_coordinators_withdraw_it(desk, other_desk, own, account):
    candidate = holder(account=account)
    here = page_of(candidate)
    proposed = {"withdrawing-remark": "Mạo nhận"}
    assert desk.post(f"{here}/recognition/withdrawal").status_code in {400, 409, 422}
    assert desk.post(f"{here}/recognition/withdrawal", data=proposed).status_code == 302
    assert "Đồng ý: thu hồi" not in words(desk.get(f"{here}/standing"))
    assert "Đồng ý: thu hồi" in words(other_desk.get(f"{here}/standing"))
    assert desk.post(f"{here}/recognition/withdrawal/agreement").status_code == 409
    assert "Mạo nhận" not in words(own.get(here))
    assert other_desk.post(f"{here}/recognition/withdrawal/agreement").status_code == 302
    assert reload(candidate).state is CandidateState.WITHDRAWN
    assert "Mạo nhận" in words(own.get(here))


def test_nobody_agrees_to_another_proposal_than_was_read(desk, other_desk, account):
    candidate = holder(account=account)
    here = f"{page_of(candidate)}/recognition/withdrawal"
    read = []
    for reason in ("Mạo nhận", "Bán giấy"):
        desk.post(here, data={"withdrawing-remark": reason})
        page = other_desk.get(f"{page_of(candidate)}/standing").text
        read.append({"proposal": re.search(r'name="proposal" value="(\d+)"', page)[1]})
        if reason == "Mạo nhận":
            desk.post(f"{here}/refusal")
    first, second = read
    assert other_desk.post(f"{here}/agreement", data=first).status_code == 409
    assert reload(candidate).state is CandidateState.VALID
    assert other_desk.post(f"{here}/agreement", data=second).status_code == 302
    assert reload(candidate).state is CandidateState.WITHDRAWN


def test_a_proposal_is_dropped(desk, account):
    candidate = holder(account=account)
    here = page_of(candidate)
    desk.post(f"{here}/recognition/withdrawal", data={"withdrawing-remark": "Mạo nhận"})
    assert desk.post(f"{here}/recognition/withdrawal/refusal").status_code == 302
    assert desk.post(f"{here}/recognition/withdrawal/refusal").status_code == 409


def test_the_holder_gives_it_up(own, account):
    candidate = holder(account=account)
    assert own.post(f"{page_of(candidate)}/withdrawal").status_code == 302
    assert reload(candidate).state is CandidateState.WITHDRAWN
    assert "Đã từ bỏ" in words(own.get(page_of(candidate)))


def test_nobody_gives_up_a_recognition_by_a_page_that_is_older(own, account):
    """It said: withdraw from it, your evidence stays yours."""
    candidate = holder(account=account)
    old = {"ending-seen": "collecting", "ending-remark": "Bận việc"}
    again = own.post(f"{page_of(candidate)}/withdrawal", data=old)
    assert again.status_code == 409
    assert "Bận việc" in again.text
    assert reload(candidate).state is CandidateState.VALID
    seen = re.search(r'name="ending-seen"[^>]*value="([^"]*)"', again.text)[1]
    own.post(f"{page_of(candidate)}/withdrawal", data=old | {"ending-seen": seen})
    assert reload(candidate).state is CandidateState.WITHDRAWN


def test_there_is_no_such_page_before_the_recognition(desk):
    assert desk.get(f"{page_of(certified())}/standing").status_code == 404


def test_what_the_first_recognition_asked_for_takes_no_evidence_any_more(due):
    with pytest.raises(RefusedError, match=CandidacyRefusal.OTHER_REQUIREMENT.value):
        handed_in(due, "interview", now=morning(DUE), day=DUE, to_day=None)


def test_the_board_says_until_when_it_can_be_renewed(due, desk):
    page = words(desk.get("/office/certification/candidates"))
    assert "Còn gia hạn được đến: 03/09/2028" in page


def test_the_page_of_a_renewal_asks_no_more_than_twelve_questions(own, account):
    candidate = holder(account=account)
    for month in (5, 6, 7):
        brought(candidate, 5, day=date(2026, month, 1))
    follow_days(now=morning(DUE))
    here = page_of(reload(candidate))
    own.get(here)
    with counting_queries() as questions:
        assert "Đến kỳ gia hạn" in own.get(here).text
    assert len(questions) <= 12
