"""Attendance without network: nothing that was marked is lost, whatever happens in between."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from club.accounts.models import RoleName
from club.courses.models import RunState
from club.db import db, transaction
from club.people.models import Person
from club.records.attendance.models import AttendanceChange, AttendanceMark, Mark, WalkIn
from tests.browser import steps
from tests.browser.roll import (
    PASSWORD,
    a_class,
    awaits_what_answers_without_network,
    is_kept,
    is_pressed,
    marks,
    row,
    signs_in_on_a_new_phone,
    taps,
    unsent,
)
from tests.browser.visitor import PHONE
from tests.records.kit import every, marked
from tests.support.factories import NOW, a_person, an_account

pytestmark = pytest.mark.browser

MINUTE = timedelta(minutes=1)


@pytest.fixture
def run(trainer):
    return a_class(trainer, NOW - 30 * MINUTE, "Trần Thị Châu", "Lê Văn Dũng")


@pytest.fixture
def phone(window, trainer, run):
    """Of the trainer, with the list open and kept."""
    phone = window("trainer", PHONE)
    signs_in_on_a_new_phone(phone, trainer)
    opens_list(phone, run)
    awaits_what_answers_without_network(phone)
    phone.inspects()
    assert phone.complaints == []
    return phone


def opens_list(phone, run):
    phone.opens(f"/teaching/runs/{run.code}/attendance")
    is_kept(phone)


def about(moment):
    return pytest.approx(moment, abs=timedelta(minutes=2))


def signs_in_to_send(phone, trainer):
    is_told_to_sign_in(phone)
    assert marks() == {}
    unsent(phone).get_by_role("link", name="Đăng nhập để gửi").click()
    phone.field("Thư điện tử").fill(trainer.email)
    phone.field("Mật khẩu").fill(PASSWORD)
    phone.presses("Đăng nhập")
    phone.page.wait_for_url("**/attendance**")
    expect(unsent(phone)).to_be_hidden()


def is_told_to_sign_in(phone):
    expect(unsent(phone)).to_contain_text("Anh chị đã đăng xuất. Không mất gì cả.")
    phone.inspects()


def test_with_network_a_tap_is_saved_at_once(phone, trainer):
    taps(phone, "Muộn")
    expect(phone.page.locator("[data-roll-saved]")).to_contain_text("Đã lưu lúc 9:0")
    expect(phone.page.locator("[data-roll-rest]")).to_contain_text("1 muộn, 1 chưa chọn")
    expect(unsent(phone)).to_be_hidden()
    assert marks()["Trần Thị Châu"][0] is Mark.LATE


def test_a_day_without_network_and_a_reload_lose_nothing(
    at, phone, trainer, run, loses_network, finds_network
):
    loses_network()
    taps(phone, "Có mặt")
    taps(phone, "Vắng", "Lê Văn Dũng")
    expect(unsent(phone)).to_contain_text("Chưa gửi: 2")
    expect(row(phone).locator(".roll-unsent")).to_be_visible()
    phone.inspects()
    phone.page.reload()
    is_pressed(phone, "Có mặt")
    expect(row(phone).locator(".roll-unsent")).to_have_text("chưa gửi")
    taps(phone, "Có phép", "Lê Văn Dũng")
    phone.inspects()
    assert marks() == {}

    at(NOW + timedelta(days=1))
    phone.page.clock.set_fixed_time(NOW + timedelta(days=1))
    finds_network()
    signs_in_to_send(phone, trainer)
    expect(row(phone).locator(".roll-unsent")).to_be_hidden()
    assert marks() == {
        "Trần Thị Châu": (Mark.PRESENT, about(NOW)),
        "Lê Văn Dũng": (Mark.EXCUSED, about(NOW)),
    }
    assert [c.mark for c in every(AttendanceChange)] == [Mark.ABSENT]
    phone.page.reload()
    is_pressed(phone, "Có mặt")


def test_the_rest_is_marked_present_without_network_and_sent_later(
    phone, run, loses_network, finds_network
):
    rest = phone.page.get_by_role("button", name="Ghi có mặt cho người còn lại")
    taps(phone, "Vắng", "Lê Văn Dũng")
    expect(unsent(phone)).to_be_hidden()
    loses_network()
    rest.click()
    is_pressed(phone, "Có mặt")
    is_pressed(phone, "Vắng", "Lê Văn Dũng")
    expect(unsent(phone)).to_contain_text("Chưa gửi: 1")
    expect(rest).to_be_hidden()
    phone.inspects()
    finds_network()
    expect(unsent(phone)).to_be_hidden()
    assert {name: mark for name, (mark, _at) in marks().items()} == {
        "Trần Thị Châu": Mark.PRESENT,
        "Lê Văn Dũng": Mark.ABSENT,
    }


def noted(phone):
    return phone.page.locator("[data-noted]")


def notes_a_person(phone, name, number):
    phone.link("Thêm người đến chưa đăng ký").click()
    phone.sees("Thêm người đến chưa đăng ký")
    phone.field("Họ và tên").fill(name)
    phone.page.locator("#phone").fill(number)
    phone.presses("Ghi vào danh sách")


def test_who_came_without_registering_is_noted_without_network_and_asked_about_later(
    phone, run, loses_network, finds_network
):
    namesake = a_person(full_name="Phạm Thị Én")
    loses_network()
    notes_a_person(phone, "Phạm Thị Én", "0912 345 678")
    expect(noted(phone)).to_contain_text("Phạm Thị Én, 0912 345 678")
    phone.page.reload()
    expect(noted(phone)).to_contain_text("Phạm Thị Én")
    phone.inspects()
    assert every(WalkIn) == []

    finds_network()
    phone.page.reload()
    noted(phone).get_by_role("link", name="Ghi vào danh sách").click()
    expect(phone.page.locator("#phone")).to_have_value("0912 345 678")
    phone.presses("Ghi vào danh sách")
    phone.page.get_by_role("button", name="Đúng người này").click()
    expect(row(phone, "Phạm Thị Én")).to_be_visible()
    expect(noted(phone)).to_be_hidden()
    db.session.rollback()
    assert [w.person_id for w in every(WalkIn)] == [namesake.id]
    assert [m.mark for m in every(AttendanceMark) if m.person_id == namesake.id] == [Mark.PRESENT]
    assert "noted" not in phone.page.url
    phone.inspects()


def test_a_note_can_be_dropped_and_nothing_stays_of_who_was_put_on_the_list_at_once(
    phone, run, loses_network
):
    notes_a_person(phone, "Đỗ Văn Giang", "0912 345 679")
    expect(row(phone, "Đỗ Văn Giang")).to_be_visible()
    expect(noted(phone)).to_be_hidden()
    expect(phone.page.locator("html[data-kept=yes]")).to_be_attached()
    loses_network()
    notes_a_person(phone, "Đỗ Văn Giang", "0912 345 679")
    noted(phone).get_by_role("button", name="Bỏ").click()
    expect(noted(phone)).to_be_hidden()
    db.session.rollback()
    assert len(every(WalkIn)) == 1


def test_what_somebody_else_marked_meanwhile_is_told_on_the_line(
    at, phone, run, loses_network, finds_network
):
    loses_network()
    taps(phone, "Có mặt")
    other = an_account(RoleName.COORDINATOR, person=a_person(full_name="Phạm Điều Phối"))
    person = next(e for e in every(Person) if e.full_name == "Trần Thị Châu")
    marked(run, person, Mark.ABSENT, by=other.id, now=NOW + 10 * MINUTE)
    at(NOW + 20 * MINUTE)
    phone.page.clock.set_fixed_time(NOW + 20 * MINUTE)
    finds_network()
    expect(row(phone).get_by_role("alert")).to_contain_text("Phạm Điều Phối đã ghi: vắng")
    is_pressed(phone, "Vắng")
    phone.inspects()
    is_told_until_it_was_read(phone)
    assert marks()["Trần Thị Châu"] == (Mark.ABSENT, NOW + 10 * MINUTE)
    assert [c.mark for c in every(AttendanceChange)] == [Mark.PRESENT]


def is_told_until_it_was_read(phone):
    for page in ("/teaching/", phone.page.url.replace("/attendance", "/closing")):
        phone.opens(page)
        expect(unsent(phone)).to_contain_text("Trần Thị Châu: Có mặt. Phạm Điều Phối đã ghi: vắng")
    phone.inspects()
    unsent(phone).get_by_role("link", name="Mở danh sách này").click()
    is_pressed(phone, "Vắng")
    unsent(phone).get_by_role("button", name="Đã đọc").click()
    expect(unsent(phone)).to_be_hidden()
    phone.opens("/teaching/")
    expect(unsent(phone)).to_be_hidden()


def test_what_was_sent_from_another_page_is_told_there(
    at, phone, run, loses_network, finds_network
):
    phone.opens("/teaching/")
    expect(phone.page.locator("html[data-kept=yes]")).to_be_attached()
    opens_list(phone, run)
    loses_network()
    taps(phone, "Có mặt")
    phone.opens("/teaching/")
    person = next(e for e in every(Person) if e.full_name == "Trần Thị Châu")
    marked(run, person, Mark.ABSENT, by=an_account().id, now=NOW + 10 * MINUTE)
    at(NOW + 20 * MINUTE)
    phone.page.clock.set_fixed_time(NOW + 20 * MINUTE)
    finds_network()
    expect(unsent(phone)).to_contain_text("Trần Thị Châu: Có mặt.")
    expect(unsent(phone)).to_contain_text("Bây giờ tính là: vắng.")


def test_whom_a_phone_notes_is_told_on_other_pages_and_before_closing(
    phone, run, loses_network, finds_network
):
    loses_network()
    notes_a_person(phone, "Phạm Thị Én", "0912 345 678")
    expect(noted(phone)).to_contain_text("Phạm Thị Én")
    finds_network()
    others = phone.page.locator("[data-noted-elsewhere]")
    expect(others).to_be_hidden()
    phone.opens("/teaching/")
    expect(others).to_contain_text(f"Lớp {run.code}, số người ghi tạm: 1")
    phone.inspects()
    phone.opens(f"/teaching/runs/{run.code}/closing")
    warning = phone.page.locator("[data-noted-of]")
    expect(warning).to_contain_text("Ghi họ vào danh sách rồi hãy chốt lớp")
    phone.inspects()
    others.get_by_role("link").click()
    noted(phone).get_by_role("button", name="Bỏ").click()
    phone.opens(f"/teaching/runs/{run.code}/closing")
    expect(warning).to_be_hidden()


def test_who_is_signed_out_meanwhile_signs_in_and_it_is_sent(
    phone, trainer, run, loses_network, finds_network
):
    loses_network()
    taps(phone, "Có mặt")
    phone.context.clear_cookies()
    finds_network()
    signs_in_to_send(phone, trainer)
    assert marks()["Trần Thị Châu"][0] is Mark.PRESENT


def test_what_a_closed_class_refuses_stays_on_the_phone_until_it_is_dropped(
    phone, run, loses_network, finds_network
):
    loses_network()
    taps(phone, "Có mặt")
    with transaction():
        run.state = RunState.CLOSED
    finds_network()
    expect(unsent(phone)).to_contain_text("Trần Thị Châu: Có mặt. Lớp này đã chốt.")
    phone.inspects()
    phone.page.reload()
    expect(unsent(phone)).to_contain_text("Trần Thị Châu: Có mặt. Lớp này đã chốt.")
    unsent(phone).get_by_role("button", name="Bỏ").click()
    expect(unsent(phone)).to_be_hidden()
    assert marks() == {}


def test_a_phone_that_is_passed_on_keeps_the_marks_of_its_owner(
    window, phone, trainer, run, loses_network, finds_network
):
    loses_network()
    taps(phone, "Có mặt")
    phone.context.clear_cookies()
    finds_network()
    is_told_to_sign_in(phone)
    colleague = an_account(RoleName.COORDINATOR)
    steps.signs_in(phone, colleague.email, PASSWORD)
    opens_list(phone, run)
    expect(unsent(phone)).to_be_hidden()
    assert marks() == {}


def test_pages_that_were_never_open_say_so_and_signing_out_forgets_the_others(
    phone, run, loses_network, finds_network
):
    loses_network()
    phone.opens("/teaching/runs/NEVER-2026-01/attendance")
    phone.sees("Không có mạng")
    finds_network()
    opens_list(phone, run)
    steps.signs_out(phone)
    assert phone.page.evaluate("() => caches.has('teaching')") is False
