"""Checking in by the code on the trainer's screen."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine

from club.accounts.models import RoleName
from club.courses.models import RunState, SessionState
from club.db import transaction
from club.records.attendance import codes
from club.records.attendance.models import AttendanceChange, AttendanceMark, Mark, MarkSource
from tests.records.kit import every, marked, marks_now, on_the_list
from tests.support.factories import NOW, a_person, a_run, an_account

#: The session begins at NOW.
MINUTE = timedelta(minutes=1)


@pytest.fixture
def at():
    """``at(moment)`` sets every clock."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller.move_to


@pytest.fixture
def trainer():
    return an_account(RoleName.TRAINER)


@pytest.fixture
def run(at, trainer):
    return a_run(sessions=2, starts_at=NOW, trainers=[trainer.person])


@pytest.fixture
def person(run):
    account = an_account(person=a_person(full_name="Trần Thị Châu"))
    on_the_list(run, account.person)
    return account


@pytest.fixture
def phone(sign_in, person):
    """Theirs."""
    return sign_in(person)


@pytest.fixture
def beamer(sign_in, trainer, run):
    """A window of the trainer."""
    return sign_in(trainer)


def screen(run, session=0, *, page=""):
    return f"/teaching/runs/{run.code}/check-in{page}?session={run.sessions[session].public_id}"


def code_on(page):
    """Where the code on the screen leads to."""
    return urlsplit(re.search(r'href="([^"]+)"\s+id="check-in-code"', page.text)[1]).path


def code_shown(beamer, run):
    return code_on(beamer.get(screen(run)))


def scanned(client, code):
    """The camera's address was opened, and what it leads to."""
    return client.get(code, follow_redirects=True)


def arrived(page):
    return re.findall(r"<p>\s*([^<\n]+?)\s*<span class=\"roll-org\">", page.text)


def test_who_scans_and_confirms_is_present_and_appears_on_the_screen(
    trainer, beamer, run, person, phone
):
    page = scanned(phone, code_on(beamer.get(screen(run))))
    assert (page.request.path, "Trần Thị Châu" in page.text) == ("/check-in", True)
    assert every(AttendanceMark) == []
    page = phone.post("/check-in", follow_redirects=True)
    assert "Anh chị đã được ghi: có mặt, lúc 9:00." in page.text
    (mark,) = every(AttendanceMark)
    assert (mark.mark, mark.source) == (Mark.PRESENT, MarkSource.SELF_CHECK_IN)
    assert (mark.marked_by_id, mark.confirmed_by_id) == (person.id, trainer.id)
    now = beamer.get(screen(run, page="/now"))
    assert (arrived(now), "1/1" in now.text) == (["Trần Thị Châu"], True)


def test_the_code_changes_every_twenty_seconds(at, beamer, run):
    seen = []
    for seconds in (0, 19, 20, 40):
        at(NOW + timedelta(seconds=seconds))
        seen.append(code_on(beamer.get(screen(run, page="/now"))))
    assert [seen[0] == code for code in seen] == [True, True, False, False]
    assert seen[2] != seen[3]


@pytest.mark.parametrize(("seconds", "status"), [(0, 200), (80, 200), (81, 409), (3600, 409)])
def test_codes_of_the_past_minute_count(at, beamer, run, phone, seconds, status):
    """The code of NOW leaves the screen 20 seconds later."""
    code = code_shown(beamer, run)
    at(NOW + timedelta(seconds=seconds))
    page = scanned(phone, code)
    assert page.status_code == status
    assert ("Mã này đã cũ. Quét lại mã đang hiện trên màn hình." in page.text) is (status == 409)


def test_an_old_code_does_not_undo_a_scan_that_counted(at, beamer, run, phone):
    old = code_shown(beamer, run)
    at(NOW + 5 * MINUTE)
    scanned(phone, code_shown(beamer, run))
    scanned(phone, old)
    assert phone.post("/check-in").status_code == 302
    assert marks_now() == [Mark.PRESENT]


@pytest.mark.parametrize("token", ["nonsense", "WzEsMSwxXQ.AAAA", "x" * 3000])
def test_a_code_that_was_on_no_screen_is_not_found(phone, token):
    assert phone.get(f"/check-in/{token}").status_code == 404


def test_who_is_not_signed_in_does_so_first_and_has_ten_minutes(at, client, beamer, run, person):
    code = code_shown(beamer, run)
    first = client.get(code)
    assert (first.status_code, first.location) == (302, "/check-in")
    assert client.get("/check-in").location == "/login?next=/check-in"
    at(NOW + 9 * MINUTE)
    signed_in = client.post(
        "/login?next=/check-in", data={"email": person.email, "password": "secret-2026"}
    )
    assert (signed_in.status_code, signed_in.location) == (302, "/check-in")
    assert client.post("/check-in").status_code == 302
    assert marks_now() == [Mark.PRESENT]


def test_after_ten_minutes_the_code_is_scanned_again(at, beamer, run, phone):
    scanned(phone, code_shown(beamer, run))
    at(NOW + 11 * MINUTE)
    answer = phone.post("/check-in")
    assert (answer.status_code, "quét mã trên màn hình" in answer.text) == (409, True)
    assert every(AttendanceMark) == []


