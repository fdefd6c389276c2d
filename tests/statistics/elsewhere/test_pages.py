"""What others report: entered with its document, corrected with a reason, never among the figures."""

import csv
import io
import re
from datetime import date

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import transaction
from club.periods import Cut, named_period
from club.refusal import RefusedError
from club.statistics.elsewhere import operations, queries
from club.statistics.elsewhere.models import ReportedTraining
from club.statistics.elsewhere.rules import ElsewhereRefusal
from club.statistics.figures import trainee_counts
from tests.records.kit import every
from tests.statistics.elsewhere.kit import a_reported_training, facts
from tests.support.factories import NOW, a_topic, a_unit, an_account
from tests.support.pages import words

DESK = "/office/training-reported"
YEAR = named_period("2026", Cut.CALENDAR)


@pytest.fixture(autouse=True)
def _present_moment():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def official(sign_in):
    return sign_in(an_account(RoleName.OFFICIAL))


def typed(**given):
    return {
        "unit": str(a_unit(name="Phường Báo Cáo").id), "topic": str(a_topic().id),
        "first_day": "2026-01-05", "last_day": "2026-01-07", "audience": "enterprise",
        "turns": "40", "hours": "", "source": "12/BC-PKT",
    } | given  # fmt: skip


def test_an_official_enters_what_a_unit_reports(official):
    answer = official.post(f"{DESK}/new", data=typed())
    assert answer.status_code == 302
    (row,) = queries.reported_in(YEAR)
    assert (row.turns, row.minutes, row.source, row.number) == (40, None, "12/BC-PKT", 1)
    page = words(official.get(f"{DESK}?period=2026&cut=calendar"))
    assert "Phường Báo Cáo" in page
    assert "40" in page
    assert [e.action for e in every(AuditEntry)][-1] == "statistics.enter_elsewhere"


@pytest.mark.parametrize(
    ("typed_hours", "minutes", "shown"),
    [
        ("320", 320 * 60, "320"),
        ("12,5", 750, "12,5"),
        ("0,33", 20, "0,33"),
        ("1.320", 79_200, "1.320"),
        ("0", 0, "0"),
    ],
)
def test_hours_may_be_parts_of_an_hour(official, typed_hours, minutes, shown):
    data = typed(hours=typed_hours)
    assert official.post(f"{DESK}/new", data=data).status_code == 302
    (row,) = queries.reported_in(YEAR)
    assert row.minutes == minutes
    page = official.get(f"{DESK}/{row.public_id}").text
    assert f'<span class="num">{shown}</span>' in page
    # What the form shows says the same when it is sent again.
    [again] = re.findall(r'name="hours"[^>]*value="([^"]*)"', page)
    said = data | {"hours": again, "seen": "1", "turns": "35", "reason": "Đếm trùng"}
    assert official.post(f"{DESK}/{row.public_id}/correction", data=said).status_code == 302
    (row,) = queries.reported_in(YEAR)
    assert (row.turns, row.minutes) == (35, minutes)


def test_hours_of_all_reports_are_added_up_in_minutes(official):
    for _ in range(3):
        a_reported_training(minutes=20)
    page = words(official.get(f"{DESK}?period=2026&cut=calendar"))
    assert "120 lượt" in page
    assert "1 giờ" in page


