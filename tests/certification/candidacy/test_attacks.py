"""What pages of candidates hide, sent by hand or too late: each answer is a clear one, and nothing
typed is lost.
"""

from decimal import Decimal

import pytest

from club.accounts.models import RoleName
from club.certification.candidacy import queries
from club.certification.candidacy.models import CandidateState
from club.certification.candidacy.operations import applying
from club.certification.candidacy.operations.applying import Nomination
from club.certification.schemes.models import Judge, RequirementKind, Unit
from tests.certification.candidacy.kit import a_level, admitted, applied, handed_in
from tests.support.factories import NOW, a_person, an_account, reload
from tests.support.inspector import complaints
from tests.support.pages import words

pytestmark = pytest.mark.usefixtures("context")

LONG = "Cải tiến " * 20_000
MORE = [
    (
        "exam",
        {
            "kind": RequirementKind.EXAMINATION,
            "unit": Unit.PERCENT,
            "minimum": Decimal(70),
            "judged_by": Judge.COORDINATOR,
            "position": 3,
        },
    ),
    (
        "references",
        {
            "kind": RequirementKind.REFERENCES,
            "unit": Unit.REFERENCES,
            "minimum": Decimal(2),
            "judged_by": Judge.COORDINATOR,
            "position": 4,
        },
    ),
]


@pytest.fixture
def account():
    return an_account(person=a_person(full_name="Nguyễn Thị Demo"))


@pytest.fixture
def own(sign_in, account):
    return sign_in(account)


@pytest.fixture
def desk(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def page_of(candidate):
    return f"/candidacies/{candidate.public_id}"


def nominated(account):
    nomination = Nomination(account.person_id, a_level().id)
    return applying.nominate(nomination, by=an_account(RoleName.COORDINATOR).id, now=NOW)


@pytest.fixture
def claim(own, account):
    """``claim(key, amount)`` uses a paper that is here already."""
    candidate = admitted(a_level(more=MORE), account)
    use = handed_in(candidate, by=account.id)
    paper = str(use.evidence.public_id)

    def send(key, amount, **given):
        sent = {"evidence": paper, "category": "other", "amount": amount, "day": "2025-05-05"}
        return own.post(f"{page_of(candidate)}/requirements/{key}/evidence", data=sent | given)

    return send


@pytest.mark.parametrize(
    ("key", "amount", "said"),
    [
        *(("training", amount, "") for amount in ("9" * 5000, "9" * 11, "-1", "0", "NaN", "²")),
        ("training", "0,005", "nhiều nhất hai chữ số"),
        ("exam", "100,5", "Phần trăm tối đa là 100."),
        ("references", "1,5", "số nguyên"),
    ],
)
def test_evidence_cannot_prove_any_amount(claim, account, key, amount, said):
    answer = claim(key, amount)
    assert answer.status_code == 422
    assert amount[:20] in answer.text
    assert said in words(answer)
    assert len(queries.uses_in(queries.candidacies_of(account.person_id)[0].id)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"evidence": " "},
        {"evidence": "x"},
        {"kind": "x", "evidence": ""},
        {"category": "x"},
        {"day": "2026-02-30"},
        {"day": "0001-01-01"},
        {"day": "2025-05-05\x00"},
        {"title": LONG, "evidence": ""},
        {"note": LONG},
    ],
    ids=str,
)
def test_a_claim_that_no_form_of_ours_sends_is_told_in_the_form(claim, wrong):
    answer = claim("training", "3", **{name: text[:200_000] for name, text in wrong.items()})
    assert answer.status_code == 422
    assert complaints(answer.text) == []


def test_what_was_written_with_an_answer_that_is_too_long_is_kept(own, account):
    candidate = nominated(account)
    for path, field in (("agreement", "answer-motivation"), ("refusal", "declining-remark")):
        answer = own.post(f"{page_of(candidate)}/{path}", data={field: LONG})
        assert answer.status_code == 422
        assert LONG.strip() in answer.text
        assert complaints(answer.text) == []
    assert reload(candidate).state is CandidateState.NOMINATED


def test_what_was_written_to_a_nomination_that_is_taken_back_is_kept(own, desk, account):
    candidate = nominated(account)
    desk.post(f"{page_of(candidate)}/nomination/withdrawal")
    for path, field in (("agreement", "answer-motivation"), ("refusal", "declining-remark")):
        answer = own.post(f"{page_of(candidate)}/{path}", data={field: "Vì xưởng nhỏ"})
        assert answer.status_code == 409
        assert "Đề cử này đã được trả lời" in words(answer)
        assert "Vì xưởng nhỏ" in answer.text


def test_what_has_happened_reads_right_for_everybody(own, desk, account):
    candidate = admitted(a_level(), account)
    for reader in (own, desk):
        page = words(reader.get(page_of(candidate)))
        assert "Được nhận làm ứng viên" in page
        assert "Anh chị nộp đơn" not in page


def test_why_somebody_declined_is_kept(own, account):
    candidate = nominated(account)
    own.post(f"{page_of(candidate)}/refusal", data={"declining-remark": "Sắp nghỉ thai sản"})
    step = reload(candidate).steps[-1]
    assert (step.to_state, step.remark) == (CandidateState.WITHDRAWN, "Sắp nghỉ thai sản")


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("admission", {"admission-decision": "turn_down", "admission-remark": "Chưa đủ giờ"}),
        ("return", {"returning-remark": "Thiếu trang hai"}),
        ("end", {"ending-remark": "Đã chuyển đi"}),
    ],
)
def test_what_staff_wrote_too_late_is_kept_with_the_reason(desk, path, sent):
    candidate = applied()
    client = desk
    client.post(f"{page_of(candidate)}/end", data={"ending-remark": "Đã thôi việc"})
    answer = client.post(f"{page_of(candidate)}/{path}", data=sent)
    assert answer.status_code == 409
    assert [*sent.values()][-1] in answer.text
    assert "error-summary" in answer.text
    assert complaints(answer.text) == []
    assert len(reload(candidate).steps) == 2


def test_a_judgement_that_comes_second_is_kept_on_the_page(desk, account):
    use = handed_in(admitted(a_level(), account), by=account.id)
    here = f"/evidence-uses/{use.public_id}/judgement"
    assert desk.post(here, data={"state": "accepted"}).status_code == 302
    late = desk.post(here, data={"state": "refused", "remark": "Thiếu chữ ký"})
    assert late.status_code == 409
    assert "Vừa có người quyết định" in words(late)
    assert "Thiếu chữ ký" in late.text


def test_an_application_that_comes_second_keeps_what_was_written(own, account):
    level = a_level()
    version = level.version
    here = f"/me/certification/apply/{version.scheme.key}/{version.number}/{level.key}"
    own.post(here, data={"motivation": "Lần một"})
    again = own.post(here, data={"motivation": "Lần hai"})
    assert again.status_code == 409
    assert "Lần hai" in again.text
    assert len(queries.candidacies_of(account.person_id)) == 1


def test_a_paper_handed_in_too_late_is_not_typed_twice(own, account):
    candidate = admitted(a_level(), account)
    own.post(f"{page_of(candidate)}/withdrawal")
    sent = {"evidence": "", "title": "Xác nhận của xưởng", "amount": "3", "day": "2025-05-05"}
    answer = own.post(f"{page_of(candidate)}/requirements/training/evidence", data=sent)
    assert answer.status_code == 422
    assert "Xác nhận của xưởng" in answer.text
