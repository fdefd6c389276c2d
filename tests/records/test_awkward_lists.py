"""Lists with names and addresses alone, as offices have them: good, long, twice, with formulas, with
lost zeros. What holds for all rows is said once, beside the file.
"""

import unicodedata
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest

from club.people.models import Person
from club.records.earlier import operations
from club.records.earlier.models import BatchState, EarlierBatch
from club.records.models import TrainingRecord
from tests.records.kit import a_coordinator, every
from tests.records.test_imports import _present_moment, desk, hand_in, work  # noqa: F401  fixtures
from tests.support.factories import NOW
from tests.support.work import work_within

HEADS = ("Họ và tên", "Email", "Số điện thoại", "Ngày sinh", "Ghi chú")
FOR_ALL_ROWS = {
    "course": "5S",
    "last_day": "15/09/2023",
    "hours": "8",
    "completed": "Có",
    "audience": "Cá nhân",
}
TWICE = "Row %(other)s says the same person was in this class already."
NO_NAME = "A name has letters. Write it in full."
NO_YEAR = "Write the year of birth with four digits, for example 1990."
FOREIGN_LETTERS = (
    "This address has letters that look like others or carry marks."
    " Write it with the letters a to z only."
)


def somebody(number):
    return f"Nguyễn Văn {number}", f"hv{number}@example.vn", f"09{number:08d}", "1990-02-28", ""


def a_book(rows, heads=HEADS):
    book, written = openpyxl.Workbook(), BytesIO()
    for row in [heads, *rows]:
        book.active.append(row)
    book.save(written)
    return written.getvalue()


def looked_over(desk, rows, heads=HEADS):  # noqa: F811
    answer = hand_in(desk, a_book(rows, heads), **FOR_ALL_ROWS)
    assert answer.status_code == 302
    work()
    return every(EarlierBatch)[-1]


def mistakes_of(batch):
    return [(m["row"], m["column"], m["refusal"]) for m in batch.findings["mistakes"]]


def brought_in(batch):
    operations.confirm(batch.id, by=a_coordinator().id, now=NOW)
    work()
    return every(TrainingRecord)


def test_a_good_list_is_brought_in(desk):  # noqa: F811
    batch = looked_over(desk, [somebody(n) for n in range(3)])
    assert (batch.state, batch.findings["unused"]) == (BatchState.READY, ["Ghi chú"])
    records = brought_in(batch)
    assert {(r.person.full_name, r.attended_minutes, r.run.course.code) for r in records} == {
        (f"Nguyễn Văn {n}", 480, "5S") for n in range(3)
    }


@pytest.mark.slow
def test_ten_thousand_rows_with_what_holds_for_all(desk):  # noqa: F811
    with work_within(60):
        batch = looked_over(desk, [somebody(n) for n in range(10_000)])
        assert len(brought_in(batch)) == 10_000


AWKWARD = {
    "the last row is wrong": (
        [*map(somebody, range(30)), ("Dòng lỗi", "không-phải-email", "", "31/02/2026", "")],
        [(32, "email", FOREIGN_LETTERS), (32, "birth", NO_YEAR)],
    ),
    "one person three times": (
        [somebody(1), somebody(1), ("Nguyễn Văn 1", "HV1@EXAMPLE.VN", "", "", "")],
        [(3, "name", TWICE), (4, "name", TWICE)],
    ),
    "marks apart from their letters": (
        [
            (unicodedata.normalize("NFD", "Đỗ Thị Ngọc Ánh"), "anh@example.vn", "", "", ""),
            ("Đỗ Thị Ngọc Ánh", "ánh@example.vn", "", "", ""),
        ],
        [(3, "email", FOREIGN_LETTERS)],
    ),
    "formulas": (
        [
            ('=HYPERLINK("http://127.0.0.1/x","bấm")', "f1@example.vn", "", "", ""),
            ("+1+1", "f2@example.vn", "", "", "=cmd|' /C calc'!A0"),
            ("\t=1+1", "f3@example.vn", "", "", "\r=1"),
        ],
        [
            (2, "name", "This cell holds a formula. Paste the value in its place."),
            (3, "name", NO_NAME),
            (4, "name", NO_NAME),
        ],
    ),
    "numbers where words belong": (
        [(12345, "n@example.vn", 901234567, datetime(2028, 2, 29), None)],
        [(2, "name", NO_NAME), (2, "birth", NO_YEAR)],
    ),
}


@pytest.mark.parametrize("what", AWKWARD)
def test_every_mistake_is_told_by_row_and_column_and_nothing_is_brought_in(desk, what):  # noqa: F811
    rows, mistakes = AWKWARD[what]
    batch = looked_over(desk, rows)
    assert (batch.state, mistakes_of(batch)) == (BatchState.FAULTY, mistakes)
    page = desk.get(f"/office/imports/{batch.public_id}")
    assert page.status_code == 200
    assert every(TrainingRecord) == []


def test_a_lost_zero_and_the_day_as_a_number_are_understood(desk):  # noqa: F811
    batch = looked_over(desk, [("Trần B", "b@example.vn", 901234567, 36526, True)])
    (record,) = brought_in(batch)
    person = record.person
    assert (person.phone, person.birth_year) == ("+84901234567", 2000)


def test_markup_in_a_name_stays_text(desk):  # noqa: F811
    batch = looked_over(desk, [("<script>window.__x=1</script>", "s@example.vn", "", "", "")])
    (record,) = brought_in(batch)
    assert "<script>" in record.person.full_name
    for page in (f"/office/imports/{batch.public_id}", f"/office/runs/{record.run.code}/records"):
        assert "<script>window" not in desk.get(page).text


def test_heads_in_another_order_are_found_by_their_words(desk):  # noqa: F811
    heads = ("Email", "Họ và tên", "ghi chú ", "SĐT", "Ngày sinh")
    row = ("b@example.vn", "Trần B", "", "0901 234 567", "28/02/1990")
    brought_in(looked_over(desk, [row], heads))
    person = next(one for one in every(Person) if one.full_name == "Trần B")
    assert (person.email, person.phone) == ("b@example.vn", "+84901234567")
    assert person.birth_year == 1990


def test_heads_without_rows_are_refused(desk):  # noqa: F811
    answer = hand_in(desk, a_book([]), **FOR_ALL_ROWS)
    assert (answer.status_code, every(EarlierBatch)) == (422, [])