@pytest.mark.parametrize(
    ("minutes", "mark"), [(0, Mark.PRESENT), (15, Mark.PRESENT), (16, Mark.LATE)]
)
def test_who_scans_more_than_a_quarter_of_an_hour_after_the_start_is_late(
    at, beamer, run, phone, minutes, mark
):
    at(NOW + minutes * MINUTE)
    scanned(phone, code_shown(beamer, run))
    at(NOW + (minutes + 5) * MINUTE)
    phone.post("/check-in")
    assert marks_now() == [mark]


def test_a_second_scan_makes_nobody_late(at, beamer, run, phone):
    for moment in (NOW, NOW + 40 * MINUTE):
        at(moment)
        scanned(phone, code_shown(beamer, run))
        phone.post("/check-in")
    assert (marks_now(), every(AttendanceChange)) == ([Mark.PRESENT], [])


def test_who_is_not_on_the_list_is_told_what_to_do(sign_in, beamer, run):
    phone = sign_in(an_account())
    page = scanned(phone, code_shown(beamer, run))
    assert "Anh chị chưa có tên trong danh sách lớp này. Hãy báo giảng viên" in page.text
    assert "Tôi có mặt" not in page.text
    answer = phone.post("/check-in")
    assert (answer.status_code, "Hãy báo giảng viên" in answer.text) == (409, True)
    assert every(AttendanceMark) == []


def test_who_was_struck_out_is_absent_and_no_code_counts_any_more(
    at, trainer, beamer, run, person, phone
):
    code = code_on(beamer.get(screen(run)))
    scanned(phone, code)
    phone.post("/check-in")
    form = {"person": str(person.person.public_id)}
    at(NOW + timedelta(seconds=5))
    page = beamer.post(screen(run, page="/strike-out"), data=form, follow_redirects=True)
    assert ("Đã ghi Trần Thị Châu vắng." in page.text, arrived(page)) == (True, [])
    for again in (code, code_on(page)):
        assert "Giảng viên đã ghi anh chị không có mặt" in scanned(phone, again).text
        assert phone.post("/check-in").status_code == 409
    assert marks_now() == [Mark.ABSENT]
    (change,) = every(AttendanceChange)
    assert (change.mark, change.source) == (Mark.PRESENT, MarkSource.SELF_CHECK_IN)
    assert (change.marked_by_id, change.confirmed_by_id) == (person.id, trainer.id)


def test_a_strike_without_a_person_is_refused(beamer, run):
    assert beamer.post(screen(run, page="/strike-out"), data={}).status_code == 422


def test_checking_in_never_overrules_the_trainer(trainer, beamer, run, person, phone):
    marked(run, person.person, Mark.EXCUSED, by=trainer.id)
    scanned(phone, code_shown(beamer, run))
    assert phone.post("/check-in").status_code == 409
    assert marks_now() == [Mark.EXCUSED]


@pytest.mark.parametrize(
    ("minutes", "session", "words"),
    [
        (0, 1, "Buổi này chưa bắt đầu"),
        (241, 0, "Buổi học đã kết thúc. Bây giờ chỉ giảng viên điểm danh được."),
    ],
)
def test_a_session_that_is_not_on_shows_no_code(at, beamer, run, minutes, session, words):
    at(NOW + minutes * MINUTE)
    page = beamer.get(screen(run, session))
    assert (page.status_code, words in page.text, "<path" in page.text) == (200, True, False)


@pytest.mark.parametrize("what", ["session cancelled", "run closed", "run cancelled"])
def test_a_code_counts_only_while_attendance_is_taken(beamer, run, phone, what):
    scanned(phone, code_shown(beamer, run))
    with transaction():
        if what == "session cancelled":
            run.sessions[0].state = SessionState.CANCELLED
        else:
            run.state = RunState.CLOSED if what == "run closed" else RunState.CANCELLED
    assert phone.post("/check-in").status_code == 409
    assert every(AttendanceMark) == []


def test_without_a_scan_the_page_says_what_to_do(phone):
    page = phone.get("/check-in")
    assert "Trước hết, quét mã trên màn hình của giảng viên." in page.text


def test_a_run_without_sessions_has_no_screen(sign_in, trainer, at):
    run = a_run(sessions=0, trainers=[trainer.person])
    assert sign_in(trainer).get(f"/teaching/runs/{run.code}/check-in").status_code == 404


def test_a_code_holds_nothing_that_can_be_made_up():
    code = codes.code_shown(7, by=3, now=NOW)
    assert codes.code_of(code).session_id == 7
    for changed in (code[:-1], "A" + code[1:], code + "A", ""):
        assert codes.code_of(changed) is None


def test_the_screen_costs_the_same_queries_for_one_and_for_twenty(
    sign_in, trainer, beamer, at, count_queries
):
    def queries_with(people):
        run = a_run(starts_at=NOW, trainers=[trainer.person])
        for _ in range(people):
            account = an_account()
            on_the_list(run, account.person)
            phone = sign_in(account)
            scanned(phone, code_shown(beamer, run))
            phone.post("/check-in")
        with count_queries() as seen:
            assert len(arrived(beamer.get(screen(run, page="/now")))) == people
        return len(seen)

    assert queries_with(1) == queries_with(20)


def test_without_an_account_the_way_in_says_that_the_trainer_taps(client, beamer, run):
    code = code_shown(beamer, run)
    page = client.get(code, follow_redirects=True)
    assert "Chưa có tài khoản thì không cần đăng nhập: anh chị báo tên với giảng viên." in page.text


def test_with_an_account_nothing_is_said_of_that(phone, beamer, run):
    page = phone.get(code_shown(beamer, run), follow_redirects=True)
    assert "Chưa có tài khoản" not in page.text
