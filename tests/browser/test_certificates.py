"""A certificate on its way: issued while a page is open, checked on a phone by code and by file."""

import threading

import pytest
import time_machine
from playwright.sync_api import expect

from club.accounts.models import RoleName
from club.db import db
from club.files.storage import storage
from club.records.certificates import batches
from club.records.certificates.operations import revoke_certificate
from club.records.operations import close_run
from tests.browser import steps
from tests.browser.clocked import Cable, served
from tests.browser.visitor import DESK, NARROW, PHONE, Visitor
from tests.records.kit import a_taught_run, certificates, on_the_list, present
from tests.support.factories import NOW, a_course, a_person, an_account

pytestmark = pytest.mark.browser

PASSWORD = "secret-2026"


@pytest.fixture
def site(app, key_file):
    with time_machine.travel(NOW, tick=True), served(Cable(app)) as address:
        yield address


@pytest.fixture
def window(browser, site):
    opened = []

    def open_window(name, screen):
        opened.append(Visitor(browser, site, screen, name=name))
        return opened[-1]

    yield open_window
    for who in opened:
        who.context.close()


@pytest.fixture
def run(site):
    """A closed class of three whose files nobody has signed yet."""
    run = a_taught_run(course=a_course(title="Đo lường năng suất", certificate_months=24))
    for name in ("Nguyễn Thị Thùy Dương", "Trần Văn Đạt", "Lê Thị Ánh"):
        present(run, on_the_list(run, a_person(full_name=name)))
    close_run(run.id, by=None, now=NOW)
    return run


def in_another_thread(app, work):
    """Signing runs a loop of its own, and so does the browser: not two in one thread."""

    def with_the_database():
        with app.app_context():
            work()

    db.session.rollback()
    thread = threading.Thread(target=with_the_database)
    thread.start()
    thread.join()
    db.session.expire_all()


def sign_everything(app):
    in_another_thread(app, lambda: batches.sign_batches(now=lambda: NOW, stopped=lambda: False))


def test_a_certificate_is_checked_by_code_and_by_file(app, window, run, tmp_path):
    sign_everything(app)
    certificate = certificates()[0]
    file = certificate.file
    whole = tmp_path / "giay.pdf"
    whole.write_bytes(b"".join(storage().pieces(file.key)))
    changed = tmp_path / "sua.pdf"
    changed.write_bytes(whole.read_bytes().replace(b"CN-2026-000001", b"CN-2026-000009"))
    code, number, certificate_id = certificate.code, certificate.number, certificate.id
    db.session.rollback()

    stranger = window("stranger", PHONE)
    stranger.opens("/verify")
    stranger.sees("Tra cứu giấy chứng nhận")
    stranger.page.get_by_label("Mã trên giấy chứng nhận").fill(code.lower())
    stranger.button("Tra cứu").click()
    page = stranger.sees("Giấy chứng nhận hợp lệ")
    expect(page.get_by_text("Ngày hết hạn ghi trên giấy là 03/03/2028.")).to_be_visible()

    for chosen, heading in ((whole, "Tệp còn nguyên vẹn"), (changed, "Tệp đã bị sửa")):
        stranger.opens("/verify")
        stranger.page.get_by_label("Tệp PDF giấy chứng nhận").set_input_files(chosen)
        stranger.button("Kiểm tra tệp này").click()
        expect(stranger.sees(heading).get_by_text(number).first).to_be_visible()

    revoke_certificate(certificate_id, reason="Nhầm người học", by=None, now=NOW)
    db.session.rollback()
    stranger.opens(f"/verify/{code}")
    stranger.sees("Giấy chứng nhận đã bị thu hồi")
    stranger.opens("/verify/list")
    stranger.page.get_by_label("Các mã").fill(f"{code}\n7K3M-9QXR-2VHD-5T")
    stranger.button("Kiểm tra tất cả").click()
    stranger.sees("Kiểm tra nhiều giấy chứng nhận")
    assert stranger.complaints == []


def test_without_javascript_a_certificate_is_checked_by_code_and_by_file(
    app, browser, site, run, tmp_path
):
    sign_everything(app)
    certificate = certificates()[0]
    whole = tmp_path / "giay.pdf"
    whole.write_bytes(b"".join(storage().pieces(certificate.file.key)))
    code, number, holder = certificate.code, certificate.number, certificate.holder_name
    db.session.rollback()
    context = browser.new_context(base_url=site, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto("/verify")
    page.get_by_label("Mã trên giấy chứng nhận").fill(code.lower())
    page.locator("main").get_by_role("button", name="Tra cứu", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Giấy chứng nhận hợp lệ")
    expect(page.locator("main")).to_contain_text(number)
    page.locator('main [name="name_on_paper"]').fill(holder)
    page.locator('main form:has([name="name_on_paper"]) button').click()
    expect(page.locator("main")).to_contain_text("Họ tên khớp: giấy được cấp cho đúng họ tên này.")
    page.goto("/verify")
    page.get_by_label("Tệp PDF giấy chứng nhận").set_input_files(whole)
    page.get_by_role("button", name="Kiểm tra tệp này").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tệp còn nguyên vẹn")
    context.close()


def test_the_page_follows_the_signing_without_being_loaded_anew(app, window, run):
    account, code = an_account(RoleName.COORDINATOR), run.code
    email = account.email
    db.session.rollback()
    coordinator = window("coordinator", DESK)
    steps.signs_in(coordinator, email, PASSWORD)
    coordinator.opens(f"/office/runs/{code}/records")
    page = coordinator.sees("Kết quả và giấy chứng nhận")
    expect(page.get_by_text("Đã ký 0/3 tệp PDF")).to_be_visible()
    page.evaluate("window.stays = true")
    sign_everything(app)
    expect(page.get_by_text("Đã ký đủ 3 tệp PDF")).to_be_visible()
    assert page.evaluate("window.stays") is True
    assert coordinator.complaints == []


@pytest.mark.parametrize("screen", [DESK, NARROW])
def test_the_pages_of_a_certificate_fit_every_screen(window, run, screen):
    account = an_account(RoleName.COORDINATOR)
    address, email = f"/certificates/{certificates()[0].public_id}", account.email
    db.session.rollback()
    coordinator = window("coordinator", screen)
    steps.signs_in(coordinator, email, PASSWORD)
    coordinator.opens(address)
    coordinator.sees("Đo lường năng suất")
    coordinator.opens(f"{address}/correction")
    coordinator.sees("Sửa giấy chứng nhận CN-2026-000001")
    coordinator.opens("/office/certificates/design")
    coordinator.sees("Mẫu giấy chứng nhận")
    assert coordinator.complaints == []
