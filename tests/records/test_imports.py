"""The pages for lists of earlier years, and files that nobody should open."""

import csv
import io
import re
import zipfile
from datetime import date
from io import BytesIO

import pytest
import time_machine
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from club.accounts.consents import give_consent
from club.accounts.models import ConsentPurpose, RoleName
from club.courses.models import Run, RunState
from club.db import db
from club.files.sheets.measuring import MOST_ROWS
from club.people.models import Person
from club.people.rules.phones import shown_phone
from club.records.earlier import operations
from club.records.earlier.columns import ABOUT
from club.records.earlier.models import BatchState, EarlierBatch
from club.records.earlier.showing import preview_of
from club.records.models import TrainingRecord
from club.records.operations import close_run
from club.registration.requirements.operations import require_course
from tests.records.earlier_kit import a_list, a_row, known_course, looked_over
from tests.records.kit import a_coordinator, a_taught_run, every, on_the_list, present
from tests.support.factories import (
    NOW,
    a_course,
    a_person,
    a_run,
    a_unit,
    an_account,
    an_employment,
    an_organisation,
)
from tests.support.pages import words
from tests.support.work import work_within

SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<worksheet><sheetData><row><c><v>&x;</v></c></row></sheetData></worksheet>"
)


@pytest.fixture(autouse=True)
def _present_moment():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(sign_in):
    known_course()
    return sign_in(a_coordinator())


def hand_in(desk, content, *, name="Danh sách.xlsx", **typed):
    data = {"source": "Danh sách 2023", "file": (BytesIO(content), name)} | typed
    return desk.post("/office/imports", data=data)


def work():
    operations.work_on_lists(now=lambda: NOW, stopped=lambda: False)


def changed(content, edit):
    """The package with each part as ``edit`` leaves it; ``None`` leaves it out."""
    whole = io.BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(whole, "w", 8) as new:
        for part in old.namelist():
            text = edit(part, old.read(part))
            if text is not None:
                new.writestr(part, text)
    return whole.getvalue()


def with_sheet(text):
    return changed(a_list([a_row()]), lambda part, old: text(old) if part == SHEET else old)


def far_cell(_old):
    return (
        b"<worksheet><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>x</t></is></c></row>"
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )


def far_column(_old):
    return (
        b'<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'
    )


def a_cell(cell, row=b"<row>"):
    return lambda: with_sheet(
        lambda _old: b"<worksheet><sheetData>" + row + cell + b"</row></sheetData></worksheet>"
    )


def with_part(name):
    whole = io.BytesIO(a_list([a_row()]))
    with zipfile.ZipFile(whole, "a") as package:
        package.writestr(name, "x")
    return whole.getvalue()


def sheet_called(name):
    """The first sheet under another name, with a far cell."""
    rels = "xl/_rels/workbook.xml.rels"
    whole = changed(
        with_sheet(far_cell),
        lambda part, old: old.replace(b"sheet1.xml", name.encode()) if part == rels else old,
    )
    moved = io.BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as old, zipfile.ZipFile(moved, "w", 8) as new:
        for part in old.namelist():
            new.writestr(part.replace("sheet1.xml", name), old.read(part))
    return moved.getvalue()


def a_bomb(_old):
    return b"<worksheet><sheetData>" + b"<row><c><v>1</v></c></row>" * 4_000_000


