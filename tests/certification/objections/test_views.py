from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine

from club.accounts.models import RoleName
from club.certification.candidacy.models import CandidateState
from club.certification.objections import queries
from club.certification.objections.models import AppealState, Remedy
from club.certification.objections.operations.deciding import Ruling, decide
from tests.certification.assessment.kit import a_coordinator
from tests.certification.candidacy.kit import PDF
from tests.certification.objections.kit import account_of, appealed, decided, not_admitted
from tests.support.factories import NOW, an_account, reload
from tests.support.inspector import complaints
from tests.support.pages import flashed, words
from tests.support.queries import counting_queries

pytestmark = pytest.mark.usefixtures("context")

SENT = {"words": "Dự án có đo trước và sau.", "wish": "Xin thẩm định lại."}
DESK = "/office/certification/objections"


@pytest.fixture(autouse=True)
def _day_of_the_decision():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def candidate():
    return decided()


@pytest.fixture
def own(sign_in, candidate):
    return sign_in(account_of(candidate))


def form_of(candidate):
    return f"/candidacies/{candidate.public_id}/appeal"


def the_appeal(candidate):
    [made] = queries.appeals_of(candidate.person_id)
    return made


def page_of(appeal):
    return f"/appeals/{appeal.public_id}"


def test_the_page_of_the_candidacy_says_until_when_and_how(own, candidate):
    page = own.get(f"/candidacies/{candidate.public_id}")
    assert "đến hết ngày 02/04/2026" in words(page)
    assert f'href="{form_of(candidate)}"' in page.text
    form = own.get(form_of(candidate))
    assert complaints(form.text) == []
    assert "02/04/2026" in words(form)


def test_a_candidate_appeals_with_a_paper_and_follows_it(own, candidate):
    sent = SENT | {"file": (BytesIO(PDF), "Thư.pdf")}
    answer = own.post(form_of(candidate), data=sent)
    made = the_appeal(candidate)
    assert answer.location == page_of(made)
    assert "đã nhận yêu cầu" in flashed(own, answer)
    page = own.get(page_of(made))
    assert complaints(page.text) == []
    assert "Dự án có đo trước và sau." in words(page)
    file = own.get(f"{page_of(made)}/papers/{made.papers[0].public_id}")
    assert (file.status_code, file.data) == (200, PDF)
    assert file.headers["Cache-Control"] == "private, no-store"
    assert file.headers["Content-Disposition"].startswith("attachment")
    mine = own.get("/me/certification/objections")
    assert complaints(mine.text) == []
    assert page_of(made) in mine.text
    again = own.get(f"/candidacies/{candidate.public_id}")
    assert form_of(candidate) in again.text
    assert own.get(form_of(candidate)).location == page_of(made)


def test_what_is_missing_is_said_and_what_was_typed_stays_with_its_paper(own, candidate):
    sent = SENT | {"wish": " ", "file": (BytesIO(PDF), "Thư.pdf")}
    answer = own.post(form_of(candidate), data=sent)
    assert answer.status_code == 422
    assert "Ghi điều anh chị đề nghị." in words(answer)
    assert "Dự án có đo trước và sau." in answer.text
    assert "Thư.pdf" in words(answer)
    assert queries.appeals_of(candidate.person_id) == []


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<script>alert(1)</script>", "thu.html"),
        (b"MZ\x90\x00" + bytes(100), "thu.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "anh.svg"),
        (b"", "rong.pdf"),
    ],
)
def test_hostile_attachments_are_not_taken_and_the_words_stay(own, candidate, content, name):
    answer = own.post(form_of(candidate), data=SENT | {"file": (BytesIO(content), name)})
    assert answer.status_code == 422
    assert "Dự án có đo trước và sau." in answer.text
    assert queries.appeals_of(candidate.person_id) == []


def test_a_deadline_that_passes_while_somebody_writes_loses_nothing(sign_in, candidate):
    end = datetime(2026, 4, 2, 17, 0, tzinfo=UTC)
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        own = sign_in(account_of(candidate))
        assert "Gửi yêu cầu" in words(own.get(form_of(candidate)))
    with time_machine.travel(end, tick=False):
        answer = own.post(form_of(candidate), data=SENT)
        assert answer.status_code == 409
        assert "Đã hết hạn yêu cầu xem xét lại" in words(answer)
        assert SENT["words"] in answer.text
        assert SENT["wish"] in answer.text
        assert SENT["words"] not in own.get(form_of(candidate)).text
    assert reload(candidate).state is CandidateState.NOT_YET


def test_sent_twice_it_is_there_once(own, candidate):
    own.post(form_of(candidate), data=SENT)
    again = own.post(form_of(candidate), data=SENT)
    assert again.status_code == 409
    assert form_of(candidate) in again.text


def test_more_papers_are_added_and_the_appeal_is_taken_back(own, candidate):
    made = appealed(candidate)
    nothing = own.post(f"{page_of(made)}/papers", data={})
    assert nothing.status_code == 422
    own.post(f"{page_of(made)}/papers", data={"file": (BytesIO(PDF), "Thêm.pdf")})
    assert [paper.file.name for paper in reload(made).papers] == ["Thêm.pdf"]
    own.post(f"{page_of(made)}/withdrawal", data={"taking_back-reason": "Thôi"})
    assert reload(made).state is AppealState.WITHDRAWN
    late = own.post(f"{page_of(made)}/papers", data={"file": (BytesIO(PDF), "Nữa.pdf")})
    assert late.status_code == 409
    twice = own.post(f"{page_of(made)}/withdrawal", data={})
    assert twice.status_code == 409


