"""Completing by the rule of a run: before it is closed, in its records, and for the person."""

from decimal import Decimal

import pytest
import time_machine

from club.accounts.models import RoleName
from club.db import db
from club.records.operations import close_run, reopen_run
from club.records.results.facts import Result
from club.records.results.operations import Typed, save_results
from club.records.results.queries import results_of
from club.registration.models import Registration
from tests.records.kit import (
    a_taught_run,
    certificates,
    current_records,
    on_the_list,
    present,
)
from tests.support.factories import NOW, a_person, an_account


@pytest.fixture(autouse=True)
def _on_that_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def run():
    return a_taught_run(post_test_minimum=60, assignment_minimum=100, confirmation_needed=True)


def judged(run, person, **result):
    held = results_of(run.id).get(person.id)
    typed = Typed(Result(**result), held.id if held else None)
    save_results(run.id, {person.id: typed}, by=None, now=NOW)
    return person


def good(run):
    return judged(run, present(run), post_test=Decimal(75), assignment=Decimal(1), confirmed=True)


def test_only_who_has_all_that_is_asked_completes_and_is_certified(run):
    whole = good(run)
    low = judged(run, present(run), post_test=Decimal(55), assignment=Decimal(1), confirmed=True)
    nothing = present(run)
    close_run(run.id, by=None, now=NOW)
    records = current_records(run)
    assert {p: r.completed for p, r in records.items()} == {
        whole.id: True,
        low.id: False,
        nothing.id: False,
    }
    assert all(record.counts for record in records.values())
    assert [c.person_id for c in certificates()] == [whole.id]
    decided = records[low.id]
    assert (decided.result.post_test, decided.scale.post_test) == (55, 100)
    assert records[nothing.id].result is None


def test_a_class_that_asks_for_no_results_is_closed_as_ever():
    run = a_taught_run()
    person = present(run)
    close_run(run.id, by=None, now=NOW)
    assert current_records(run)[person.id].completed


def test_closing_shows_beforehand_who_lacks_what(sign_in, run):
    good(run)
    judged(run, present(run), post_test=Decimal(55), assignment=Decimal(0))
    present(run)
    page = sign_in(an_account(RoleName.COORDINATOR)).get(f"/teaching/runs/{run.code}/closing")
    assert "Bài cuối khóa đạt 55%, cần 60%." in page.text
    assert "Bài tập không đạt." in page.text
    assert "Thiếu điểm cuối khóa." in page.text
    assert "Thiếu kết quả bài tập." in page.text
    assert page.text.count("Giảng viên chưa xác nhận.") == 2


def test_a_result_corrected_after_reopening_decides_anew_and_the_old_record_keeps_the_old(run):
    person = judged(run, present(run), post_test=Decimal(5), assignment=Decimal(1), confirmed=True)
    close_run(run.id, by=None, now=NOW)
    old = current_records(run)[person.id]
    reopen_run(run.id, reason="Ghi nhầm điểm", by=None, now=NOW)
    judged(run, person, post_test=Decimal(65), assignment=Decimal(1), confirmed=True)
    close_run(run.id, by=None, now=NOW)
    new = current_records(run)[person.id]
    assert (old.completed, old.result.post_test) == (False, 5)
    assert (new.completed, new.result.post_test) == (True, 65)


def test_people_read_the_rule_before_they_register(client, run):
    page = client.get(f"/runs/{run.code}")
    assert "Có mặt ít nhất 80% thời gian học." in page.text
    assert "Bài kiểm tra cuối khóa đạt ít nhất 60% điểm tối đa." in page.text
    assert "Bài tập được chấm đạt; nếu chấm điểm thì phải đủ điểm tối đa." in page.text
    assert "Giảng viên xác nhận anh chị đã làm đủ yêu cầu của lớp." in page.text


def test_the_person_reads_the_own_result_and_nobody_elses(sign_in, run):
    account = an_account()
    judged(
        run,
        present(run, on_the_list(run, account.person)),
        post_test=Decimal("57.5"),
        remark="Cần luyện thêm",
    )
    other = judged(run, present(run, on_the_list(run, a_person())), remark="Của người khác")
    registration = db.session.query(Registration).filter_by(person_id=account.person_id).one()
    client = sign_in(account)
    page = client.get(f"/registrations/{registration.public_id}")
    assert "57,5 / 100" in page.text
    assert "Cần luyện thêm" in page.text
    close_run(run.id, by=None, now=NOW)
    page = client.get("/me/records")
    assert "Bài cuối khóa đạt 57,5%, cần 60%." in page.text
    assert "Nhận xét của giảng viên: Cần luyện thêm" in page.text
    assert "Của người khác" not in page.text
    assert other.id != account.person_id


def test_the_page_of_closing_costs_the_same_for_two_and_for_ten(sign_in, run, count_queries):
    client = sign_in(an_account(RoleName.COORDINATOR))

    def asked():
        with count_queries() as queries:
            client.get(f"/teaching/runs/{run.code}/closing")
        return len(queries)

    good(run)
    asked()
    few = asked()
    for _ in range(9):
        good(run)
    assert asked() == few
