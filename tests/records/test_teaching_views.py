import re
import uuid
from datetime import timedelta

import pytest
import time_machine

from club.accounts.models import RoleName
from club.courses.models import RunState, SessionState
from club.db import db
from club.people.models import Person
from club.records.attendance.codes import Scan
from club.records.attendance.models import AttendanceMark, Mark
from club.records.attendance.operations import check_in
from tests.records.kit import a_coordinator, a_taught_run, every, marked, marks_now, on_the_list
from tests.support.factories import (
    NOW,
    a_person,
    a_run,
    an_account,
    an_organisation,
)


@pytest.fixture(autouse=True)
def _on_that_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def trainer():
    return an_account(RoleName.TRAINER)


@pytest.fixture
def run(trainer):
    """A run that began half an hour ago, taught by ``trainer``, with three people."""
    run = a_run(sessions=2, starts_at=NOW - timedelta(minutes=30), trainers=[trainer.person])
    for name in ("Nguyễn Văn Đạt", "Trần Thị Châu", "Lê Văn Dũng"):
        on_the_list(run, a_person(full_name=name))
    return run


def roll(run, session=0):
    return f"/teaching/runs/{run.code}/attendance?session={run.sessions[session].public_id}"


def tap(client, run, person, mark, session=0, **more):
    form = {"person": str(person.public_id), "mark": mark, **more}
    return client.post(roll(run, session), data=form)


def someone(name="Trần Thị Châu"):
    return db.session.query(Person).filter_by(full_name=name).one()


def names(page):
    return re.findall(r'class="roll-name"[^>]*>\s*([^<\n]+?)\s*<', page.text)


def pressed(page):
    return re.findall(r'value="(\w+)"\s+aria-pressed="true"', page.text)


def test_the_list_is_in_the_order_of_given_names(sign_in, trainer, run):
    page = sign_in(trainer).get(roll(run))
    assert names(page) == ["Trần Thị Châu", "Lê Văn Dũng", "Nguyễn Văn Đạt"]
    assert pressed(page) == []


def test_without_a_session_in_the_address_the_one_of_now_is_shown(sign_in, trainer, run):
    answer = sign_in(trainer).get(f"/teaching/runs/{run.code}/attendance")
    assert (answer.status_code, answer.location) == (302, roll(run))


def test_without_a_script_a_tap_leads_back_to_the_line(sign_in, trainer, run):
    client, person = sign_in(trainer), someone()
    answer = tap(client, run, person, "absent")
    assert answer.status_code == 302
    assert answer.location == f"{roll(run)}#p-{person.public_id}"
    assert pressed(client.get(roll(run))) == ["absent"]


def test_minutes_are_saved_with_the_mark(sign_in, trainer, run):
    tap(sign_in(trainer), run, someone(), "late", minutes="90")
    assert [m.minutes for m in every(AttendanceMark)] == [90]


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": "-5"},
        {"minutes": "1441"},
        {"minutes": "hai"},
        {"minutes": "9" * 5000},
        {"mark": "sick"},
        {"mark": ""},
        {"person": "nobody"},
        {"person": ""},
    ],
)
def test_what_cannot_be_read_is_answered_with_words_and_nothing_is_saved(
    sign_in, trainer, run, wrong
):
    form = {"person": str(someone().public_id), "mark": "late"} | wrong
    page = sign_in(trainer).post(roll(run), data=form)
    assert (page.status_code, 'notice-bad" role="alert"' in page.text) == (422, True)
    assert every(AttendanceMark) == []


def test_more_minutes_than_the_session_has_are_refused_in_vietnamese(sign_in, trainer, run):
    answer = tap(sign_in(trainer), run, someone(), "late", minutes="241")
    assert answer.status_code == 422
    assert "Số phút này dài hơn cả buổi học." in answer.text


@pytest.mark.parametrize("typed", ["241", "-5", "hai"])
def test_refused_minutes_stay_in_their_field(sign_in, trainer, run, typed):
    form = {"person": str(someone().public_id), "mark": "late", "minutes": typed}
    marked(run, someone(), Mark.LATE)
    page = sign_in(trainer).post(roll(run), data=form)
    assert page.status_code == 422
    assert re.findall(r'<details class="roll-minutes" open>', page.text) == [
        '<details class="roll-minutes" open>'
    ]
    assert f'value="{typed}"' in page.text


