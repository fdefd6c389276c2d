"""The teaching desk was open once; then there is no network, or one that never answers."""

import json
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from club.records.attendance.models import AttendanceChange, AttendanceMark, Mark, MarkSource
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
from tests.records.kit import every
from tests.support.factories import NOW

pytestmark = pytest.mark.browser

DAY = timedelta(days=1)
#: Milliseconds: longer than any silence that the phone puts up with.
PATIENCE = 40_000


@pytest.fixture
def today(trainer):
    return a_class(trainer, NOW - timedelta(minutes=30), "Trần Thị Châu", "Lê Văn Dũng")


@pytest.fixture
def tomorrow(trainer):
    return a_class(trainer, NOW + DAY, "Đỗ Văn Giang")


@pytest.fixture
def phone(window, trainer, today, tomorrow):
    """Of the trainer, who has looked at nothing but the desk."""
    phone = window("trainer", PHONE)
    opens_desk(phone, trainer)
    assert phone.complaints == []
    return phone


@pytest.fixture
def second(window, trainer, phone):
    second = window("second phone", PHONE)
    opens_desk(second, trainer)
    return second


def opens_desk(phone, account):
    signs_in_on_a_new_phone(phone, account)
    phone.opens("/teaching/")
    awaits_what_answers_without_network(phone)
    is_kept(phone)
    phone.inspects()


def list_of(run):
    return f"/teaching/runs/{run.code}/attendance?session={run.sessions[0].public_id}"


def what_is_marked():
    return {name: mark for name, (mark, _when) in marks().items()}


def everything_arrives(phone, expected):
    arrives(phone, expected)
    expect(unsent(phone)).to_be_hidden()


def arrives(phone, expected):
    """Within 40 s: a phone tries again every 30."""
    for _ in range(200):
        if what_is_marked() == expected:
            break
        phone.page.wait_for_timeout(200)
    assert what_is_marked() == expected


def test_the_desk_says_which_lists_are_on_the_phone(phone, today, tomorrow):
    kept = phone.page.locator("[data-kept-lists] li")
    expect(kept.locator(".kept-sign")).to_have_text(["Đã lưu trên máy"] * 2)
    assert [line.get_by_role("link").get_attribute("href") for line in kept.all()] == [
        list_of(today),
        list_of(tomorrow),
    ]


def test_a_list_never_opened_before_is_marked_without_network_and_sent_later(
    phone, loses_network, finds_network
):
    loses_network()
    phone.opens("/teaching/")
    phone.page.get_by_role("link", name="Điểm danh").first.click()
    taps(phone, "Muộn")
    expect(unsent(phone)).to_contain_text("Chưa gửi: 1")
    phone.inspects()
    phone.link("Thêm người đến chưa đăng ký").click()
    phone.sees("Thêm người đến chưa đăng ký")
    assert what_is_marked() == {}
    finds_network()
    phone.opens("/teaching/")
    everything_arrives(phone, {"Trần Thị Châu": Mark.LATE})


def test_the_list_of_tomorrow_opens_by_itself_when_its_time_has_come(
    at, phone, trainer, tomorrow, loses_network, finds_network
):
    loses_network()
    phone.opens(list_of(tomorrow))
    expect(row(phone, "Giang").get_by_role("button", name="Có mặt")).to_be_disabled()
    expect(phone.button("Ghi có mặt cho người còn lại")).to_be_hidden()
    at(NOW + DAY)
    phone.page.clock.set_fixed_time(NOW + DAY)
    phone.page.reload()
    expect(phone.page.locator("[data-roll-not-yet]")).to_be_hidden()
    phone.button("Ghi có mặt cho người còn lại").click()
    expect(unsent(phone)).to_contain_text("Chưa gửi: 1")
    phone.inspects()
    finds_network()
    steps.signs_in(phone, trainer.email, PASSWORD)
    phone.opens("/teaching/")
    everything_arrives(phone, {"Đỗ Văn Giang": Mark.PRESENT})


def test_a_phone_that_is_signed_out_begins_no_session_beside_the_one_of_who_signs_in(
    phone, today, trainer, loses_network, finds_network
):
    loses_network()
    phone.opens(list_of(today))
    taps(phone, "Có mặt")
    phone.context.clear_cookies()
    finds_network()
    expect(phone.page.locator("[data-unsent-signed-out]")).to_be_visible(timeout=PATIENCE)
    assert "session" not in {cookie["name"] for cookie in phone.context.cookies()}
    steps.signs_in(phone, trainer.email, PASSWORD)
    phone.opens("/teaching/")
    everything_arrives(phone, {"Trần Thị Châu": Mark.PRESENT})