HOSTILE = {
    "far cell": lambda: with_sheet(far_cell),
    "far column": lambda: with_sheet(far_column),
    "far cell in single quotes": a_cell(b"<c r='XFD1048576'><v>1</v></c>"),
    "far cell with a space": a_cell(b'<c r = "XFD1048576"><v>1</v></c>'),
    "far cell in small letters": a_cell(b'<c r="xfd1048576"><v>1</v></c>'),
    "far cell behind a bracket": a_cell(b'<c s=">" r="XFD1048576"><v>1</v></c>'),
    "far cell behind others": a_cell(b"<c><v>1</v></c>" * 70),
    "far cell in an unread part": lambda: sheet_called("sheet1.dat"),
    "far line in single quotes": a_cell(b"<c><v>1</v></c>", row=b"<row r='1048576'>"),
    "bomb": lambda: with_sheet(a_bomb),
    "entities": lambda: with_sheet(lambda _old: ENTITIES),
    "broken": lambda: with_sheet(lambda old: old[: len(old) // 2]),
    "no workbook": lambda: changed(
        a_list([a_row()]), lambda part, text: None if part == "xl/workbook.xml" else text
    ),
    "macros": lambda: with_part("xl/vbaProject.bin"),
    "leads out": lambda: with_part("../../outside.txt"),
    "truncated": lambda: a_list([a_row()])[:3000],
    "page": lambda: b"<html><table><tr><td>1</td></tr></table></html>",
    "csv": "Họ và tên,Email\nA,a@example.vn\n".encode,
    "nothing": lambda: b"",
    "old office": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2048,
}


@pytest.mark.parametrize("kind", list(HOSTILE))
def test_hostile_files_are_refused_beside_the_field_at_once(desk, kind):
    answer = hand_in(desk, HOSTILE[kind]())
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert ("nằm rất xa danh sách" in answer.text) == (
        kind.startswith("far") and "part" not in kind
    )
    assert "Danh sách 2023" in answer.text
    assert every(EarlierBatch) == []


def test_a_list_without_rows_or_without_needed_columns_says_so(desk):
    whole = io.BytesIO()
    with Workbook(whole) as book:
        book.add_worksheet().write_row(0, 0, ["Họ và tên", "Email"])
    assert "không có dòng nào" in hand_in(desk, whole.getvalue()).text
    page = hand_in(desk, a_list([{"name": "Lê An", "email": "an@example.vn"}]))
    assert page.status_code == 422
    assert "Dòng đầu thiếu cột: Mã khóa học, Ngày kết thúc" in page.text


def test_too_many_rows_are_refused(desk):
    whole = io.BytesIO()
    with Workbook(whole) as book:
        book.add_worksheet().write_column(0, 0, ["Họ và tên", *["Lê An"] * (MOST_ROWS + 1)])
    assert "hơn 10.000 dòng" in hand_in(desk, whole.getvalue()).text


def test_a_formula_is_named_with_its_cell_and_runs_nowhere(desk):
    whole = io.BytesIO()
    row = a_row()
    with Workbook(whole) as book:
        sheet = book.add_worksheet()
        for place, (key, cell) in enumerate(row.items()):
            head = next(a.heading for c, a in ABOUT.items() if c.value == key)
            sheet.write(0, place, head)
            sheet.write(1, place, cell)
        sheet.write_formula(1, 0, '=HYPERLINK("http://127.0.0.1/x","bấm")', None, "Lê An")
        sheet.write_formula(1, 1, "=" + "A1+" * 40 + "A1", None, "")
    answer = hand_in(desk, whole.getvalue())
    work()
    page = desk.get(answer.location)
    told = words(page)
    assert 'A Họ và tên =HYPERLINK("http://127.0.0.1/x","bấm") Ô này chứa công thức.' in told
    assert f"={'A1+' * 26}A Ô này chứa công thức." in told
    assert "không có Ô này" not in told
    assert page.text.count("Dán giá trị thay cho công thức") == 2


def test_what_looks_like_a_formula_is_harmless_when_it_is_written_out(desk):
    batch = looked_over([a_row(name="@SUM(A1) Lê")])
    operations.confirm(batch.id, by=a_coordinator().id, now=NOW)
    work()
    firm, person = an_organisation(), every(Person)[-1]
    an_employment(person, firm, from_day=date(2020, 1, 1))
    give_consent(person.id, ConsentPurpose.RECORDS_FOR_EMPLOYER, language="vi", now=NOW)
    text = desk.get(f"/organisations/{firm.code}/records.csv").data.decode("utf-8-sig")
    assert "'@SUM(A1) Lê" in text
    assert ",@SUM" not in text


def test_from_the_file_to_the_figures_in_the_pages(desk):
    answer = hand_in(desk, a_list([a_row(), a_row(), a_row(attended=2, completed="Không")]))
    assert answer.status_code == 302
    waiting = desk.get(answer.location).text
    assert "Đã kiểm tra 0 trên 3 dòng" in waiting
    assert desk.get(f"{answer.location}/progress").headers.get("HX-Refresh") is None
    work()
    assert desk.get(f"{answer.location}/progress").headers["HX-Refresh"] == "true"
    preview = desk.get(answer.location).text
    assert "Nếu nhập thì có" in preview
    assert "trên 3 dòng" in preview
    assert desk.post(f"{answer.location}/confirmation").status_code == 302
    work()
    done = desk.get(answer.location).text
    assert "/office/runs/5S-2023-01/records" in done
    records = desk.get("/office/runs/5S-2023-01/records").text
    assert records.count("Đã hoàn thành") == 2
    assert desk.post(f"{answer.location}/undoing", data={"reason": ""}).status_code == 422
    assert desk.post(f"{answer.location}/undoing", data={"reason": "Nhầm"}).status_code == 302
    assert "Nhầm" in desk.get(answer.location).text
    assert [r.superseded_at for r in every(TrainingRecord)] == [NOW] * 3


def test_the_last_of_many_rows_is_named_and_nothing_is_saved(desk):
    answer = hand_in(desk, a_list([*(a_row() for _ in range(200)), a_row(last_day="31/02/2023")]))
    work()
    page = desk.get(answer.location).text
    assert ">Dòng202<" in page.replace(" ", "").replace("\n", "")
    assert "31/02/2023" in page
    assert desk.post(f"{answer.location}/confirmation").status_code == 409
    assert every(Run) == []


def csv_of(answer):
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_every_mistake_can_be_downloaded_and_the_page_shows_the_first_of_each_kind(desk):
    rows = [a_row(completed="") for _ in range(1200)]
    answer = hand_in(desk, a_list([a_row(), *rows, a_row(last_day="31/02/2023", email="=1@x")]))
    work()
    page = words(desk.get(answer.location))
    assert "1.202 chỗ cần sửa trong tệp" in page
    assert "Mỗi loại lỗi chỉ hiện 20 chỗ đầu tiên" in page
    assert ("Dòng 22 " in page, "Dòng 23 " in page, "Dòng 1203" in page) == (True, False, True)
    heads, *lines = csv_of(desk.get(f"{answer.location}/mistakes.csv"))
    assert heads == ["Dòng", "Cột trong tệp", "Cột", "Trong ô ghi", "Cách sửa"]
    assert [int(line[0]) for line in lines] == [*range(3, 1203), 1203, 1203]
    assert lines[0][1:3] == ["F", "Hoàn thành"]
    assert {line[3] for line in lines[-2:]} == {"31/02/2023", "'=1@x"}


def test_nobody_else_downloads_the_mistakes(desk, sign_in):
    answer = hand_in(desk, a_list([a_row(completed="")]))
    work()
    there = f"{answer.location}/mistakes.csv"
    assert sign_in(an_account(RoleName.OFFICIAL)).get(there).status_code == 403


def test_rows_that_contradict_each_other_show_what_stands_in_them(desk):
    first = a_row(name="Lê Văn An", email="an@example.vn", form="Trực tiếp", funding="Nguồn khác")
    other = first | {
        "name": "Trần Bình", "hours": 7.5, "form": "Trực tuyến", "funding": "", "days": 2,
        "first_day": "14/09/2023",
    }  # fmt: skip
    long = a_row(first_day="14/09/2023", days=1, hours=8)
    again = a_row(name="lê văn an", email="an@example.vn")
    answer = hand_in(desk, a_list([first, again, long, other]))
    work()
    _heads, *lines = csv_of(desk.get(f"{answer.location}/mistakes.csv"))
    assert [(line[0], line[2], line[3]) for line in lines] == [
        ("3", "Nguồn kinh phí", ""),
        ("3", "Họ và tên", "lê văn an"),
        ("5", "Số giờ của lớp", "7,5"),
        ("5", "Số ngày học", "2"),
        ("5", "Hình thức", "Trực tuyến"),
        ("5", "Thư điện tử", "an@example.vn"),
    ]


def test_turns_of_a_year_are_grouped_like_all_numbers(desk):
    answer = hand_in(desk, a_list([a_row() for _ in range(1001)]))
    work()
    assert "2023: 1.001" in words(desk.get(answer.location))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Danh sách.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
        ("Danh sách.csv", "Họ và tên,Email".encode("utf-16")),
        ("Danh sách.csv", "Họ và tên,Email".encode()),
    ],
)
def test_whatever_else_a_list_is_it_is_to_be_saved_as_excel(desk, name, content):
    page = words(hand_in(desk, content, name=name))
    assert "Đây không phải tệp Excel. Lưu danh sách thành .xlsx rồi chọn lại." in page


