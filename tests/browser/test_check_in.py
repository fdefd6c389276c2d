"""A trainer's screen and a phone, in two browser windows, on a clock that the test sets."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from club.accounts.models import RoleName
from club.db import db
from club.records.attendance.models import AttendanceMark, Mark, MarkSource
from tests.browser import steps
from tests.browser.visitor import DESK, PHONE
from tests.records.kit import every, marked, on_the_list
from tests.support.factories import NOW, a_person, a_run, an_account
from tests.support.qr import codes_on_picture

pytestmark = pytest.mark.browser

PASSWORD = "secret-2026"
BEAMER = (1280, 720)


@pytest.fixture
def trainer():
    return an_account(RoleName.TRAINER)


@pytest.fixture
def run(trainer):
    return a_run(starts_at=NOW, trainers=[trainer.person])


@pytest.fixture
def person(run):
    account = an_account(person=a_person(full_name="Trần Thị Châu"))
    on_the_list(run, account.person)
    return account


def test_people_scan_confirm_appear_and_can_be_struck_out(at, window, trainer, run, person):
    beamer, phone = window("trainer", DESK), window("person", PHONE)
    phone.provokes = {409}
    steps.signs_in(beamer, trainer.email, PASSWORD)
    beamer.opens(f"/teaching/runs/{run.code}/attendance")
    beamer.follows("Cho học viên quét mã điểm danh")
    beamer.sees("Quét mã để điểm danh")
    code = beamer.page.locator("#check-in-code")
    first = code.get_attribute("href")
    checks_in(phone, first, person)
    expect(beamer.page.locator(".check-in-list")).to_contain_text("Trần Thị Châu")
    expect(beamer.page.locator(".check-in-count")).to_contain_text("1/1")
    beamer.inspects()
    assert marks() == [(Mark.PRESENT, MarkSource.SELF_CHECK_IN)]

    at(NOW + timedelta(minutes=2))
    expect(code).not_to_have_attribute("href", first)
    is_told(phone, first, "Quét lại mã đang hiện trên màn hình.")

    beamer.page.locator(".check-in-list button").click()
    told = beamer.page.get_by_role("main").get_by_role("status")
    expect(told.first).to_contain_text("Đã ghi Trần Thị Châu vắng.")
    is_told(phone, code.get_attribute("href"), "Giảng viên đã ghi anh chị không có mặt")
    assert marks() == [(Mark.ABSENT, MarkSource.TRAINER_TAP)]
    assert [*beamer.complaints, *phone.complaints] == []


def checks_in(phone, code, person):
    """The phone's camera leads there; whoever is not signed in does so first."""
    phone.page.goto(code)
    phone.sees("Đăng nhập")
    phone.field("Thư điện tử").fill(person.email)
    phone.field("Mật khẩu").fill(PASSWORD)
    phone.presses("Đăng nhập")
    phone.page.wait_for_url("**/check-in")
    phone.presses("Tôi có mặt")
    expect(phone.page.locator("main")).to_contain_text("Anh chị đã được ghi: có mặt")
    phone.inspects()


def is_told(phone, code, words):
    phone.page.goto(code)
    expect(phone.page.locator("main")).to_contain_text(words)
    phone.inspects()


def marks():
    db.session.rollback()
    return [(mark.mark, mark.source) for mark in every(AttendanceMark)]


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_is_wrong_with_the_pages_around_the_list(window, trainer, run, person, screen):
    marked(run, person.person, Mark.LATE, by=trainer.id)
    who = window("trainer", screen)
    steps.signs_in(who, trainer.email, PASSWORD)
    for page in (
        "attendance",
        "attendance/history",
        "paper-list",
        "online-list",
        "walk-ins",
        "check-in",
    ):
        who.opens(f"/teaching/runs/{run.code}/{page}")
        who.inspects()
    for address in ("/check-in", "/teaching/offline"):
        who.opens(address)
        who.inspects()
    assert who.complaints == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_camera_reads_from_the_screen_what_counts_and_the_next_code_after_20_seconds(
    at, window, trainer, run, person, colours
):
    beamer, phone = window("trainer", BEAMER), window("person", PHONE)
    beamer.page.emulate_media(color_scheme=colours)
    steps.signs_in(beamer, trainer.email, PASSWORD)
    beamer.opens(f"/teaching/runs/{run.code}/check-in")
    (first,) = codes_on_picture(beamer.page.screenshot())
    checks_in(phone, first, person)
    assert marks() == [(Mark.PRESENT, MarkSource.SELF_CHECK_IN)]

    code = beamer.page.locator("#check-in-code")
    shown = code.get_attribute("href")
    at(NOW + timedelta(seconds=40))
    expect(code).not_to_have_attribute("href", shown)
    (second,) = codes_on_picture(beamer.page.screenshot())
    assert second not in {first, shown}
    at(NOW + timedelta(seconds=150))
    phone.provokes = {409}
    is_told(phone, second, "Quét lại mã đang hiện trên màn hình.")


def test_the_code_is_seen_whole_on_a_beamer(window, trainer, run):
    beamer = window("trainer", BEAMER)
    steps.signs_in(beamer, trainer.email, PASSWORD)
    beamer.opens(f"/teaching/runs/{run.code}/check-in")
    beamer.sees("Quét mã để điểm danh")
    code = beamer.page.locator("#check-in-code").bounding_box()
    assert code["width"] == pytest.approx(code["height"], abs=4)
    assert code["width"] >= 320
    assert code["y"] + code["height"] <= BEAMER[1]


def test_a_screen_that_lost_its_network_says_so(at, window, trainer, run):
    beamer = window("trainer", PHONE)
    steps.signs_in(beamer, trainer.email, PASSWORD)
    beamer.page.clock.install(time=NOW)
    beamer.opens(f"/teaching/runs/{run.code}/check-in")
    beamer.sees("Quét mã để điểm danh")
    lost = beamer.page.locator("[data-check-in-lost]")
    expect(lost).to_be_hidden()
    beamer.context.set_offline(True)
    beamer.page.clock.run_for(40_000)
    expect(lost).to_contain_text("Màn hình này mất mạng")
    beamer.context.set_offline(False)
    beamer.page.clock.run_for(5_000)
    expect(lost).to_be_hidden()


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_the_list_of_an_online_meeting_is_looked_over_and_entered(
    window, trainer, run, person, screen
):
    who = window("trainer", screen)
    who.provokes = {422}
    steps.signs_in(who, trainer.email, PASSWORD)
    who.opens(f"/teaching/runs/{run.code}/online-list")
    name = person.person.full_name
    rows = f"Name (Original Name),User Email,Duration (Minutes)\n{name},,57\nMáy lạ,la@example.vn,9"
    who.page.set_input_files("input[type=file]", {
        "name": "participants.csv", "mimeType": "text/csv", "buffer": rows.encode(),
    })  # fmt: skip
    who.presses("Xem lại danh sách")
    expect(who.page.get_by_text("1 người chưa nhận ra")).to_be_visible()
    who.inspects()
    minutes = who.page.get_by_label(f"Số phút: {name}")
    minutes.fill("một giờ")
    who.presses("Lưu các lượt điểm danh này")
    expect(who.page.locator("[data-error-summary]")).to_contain_text(name)
    who.inspects()
    minutes.fill("50")
    who.presses("Lưu các lượt điểm danh này")
    expect(who.page.get_by_text("Đã nhập danh sách cuộc họp")).to_be_visible()
    assert (Mark.PRESENT, MarkSource.ONLINE_IMPORT) in marks()
    who.inspects()
    assert who.complaints == []