def test_the_minutes_of_who_is_present_can_be_changed_too(sign_in, trainer, run):
    client = sign_in(trainer)
    tap(client, run, someone(), "present")
    tap(client, run, someone(), "present", minutes="200")
    assert [(m.mark, m.minutes) for m in every(AttendanceMark)] == [(Mark.PRESENT, 200)]
    page = client.get(roll(run))
    assert "200 phút" in page.text
    assert re.findall(r'name="mark"\s+value="(\w+)">', page.text) == ["present", "late", "late"]
    tap(client, run, someone(), "present", minutes="")
    assert [m.minutes for m in every(AttendanceMark)] == [None]


def test_somebody_who_is_not_on_the_list_is_refused(sign_in, trainer, run):
    answer = tap(sign_in(trainer), run, a_person(), "present")
    assert answer.status_code == 409
    assert "chưa có trong danh sách" in answer.text


def test_somebody_who_does_not_exist_is_not_found(sign_in, trainer, run):
    form = {"person": str(uuid.uuid4()), "mark": "present"}
    assert sign_in(trainer).post(roll(run), data=form).status_code == 404


def test_a_session_of_tomorrow_is_refused_and_shown_without_working_buttons(sign_in, trainer, run):
    client = sign_in(trainer)
    answer = tap(client, run, someone(), "present", session=1)
    assert answer.status_code == 409
    page = client.get(roll(run, 1))
    assert page.text.count("disabled") == 4 * 3
    assert "Buổi này chưa bắt đầu" in page.text


@pytest.mark.parametrize("session", ["nonsense", "dc045917-a484-4957-b7c9-a7166a0ad17f"])
def test_a_session_of_another_run_is_not_found(sign_in, trainer, run, session):
    address = f"/teaching/runs/{run.code}/attendance?session={session}"
    client = sign_in(trainer)
    assert client.get(address).status_code == 404
    assert client.post(address, data={"mark": "late"}).status_code == 404


def test_the_rest_is_marked_present_with_one_button(sign_in, trainer, run):
    marked(run, someone(), Mark.ABSENT)
    client = sign_in(trainer)
    answer = client.post(roll(run).replace("attendance?", "attendance/rest?"))
    assert answer.status_code == 302
    assert sorted(marks_now()) == [Mark.ABSENT, Mark.PRESENT, Mark.PRESENT]
    assert "Đã ghi có mặt cho 2 người." in client.get(answer.location).text


def test_the_history_page_tells_who_changed_what(sign_in, trainer, run):
    client = sign_in(trainer)
    for mark in ("absent", "late"):
        tap(client, run, someone(), mark)
    page = client.get(roll(run).replace("attendance?", "attendance/history?"))
    assert [page.text.count(w) for w in (">Muộn<", ">Vắng<", ">đang tính<")] == [1, 1, 1]
    assert page.text.count(trainer.person.full_name) >= 2


def test_the_list_and_the_history_tell_how_a_mark_was_taken_and_who_confirmed(
    sign_in, trainer, run
):
    visitor = an_account(person=someone())
    scan = Scan(shown_by=trainer.id, at=NOW)
    check_in(run.sessions[0].id, visitor.person_id, scan=scan, by=visitor.id, now=NOW)
    client = sign_in(trainer)
    assert re.findall(r"roll-source\">, ([^<]+)<", client.get(roll(run)).text) == ["tự điểm danh"]
    page = client.get(roll(run).replace("attendance?", "attendance/history?"))
    assert ">Tự điểm danh<" in page.text
    assert f"{trainer.person.full_name} xác nhận" in page.text


def test_the_desk_shows_a_trainer_the_own_runs_and_a_coordinator_all(sign_in, trainer, run):
    other = a_taught_run()
    own = sign_in(trainer).get("/teaching/").text
    every_run = sign_in(a_coordinator()).get("/teaching/").text
    assert (run.code in own, other.code in own) == (True, False)
    assert (run.code in every_run, other.code in every_run) == (True, True)


def test_the_desk_sorts_runs_by_what_is_to_be_done(sign_in, trainer, run):
    a_taught_run(trainers=[trainer.person], code="OVER-2026-01")
    a_run(trainers=[trainer.person], code="SOON-2026-01", starts_at=NOW + timedelta(days=3))
    text = sign_in(trainer).get("/teaching/").text
    today, to_close, coming = (text.index(f'id="{i}"') for i in ("today", "to-close", "coming"))
    assert today < text.index(run.code) < to_close
    assert to_close < text.index("OVER-2026-01") < coming < text.index("SOON-2026-01")
    assert "Lớp SOON-2026-01, danh sách chưa có ai" in text


