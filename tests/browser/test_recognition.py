"""From a decision to a certificate that anybody checks: a coordinator, a holder on a phone, a
stranger with the file.
"""

import pytest
from playwright.sync_api import expect

from club.accounts.models import RoleName
from club.certification.awards.certificates.files import sign_files
from club.certification.awards.certificates.queries import certificates_of
from club.db import db
from club.files.storage import storage
from tests.browser import steps
from tests.browser.test_certificates import in_another_thread
from tests.browser.visitor import DESK, PHONE
from tests.certification.awards.kit import certified
from tests.support.factories import NOW, a_person, an_account

pytestmark = pytest.mark.browser

PASSWORD = "secret-2026"
NAME = "Nguyễn Thị Demo Thanh Tuyền"


def recognises(coordinator, candidate_id):
    coordinator.opens(f"/candidacies/{candidate_id}")
    coordinator.sees("Chuyên gia")
    coordinator.follows("Công nhận thay mặt câu lạc bộ")
    page = coordinator.sees(f"Công nhận thay mặt câu lạc bộ: {NAME}")
    expect(page.get_by_text("từ 03/03/2026 đến 03/03/2029")).to_be_visible()
    coordinator.presses("Công nhận")
    expect(page.locator(".flashes")).to_be_visible()
    expect(page.locator("main .chip").first).to_have_text("Công nhận còn hiệu lực")
    coordinator.inspects()


def finds_it(holder, candidate_id, number, content):
    holder.opens("/me/certification")
    page = holder.sees("Chứng nhận chuyên gia của tôi")
    expect(page.get_by_text(number)).to_be_visible()
    got = page.request.get(holder.link("Mở bản PDF").get_attribute("href"))
    assert got.body() == content
    holder.opens(f"/candidacies/{candidate_id}")
    holder.sees("Chuyên gia")
    holder.follows("Giấy công nhận")
    holder.sees("Giấy công nhận")


def checks_it(stranger, code, file):
    stranger.opens(f"/verify/{code}")
    page = stranger.sees("Giấy chứng nhận hợp lệ")
    expect(page.get_by_text("Đây là công nhận của chính câu lạc bộ")).to_be_visible()
    expect(page.get_by_text(NAME)).to_have_count(0)
    page.get_by_label("Tệp PDF giấy chứng nhận").set_input_files(file)
    stranger.button("Kiểm tra tệp này").click()
    stranger.sees("Tệp còn nguyên vẹn")


def test_from_a_decision_to_a_certificate_that_anybody_checks(app, window, key_file, tmp_path):
    person = an_account(person=a_person(full_name=NAME))
    candidate = certified(account=person, validity_months=36)
    candidate_id, person_id = candidate.public_id, person.person_id
    emails = [person.email, an_account(RoleName.COORDINATOR).email]
    db.session.rollback()
    holder, office = window("holder", PHONE), window("coordinator", DESK)
    for who, email in zip((holder, office), emails, strict=True):
        steps.signs_in(who, email, PASSWORD)
    recognises(office, candidate_id)
    in_another_thread(app, lambda: sign_files(now=lambda: NOW, stopped=lambda: False))
    [paper] = certificates_of(person_id)
    code, number = paper.code, paper.number
    file = tmp_path / "giay.pdf"
    file.write_bytes(b"".join(storage().pieces(paper.file.key)))
    db.session.rollback()
    finds_it(holder, candidate_id, number, file.read_bytes())
    stranger = window("stranger", PHONE)
    checks_it(stranger, code, file)
    assert [said for who in (holder, office, stranger) for said in who.complaints] == []
