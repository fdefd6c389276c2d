"""The paper of an outside certificate before it is checked, and what its body says of it later."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from club.accounts.models import RoleName
from club.certification.counting import valid_experts_on_days
from club.certification.models import ExpertCertificateState
from club.certification.operations import check_certificate
from club.certification.papers import (
    SuspensionFacts,
    lift_suspension,
    show_paper,
    suspend_certificate,
)
from club.certification.queries import certificates_of
from club.certification.register import queries as register
from club.certification.register.facts import Shown, Wanted
from club.certification.rules import CertificationRefusal
from tests.certification.candidacy.kit import PDF, refused
from tests.certification.kit import checked, recorded, with_schemes
from tests.certification.register.kit import an_expert
from tests.certification.register.test_register import a_scheme_that_shows
from tests.support.factories import NOW, a_person, an_account, reload
from tests.support.pages import words

TODAY = date(2026, 3, 3)
TYPED = {
    "scheme": "apo_ps", "body": "ViProCB", "number": "PS-2025-007", "issued_on": "2025-06-01",
    "evidence": "Sổ đăng ký của ViProCB",
}  # fmt: skip
SUSPENDED = {
    "suspending-from_on": "2026-03-01",
    "suspending-source": "https://viprocb.example/so-dang-ky",
    "suspending-reason": "Chưa nộp hồ sơ giám sát",
}


@pytest.fixture(autouse=True)
def _schemes(context, time_machine):
    time_machine.move_to(NOW, tick=False)
    with_schemes()


def coordinator():
    return an_account(RoleName.COORDINATOR)


def desk_of(certificate):
    return f"/office/certification/{certificate.public_id}"


def a_file():
    return {"file": (BytesIO(PDF), "Giấy.pdf")}


def test_nobody_checks_what_has_no_paper_and_no_reason(sign_in):
    certificate = recorded(no_file_reason=None)
    by = coordinator().id
    missing = CertificationRefusal.PAPER_MISSING
    assert refused(check_certificate, certificate.id, by=by, now=NOW) is missing
    desk = sign_in(coordinator())
    page = desk.get(desk_of(certificate)).text
    assert f'action="{desk_of(certificate)}/check"' not in page
    empty = desk.post(f"{desk_of(certificate)}/paper", data={"no_file_reason": " "})
    assert empty.status_code == 422
    assert "Chưa có bản giấy" in words(empty)
    given = {"no_file_reason": "Chỉ cho xem bản gốc"}
    assert desk.post(f"{desk_of(certificate)}/paper", data=given).status_code == 302
    assert "Chỉ cho xem bản gốc" in desk.get(desk_of(certificate)).text
    assert desk.post(f"{desk_of(certificate)}/check").status_code == 302
    assert reload(certificate).state is ExpertCertificateState.CHECKED


def test_a_holder_brings_the_paper_along(sign_in):
    account = an_account()
    own, desk = sign_in(account), sign_in(coordinator())
    assert own.post("/me/certification/new", data=TYPED | a_file()).status_code == 302
    (certificate,) = certificates_of(account.person_id)
    assert desk.get(f"{desk_of(certificate)}/paper").data == PDF
    assert own.get(f"/me/certification/{certificate.public_id}/paper").data == PDF
    assert sign_in(an_account(RoleName.ASSESSOR)).get(f"{desk_of(certificate)}/paper").data == PDF
    official = sign_in(an_account(RoleName.OFFICIAL))
    assert official.get(f"{desk_of(certificate)}/paper").status_code == 403


def test_what_was_chosen_stays_while_something_else_is_mended(sign_in):
    account = an_account()
    own = sign_in(account)
    answer = own.post("/me/certification/new", data=TYPED | a_file() | {"body": ""})
    assert answer.status_code == 422
    assert "Giấy.pdf" in answer.text
    assert certificates_of(account.person_id) == []


def test_a_holder_adds_the_paper_afterwards(sign_in):
    account = an_account()
    certificate = recorded(account.person, no_file_reason=None)
    own, there = sign_in(account), f"/me/certification/{certificate.public_id}/paper"
    assert there in own.get("/me/certification").text
    assert own.get(there).status_code == 200
    assert own.post(there, data={}).status_code == 422
    assert own.post(there, data=a_file()).status_code == 302
    assert own.get(there).data == PDF
    assert sign_in(an_account()).get(there).status_code == 404


def test_the_paper_of_what_was_checked_is_not_exchanged():
    given = {"no_file_reason": "Khác", "by": coordinator().id, "now": NOW}
    again = refused(show_paper, checked().id, None, **given)
    assert again is CertificationRefusal.CHECKED_ALREADY


def suspended(certificate, first=date(2026, 3, 1), last=None, *, now=NOW):
    facts = SuspensionFacts(first, "Sổ của tổ chức", "Chưa giải trình", last)
    return suspend_certificate(certificate.id, facts, by=coordinator().id, now=now)


def counted(day=TODAY, as_of=None):
    return valid_experts_on_days([day], as_of=as_of)[day]


def test_what_its_body_suspends_does_not_count_for_so_long():
    certificate = checked()
    suspended(certificate)
    assert [counted(date(2026, 2, 28)), counted(date(2026, 3, 1)), counted()] == [1, 0, 0]
    later = NOW + timedelta(days=2)
    lift_suspension(certificate.id, lifted_from=date(2026, 3, 4), by=coordinator().id, now=later)
    assert [counted(), counted(date(2026, 3, 4))] == [0, 1]


def test_a_suspension_is_not_known_before_it_is_entered():
    certificate, later = checked(), NOW + timedelta(days=2)
    suspended(certificate, now=later)
    assert (counted(as_of=NOW), counted(as_of=later)) == (1, 0)
    lift_suspension(certificate.id, lifted_from=TODAY, by=coordinator().id, now=later)
    assert counted() == 1


def test_the_register_shows_it_where_the_scheme_says_so():
    version = a_scheme_that_shows(suspended=True)
    shown, hidden = an_expert("Trần An", scheme_key="tcvn_13751"), an_expert("Lê Bình")
    for expert in (shown, hidden):
        (certificate,) = certificates_of(expert.person_id)
        suspended(certificate)
    (expert,) = register.experts_listed(Wanted(), on=TODAY).items
    assert (expert.name, expert.is_valid) == ("Trần An", False)
    assert [held.standing for held in expert.holdings] == [Shown.SUSPENDED]
    assert version.scheme.key == "tcvn_13751"


def test_the_desk_enters_a_suspension_and_its_end(sign_in):
    account = an_account(person=a_person(full_name="Nguyễn Thị Demo"))
    certificate = checked(account.person)
    desk, here = sign_in(coordinator()), desk_of(certificate)
    without = SUSPENDED | {"suspending-source": ""}
    answer = desk.post(f"{here}/suspension", data=without)
    assert (answer.status_code, "Chưa nộp hồ sơ" in answer.text) == (422, True)
    assert desk.post(f"{here}/suspension", data=SUSPENDED).status_code == 302
    assert desk.post(f"{here}/suspension", data=SUSPENDED).status_code == 422
    page = words(desk.get(here))
    assert "Bị tổ chức chứng nhận đình chỉ" in page
    assert "Chưa nộp hồ sơ giám sát" in words(sign_in(account).get("/me/certification"))
    early = desk.post(f"{here}/suspension/end", data={"lifting-lifted_from": "2026-02-01"})
    assert early.status_code == 422
    ended = desk.post(f"{here}/suspension/end", data={"lifting-lifted_from": "2026-03-03"})
    assert ended.status_code == 302
    assert "Đã kiểm tra, còn hiệu lực" in words(desk.get(here))
    again = desk.post(f"{here}/suspension/end", data={"lifting-lifted_from": "2026-03-03"})
    assert again.status_code == 409