ONE_CLASS = {"course": "5S", "last_day": "15/09/2023", "hours": "8", "completed": "Có"}


@pytest.mark.parametrize(
    ("said", "words_"),
    [
        (
            {"first_day": "14/09/2023", "audience": "Cá nhân"},
            "Ghi số ngày học, vì lớp kéo dài hơn một ngày.",
        ),
        ({"audience": "Doanh nghiệp"}, "Ghi tên tổ chức, hoặc ghi nhóm người học là “Cá nhân”."),
        (
            {"audience": "Cá nhân", "organisation": "Demo"},
            "Người học cá nhân thì không ghi tổ chức.",
        ),
        ({"audience": "Cá nhân", "first_day": "16/09/2023"}, "Ngày bắt đầu sau ngày kết thúc."),
        ({"audience": "Cá nhân", "last_day": "31/02/2023"}, "ngày/tháng/năm"),
        ({"audience": "Cá nhân", "hours": "nhiều"}, "giờ"),
    ],
)
def test_what_cannot_hold_for_any_row_is_refused_beside_its_field(desk, said, words_):
    known_course()
    people = a_list([{"name": "Trần Thị An", "email": f"a{n}@example.vn"} for n in range(3)])
    answer = hand_in(desk, people, **ONE_CLASS | said)
    assert (answer.status_code, every(EarlierBatch)) == (422, [])
    page = answer.text
    assert words_ in page
    assert page.count('aria-invalid="true"') == 1
    assert '<details class="mb-4" open>' in page


