"""What units handed in earlier: each version readable, and what differs from the one before."""

import html
import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine

from club.accounts.models import RoleName
from club.files.receiving import receive
from club.reporting.models import RequestKind, StepKind
from club.reporting.operations import asking, writing
from club.reporting.operations.writing import Filled
from club.reporting.written import Activity, FigureKey, Written
from tests.reporting.kit import (
    DESK,
    NOW,
    PDF,
    a_department,
    a_reporter,
    accepted,
    asked,
    at_office,
    submitted,
    words,
)
from tests.support.factories import an_account, reload
from tests.support.inspector import complaints

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _present_moment():
    with time_machine.travel(NOW, tick=False):
        yield


def handed_in_anew(report, *versions):
    """Each returned, and then the next handed in an hour later; the last is accepted."""
    for hour, written in enumerate(versions):
        if hour:
            reason = f"Nhận xét {hour}."
            asking.send_back(report.id, reason=reason, by=None, now=NOW + hour * HOUR)
        submitted(reload(report), written, now=NOW + hour * HOUR)
    report = reload(report)
    return asking.accept(report.id, seen=report.revision, by=None, now=NOW + 9 * HOUR)


def version_at_office(report, number):
    return f"{at_office(report)}/versions/{number}"


def marked(page):
    """Headings of what differs, and each side with its marks as bars."""
    sections = re.findall(r'<section class="compared">.*?</section>', page, re.DOTALL)
    found = {}
    for section in sections:
        [heading] = re.findall(r"<h2>(.*?)</h2>", section)
        sides = re.findall(r'<p class="compared-(?:text|none)">(.*?)</p>', section, re.DOTALL)
        bars = [re.sub(r"</?(del|ins)>", "|", side).strip() for side in sides]
        found[html.unescape(heading)] = [html.unescape(bar) for bar in bars]
    return found


def test_each_version_is_readable_and_compared_with_the_one_before(coordinator, unit):
    [report] = asked(unit)
    first = words("Đã mở một lớp.", difficulties="Thiếu kinh phí.")
    second = words(
        "Đã mở hai lớp.",
        activities=[Activity("IV.2-1", "Đã mở hai lớp.")],
        figures={FigureKey.TRAININGS: Decimal("2.5"), FigureKey.TURNS: Decimal(60)},
        difficulties="Thiếu kinh phí.",
    )
    handed_in_anew(report, first, second)
    pages = [coordinator.get(version_at_office(report, number)).text for number in (1, 2)]
    assert marked(pages[0]) == {}
    assert "Đã mở một lớp." in pages[0]
    assert "Đã mở hai lớp." not in pages[0]
    assert "Nhận xét 1." in pages[0]
    assert marked(pages[1]) == {
        "Việc đã làm": ["Đã mở |một |lớp.", "|IV.2-1: |Đã mở |hai |lớp."],
        "Số liệu": ["Số lớp tự tổ chức hoặc cử đi: |2|", "Số lớp tự tổ chức hoặc cử đi: |2,5|"],
    }
    assert "Đã nhận" in pages[1]
    assert all(complaints(page) == [] for page in pages)
    for number in (0, 3):
        assert coordinator.get(version_at_office(report, number)).status_code == 404


def test_a_version_handed_in_unchanged_says_so(coordinator, unit):
    [report] = asked(unit)
    handed_in_anew(report, words(), words())
    page = coordinator.get(version_at_office(report, 2)).text
    assert marked(page) == {}
    assert "Nội dung không khác bản nộp trước." in page


def test_answers_to_questions_are_compared_question_by_question(coordinator, unit):
    [report] = asked(unit, kind=RequestKind.AD_HOC, questions=["Bao nhiêu?", "Ai phụ trách?"])
    handed_in_anew(
        report, Written(answers=["Bốn", "Tổ Kế hoạch"]), Written(answers=["Năm", "Tổ Kế hoạch"])
    )
    assert marked(coordinator.get(version_at_office(report, 2)).text) == {
        "Bao nhiêu?": ["|Bốn|", "|Năm|"]
    }


def test_files_stand_with_the_version_they_came_with(coordinator, unit):
    [report] = asked(unit)
    old = receive(BytesIO(PDF), name="cu.pdf")
    writing.submit(report.id, Filled(words(), report.revision, old), by=None, now=NOW)
    asking.send_back(report.id, reason="Thay tệp.", by=None, now=NOW + HOUR)
    [attached] = reload(report).files
    writing.take_file_out(report.id, attached.id, by=None, now=NOW + 2 * HOUR)
    new = receive(BytesIO(PDF), name="moi.pdf")
    filled = Filled(words(), reload(report).revision, new)
    writing.submit(report.id, filled, by=None, now=NOW + 3 * HOUR)
    first, second = (coordinator.get(version_at_office(report, number)).text for number in (1, 2))
    assert "Đã gỡ sau đó: cu.pdf." in first
    assert "moi.pdf" not in first
    assert marked(second) == {"Tệp": ["|cu.pdf|", "|moi.pdf|"]}
    assert "Đã gỡ sau đó" not in second


def test_the_report_leads_to_its_versions_and_a_new_one_to_what_differs(coordinator, unit):
    [report] = asked(unit)
    here = f"{DESK}/reports/{report.public_id}"
    assert "/versions/" not in coordinator.get(here).text
    submitted(report)
    assert "Nộp lại sau nhận xét." not in coordinator.get(here).text
    asking.send_back(report.id, reason="Bổ sung.", by=None, now=NOW)
    submitted(reload(report), words("Lần hai."))
    page = coordinator.get(here).text
    assert "Nộp lại sau nhận xét." in page
    assert re.findall(r"/versions/(\d)", page) == ["2", "1", "2"]


def test_the_unit_reads_its_own_versions_and_no_others(sign_in, unit):
    reporter = sign_in(a_reporter(unit))
    [own], [other] = asked(unit), asked(a_department("Phòng khác"))
    for report in (own, other):
        accepted(report)
    assert (
        f"/reporting/{own.public_id}/versions/1" in reporter.get(f"/reporting/{own.public_id}").text
    )
    page = reporter.get(f"/reporting/{own.public_id}/versions/1").text
    assert "Đã phổ biến kế hoạch cho 12 đơn vị." in page
    assert complaints(page) == []
    assert reporter.get(f"/reporting/{other.public_id}/versions/1").status_code == 404
    assert reporter.get(version_at_office(own, 1)).status_code == 403
    assert sign_in(an_account(RoleName.OFFICIAL)).get(version_at_office(own, 1)).status_code == 200


def test_saving_is_no_version(unit):
    [report] = asked(unit)
    writing.save(report.id, Filled(words(), 1), by=None, now=NOW)
    accepted(reload(report))
    kinds = [step.kind for step in reload(report).steps]
    assert kinds == [StepKind.ASKED, StepKind.SAVED, StepKind.SUBMITTED, StepKind.ACCEPTED]
