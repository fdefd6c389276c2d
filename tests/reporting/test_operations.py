"""Asking, writing, returning, accepting, passing on: what becomes of rows and letters."""

from datetime import UTC, date, datetime, timedelta

import pytest

from club.accounts.models import RoleName
from club.db import db
from club.refusal import RefusedError
from club.reporting import queries
from club.reporting.models import ReportState, RequestKind, StepKind
from club.reporting.operations import asking, writing
from club.reporting.operations.reminding import remind
from club.reporting.operations.reporters import assign, end
from club.reporting.operations.writing import Filled
from club.reporting.rules import ReportingRefusal
from club.reporting.written import Written, from_json
from tests.reporting.kit import (
    DUE,
    LATE,
    NOW,
    a_coordinator,
    a_department,
    a_reporter,
    accepted,
    asked,
    submitted,
    words,
)
from tests.support.factories import an_account, reload
from tests.support.letters import letters_to

pytestmark = pytest.mark.usefixtures("context")


def a_round(now):
    return remind(now=now, stopped=lambda: False)


def kinds_of(report):
    return [step.kind for step in reload(report).steps]


def test_each_unit_gets_a_report_and_its_reporters_a_letter():
    first, second = a_department("Phòng Một"), a_department("Phòng Hai")
    reporter, other = a_reporter(first), a_reporter(second)
    reports = asked(first, second)
    assert [report.state for report in reports] == [ReportState.ASKED] * 2
    for account, report in zip((reporter, other), reports, strict=True):
        [letter] = letters_to(account.person_id, "reporting.asked")
        assert f"/reporting/{report.public_id}" in letter.body_text
        assert "20/07/2026" in letter.body_text


def test_an_account_that_lost_the_role_hears_nothing():
    unit = a_department()
    reporter = a_reporter(unit)
    reporter.roles = []
    db.session.commit()
    asked(unit)
    assert letters_to(reporter.person_id, "reporting.asked") == []


def test_every_step_is_a_row_with_what_was_handed_in():
    unit = a_department()
    reporter, coordinator = a_reporter(unit), a_coordinator()
    [report] = asked(unit)
    submitted(report, words("Lần đầu."), by=reporter.id)
    asking.send_back(report.id, reason="Thiếu số liệu.", by=coordinator.id, now=NOW)
    submitted(report, words("Lần hai."), by=reporter.id)
    asking.accept(report.id, seen=reload(report).revision, by=coordinator.id, now=NOW)
    assert kinds_of(report) == [
        StepKind.ASKED,
        StepKind.SUBMITTED,
        StepKind.RETURNED,
        StepKind.SUBMITTED,
        StepKind.ACCEPTED,
    ]
    handed_in = [step for step in report.steps if step.written]
    first, second = (from_json(step.written).activities[0].words for step in handed_in)
    assert (first, second) == ("Lần đầu.", "Lần hai.")
    [returned] = letters_to(reporter.person_id, "reporting.returned")
    assert "Thiếu số liệu." in returned.body_text
    assert len(letters_to(reporter.person_id, "reporting.accepted")) == 1
    assert len(letters_to(coordinator.person_id, "reporting.submitted")) == 2


def test_a_report_that_came_late_stays_late_and_a_return_makes_none_late():
    late, in_time, never = asked(*[a_department(f"Phòng {n}") for n in range(3)])
    last_moment = datetime(2026, 7, 20, 16, 59, tzinfo=UTC)
    accepted(late, now=last_moment + timedelta(minutes=1))
    submitted(in_time, now=last_moment)
    asking.send_back(in_time.id, reason="Thiếu số liệu.", by=None, now=LATE)
    submitted(reload(in_time), now=LATE + timedelta(days=9))
    assert [reload(one).days_late for one in (late, in_time, never)] == [1, 0, 0]
    assert reload(late).request.handed_in_late == [late]


def test_who_had_another_revision_before_them_overwrites_nothing():
    [report] = asked()
    writing.save(report.id, Filled(words("Của An."), 1), by=None, now=NOW)
    with pytest.raises(RefusedError) as refused:
        writing.submit(report.id, Filled(words("Của Bình."), 1), by=None, now=NOW)
    assert refused.value.refusal is ReportingRefusal.WRITTEN_OVER
    assert from_json(reload(report).written).activities[0].words == "Của An."
    assert reload(report).state is ReportState.IN_WORK


def test_an_empty_report_stays_with_the_unit():
    [report] = asked()
    with pytest.raises(RefusedError) as refused:
        submitted(report, Written())
    assert refused.value.refusal is ReportingRefusal.EMPTY
    assert reload(report).state is ReportState.ASKED