def test_an_address_without_a_session_leads_to_the_kept_list_of_now(
    phone, today, trainer, loses_network
):
    loses_network()
    phone.opens(f"/teaching/runs/{today.code}/attendance")
    expect(row(phone)).to_be_visible()
    assert phone.page.url.endswith(list_of(today))


def test_a_line_that_never_answers_is_no_line(phone, cable, today, finds_network):
    cable.lives.clear()
    phone.page.goto(list_of(today), timeout=PATIENCE)
    taps(phone, "Có mặt")
    is_pressed(phone, "Có mặt")
    expect(unsent(phone)).to_contain_text("Chưa gửi: 1")
    phone.page.goto("/teaching/", timeout=PATIENCE)
    expect(unsent(phone)).to_contain_text("Chưa gửi: 1")
    never = "/teaching/runs/NEVER-2026-01/attendance"
    phone.page.goto(never, timeout=PATIENCE, wait_until="domcontentloaded")
    phone.sees("Không có mạng")
    finds_network()
    phone.opens(list_of(today))
    everything_arrives(phone, {"Trần Thị Châu": Mark.PRESENT})


def test_marks_that_hang_go_out_by_themselves_once_the_line_lives(
    phone, cable, today, finds_network
):
    """Without a limit the one request that hangs would keep all others back for ever."""
    phone.opens(list_of(today))
    cable.lives.clear()
    taps(phone, "Có mặt")
    expect(row(phone).locator(".roll-unsent")).to_be_visible()
    phone.page.wait_for_timeout(16_000)
    cable.lives.set()
    everything_arrives(phone, {"Trần Thị Châu": Mark.PRESENT})


def test_two_phones_without_network_are_merged_by_time(  # noqa: PLR0917  two phones, one line
    at, phone, second, cable, today, loses_network, finds_network
):
    second.opens(list_of(today))
    phone.opens(list_of(today))
    loses_network()
    second.context.set_offline(True)
    taps(phone, "Vắng")
    taps(phone, "Có mặt", "Lê Văn Dũng")
    later = NOW + timedelta(minutes=10)
    second.page.clock.set_fixed_time(later)
    taps(second, "Muộn")
    at(NOW + timedelta(minutes=20))
    for one in (phone, second):
        one.page.clock.set_fixed_time(NOW + timedelta(minutes=20))
    cable.is_cut = False
    second.context.set_offline(False)
    expect(unsent(second)).to_be_hidden()
    finds_network()
    arrives(phone, {"Trần Thị Châu": Mark.LATE, "Lê Văn Dũng": Mark.PRESENT})
    expect(unsent(phone)).to_contain_text("Trần Thị Châu: Vắng")
    unsent(phone).get_by_role("button", name="Đã đọc").click()
    expect(unsent(phone)).to_be_hidden()
    is_pressed(phone, "Muộn")
    assert [change.mark for change in every(AttendanceChange)] == [Mark.ABSENT]
    assert {mark.source for mark in every(AttendanceMark)} == {MarkSource.TRAINER_TAP}


def test_the_desk_can_be_installed(phone):
    """What Chromium asks of an app, and what the phone is told of it."""
    link = phone.page.locator('link[rel="manifest"]').get_attribute("href")
    answer = phone.page.request.get(link)
    assert answer.headers["content-type"] == "application/manifest+json"
    told = json.loads(answer.body())
    wanted = {
        "id": "/teaching/",
        "name": "Điểm danh",
        "short_name": "Điểm danh",
        "lang": "vi",
        "start_url": "/teaching/",
        "scope": "/teaching/",
        "display": "standalone",
    }
    assert {name: told[name] for name in wanted} == wanted
    for icon in told["icons"]:
        assert phone.page.evaluate(SIZE_OF, icon["src"]) == icon["sizes"]
    assert [icon["sizes"] for icon in told["icons"]] == ["192x192", "512x512"]
    devtools = phone.context.new_cdp_session(phone.page)
    assert devtools.send("Page.getAppManifest")["errors"] == []
    lacks = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # Windows of tests are private ones, in which nothing is installed.
    assert [flaw["errorId"] for flaw in lacks] == ["in-incognito"]


SIZE_OF = """async (address) => {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    return `${picture.naturalWidth}x${picture.naturalHeight}`;
}"""
