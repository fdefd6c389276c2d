"""What the phone hears of each mark that it sent, and what is refused."""

from datetime import timedelta

import pytest

from club.accounts.models import RoleName
from club.courses.models import RunState, SessionState
from club.db import transaction
from club.records.attendance.models import AttendanceMark, Mark, SentMark
from club.records.attendance.sent_form import MOST
from club.records.attendance.sent_marks import forget_sent_ids
from tests.records.kit import a_trainer, every, marked, marks_now, on_the_list
from tests.records.sent_marks.kit import MINUTE, SENT, address, send, tapped
from tests.support.factories import NOW, a_person, a_run, an_account


def test_a_phone_that_did_not_hear_the_answer_is_told_again(phone, trainer, run, person):
    marked(run, person, Mark.ABSENT, by=a_trainer().id, now=NOW + 30 * MINUTE)
    tap = tapped(person, "present", NOW + 5 * MINUTE)
    client = phone(trainer)
    (first,), (second,) = (send(client, run, tap).json["marks"] for _ in range(2))
    assert first["contradiction"] == second["contradiction"]
    assert "đã ghi: vắng" in second["contradiction"]


def test_the_list_names_what_was_seen(phone, trainer, run, person):
    marked(run, person, Mark.ABSENT, by=a_trainer().id, now=NOW + 5 * MINUTE)
    page = phone(trainer)[0].get(address(run).replace("/marks?", "?")).text
    assert f'data-version="{every(AttendanceMark)[0].version}"' in page


def test_every_page_of_a_class_shows_what_waits_on_the_phone(phone, trainer, run, person):
    client = phone(trainer)[0]
    session = run.sessions[0].public_id
    pages = [
        "attendance", "attendance/history", "walk-ins", "paper-list", "online-list", "results",
        "results/history", "closing",
    ]  # fmt: skip
    for page in pages:
        shown = client.get(f"/teaching/runs/{run.code}/{page}?session={session}")
        assert (shown.status_code, page, shown.text.count("data-unsent=")) == (200, page, 1)
        assert shown.text.count("data-noted-elsewhere=") == 1
        assert shown.text.count("css/records.css") == 1


def test_a_tap_leaves_the_minutes_of_the_same_mark(phone, trainer, run, person):
    marked(run, person, Mark.LATE, by=trainer.id, now=NOW + MINUTE)
    with transaction():
        every(AttendanceMark)[0].minutes = 90
    client = phone(trainer)
    send(client, run, tapped(person, "late", SENT))
    assert [m.minutes for m in every(AttendanceMark)] == [90]
    send(client, run, tapped(person, "present", SENT))
    assert [m.minutes for m in every(AttendanceMark)] == [None]


def test_each_mark_is_answered_by_itself(phone, trainer, run, person):
    stranger = a_person()
    answer = send(phone(trainer), run, tapped(stranger, "present"), tapped(person, "present"))
    assert sorted(a["error"] or "" for a in answer.json["marks"]) == [
        "",
        "Người này chưa có trong danh sách lớp. Thêm vào danh sách trước.",
    ]
    assert marks_now() == [Mark.PRESENT]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("run closed", "Lớp này đã chốt."),
        ("run cancelled", "Lớp này đã hủy"),
        ("session cancelled", "Buổi này đã hủy"),
    ],
)
def test_what_can_no_longer_be_marked_is_refused_with_a_sentence_and_may_be_sent_again(
    phone, trainer, run, person, what, words
):
    with transaction():
        if what == "session cancelled":
            run.sessions[0].state = SessionState.CANCELLED
        else:
            run.state = RunState.CLOSED if what == "run closed" else RunState.CANCELLED
    client, tap = phone(trainer), tapped(person, "present")
    (answer,) = send(client, run, tap).json["marks"]
    assert (answer["held"], words in answer["error"]) == (None, True)
    assert (every(AttendanceMark), every(SentMark)) == ([], [])
    with transaction():
        run.sessions[0].state, run.state = SessionState.PLANNED, RunState.PUBLISHED
    send(client, run, tap)
    assert marks_now() == [Mark.PRESENT]


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "x",
        {},
        {"sent_at": 0},
        {"sent_at": "now", "marks": []},
        {"sent_at": 1e30, "marks": []},
        {"sent_at": 0, "marks": 7},
        {"sent_at": 0, "marks": ["x"]},
        {"sent_at": 0, "marks": [{"id": "1"}]},
    ],
)
def test_what_no_phone_of_ours_sends_is_refused(phone, trainer, run, body):
    answer = phone(trainer)[0].post(address(run), json=body)
    assert (answer.status_code, "Tải lại trang" in answer.json["error"]) == (422, True)