def test_an_ad_hoc_request_asks_its_own_questions():
    [report] = asked(kind=RequestKind.AD_HOC, questions=["Bao nhiêu cơ sở?", "Ai phụ trách?"])
    with pytest.raises(RefusedError):
        submitted(report, Written(answers=["Bốn", ""]))
    submitted(report, Written(answers=["Bốn", "Tổ Kế hoạch"]))
    assert reload(report).state is ReportState.SUBMITTED


def test_paper_is_entered_with_its_scan_and_says_so():
    [report] = asked()
    with pytest.raises(RefusedError) as refused:
        writing.enter_paper(report.id, Filled(words(), 1), by=None, now=NOW)
    assert refused.value.refusal is ReportingRefusal.SCAN_MISSING
    assert not reload(report).on_paper


def test_units_are_reminded_before_the_due_day_and_again_after_it_once_each():
    unit = a_department()
    reporter = a_reporter(unit)
    asked(unit)
    days = [date(2026, 7, 6) + timedelta(days=n) for n in range(31)]
    for day in days:
        morning = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
        a_round(morning)
        a_round(morning + timedelta(hours=6))
    letters = letters_to(reporter.person_id, "reporting.reminder")
    assert [letter.created_at.date().isoformat() for letter in letters] == [
        "2026-07-17",
        "2026-07-27",
        "2026-08-03",
    ]
    assert "đến hạn ngày 20/07/2026" in letters[0].body_text
    assert "Báo cáo quá hạn" in letters[1].subject


def test_who_has_handed_in_is_not_reminded():
    unit = a_department()
    reporter = a_reporter(unit)
    [report] = asked(unit)
    submitted(report)
    assert a_round(LATE) == 0
    assert letters_to(reporter.person_id, "reporting.reminder") == []


def test_a_reminder_at_night_waits_for_the_morning():
    unit = a_department()
    reporter = a_reporter(unit)
    asked(unit)
    night = datetime(2026, 7, 17, 16, 30, tzinfo=UTC)
    a_round(night)
    [letter] = letters_to(reporter.person_id, "reporting.reminder")
    assert letter.next_attempt_at == datetime(2026, 7, 18, 0, 0, tzinfo=UTC)


def test_who_is_late_is_known_from_the_day_after():
    [report] = asked()
    assert queries.late_reports(today=DUE) == []
    assert queries.late_reports(today=DUE + timedelta(days=1)) == [reload(report)]


def test_the_report_of_a_dissolved_unit_passes_to_its_successor_with_what_was_written():
    gone = a_department("Phòng Cũ", valid_to=date(2026, 7, 10))
    successor = a_department("Phòng Mới")
    reporter = a_reporter(successor)
    [report] = asked(gone)
    writing.save(report.id, Filled(words("Đã viết dở."), 1), by=None, now=NOW)
    asking.pass_on(report.id, unit_id=successor.id, reason="Phòng đã giải thể.", by=None, now=LATE)
    report = reload(report)
    assert (report.unit_id, report.asked_unit_id) == (successor.id, gone.id)
    assert from_json(report.written).activities[0].words == "Đã viết dở."
    assert len(letters_to(reporter.person_id, "reporting.asked")) == 1


def test_nothing_passes_to_a_unit_that_has_ended():
    gone = a_department("Phòng Cũ", valid_to=date(2026, 7, 10))
    [report] = asked()
    with pytest.raises(RefusedError) as refused:
        asking.pass_on(report.id, unit_id=gone.id, reason="Sáp nhập.", by=None, now=LATE)
    assert refused.value.refusal is ReportingRefusal.UNIT_ENDED


def test_a_report_is_closed_with_a_reason_and_awaited_no_more():
    [report] = asked()
    asking.close(report.id, reason="Phòng đã giải thể.", by=None, now=LATE)
    assert queries.late_reports(today=date(2026, 12, 1)) == []
    assert reload(report).steps[-1].reason == "Phòng đã giải thể."


def test_only_reporting_officers_report_and_each_once():
    unit = a_department()
    member = an_account(RoleName.MEMBER)
    with pytest.raises(RefusedError) as refused:
        assign(unit.id, member.id, by=None, now=NOW)
    assert refused.value.refusal is ReportingRefusal.NO_REPORTING_OFFICER
    reporter = a_reporter(unit)
    with pytest.raises(RefusedError):
        assign(unit.id, reporter.id, by=None, now=NOW)


def test_an_assignment_that_ended_leaves_nothing_and_can_come_back():
    unit = a_department()
    reporter = a_reporter(unit)
    [assignment] = queries.reporters()
    end(assignment.id, by=None, now=NOW)
    assert queries.units_of(reporter.id) == set()
    assign(unit.id, reporter.id, by=None, now=LATE)
    assert queries.units_of(reporter.id) == {unit.id}
