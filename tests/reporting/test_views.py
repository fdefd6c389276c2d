"""The pages of the coordinator, of officials and of those who report; what hand-made requests get."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine

from club.accounts.models import RoleName
from club.db import db
from club.reporting import queries
from club.reporting.models import DepartmentReport, ReportRequest, ReportState
from club.reporting.operations import asking, writing
from club.reporting.operations.writing import Filled
from club.reporting.written import from_json
from tests.reporting.kit import (
    DESK,
    DUE,
    LATE,
    NOW,
    PDF,
    a_coordinator,
    a_department,
    a_reporter,
    accepted,
    asked,
    at_office,
    submitted,
    words,
)
from tests.support.factories import a_person, an_account, reload
from tests.support.inspector import complaints


@pytest.fixture(autouse=True)
def _present_moment():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def reporter(unit, sign_in):
    return sign_in(a_reporter(unit))


def own(report):
    return f"/reporting/{report.public_id}"


def typed(report, **given):
    return {
        "revision": report.revision,
        "words_0": "Đã mở hai lớp 5S.",
        "item_0": "",
        "figure_trainings": "2",
        "figure_hours": "16,5",
        "name_0": "Sáng kiến",
        "value_0": "7",
        "measure_0": "sáng kiến",
        "difficulties": "Thiếu kinh phí.",
    } | given


def test_a_coordinator_asks_units_for_the_report_on_a_period(coordinator, unit):
    new = {
        "title": "Báo cáo sáu tháng", "part": "6M", "year": "2026", "cut": "calendar",
        "due_on": "2026-07-20", "units": [unit.id], "remind_before": "3", "remind_every": "7",
    }  # fmt: skip
    answer = coordinator.post(f"{DESK}/new", data=new, follow_redirects=True)
    assert "Phòng Kiểm thử" in answer.text
    [request] = db.session.query(ReportRequest)
    assert (request.period_name, f"{request.last_day}") == ("2026-6M", "2026-06-30")
    assert complaints(answer.text) == []


def test_a_request_that_asks_nobody_keeps_what_was_typed(coordinator, unit):
    new = {
        "title": "Tình hình quý", "part": "Q1", "year": "2026", "cut": "calendar",
        "due_on": "2026-07-01", "note": "Ghi rõ số lớp.", "remind_before": "90",
        "remind_every": "7",
    }  # fmt: skip
    answer = coordinator.post(f"{DESK}/new", data=new)
    assert answer.status_code == 422
    assert "Ghi rõ số lớp." in answer.text
    assert "nhiều nhất 60" in answer.text
    new |= {"remind_before": "3"}
    assert "Chọn ít nhất một đơn vị" in coordinator.post(f"{DESK}/new", data=new).text
    new |= {"units": [unit.id]}
    assert "Hạn nộp này đã qua" in coordinator.post(f"{DESK}/new", data=new).text
    assert db.session.query(ReportRequest).count() == 0


def test_questions_are_asked_and_answered_one_by_one(coordinator, reporter, unit):
    new = {
        "title": "Khảo sát nhanh", "questions": "Bao nhiêu cơ sở?\n\nAi phụ trách?",
        "due_on": "2026-07-20", "units": [unit.id], "remind_before": "3", "remind_every": "7",
    }  # fmt: skip
    coordinator.post(f"{DESK}/new-questions", data=new)
    [report] = db.session.query(DepartmentReport)
    page = reporter.get(own(report)).text
    assert re.findall(r'for="answer_\d">([^<]+?) ?<', page) == ["Bao nhiêu cơ sở?", "Ai phụ trách?"]
    half = {"revision": 1, "answer_0": "Bốn cơ sở", "answer_1": "", "submit": "1"}
    answer = reporter.post(own(report), data=half)
    assert answer.status_code == 409
    assert "Bốn cơ sở" in answer.text
    reporter.post(own(report), data=half | {"answer_1": "Tổ Kế hoạch"})
    assert reload(report).state is ReportState.SUBMITTED


def test_a_report_is_kept_and_handed_in_and_read_at_the_office(coordinator, reporter, unit):
    [report] = asked(unit)
    reporter.post(own(report), data=typed(report, save="1"))
    report = reload(report)
    assert report.state is ReportState.IN_WORK
    kept = reporter.get(own(report)).text
    assert "Đã mở hai lớp 5S." in kept
    assert 'value="16,5"' in kept
    reporter.post(own(report), data=typed(report, submit="1"))
    page = coordinator.get(at_office(report)).text
    for words_there in ("Đã mở hai lớp 5S.", "16,5", "Sáng kiến", "Thiếu kinh phí.", "Đã nộp"):
        assert words_there in page
    assert complaints(page) == []


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(reporter, unit):
    [report] = asked(unit)
    given = typed(report, submit="1", figure_turns="nhiều", name_1="Hội thảo", value_2="5")
    answer = reporter.post(own(report), data=given)
    assert answer.status_code == 422
    for text in ("Đã mở hai lớp 5S.", 'value="nhiều"', 'value="Hội thảo"', "Thiếu kinh phí."):
        assert text in answer.text
    for said in ("Ghi số liệu.", "Ghi rõ số này đếm cái gì."):
        assert said in answer.text
    assert reload(report).state is ReportState.ASKED


def test_a_negative_number_and_one_beyond_all_measure_are_refused(reporter, unit):
    [report] = asked(unit)
    for value in ("-1", "9" * 30):
        answer = reporter.post(own(report), data=typed(report, figure_turns=value))
        assert answer.status_code == 422
        assert f'value="{value}"' in answer.text


def test_two_who_hand_in_at_once_both_keep_their_words(reporter, unit, sign_in):
    [report] = asked(unit)
    colleague = sign_in(a_reporter(unit))
    given = typed(report, save="1")
    assert reporter.post(own(report), data=given | {"words_0": "Của An."}).status_code == 302
    answer = colleague.post(own(report), data=given | {"words_0": "Của Bình."})
    assert answer.status_code == 409
    assert "Của An." in answer.text
    assert "Của Bình." in answer.text
    [revision] = re.findall(r'name="revision"[^>]*value="(\d+)"', answer.text)
    both = given | {"words_0": "Của An và Bình.", "revision": revision, "submit": "1"}
    assert colleague.post(own(report), data=both).status_code == 302
    assert from_json(reload(report).written).activities[0].words == "Của An và Bình."


def test_who_comes_after_the_handing_in_still_has_the_words(reporter, unit, sign_in):
    [report] = asked(unit)
    colleague = sign_in(a_reporter(unit))
    given = typed(report)
    reporter.post(own(report), data=given | {"submit": "1"})
    answer = colleague.post(own(report), data=given | {"words_0": "Của Bình.", "submit": "1"})
    assert answer.status_code == 409
    assert "Của Bình." in answer.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bao-cao.pdf", b"MZ\x90\x00 program"),
        ("bao-cao.docx", b"PK\x03\x04 broken"),
        ("bang.csv", b"<script>alert(1)</script>"),
        ("rong.pdf", b""),
        ("trang.pdf", b"<!doctype html><html></html>"),
    ],
)
def test_a_hostile_file_is_refused_and_the_words_stay(reporter, unit, name, content):
    [report] = asked(unit)
    given = typed(report, save="1", file=(BytesIO(content), name))
    answer = reporter.post(own(report), data=given, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Đã mở hai lớp 5S." in answer.text
    assert reload(report).files == []


def test_a_file_survives_another_mistake_and_is_sent_as_an_attachment(reporter, unit):
    [report] = asked(unit)
    given = typed(report, save="1", figure_turns="nhiều", file=(BytesIO(PDF), "../../phụ lục.pdf"))
    refused = reporter.post(own(report), data=given, content_type="multipart/form-data")
    [ticket] = re.findall(r'name="ticket"[^>]*value="([^"]+)"', refused.text)
    reporter.post(own(report), data=typed(report, save="1", ticket=ticket))
    [attached] = reload(report).files
    answer = reporter.get(f"{own(report)}/files/{attached.public_id}")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert ".." not in answer.headers["Content-Disposition"]


def test_a_file_is_taken_out_while_the_report_is_written(reporter, unit):
    [report] = asked(unit)
    given = typed(report, save="1", file=(BytesIO(PDF), "phu-luc.pdf"))
    reporter.post(own(report), data=given, content_type="multipart/form-data")
    [attached] = reload(report).files
    reporter.post(f"{own(report)}/files/{attached.public_id}/removal")
    assert reporter.get(f"{own(report)}/files/{attached.public_id}").status_code == 404


def test_a_report_on_paper_needs_its_scan_and_says_that_it_was_entered(coordinator, unit):
    [report] = asked(unit)
    address = f"{at_office(report)}/paper"
    answer = coordinator.post(address, data=typed(report))
    assert answer.status_code == 422
    assert "bản chụp" in answer.text
    assert "Đã mở hai lớp 5S." in answer.text
    given = typed(report, file=(BytesIO(PDF), "ban-chup.pdf"))
    coordinator.post(address, data=given, content_type="multipart/form-data")
    page = coordinator.get(at_office(report)).text
    assert "gửi bằng giấy" in page
    assert "ban-chup.pdf" in page


def test_remarks_are_needed_and_reach_the_unit(coordinator, reporter, unit):
    [report] = asked(unit)
    submitted(report)
    assert coordinator.post(f"{at_office(report)}/return", data={}).status_code == 422
    coordinator.post(f"{at_office(report)}/return", data={"reason": "Bổ sung số lớp."})
    page = reporter.get(own(report)).text
    assert "Bổ sung số lớp." in page
    assert "Đã phổ biến kế hoạch cho 12 đơn vị." in page


def test_an_accepted_report_is_accepted_once(coordinator, unit):
    [report] = asked(unit)
    accepted(report)
    given = {"revision": reload(report).revision}
    assert coordinator.post(f"{at_office(report)}/acceptance", data=given).status_code == 409


def test_words_are_accepted_as_they_were_on_the_page_or_not_at_all(coordinator, unit):
    [report] = asked(unit)
    submitted(report)
    page = coordinator.get(at_office(report)).text
    [revision] = re.findall(r'name="revision" value="(\d+)"', page)
    asking.send_back(report.id, reason="Bổ sung.", by=None, now=NOW)
    submitted(reload(report), words("Lần hai."))
    address = f"{at_office(report)}/acceptance"
    answer = coordinator.post(address, data={"revision": revision})
    assert answer.status_code == 409
    assert "Hãy xem lại" in answer.text
    assert coordinator.post(address).status_code == 400
    assert reload(report).state is ReportState.SUBMITTED
    coordinator.post(address, data={"revision": reload(report).revision})
    assert reload(report).state is ReportState.ACCEPTED


def test_late_units_stand_on_the_desk_and_on_the_request(coordinator, sign_in, unit):
    [report] = asked(unit)
    with time_machine.travel(LATE, tick=False):
        client = sign_in(a_coordinator())
        for address in (DESK, f"{DESK}/requests/{report.request.public_id}"):
            page = client.get(address).text
            assert "Hạn 20/07/2026 đã qua" in page
            assert complaints(page) == []


def test_a_report_that_came_late_says_so_wherever_it_stands(sign_in, unit):
    account = a_reporter(unit)
    [report] = asked(unit)
    accepted(report, now=LATE)
    with time_machine.travel(LATE, tick=False):
        client, there = sign_in(a_coordinator()), reload(report)
        for address in (at_office(there), f"{DESK}/requests/{there.request.public_id}"):
            page = client.get(address).text
            assert page.count("Nộp quá hạn 2 ngày") == 1
            assert complaints(page) == []
        assert 'data-label="Nộp quá hạn">1</td>' in client.get(DESK).text
        assert "Nộp quá hạn 2 ngày" in sign_in(account).get("/reporting").text


def test_of_paper_only_the_day_is_known_on_which_it_was_entered(sign_in, unit):
    [report] = asked(unit)
    with time_machine.travel(LATE, tick=False):
        client = sign_in(a_coordinator())
        given = typed(report, file=(BytesIO(PDF), "ban-chup.pdf"))
        address = f"{at_office(report)}/paper"
        client.post(address, data=given, content_type="multipart/form-data")
        page = client.get(at_office(report)).text
    assert "Được nhập sau hạn 2 ngày" in page
    assert "Nộp quá hạn" not in page


def test_a_dissolved_unit_is_named_and_its_report_passed_on(coordinator, sign_in):
    gone = a_department("Phòng Giải thể", valid_to=DUE)
    successor = a_department("Phòng Kế thừa")
    [report] = asked(gone)
    with time_machine.travel(LATE, tick=False):
        client = sign_in(a_coordinator())
        page = client.get(f"{DESK}/requests/{report.request.public_id}").text
        assert "Phòng Giải thể kết thúc ngày 20/07/2026" in page
        given = {"passing-unit": successor.id, "passing-reason": "Sáp nhập."}
        client.post(f"{at_office(report)}/passing-on", data=given)
        page = client.get(at_office(report)).text
        assert "Phòng Kế thừa" in page
        assert "thay Phòng Giải thể" in page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (RoleName.COORDINATOR, 200),
        (RoleName.OFFICIAL, 200),
        (RoleName.ADMINISTRATOR, 403),
        (RoleName.REPORTING_OFFICER, 403),
        (RoleName.TRAINER, 403),
        (RoleName.MEMBER, 403),
    ],
)
def test_coordinators_and_officials_read_and_nobody_else(sign_in, unit, role, status):
    [report] = asked(unit)
    client = sign_in(an_account(role))
    for address in (DESK, at_office(report), f"{DESK}/requests/{report.request.public_id}"):
        assert client.get(address).status_code == status


def test_an_official_only_reads(sign_in, unit):
    [report] = asked(unit)
    submitted(report)
    official = sign_in(an_account(RoleName.OFFICIAL))
    for step in ("acceptance", "return", "closing", "passing-on", "paper"):
        assert official.post(f"{at_office(report)}/{step}").status_code == 403
    assert f"{at_office(report)}/acceptance" not in official.get(at_office(report)).text


def test_who_reports_for_another_unit_finds_nothing(sign_in, unit):
    [report] = asked(unit)
    stranger = sign_in(a_reporter(a_department("Phòng Khác")))
    assert stranger.get(own(report)).status_code == 404
    assert stranger.post(own(report), data=typed(report)).status_code == 404
    assert "Báo cáo sáu tháng" not in stranger.get("/reporting").text


def test_who_no_longer_reports_finds_nothing(coordinator, reporter, unit):
    [report] = asked(unit)
    [assignment] = queries.reporters()
    coordinator.post(f"{DESK}/reporters/{assignment.id}/end")
    assert reporter.get(own(report)).status_code == 404


def test_a_reporter_is_chosen_among_reporting_officers(coordinator, unit):
    account = an_account(RoleName.REPORTING_OFFICER)
    coordinator.post(f"{DESK}/reporters", data={"unit": unit.id, "account": account.id})
    assert queries.units_of(account.id) == {unit.id}
    member = an_account(RoleName.MEMBER)
    given = {"unit": unit.id, "account": member.id}
    assert coordinator.post(f"{DESK}/reporters", data=given).status_code == 422
    assert complaints(coordinator.get(f"{DESK}/reporters").text) == []


def test_reporting_officers_of_one_name_are_told_apart_by_their_addresses(coordinator):
    alone = an_account(RoleName.REPORTING_OFFICER, person=a_person(full_name="Đỗ Thị Hà"))
    two = [
        an_account(RoleName.REPORTING_OFFICER, person=a_person(full_name="Lê An")) for _ in range(2)
    ]
    page = coordinator.get(f"{DESK}/reporters").text
    offered = re.findall(r'<option value="(\d+)">([^<]*)</option>', page)
    assert {(str(one.id), one.email) for one in two} <= set(offered)
    assert (str(alone.id), "Đỗ Thị Hà") in offered


def test_pages_cost_the_same_with_one_report_and_with_twenty(coordinator, count_queries, sign_in):
    unit = a_department()
    reporter = sign_in(a_reporter(unit))
    [report] = asked(unit)
    submitted(report)

    def costs():
        db.session.expire_all()
        found = []
        addresses = (
            (coordinator, DESK),
            (coordinator, f"{DESK}/requests/{report.request.public_id}"),
            (coordinator, at_office(report)),
            (reporter, "/reporting"),
            (reporter, own(report)),
        )
        for client, address in addresses:
            client.get(address)
            with count_queries() as seen:
                assert client.get(address).status_code == 200
            found.append(len(seen))
        return found

    before = costs()
    asked(unit, *[a_department(f"Phòng {n}") for n in range(20)])
    for n in range(5):
        asking.send_back(report.id, reason=f"Lần {n}", by=a_coordinator().id, now=NOW)
        filled = Filled(words(f"Lần {n}"), reload(report).revision)
        writing.submit(report.id, filled, by=None, now=NOW + timedelta(hours=n))
    assert costs() == before


def test_a_reporter_reads_on_the_own_page_what_the_unit_owes_first(sign_in):
    unit = a_department()
    reporter = a_reporter(unit)
    client = sign_in(reporter)
    assert "/reporting/" not in client.get("/me/").text.split("<main")[1]
    asked(unit, title="Báo cáo sau", due_on=DUE + timedelta(days=9))
    [first] = asked(unit, title="Báo cáo trước")
    asked(a_department("Phòng khác"), title="Báo cáo của ai khác")
    page = client.get("/me/?lang=en").text
    assert f'<a href="/reporting/{first.public_id}">Báo cáo trước</a>' in page
    assert "is due on 20/07/2026" in page
    assert "1 more report is asked of you" in page
    with time_machine.travel(LATE, tick=False):
        assert "was due on 20/07/2026" in sign_in(reporter).get("/me/?lang=en").text
    submitted(first)
    assert "Báo cáo sau" in client.get("/me/").text
    assert "Báo cáo trước" not in client.get("/me/").text


def test_the_desk_of_frozen_reports_says_what_departments_owe(sign_in):
    official = sign_in(an_account(RoleName.OFFICIAL))
    assert "reports of departments" not in official.get("/office/reports?lang=en").text
    [report] = asked()
    submitted(report)
    asked(a_department("Phòng Hai"))
    assert "1 report of a department waits to be looked at." in (
        official.get("/office/reports?lang=en").text
    )
    with time_machine.travel(LATE, tick=False):
        page = sign_in(an_account(RoleName.OFFICIAL)).get("/office/reports?lang=en").text
        assert "1 report of a department is late." in page
