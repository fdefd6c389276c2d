"""The club's main thread, from a stranger to a figure, as people walk it."""

from datetime import timedelta
from io import BytesIO

import pytest
from icalendar import Calendar
from playwright.sync_api import expect
from pypdf import PdfReader

from club import clock
from tests.browser import steps
from tests.browser.mailbox import awaited_letter
from tests.browser.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser

COURSE = "Năng suất xanh"
PASSWORD = "ba con mèo đi học"


@pytest.mark.parametrize(
    ("screen", "name"),
    [(PHONE, "Trịnh Thị Ngọc Bích"), (DESK, "Đoàn Văn Ứng")],
    ids=["phone", "desk"],
)
def test_a_stranger_joins_learns_and_becomes_one_turn_in_the_figures(
    visitor, demo_site, screen, name
):
    letters = demo_site.var / "mail"
    email = f"nguoi.moi.{screen[0]}@example.net"
    tomorrow, yesterday = (clock.today() + timedelta(days=n) for n in (1, -1))
    person, coordinator = visitor("person", screen), visitor("coordinator", screen)
    trainer, official = visitor("trainer", PHONE), visitor("official", screen)

    steps.signs_up(person, name=name, email=email, password=PASSWORD)
    steps.confirms(person, letters, email=email, password=PASSWORD)
    steps.applies_for_membership(person, words="Chia sẻ cách tổ tôi rút ngắn thời gian đổi khuôn.")

    steps.signs_in(coordinator, "dieuphoi@club.example")
    steps.accepts_application(coordinator, name=name)
    awaited_letter(letters, email, about="hội viên")
    person.opens("/me/")
    expect(person.page.locator("#my-membership + p")).to_have_text("Hội viên")

    code = steps.opens_class(
        coordinator,
        course="GP",
        place="Hội trường phường Thuận An",
        trainer="Trần Demo Khoa",
        day=tomorrow,
    )
    steps.finds_course(person, typed="nang suat", course=COURSE)
    steps.takes_place(person, code)
    _has_session(person, steps.makes_calendar_address(person), code)

    steps.moves_session(coordinator, code, to=yesterday)
    steps.signs_in(official, "canbo@club.example")
    before = _figures(official, yesterday)
    steps.signs_in(trainer, "giangvien@club.example")
    steps.marks_everybody_present(trainer, code, name=name)
    steps.closes_class(trainer, code)

    _has_record_and_certificate(person, code, name=name)
    after = _figures(official, yesterday)
    assert (after["turns"] - before["turns"], after["people"] - before["people"]) == (1, 1)
    assert after["hours"] - before["hours"] == 3.5

    everybody = (person, coordinator, trainer, official)
    assert [said for window in everybody for said in window.complaints] == []


def _has_session(person: Visitor, address: str, code: str) -> None:
    answer = person.context.request.get(address)
    assert answer.status == 200
    events = Calendar.from_ical(answer.body()).walk("VEVENT")
    sessions = [
        event for event in events if "DTSTART" in event and str(event["URL"]).endswith(code)
    ]
    assert [str(event["SUMMARY"]) for event in sessions] == [COURSE]


def _has_record_and_certificate(person: Visitor, code: str, *, name: str) -> None:
    person.opens("/me/records")
    page = person.sees("Kết quả học tập của tôi")
    row = page.get_by_role("row").filter(has=page.locator(f'a[href="/runs/{code}"]'))
    expect(row).to_contain_text("Đã hoàn thành")

    person.opens("/me/certificates")
    page = person.sees("Giấy chứng nhận của tôi")
    person.follows(COURSE)
    person.sees(COURSE)
    pdf = person.context.request.get(person.link("Mở bản PDF").get_attribute("href"))
    assert pdf.headers["content-type"] == "application/pdf"
    printed = " ".join(PdfReader(BytesIO(pdf.body())).pages[0].extract_text().split())
    assert name in printed
    assert COURSE in printed

    page.locator('main a[href^="/verify/"]').click()
    person.sees("Giấy chứng nhận hợp lệ")


def _figures(official: Visitor, day) -> dict:
    """The total of the days that the class lies in, as data; the page shows the same."""
    period = f"from={day}&to={day}"
    total = official.context.request.get(f"/statistics/trainees.json?{period}").json()["total"]
    official.opens(f"/statistics/trainees?{period}")
    page = official.sees("Số liệu đào tạo")
    turns = page.locator(".stat", has_text="Lượt người").first.locator(".stat-figure")
    expect(turns).to_have_text(f"{total['turns']}")
    return total
