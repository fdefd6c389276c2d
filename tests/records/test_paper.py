"""The list that people sign on paper: printing it, and entering it afterwards."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from pypdf import PdfReader

from club.accounts.models import RoleName
from club.courses.models import RunState
from club.db import transaction
from club.records.attendance.models import (
    AttendanceChange,
    AttendanceMark,
    Mark,
    MarkSource,
    PaperList,
)
from club.records.attendance.queries import entries_of
from tests.materials.kit import PDF
from tests.records.kit import every, marked, on_the_list
from tests.support.factories import NOW, a_person, a_run, an_account, an_organisation


@pytest.fixture(autouse=True)
def _two_days_later():
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        yield


@pytest.fixture
def trainer():
    return an_account(RoleName.TRAINER)


@pytest.fixture
def run(trainer):
    run = a_run(sessions=2, starts_at=NOW, trainers=[trainer.person], place="Hội trường A")
    firm = an_organisation(name="Xưởng gốm Demo")
    for name in ("Nguyễn Văn Đạt", "Trần Thị Châu", "Lê Văn Dũng"):
        on_the_list(run, a_person(full_name=name), organisation_id=firm.id)
    return run


@pytest.fixture
def desk(sign_in, trainer):
    return sign_in(trainer)


def address(run, page="paper-list", session=0):
    return f"/teaching/runs/{run.code}/{page}?session={run.sessions[session].public_id}"


def person(run, name):
    return next(e.person for e in entries_of(run.id) if e.person.full_name == name)


def enter(desk, run, *names, scan=PDF, **more):
    signed = [str(person(run, name).public_id) for name in names]
    file = {"file": (BytesIO(scan), "danh sách giấy.pdf")} if scan else {}
    form = {"signed": signed, "others_absent": "y"} | file | more
    return desk.post(address(run), data=form, content_type="multipart/form-data")


def by_name():
    return {m.person.full_name: (m.mark, m.source) for m in every(AttendanceMark)}


PAPER = MarkSource.PAPER_LIST


def test_the_sheet_lists_people_by_given_name_with_room_to_sign(desk, run):
    answer = desk.get(address(run, "sign-in-sheet.pdf"))
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    (page,) = PdfReader(BytesIO(answer.data)).pages
    text = " ".join(page.extract_text().split())
    for words in (
        "DANH SÁCH ĐIỂM DANH", "STT", "Họ và tên", "Đơn vị", "Ký tên", "Buổi 1", "Hội trường A",
        "09:00 – 13:00, ngày 03/03/2026", run.code, "Xưởng gốm Demo", "Trang 1/1",
    ):  # fmt: skip
        assert words in text
    places = [text.index(name) for name in ("Trần Thị Châu", "Lê Văn Dũng", "Nguyễn Văn Đạt")]
    assert places == sorted(places)
    assert float(page.mediabox.width) == pytest.approx(595, abs=1)


def test_a_sheet_of_two_hundred_repeats_its_head_and_counts_its_pages(desk, run):
    for _ in range(200):
        on_the_list(run)
    pages = PdfReader(BytesIO(desk.get(address(run, "sign-in-sheet.pdf")).data)).pages
    assert len(pages) > 5
    assert all("Ký tên" in page.extract_text() for page in list(pages)[:-1])
    assert f"Trang 1/{len(pages)}" in pages[0].extract_text()


def test_who_signed_is_present_and_the_others_absent_with_the_scan_kept(desk, trainer, run):
    answer = enter(desk, run, "Trần Thị Châu")
    assert answer.status_code == 302
    assert "Đã nhập danh sách giấy: 3 lượt điểm danh." in desk.get(answer.location).text
    assert by_name() == {
        "Trần Thị Châu": (Mark.PRESENT, PAPER),
        "Lê Văn Dũng": (Mark.ABSENT, PAPER),
        "Nguyễn Văn Đạt": (Mark.ABSENT, PAPER),
    }
    (paper,) = every(PaperList)
    assert (paper.entered_by_id, paper.signed) == (trainer.id, 1)
    assert paper.entered_at == NOW + timedelta(days=2)
    history = desk.get(address(run, "attendance/history")).text
    assert history.count(">Nhập từ danh sách giấy<") == 3
    scan = desk.get(f"/teaching/runs/{run.code}/paper-lists/{paper.public_id}")
    assert (scan.status_code, scan.data) == (200, PDF)


def test_only_a_scan_or_a_photo_shows_who_signed(desk, run):
    answer = enter(desk, run, "Trần Thị Châu", scan=b"Tran Thi Chau da ky")
    assert answer.status_code == 422
    assert "Chọn bản quét là tệp PDF, hoặc ảnh chụp tờ giấy" in answer.text
    assert (every(PaperList), every(AttendanceMark)) == ([], [])


def test_a_list_sent_twice_is_there_once_and_a_second_one_beside_it(desk, run):
    for names in (["Trần Thị Châu"], ["Trần Thị Châu"], ["Trần Thị Châu", "Lê Văn Dũng"]):
        assert enter(desk, run, *names).status_code == 302
    assert [paper.signed for paper in every(PaperList)] == [1, 2]


def test_a_signature_does_not_undo_late_and_a_missing_one_says_nothing_against_a_mark(
    desk, trainer, run
):
    for name, mark in (
        ("Trần Thị Châu", Mark.LATE),
        ("Lê Văn Dũng", Mark.EXCUSED),
        ("Nguyễn Văn Đạt", Mark.ABSENT),
    ):
        marked(run, person(run, name), mark, by=trainer.id, now=NOW)
    enter(desk, run, "Trần Thị Châu", "Nguyễn Văn Đạt")
    assert by_name() == {
        "Trần Thị Châu": (Mark.LATE, MarkSource.TRAINER_TAP),
        "Lê Văn Dũng": (Mark.EXCUSED, MarkSource.TRAINER_TAP),
        "Nguyễn Văn Đạt": (Mark.PRESENT, PAPER),
    }
    assert [c.mark for c in every(AttendanceChange)] == [Mark.ABSENT]


def test_the_others_may_be_left_as_they_are(desk, run):
    enter(desk, run, "Trần Thị Châu", others_absent="")
    assert set(by_name()) == {"Trần Thị Châu"}


@pytest.mark.parametrize(
    ("scan", "words"),
    [(None, "Chọn tệp"), (b"<html><script>1</script>", "PDF")],
)
def test_without_a_scan_that_can_be_kept_nothing_is_entered_and_the_choice_stays(
    desk, run, scan, words
):
    page = enter(desk, run, "Lê Văn Dũng", scan=scan)
    assert (page.status_code, words in page.text) == (422, True)
    chosen = str(person(run, "Lê Văn Dũng").public_id)
    assert page.text.count(" checked") == 2
    assert f'value="{chosen}"' in page.text
    assert (every(AttendanceMark), every(PaperList)) == ([], [])


def test_somebody_of_another_list_cannot_have_signed(desk, run):
    page = enter(desk, run, signed=[str(uuid.uuid4())])
    assert (page.status_code, every(AttendanceMark)) == (422, [])


def test_a_class_that_is_closed_takes_no_list(desk, run):
    with transaction():
        run.state = RunState.CLOSED
    page = enter(desk, run, "Lê Văn Dũng")
    assert (page.status_code, "Lớp này đã chốt" in page.text) == (409, True)
    assert (every(AttendanceMark), every(PaperList)) == ([], [])


def test_a_scan_is_for_the_trainers_of_its_class(desk, sign_in, run):
    enter(desk, run, "Lê Văn Dũng")
    (paper,) = every(PaperList)
    scan = f"/teaching/runs/{run.code}/paper-lists/{paper.public_id}"
    assert sign_in(an_account(RoleName.TRAINER)).get(scan).status_code == 404
    other = a_run(trainers=[run.trainers[0].person])
    assert desk.get(scan.replace(run.code, other.code)).status_code == 404


def test_a_class_without_sessions_has_no_list(desk, trainer):
    run = a_run(sessions=0, trainers=[trainer.person])
    for page in ("sign-in-sheet.pdf", "paper-list"):
        assert desk.get(f"/teaching/runs/{run.code}/{page}").status_code == 404
