"""Lists of earlier years to test with, as people hand them in."""

from io import BytesIO
from itertools import count

from xlsxwriter import Workbook

from club.courses.models import Course
from club.db import db
from club.files.receiving import receive
from club.files.sheets.opening import open_sheet
from club.records.earlier.columns import ABOUT, Column
from club.records.earlier.operations import HandedIn, hand_in, look_over
from tests.support.factories import NOW, a_course, an_account

_n = count(1)


def a_row(**cells):
    """One person in one class of 2023, by the names of ``Column``."""
    n = next(_n)
    return {
        "name": f"Trần Thị {chr(65 + n % 26)} {n:x}".replace("0", "o"),
        "email": f"hoc{n}@example.vn",
        "course": "5S",
        "last_day": "15/09/2023",
        "hours": 8,
        "completed": "Có",
        "audience": "Cá nhân",
    } | cells


def a_list(rows, *, heads=None):
    """An Excel file with these rows; only the columns that one of them has."""
    columns = [c for c in Column if any(c.value in row for row in rows)]
    whole = BytesIO()
    with Workbook(whole, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for place, head in enumerate(heads or [ABOUT[c].heading for c in columns]):
            sheet.write_string(0, place, head)
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                sheet.write(number, place, row.get(column.value))
    return whole.getvalue()


def handed_in(content, *, by=None, source="Danh sách 2023", **for_all_rows):
    rows = len(open_sheet(BytesIO(content), name="a.xlsx").rows) - 1
    file = receive(BytesIO(content), name="Danh sách 2023.xlsx")
    by = by or an_account()
    return hand_in(HandedIn(file, source, for_all_rows, rows), by=by.id, now=NOW)


def known_course(code="5S"):
    found = db.session.query(Course).filter_by(code=code).one_or_none()
    return found or a_course(code=code, title="5S tại nơi làm việc")


def looked_over(rows, **given):
    known_course()
    batch = handed_in(a_list(rows), **given)
    return look_over(batch.id, now=NOW)