def test_another_candidates_appeal_is_nobodys_business(sign_in, candidate):
    made = appealed(candidate)
    other = sign_in(an_account())
    for address in (page_of(made), form_of(candidate)):
        assert other.get(address).status_code == 404
    for address in ("papers", "withdrawal"):
        assert other.post(f"{page_of(made)}/{address}", data={}).status_code == 404
    assert other.post(form_of(candidate), data=SENT).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (RoleName.MEMBER, 403),
        (RoleName.OFFICIAL, 403),
        (RoleName.ASSESSOR, 403),
        (RoleName.COORDINATOR, 200),
        (RoleName.ADMINISTRATOR, 200),
    ],
)
def test_who_sees_the_desk(sign_in, role, status):
    assert sign_in(an_account(role)).get(DESK).status_code == status


def test_a_coordinator_without_a_part_decides(sign_in, candidate):
    made, desk = appealed(candidate), sign_in(a_coordinator())
    listed = desk.get(DESK)
    assert complaints(listed.text) == []
    assert candidate.person.full_name in words(listed)
    page = desk.get(page_of(made))
    assert complaints(page.text) == []
    address = f"{page_of(made)}/decision"
    empty = {"ruling-outcome": "new_round", "ruling-reason": ""}
    refused = desk.post(address, data=empty)
    assert refused.status_code == 422
    assert "Ghi lý do" in words(refused)
    forged = desk.post(address, data={"ruling-outcome": "restored", "ruling-reason": "Vì"})
    assert forged.status_code == 422
    desk.post(address, data=empty | {"ruling-reason": "Chưa xem dự án."})
    assert reload(made).remedy is Remedy.NEW_ROUND
    late = desk.post(address, data={"ruling-outcome": "refuse", "ruling-reason": "Giữ chữ này"})
    assert late.status_code == 409


def test_what_was_typed_stays_where_somebody_decided_meanwhile(sign_in, candidate):
    """The other one decided; the words are shown above to be used elsewhere."""
    made, desk = appealed(candidate), sign_in(a_coordinator())
    desk.get(page_of(made))
    decide(made.id, Ruling(None, "Giữ nguyên."), by=a_coordinator().id, now=NOW)
    sent = {
        "ruling-outcome": "new_round",
        "ruling-reason": "Những chữ đã gõ thì vẫn phải còn đây để dùng lại.",
    }
    answer = desk.post(f"{page_of(made)}/decision", data=sent)
    assert answer.status_code == 409
    assert "Những chữ đã gõ thì vẫn phải còn đây để dùng lại." in answer.text
    assert "đã được giải quyết" in words(answer)


def test_who_had_a_part_sees_why_and_cannot(sign_in):
    coordinator = a_coordinator()
    made = appealed(not_admitted(by=coordinator))
    desk = sign_in(coordinator)
    page = words(desk.get(page_of(made)))
    assert "Người đã quyết định ở hồ sơ này thì không giải quyết" in page
    sent = {"ruling-outcome": "admitted", "ruling-reason": "Vì"}
    assert desk.post(f"{page_of(made)}/decision", data=sent).status_code == 409
    assert reload(made).state is AppealState.OPEN


def test_time_is_extended_with_a_reason(sign_in, candidate):
    made, desk = appealed(candidate), sign_in(a_coordinator())
    before, address = made.due_on, f"{page_of(made)}/extension"
    assert desk.post(address, data={"extension-reason": ""}).status_code == 422
    desk.post(address, data={"extension-reason": "Chờ hồ sơ gốc."})
    assert reload(made).due_on == before + timedelta(days=30)
    again = desk.post(address, data={"extension-reason": "Nữa."})
    assert again.status_code == 409


def test_the_desk_puts_the_overdue_first_and_marks_it(sign_in):
    early, late = appealed(decided()), appealed(decided(), now=NOW + timedelta(days=2))
    with time_machine.travel(NOW + timedelta(days=31), tick=False):
        page = words(sign_in(a_coordinator()).get(DESK))
    first, second = (page.index(one.candidate.person.full_name) for one in (early, late))
    assert first < second
    assert "Quá hạn" in page[first:second]
    assert "Sắp đến hạn" in page[second:]


def test_the_desk_asks_as_often_for_many_appeals_as_for_one(sign_in):
    desk = sign_in(a_coordinator())
    appealed(decided())
    with counting_queries() as one:
        desk.get(DESK)
    for _ in range(3):
        appealed(decided())
    with counting_queries() as four:
        desk.get(DESK)
    assert len(one) == len(four)


def test_the_board_says_by_when_the_appeal_is_due(sign_in, candidate):
    appealed(candidate)
    board = words(sign_in(a_coordinator()).get("/office/certification/candidates"))
    assert "Hạn trả lời yêu cầu xem xét lại: 02/04/2026" in board


def test_the_page_of_a_candidacy_with_an_appeal_asks_little(own, candidate):
    page = f"/candidacies/{candidate.public_id}"
    own.get(page)
    with counting_queries() as before:
        own.get(page)
    appealed(candidate)
    with counting_queries() as after:
        own.get(page)
    asked = [len(before), len(after)]
    assert max(asked) <= 12, asked