def test_what_the_file_says_itself_is_judged_row_by_row(desk):
    known_course()
    row = {"name": "Trần Thị An", "email": "a@example.vn", "days": 2, "organisation": "Demo"}
    said = ONE_CLASS | {"first_day": "14/09/2023", "audience": "Doanh nghiệp"}
    assert hand_in(desk, a_list([row]), **said).status_code == 302
    work()
    assert every(EarlierBatch)[0].state is BatchState.READY


def test_a_doubtful_row_is_answered_on_the_page(desk):
    known = a_person(full_name="Lê Văn An", birth_year=1990, email=None)
    batch = looked_over([a_row(name="Lê Văn An", birth=1990, email=None)])
    address = f"/office/imports/{batch.public_id}"
    page = desk.get(address).text
    assert "chính là Lê Văn An: 1990" in page
    assert f"{address}/confirmation" not in page
    desk.post(f"{address}/choices", data={"row-2": str(known.public_id)})
    assert f"{address}/confirmation" in desk.get(address).text


def test_two_people_of_one_name_are_told_apart_by_phone_and_work(desk):
    known = (("+84903111222", "Cơ khí Bình Nhâm"), ("+84903333444", "May An Phú"))
    for phone, firm in known:
        person = a_person(full_name="Lê Văn An", birth_year=1990, email=None, phone=phone)
        an_employment(person, an_organisation(name=firm))
    batch = looked_over([a_row(name="Lê Văn An", birth=1990, email=None)])
    page = " ".join(desk.get(f"/office/imports/{batch.public_id}").text.split())
    for phone, firm in known:
        said = rf"chính là Lê Văn An: 1990, {shown_phone(phone)}, {firm}, ghi vào ngày"
        assert re.search(said, page)


