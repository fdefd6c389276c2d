"""Attendance of an online meeting: looked over, then entered."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine

from club.accounts.models import RoleName
from club.courses.models import RunState
from club.db import transaction
from club.files.models import StoredFile
from club.records.attendance.models import AttendanceChange, AttendanceMark, Mark, MarkSource
from club.records.attendance.operations import mark_attendance
from club.records.attendance.queries import entries_of
from club.records.attendance.recognising import Basis, ClassList
from tests.records.kit import every, marked, on_the_list
from tests.support.factories import NOW, a_person, a_run, an_account
from tests.support.forms import as_it_stands

ONLINE, TAP = MarkSource.ONLINE_IMPORT, MarkSource.TRAINER_TAP
CHAU, DUNG, DAT = "Trần Thị Châu", "Lê Văn Dũng", "Nguyễn Văn Đạt"


@pytest.fixture(autouse=True)
def _after_the_session():
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def trainer():
    return an_account(RoleName.TRAINER)


@pytest.fixture
def run(trainer):
    run = a_run(sessions=1, starts_at=NOW, trainers=[trainer.person])
    for name, email in ((CHAU, "chau@club.example"), (DUNG, None), (DAT, None)):
        on_the_list(run, a_person(full_name=name, email=email))
    return run


@pytest.fixture
def desk(sign_in, trainer):
    return sign_in(trainer)


def report(*rows):
    heads = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
    return "\n".join(
        [heads, *(f"{name},{email},a,b,{minutes},No" for name, email, minutes in rows)]
    )


def address(run, page="online-list"):
    return f"/teaching/runs/{run.code}/{page}?session={run.sessions[0].public_id}"


def look_over(desk, run, content):
    file = (BytesIO(content if isinstance(content, bytes) else content.encode()), "ds.csv")
    return desk.post(address(run), data={"file": file}, content_type="multipart/form-data")


def confirm(desk, run, page, **changed):
    """Send the form of the page as it stands, with some of its columns otherwise."""
    form = as_it_stands(page.text, address(run, "online-list/marks"))
    return desk.post(address(run, "online-list/marks"), data=form | changed)


def by_name():
    return {m.person.full_name: (m.mark, m.minutes, m.source) for m in every(AttendanceMark)}


def key_of(run, name):
    return next(str(e.person.public_id) for e in entries_of(run.id) if e.person.full_name == name)


def test_a_list_is_looked_over_first_and_then_entered_with_minutes(desk, run, trainer):
    page = look_over(
        desk,
        run,
        report(
            ("iPhone", "CHAU@club.example", 90), ("iPhone", "chau@club.example", 110),
            ("Dung (le van dung)", "", 300), ("Ai đó", "", 30),
        ),
    )  # fmt: skip
    assert page.status_code == 200
    for words in (
        "Có 3 người trong cuộc họp.", "1 người chưa nhận ra", "nhận ra theo thư điện tử",
        "tên gần giống", "chưa nhận ra", "Chưa lưu gì", f"Không có trong cuộc họp: {DAT}.",
    ):  # fmt: skip
        assert words in page.text
    assert (every(AttendanceMark), every(StoredFile)) == ([], [])
    answer = confirm(desk, run, page)
    assert (answer.status_code, answer.location) == (302, address(run, "attendance"))
    assert by_name() == {
        CHAU: (Mark.PRESENT, 200, ONLINE),
        DUNG: (Mark.PRESENT, None, ONLINE),
        DAT: (Mark.ABSENT, None, ONLINE),
    }
    assert {m.marked_by_id for m in every(AttendanceMark)} == {trainer.id}
    text = desk.get(answer.location).text
    assert "Đã nhập danh sách cuộc họp: 3 lượt điểm danh." in text
    assert text.count("lấy từ buổi học trực tuyến") == 3


def test_confirming_twice_makes_no_second_mark(desk, run):
    page = look_over(desk, run, report((CHAU, "", 100)))
    for _ in range(2):
        confirm(desk, run, page)
    assert len(every(AttendanceMark)) == 3
    assert every(AttendanceChange) == []


def test_somebody_else_is_chosen_for_a_row_and_rows_of_one_person_are_added_up(desk, run):
    page = look_over(desk, run, report(("Máy 1", "", 60), (DUNG, "", 20), ("Máy 2", "", 70)))
    confirm(
        desk, run, page,
        person=[key_of(run, CHAU), key_of(run, DUNG), key_of(run, CHAU)],
        minutes=["60", "0", "70"], others_absent=[],
    )  # fmt: skip
    assert by_name() == {CHAU: (Mark.PRESENT, 130, ONLINE)}


def test_late_and_minutes_set_by_hand_stay_and_not_being_there_is_corrected(desk, run, trainer):
    people = {e.person.full_name: e.person for e in entries_of(run.id)}
    marked(run, people[CHAU], Mark.LATE, by=trainer.id)
    marked(run, people[DAT], Mark.EXCUSED, by=trainer.id)
    mark_attendance(
        run.sessions[0].id, people[DUNG].id, mark=Mark.PRESENT, minutes=15, by=None, now=NOW
    )
    page = look_over(desk, run, report((CHAU, "", 100), (DUNG, "", 100), (DAT, "", 50)))
    assert "Muộn" in page.text
    confirm(desk, run, page)
    assert by_name() == {
        CHAU: (Mark.LATE, 100, ONLINE),
        DUNG: (Mark.PRESENT, 15, TAP),
        DAT: (Mark.PRESENT, 50, ONLINE),
    }
    assert [(c.mark, c.source) for c in every(AttendanceChange)] == [
        (Mark.LATE, TAP), (Mark.EXCUSED, TAP),
    ]  # fmt: skip


def test_a_corrected_list_replaces_the_minutes_of_the_one_before(desk, run):
    for minutes in (100, 120):
        confirm(desk, run, look_over(desk, run, report((CHAU, "", minutes))))
    assert by_name()[CHAU] == (Mark.PRESENT, 120, ONLINE)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04\xff\xff", "CSV"),
        (b"<html><script>alert(1)</script>", "Không tìm thấy danh sách"),
        (b"", "Không tìm thấy danh sách"),
    ],
)
def test_what_is_no_list_is_refused_beside_the_field(desk, run, content, words):
    page = look_over(desk, run, content)
    assert (page.status_code, words in page.text) == (422, True)
    assert every(AttendanceMark) == []


def test_without_a_file_the_page_asks_for_one(desk, run):
    page = desk.post(address(run), data={}, content_type="multipart/form-data")
    assert (page.status_code, "Chọn tệp" in page.text) == (422, True)


def test_names_are_shown_as_text(desk, run):
    page = look_over(desk, run, report(('"=cmd|<script>alert(1)</script>"', "", 5)))
    assert "<script>alert(1)" not in page.text
    assert "=cmd|&lt;script&gt;" in page.text


@pytest.mark.parametrize("typed", ["-5", "viel", "1e3", "", "99999"])
def test_minutes_that_are_no_number_are_asked_for_again_and_nothing_is_lost(desk, run, typed):
    page = look_over(desk, run, report((CHAU, "", 100), (DUNG, "", 80)))
    page = confirm(desk, run, page, minutes=[typed, "77"], others_absent=[])
    assert page.status_code == 422
    assert f"{CHAU}: Ghi số phút" in page.text
    form = as_it_stands(page.text, address(run, "online-list/marks"))
    assert (form["minutes"], "others_absent" in form) == ([typed, "77"], False)
    assert every(AttendanceMark) == []


def test_rows_without_anybody_chosen_enter_nothing(desk, run):
    page = look_over(desk, run, report(("Ai đó", "", 100)))
    page = confirm(desk, run, page)
    assert (page.status_code, "ít nhất một dòng" in page.text) == (409, True)
    assert every(AttendanceMark) == []


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"name": ["a", "b"], "email": ["", ""], "joins": ["1", "1"], "minutes": ["5"]},
        {c: ["1"] * 301 for c in ("name", "email", "joins", "minutes", "person")},
    ],
)
def test_what_no_page_sends_is_not_entered(desk, run, form):
    assert desk.post(address(run, "online-list/marks"), data=form).status_code == 400


def test_somebody_who_is_not_on_the_list_cannot_be_chosen(desk, run):
    stranger = a_person()
    page = look_over(desk, run, report((CHAU, "", 100)))
    for made_up in (str(stranger.public_id), "x"):
        answer = confirm(desk, run, page, person=[made_up])
        assert (answer.status_code, every(AttendanceMark)) == (422, [])


def test_a_class_that_was_closed_meanwhile_keeps_what_was_chosen(desk, run):
    page = look_over(desk, run, report((CHAU, "", 100)))
    with transaction():
        run.state = RunState.CLOSED
    answer = confirm(desk, run, page)
    assert (answer.status_code, "Lớp này đã chốt" in answer.text) == (409, True)
    assert every(AttendanceMark) == []


def test_the_list_is_for_the_trainers_of_its_class(sign_in, run):
    stranger = sign_in(an_account(RoleName.TRAINER))
    assert stranger.get(address(run)).status_code == 404
    assert look_over(stranger, run, report((CHAU, "", 100))).status_code == 404


def test_a_long_list_takes_as_many_queries_as_a_short_one(desk, run, count_queries):
    rows = [(f"Ai {n}", "", 5) for n in range(20)]
    seen = []
    for some in (rows[:1], rows):
        with count_queries() as queries:
            assert look_over(desk, run, report(*some)).status_code == 200
        seen.append(len(queries))
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("name", "email", "expected"),
    [
        ("iPhone", "An@club.example", ("Nguyễn Văn An", Basis.EMAIL)),
        ("nguyễn văn an", "private@club.example", ("Nguyễn Văn An", Basis.NAME)),
        ("An 5S (Nguyễn Văn An)", "", ("Nguyễn Văn An", Basis.NAME)),
        ("Nguyen Van An (Guest)", "", ("Nguyễn Văn An", Basis.ALIKE)),
        ("Van An Nguyen", "", ("Nguyễn Văn An", Basis.ALIKE)),
        ("Trần Thị Bé", "", None),
        ("Le Thi Ha", "", None),
        ("Lê Thị Hà", "", ("Lê Thị Hà", Basis.NAME)),
        ("An", "", None),
        ("", "", None),
        ("()", "", None),
    ],
)
def test_people_are_recognised_by_address_then_name_and_never_among_two(name, email, expected):
    people = [
        a_person(full_name="Nguyễn Văn An", email="an@club.example"),
        a_person(full_name="Trần Thị Bé"), a_person(full_name="Trần Thị Bé"),
        a_person(full_name="Lê Thị Hà"), a_person(full_name="Lê Thị Hạ"),
    ]  # fmt: skip
    found = ClassList(people).recognised(name, email)
    assert (found and (found.person.full_name, found.basis)) == expected