def test_what_is_nested_too_deep_to_be_read_is_refused(phone, trainer, run):
    deep = "[" * 100_000
    client = phone(trainer)[0]
    answer = client.post(address(run), data=deep, content_type="application/json")
    assert (answer.status_code, "Tải lại trang" in answer.json["error"]) == (422, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "7"},
        {"mark": "sick"},
        {"seen": "ill"},
        {"made_at": None},
        # More years than the machine's own calendar can count.
        {"made_at": 9e20},
        {"slow_by": "slow"},
        {"slow_by": 1e300},
        {"person": 3},
    ],
)
def test_a_mark_that_cannot_be_read_is_refused(phone, trainer, run, person, wrong):
    assert send(phone(trainer), run, tapped(person, "present") | wrong).status_code == 422
    assert every(AttendanceMark) == []


def test_too_many_marks_at_once_are_refused(phone, trainer, run, person):
    taps = [tapped(person, "present")] * (MOST + 1)
    assert send(phone(trainer), run, *taps).status_code == 422


def test_who_is_signed_out_or_teaches_another_class_sends_nothing(client, phone, run, person):
    assert send((client, an_account()), run, tapped(person, "present")).status_code == 401
    other = an_account(RoleName.TRAINER)
    assert send(phone(other), run, tapped(person, "present")).status_code == 404
    assert every(AttendanceMark) == []


def test_a_phone_that_was_passed_on_sends_nothing_in_another_name(phone, trainer, run, person):
    answer = send(phone(trainer), run, tapped(person, "present"), account=a_trainer())
    assert (answer.status_code, "Đăng nhập bằng tài khoản đó" in answer.json["error"]) == (
        409,
        True,
    )
    assert every(AttendanceMark) == []


def test_an_id_of_another_session_marks_nobody_here(phone, trainer, run, person):
    tap, other = tapped(person, "present"), a_run(starts_at=NOW, trainers=[trainer.person])
    on_the_list(other, person)
    send(phone(trainer), run, tap)
    (answer,) = send(phone(trainer), other, tap).json["marks"]
    assert (answer["held"], marks_now()) == (None, [Mark.PRESENT])


def test_it_takes_a_form_token(app, phone, trainer, run, person, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert send(phone(trainer), run, tapped(person, "present")).status_code == 400
    assert every(AttendanceMark) == []


def test_two_hundred_marks_cost_as_few_questions_as_one(phone, trainer, run, count_queries):
    def questions(number):
        taps = [tapped(on_the_list(run), "present") for _ in range(number)]
        client = phone(trainer)
        with count_queries() as seen:
            answer = send(client, run, *taps)
        assert len(answer.json["marks"]) == number
        return len([q for q in seen if not q.lstrip().upper().startswith("INSERT")])

    assert questions(1) == questions(200)


def test_ids_are_forgotten_after_a_year_and_the_marks_stay(phone, trainer, run, person):
    send(phone(trainer), run, tapped(person, "present"))
    assert forget_sent_ids(now=SENT + timedelta(days=364)) == 0
    assert forget_sent_ids(now=SENT + timedelta(days=366)) == 1
    assert marks_now() == [Mark.PRESENT]