def test_it_is_never_among_the_clubs_turns_or_people(official):
    a_reported_training()
    total = trainee_counts(YEAR, as_of=NOW).total
    assert (total.turns, total.people) == (0, 0)
    answer = official.get("/statistics/trainees.json?period=2026&cut=calendar").json
    assert answer["total"]["turns"] == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"turns": "0"}, "Ghi số lượt"),
        ({"turns": "-1"}, "Ghi một số từ 0"),
        ({"turns": "99999999999999999999"}, "Ghi một số từ 0"),
        ({"turns": "nhiều"}, "số nguyên"),
        ({"hours": "nhiều"}, "Ghi một số"),
        ({"hours": "-0,5"}, "Ghi một số từ 0"),
        ({"hours": "100000001"}, "Ghi một số từ 0"),
        ({"first_day": "2026-01-08"}, "Ngày đầu đang sau ngày cuối"),
        ({"last_day": "2026-12-30"}, "chưa kết thúc"),
        ({"source": ""}, "Ghi văn bản nào báo cáo số này"),
        ({"unit": "0"}, "Chọn"),
        ({"audience": "nobody"}, "Chọn"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(official, given, said):
    answer = official.post(f"{DESK}/new", data=typed(**given))
    assert answer.status_code == 422
    assert said in words(answer)
    assert given.get("source", "12/BC-PKT") in answer.text
    assert every(ReportedTraining) == []


def test_the_same_report_is_entered_once(official):
    data = typed()
    official.post(f"{DESK}/new", data=data)
    again = official.post(f"{DESK}/new", data=data)
    assert again.status_code == 409
    assert "đã báo cáo" in words(again)
    assert len(every(ReportedTraining)) == 1


def test_a_correction_takes_its_place_and_both_can_be_read(official):
    data = typed()
    official.post(f"{DESK}/new", data=data)
    (entry,) = queries.reported_in(YEAR)
    address = f"{DESK}/{entry.public_id}"
    unsaid = official.post(f"{address}/correction", data=data | {"seen": "1", "turns": "35"})
    assert unsaid.status_code == 422
    said = data | {"seen": "1", "turns": "35", "reason": "Đếm trùng một buổi"}
    assert official.post(f"{address}/correction", data=said).status_code == 302
    assert [row.turns for row in queries.reported_in(YEAR)] == [35]
    page = words(official.get(address))
    assert "40" in page
    assert "Đếm trùng một buổi" in page
    overtaken = official.post(f"{address}/correction", data=said | {"turns": "34"})
    assert overtaken.status_code == 409


def test_a_report_can_be_taken_back_and_entered_anew():
    entry = a_reported_training()
    same = {"unit_id": entry.unit_id, "topic_id": entry.topic_id}
    operations.correct(
        entry.public_id, facts(turns=0, **same), seen=1, reason="Gửi nhầm", by=None, now=NOW
    )
    assert queries.reported_in(YEAR) == []
    assert len(queries.history_of(entry.public_id)) == 2
    a_reported_training(**same)
    assert len(queries.reported_in(YEAR)) == 1


def test_two_corrections_of_the_same_do_not_both_hold():
    entry = a_reported_training()
    same = {"unit_id": entry.unit_id, "topic_id": entry.topic_id}
    operations.correct(entry.public_id, facts(**same), seen=1, reason="Sửa", by=None, now=NOW)
    with pytest.raises(RefusedError) as refused:
        operations.correct(entry.public_id, facts(**same), seen=1, reason="Sửa", by=None, now=NOW)
    assert refused.value.refusal is ElsewhereRefusal.CORRECTED


def test_it_belongs_to_the_period_of_its_last_day():
    a_reported_training(first_day=date(2025, 12, 1), last_day=date(2025, 12, 15))
    assert len(queries.reported_in(named_period("2026", Cut.REPORT))) == 1
    assert queries.reported_in(YEAR) == []


def test_the_database_refuses_a_first_report_of_nobody():
    row = a_reported_training()
    with pytest.raises(IntegrityError), transaction():
        row.turns = 0


def test_the_file_says_the_same(official):
    entry = a_reported_training(turns=12, minutes=96 * 60 + 20)
    text = official.get(f"{DESK}.csv?period=2026&cut=calendar").data.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["unit"], row["turns"], row["hours"]) == (entry.unit.key, "12", "96.33")
    assert official.get(f"{DESK}.csv?period=x").status_code == 422
    assert official.get(f"{DESK}?period=x").status_code == 422


@pytest.mark.parametrize("role", [None, RoleName.MEMBER, RoleName.REPORTING_OFFICER])
def test_others_do_not_get_in(client, sign_in, role):
    asking = sign_in(an_account(role)) if role else client
    for address in (DESK, f"{DESK}.csv", f"{DESK}/new"):
        assert asking.get(address).status_code in {302, 401, 403}


@pytest.mark.parametrize("reports", [1, 20])
def test_the_list_costs_the_same_however_long(official, count_queries, reports):
    for _ in range(reports):
        a_reported_training()
    official.get(f"{DESK}?period=2026")
    with count_queries() as seen:
        official.get(f"{DESK}?period=2026")
    assert len(seen) <= 4