def test_ten_thousand_doubtful_rows_are_shown_and_answered_at_once(desk):
    batch = looked_over([a_row()])
    doubts = [{"row": n, "name": f"Lê Văn {n}", "candidates": []} for n in range(2, 10_002)]
    answers = {str(n): "new" for n in range(2, 5_002)}
    batch.findings = {**batch.findings, "doubtful": doubts}
    batch.choices = answers
    db.session.commit()
    with work_within(1):
        preview = preview_of(batch)
        operations.choose(batch.id, answers, now=NOW)
    assert (preview.undecided, preview.doubts[0].row) == (5000, 5002)


def test_the_template_can_be_filled_in_and_handed_in_again(desk):
    a_unit(name="Phường An Phú")
    answer = desk.get("/office/imports/template.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    assert book.sheet_names == ["Danh sách", "Hướng dẫn", "Danh mục"]
    assert book.get_sheet_by_index(0).to_python()[0] == [a.heading for a in ABOUT.values()]
    lists = book.get_sheet_by_index(2).to_python()
    assert lists[1][:2] == ["5S", "5S tại nơi làm việc"]
    assert hand_in(desk, answer.data).status_code == 422


def test_before_undoing_the_page_names_places_that_rest_on_a_completion_of_the_list(desk):
    an, binh, chi = (
        a_person(full_name=f"Lê Thị {name}", email=f"{name}@example.vn")
        for name in ("An", "Bich", "Chi")
    )
    batch = looked_over(
        [a_row(name=one.full_name, email=one.email) for one in (an, binh)]
        + [a_row(name=chi.full_name, email=chi.email, completed="Không")]
    )
    by = a_coordinator().id
    operations.confirm(batch.id, by=by, now=NOW)
    work()
    present(elsewhere := a_taught_run(course=known_course()), on_the_list(elsewhere, binh))
    close_run(elsewhere.id, by=by, now=NOW)
    advanced = a_run(course=a_course(), code="NC-2026-01")
    require_course(advanced.course, known_course(), by=by, now=NOW)
    for person in (an, binh, chi):
        on_the_list(advanced, person)
    on_the_list(a_run(), an)
    page = desk.get(f"/office/imports/{batch.public_id}").text
    assert "1 đăng ký vào lớp sắp tới dựa trên" in page
    assert re.findall(r'/withdrawal">([^<]+)<', page) == ["Lê Thị An (NC-2026-01)"]
    advanced.state = RunState.CANCELLED
    db.session.commit()
    assert "dựa trên khóa học" not in desk.get(f"/office/imports/{batch.public_id}").text


def test_put_aside_it_is_not_brought_in(desk):
    batch = looked_over([a_row()])
    address = f"/office/imports/{batch.public_id}"
    assert desk.post(f"{address}/removal").status_code == 302
    assert desk.post(f"{address}/confirmation").status_code == 409
    work()
    assert every(TrainingRecord) == []
    assert every(EarlierBatch)[0].state is BatchState.DISCARDED


def test_a_person_s_transcript_shows_earlier_years_without_a_way_to_the_class(sign_in):
    person = a_person(full_name="Lê Văn An", email="an@example.vn")
    batch = looked_over([a_row(name="Lê Văn An", email="an@example.vn")])
    operations.confirm(batch.id, by=a_coordinator().id, now=NOW)
    work()
    page = sign_in(an_account(person=person)).get("/me/records").text
    assert "5S tại nơi làm việc" in page
    assert "/runs/5S-2023-01" not in page


@pytest.mark.slow
def test_ten_thousand_rows_take_less_than_a_minute():
    known_course()
    rows = [a_row(phone=f"09{n:08d}") for n in range(MOST_ROWS)]
    with work_within(60):
        batch = looked_over(rows)
        operations.confirm(batch.id, by=a_coordinator().id, now=NOW)
        work()
    assert db.session.query(TrainingRecord).count() == MOST_ROWS