@pytest.mark.parametrize(
    ("role", "own", "status"),
    [
        (RoleName.TRAINER, True, 200),
        (RoleName.TRAINER, False, 404),
        (RoleName.COORDINATOR, False, 200),
        (RoleName.ADMINISTRATOR, False, 200),
        (RoleName.OFFICIAL, False, 403),
        (RoleName.ASSESSOR, True, 403),
        (RoleName.MEMBER, True, 403),
    ],
)
def test_who_may_take_attendance(sign_in, role, own, status):
    account = an_account(role)
    run = a_taught_run(trainers=[account.person] if own else [])
    person = on_the_list(run)
    client = sign_in(account)
    for page in ("attendance", "attendance/history", "walk-ins", "closing"):
        answer = client.get(f"/teaching/runs/{run.code}/{page}", follow_redirects=True)
        assert answer.status_code == status
    marks = tap(client, run, person, "present")
    assert marks.status_code == (302 if status == 200 else status)
    for page in ("attendance/rest", "walk-ins", "closing"):
        answer = client.post(f"/teaching/runs/{run.code}/{page}", data={})
        assert (answer.status_code in {403, 404}) is (status in {403, 404})


def test_who_is_not_signed_in_is_asked_to(client, run):
    assert client.get(roll(run)).status_code == 302
    assert tap(client, run, someone(), "present").status_code == 401
    assert every(AttendanceMark) == []


def test_an_unknown_run_is_not_found(sign_in):
    assert sign_in(a_coordinator()).get("/teaching/runs/X-2026-99/attendance").status_code == 404


def test_a_run_without_sessions_says_so(sign_in, trainer):
    run = a_run(sessions=0, trainers=[trainer.person])
    page = sign_in(trainer).get(f"/teaching/runs/{run.code}/attendance")
    assert (page.status_code, "chưa có buổi học nào" in page.text) == (200, True)


def test_the_list_costs_the_same_queries_for_one_and_for_twenty(sign_in, trainer, count_queries):
    def queries_with(people):
        run = a_taught_run(trainers=[trainer.person])
        for _ in range(people):
            firm = an_organisation()
            person = on_the_list(run, organisation_id=firm.id)
            marked(run, person, Mark.PRESENT, by=trainer.id)
        client = sign_in(trainer)
        with count_queries() as seen:
            assert client.get(roll(run)).status_code == 200
        return len(seen)

    assert queries_with(1) == queries_with(20)


def test_the_desk_costs_the_same_queries_for_one_and_for_twenty(sign_in, trainer, count_queries):
    def queries_with(runs):
        for _ in range(runs):
            a_taught_run(trainers=[trainer.person])
            a_run(trainers=[trainer.person])
        client = sign_in(trainer)
        with count_queries() as seen:
            client.get("/teaching/")
        return len(seen)

    assert queries_with(1) == queries_with(19)


def kept_lists(page):
    return re.findall(r'href="([^"]+)"\s+data-keep-list', page.text)


def test_the_phone_keeps_the_lists_of_what_one_teaches_today_and_in_the_next_three_days(
    sign_in, trainer
):
    day = timedelta(days=1)
    run = a_run(sessions=6, starts_at=NOW - day, trainers=[trainer.person])
    a_run(starts_at=NOW)  # taught by somebody else
    a_run(starts_at=NOW, trainers=[trainer.person], state=RunState.DRAFT)
    run.sessions[2].state = SessionState.CANCELLED
    db.session.commit()
    page = sign_in(trainer).get("/teaching/")
    assert kept_lists(page) == [roll(run, 1), roll(run, 3), roll(run, 4)]


def test_a_coordinator_keeps_only_the_lists_of_what_he_teaches(sign_in):
    coordinator = a_coordinator()
    a_run(starts_at=NOW)
    own = a_run(starts_at=NOW, trainers=[coordinator.person])
    page = sign_in(coordinator).get("/teaching/")
    assert kept_lists(page) == [roll(own)]


def test_a_list_before_its_time_says_when_it_opens(sign_in, trainer, run):
    page = sign_in(trainer).get(roll(run, 1))
    opens_at = int((run.sessions[1].starts_at - timedelta(hours=1)).timestamp() * 1000)
    assert f'data-roll-opens-at="{opens_at}"' in page.text
    assert "data-roll-opens-at" not in sign_in(trainer).get(roll(run)).text
