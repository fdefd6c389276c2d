import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import select

from club import clock
from club.accounts.models import RoleName
from club.certification.candidacy import queries
from club.certification.candidacy.models import CandidateState, UseState
from club.certification.candidacy.operations import evidence as papers
from club.certification.schemes.models import Judge, RequirementKind, Unit
from club.certification.schemes.settings import CreditCategory, TrainingTerms
from club.courses.models import Run
from club.db import db
from club.records.models import TrainingRecord
from tests.certification.candidacy.kit import (
    PDF,
    a_level,
    admitted,
    applied,
    handed_in,
    learned,
)
from tests.certification.scheme_kit import a_scheme
from tests.records.kit import on_the_list
from tests.support.factories import (
    NOW,
    a_course,
    a_person,
    a_run,
    an_account,
    an_employment,
    an_organisation,
    reload,
)
from tests.support.inspector import complaints
from tests.support.pages import words
from tests.support.queries import counting_queries

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def account():
    return an_account(person=a_person(full_name="Nguyễn Thị Demo"))


@pytest.fixture
def own(sign_in, account):
    return sign_in(account)


@pytest.fixture
def desk(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def address(level):
    version = level.version
    return f"/me/certification/apply/{version.scheme.key}/{version.number}/{level.key}"


def page_of(candidate):
    return f"/candidacies/{candidate.public_id}"


def admission(decision, remark=""):
    return {"admission-decision": decision, "admission-remark": remark}


def the_candidacy(account):
    [candidate] = queries.candidacies_of(account.person_id)
    return candidate


def test_a_member_applies_is_admitted_and_hands_in_evidence(own, desk, account):
    level = a_level()
    assert address(level) in own.get("/me/certification/apply").text
    assert "Kinh nghiệm làm việc" in own.get(address(level)).text
    answer = own.post(address(level), data={"motivation": "Muốn giúp xưởng nhỏ"})
    candidate = the_candidacy(account)
    here = page_of(candidate)
    assert answer.headers["Location"] == here
    assert "Muốn giúp xưởng nhỏ" in desk.get(here).text
    assert "Lúc này anh chị chưa cần làm gì" in own.get(here).text
    assert "Lúc này anh chị chưa cần làm gì" not in desk.get(here).text
    desk.post(f"{here}/admission", data=admission("admit", "Chào anh chị"))
    told = own.get(here).text
    assert "Chào anh chị" in told
    assert "Được nhận làm ứng viên" in told
    form = {
        "evidence": "",
        "kind": "employer_letter",
        "title": "Xác nhận công tác",
        "day": "2024-01-01",
        "to_day": "2025-12-31",
        "file": (BytesIO(PDF), "xac-nhan.pdf"),
    }
    assert own.post(f"{here}/requirements/work/evidence", data=form).status_code == 302
    assert reload(candidate).state is CandidateState.COLLECTING
    [use] = queries.uses_in(candidate.id)
    desk.post(f"/evidence-uses/{use.public_id}/judgement", data={"state": "accepted"})
    assert reload(use).state is UseState.ACCEPTED
    met = re.search(r'<li class="path-step path-step-(\w+)" id="work">', own.get(here).text)
    assert met.group(1) == "done"


def test_why_somebody_cannot_apply_stands_before_any_form(own, account):
    level = a_level()
    applied(level, account)
    page = own.get(address(level)).text
    assert "Đã có hồ sơ ứng viên cho cấp độ này" in page
    assert "Vì sao anh chị muốn đạt" not in page


def test_a_newer_version_published_meanwhile_loses_nothing_typed(own, account):
    scheme = a_scheme()
    first = a_level(scheme)
    second = a_level(scheme, number=2, on=date(2026, 2, 1))
    answer = own.post(address(first), data={"motivation": "Muốn giúp xưởng nhỏ"})
    assert answer.status_code == 409
    assert "Muốn giúp xưởng nhỏ" in answer.text
    assert f'action="{address(second)}"' in answer.text
    assert queries.candidacies_of(account.person_id) == []


def test_the_page_says_how_much_is_there_and_which_classes_bring_more(own, account):
    run = a_run(starts_at=clock.now() + timedelta(days=20))
    candidate = admitted(a_level(), account)
    page = own.get(page_of(candidate)).text
    assert "0 trên 120 giờ" in page
    assert f"/runs/{run.code}" in page
    assert "Đạt 0 trên 2 điều kiện" in page


def test_classes_that_were_taken_are_not_offered_again(own, account):
    learned(account.person, hours=8)
    record = db.session.scalars(select(TrainingRecord)).one()
    soon = clock.now() + timedelta(days=20)
    taken, has_place, new = (
        a_run(starts_at=soon, course=course)
        for course in (db.session.get(Run, record.run_id).course, a_course(), a_course())
    )
    on_the_list(has_place, account.person)
    page = own.get(page_of(admitted(a_level(), account))).text
    offered = [run for run in (taken, has_place, new) if f"/runs/{run.code}" in page]
    assert offered == [new]


def test_a_minimum_that_is_to_be_set_is_said_so(own, account):
    candidate = admitted(a_level(hours=None), account)
    page = own.get(page_of(candidate)).text
    assert "Mức yêu cầu chưa đặt" in page
    assert "chưa đặt mức nên không tính" in page


def test_evidence_that_is_no_document_is_refused_with_everything_typed(own, account):
    candidate = admitted(a_level(), account)
    form = {
        "evidence": "",
        "kind": "employer_letter",
        "title": "Xác nhận công tác",
        "day": "2024-01-01",
        "file": (BytesIO(b"MZ\x90\x00\x03"), "xac-nhan.pdf"),
    }
    answer = own.post(f"{page_of(candidate)}/requirements/work/evidence", data=form)
    assert answer.status_code == 422
    assert "Xác nhận công tác" in answer.text
    assert queries.evidence_of(account.person_id) == []


def test_a_paper_is_carried_while_another_field_is_mended(own, account):
    candidate = admitted(a_level(), account)
    here = f"{page_of(candidate)}/requirements/work/evidence"
    form = {"evidence": "", "kind": "employer_letter", "title": "Xác nhận công tác", "day": ""}
    answer = own.post(here, data=form | {"file": (BytesIO(PDF), "xac-nhan.pdf")})
    assert (answer.status_code, "Đã chọn" in answer.text) == (422, True)
    ticket = re.search(r'name="ticket"[^>]*value="([^"]+)"', answer.text)
    ticket = ticket or re.search(r'value="([^"]+)"[^>]*name="ticket"', answer.text)
    own.post(here, data=form | {"day": "2024-01-01", "ticket": ticket.group(1)})
    [evidence] = queries.evidence_of(account.person_id)
    assert evidence.file.name == "xac-nhan.pdf"


def test_a_paper_that_is_here_is_used_once_more(own, account):
    candidate = admitted(a_level(), account)
    use = handed_in(candidate, by=account.id)
    form = {
        "evidence": str(use.evidence.public_id),
        "category": "self_study",
        "amount": "12,5",
        "day": "2025-05-05",
    }
    answer = own.post(f"{page_of(candidate)}/requirements/training/evidence", data=form)
    assert answer.status_code == 302
    training = queries.uses_in(candidate.id)[-1]
    assert (training.amount, training.category) == (Decimal("12.5"), "self_study")
    assert "Dùng cho 2 điều kiện" in own.get("/me/certification/evidence").text


def test_a_paper_is_taken_back_and_stays_to_be_seen(own, desk, account):
    candidate = admitted(a_level(), account)
    use = handed_in(candidate, by=account.id)
    own.post(f"/evidence/{use.evidence.public_id}/withdrawal")
    assert "không được tính ở đâu" in own.get("/me/certification/evidence").text
    assert desk.get(f"/evidence/{use.evidence.public_id}/file").data == PDF
    assert own.get(f"/evidence/{use.evidence.public_id}/file").data == PDF
    assert "Xem minh chứng anh chị đã nộp" in words(own.get("/me/privacy/looks"))


def test_a_representative_nominates_somebody_who_agrees(sign_in, own, account):
    firm, level = an_organisation(), a_level()
    an_employment(account.person, firm)
    speaker = an_account(RoleName.REPRESENTATIVE)
    an_employment(speaker.person, firm, represents=True)
    client, here = sign_in(speaker), f"/organisations/{firm.code}/certification"
    assert f'href="{here}"' in client.get(f"/organisations/{firm.code}/").text
    form = {"person": str(account.person.public_id), "level": str(level.id), "remark": "Rất hợp"}
    assert client.post(here, data=form).status_code == 302
    assert "Nguyễn Thị Demo" in client.get(here).text
    candidate = the_candidacy(account)
    assert "Rất hợp" in own.get(page_of(candidate)).text
    own.post(f"{page_of(candidate)}/agreement", data={"answer-motivation": ""})
    assert reload(candidate).state is CandidateState.APPLIED


def test_a_nomination_may_be_declined_or_taken_back(sign_in, own, desk, account):
    level = a_level()
    form = {"person": str(account.person.public_id), "level": str(level.id)}
    for path, client in (("/refusal", own), ("/nomination/withdrawal", desk)):
        desk.post("/office/certification/candidates/new", data=form)
        candidate = queries.open_candidacy(account.person_id, level)
        client.post(f"{page_of(candidate)}{path}")
        assert reload(candidate).state is CandidateState.WITHDRAWN


def test_the_club_chooses_whom_to_nominate_by_name(desk, account):
    a_level()
    page = desk.get("/office/certification/candidates/new?q=demo").text
    assert f"?person={account.person.public_id}" in page
    chosen = desk.get(f"/office/certification/candidates/new?person={account.person.public_id}")
    assert "Chuyên gia cải tiến" in chosen.text


def test_a_decision_that_was_made_meanwhile_is_not_made_twice(desk, account):
    candidate = applied(a_level(), account)
    here = f"{page_of(candidate)}/admission"
    desk.post(here, data=admission("admit"))
    again = desk.post(here, data=admission("turn_down", "Không"))
    assert again.status_code == 409
    assert "Vừa có người quyết định" in words(again)
    assert "Không</textarea>" in again.text
    assert reload(candidate).state is CandidateState.ADMITTED


def test_turning_down_without_a_reason_keeps_what_was_chosen(desk, account):
    candidate = applied(a_level(), account)
    answer = desk.post(f"{page_of(candidate)}/admission", data=admission("turn_down"))
    assert answer.status_code == 422
    assert "Ghi rõ lý do" in answer.text


def test_a_candidate_withdraws_and_the_club_ends(own, desk, account):
    for client, path in ((own, "withdrawal"), (desk, "end")):
        candidate = admitted(a_level(a_scheme(path)), account)
        client.post(f"{page_of(candidate)}/{path}", data={"ending-remark": "Đã chuyển đi"})
        assert reload(candidate).state is CandidateState.WITHDRAWN
        assert client.get(page_of(candidate)).status_code == 200


def test_another_person_sees_nothing(sign_in, account):
    candidate = admitted(a_level(), account)
    other = sign_in(an_account())
    assert other.get(page_of(candidate)).status_code == 404
    assert other.post(f"{page_of(candidate)}/withdrawal").status_code == 404


def full(account):
    """A candidate with much of everything."""
    more = [
        (
            f"project_{n}",
            {
                "kind": RequirementKind.PROJECT,
                "unit": Unit.PROJECTS,
                "minimum": Decimal(2),
                "judged_by": Judge.COORDINATOR,
                "position": 3 + n,
            },
        )
        for n in range(3)
    ]
    candidate = admitted(a_level(more=more), account)
    for key in ("work", "project_0", "project_1", "project_2"):
        for _ in range(3):
            handed_in(candidate, key, by=account.id)
    return candidate


def test_the_page_of_a_candidacy_needs_at_most_twelve_questions(own, account):
    few, many = admitted(a_level(a_scheme("few")), account), full(account)
    learned(account.person)
    pages = [page_of(few), page_of(many)]
    own.get(pages[0])
    asked = []
    for page in pages:
        with counting_queries() as questions:
            assert own.get(page).status_code == 200
        asked.append(len(questions))
    assert max(asked) <= 12, asked


@pytest.mark.parametrize("reader", ["own", "desk"])
def test_pages_are_well_made(request, reader, account):
    client = request.getfixturevalue(reader)
    candidate = full(account)
    use = queries.uses_in(candidate.id)[0]
    pages = {
        "own": [
            "/me/certification",
            "/me/certification/apply",
            "/me/certification/evidence",
            address(candidate.level),
            page_of(candidate),
            f"{page_of(candidate)}/requirements/training/evidence",
        ],
        "desk": [
            page_of(candidate),
            f"/evidence-uses/{use.public_id}",
            "/office/certification/candidates/new?q=demo",
        ],
    }[reader]
    for page in pages:
        assert complaints(client.get(page).text) == [], page


def test_the_path_says_how_much_a_paper_proves_and_what_of_it_counts(own, account):
    outside = CreditCategory.OUTSIDE
    hours = {
        "judged_by": Judge.COORDINATOR,
        "terms": TrainingTerms(caps={outside: Decimal(20)}),
        "position": 3,
    }
    candidate = admitted(a_level(more=[("more", hours)]), account)
    claim = {"amount": Decimal(24), "to_day": None, "category": outside}
    use = handed_in(candidate, "more", by=account.id, **claim)
    assert "Xác nhận công tác 01/01/2023, 24 giờ Chờ xem xét" in words(own.get(page_of(candidate)))
    accepted = papers.Judgement(UseState.ACCEPTED)
    papers.judge_use(use.id, accepted, by=an_account(RoleName.COORDINATOR).id, now=NOW)
    assert "01/01/2023, 24 giờ, được tính 20 giờ Đã chấp nhận" in words(own.get(page_of(candidate)))


def test_of_work_the_path_says_how_many_months_of_it_count(own, account):
    candidate = admitted(a_level(), account)
    use = handed_in(candidate, by=account.id)
    accepted = papers.Judgement(UseState.ACCEPTED)
    papers.judge_use(use.id, accepted, by=an_account(RoleName.COORDINATOR).id, now=NOW)
    assert "01/01/2023 – 31/12/2025, được tính 36 tháng" in words(own.get(page_of(candidate)))
