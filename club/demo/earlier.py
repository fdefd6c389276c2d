"""Lists of earlier years in the demo club: one that waits for a coordinator, one with mistakes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO

from sqlalchemy import select

from club.courses.models import Course
from club.db import db
from club.demo.accounts import DemoAccounts
from club.files.receiving import receive
from club.people.models import Person
from club.records.earlier.columns import ABOUT, Column
from club.records.earlier.operations import HandedIn, hand_in, look_over

_Cells = dict[Column, str | int | None]
_NEW_NAMES = ("Đinh Thị Diễn", "Mai Văn Trình", "Tạ Thị Mẫu", "Lâm Văn Dựng", "Quách Thị Họa")


def hand_in_earlier_years(accounts: DemoAccounts, course: Course, *, now: datetime) -> None:
    """Neither counts in any figure. Of the first a visitor may say who the doubtful row is, bring
    it in, and undo that.
    """
    waiting = _rows_in_order(course, _people_known())
    source = "Danh sách năm 2023, lưu ở bộ phận đào tạo (trình diễn)"
    _hand_in("Danh sách 2023.xlsx", waiting, source, accounts, now=now - timedelta(days=2))
    faulty = _rows_with_mistakes(course)
    source = "Danh sách năm 2022, chép từ sổ tay (trình diễn)"
    _hand_in("Danh sách 2022.xlsx", faulty, source, accounts, now=now - timedelta(days=1))


def _people_known() -> Sequence[Person]:
    query = select(Person).where(Person.email.like("demo%@people.example"))
    return db.session.scalars(query.order_by(Person.id).limit(2)).all()


def _rows_in_order(course: Course, known: Sequence[Person]) -> list[_Cells]:
    """Some are new, one is surely known, and of one somebody has to say who it is."""
    return [
        *(
            _row(course, name, f"namtruoc{number}@people.example")
            for number, name in enumerate(_NEW_NAMES, start=1)
        ),
        *(_row(course, surely.full_name, surely.email) for surely in known[:1]),
        *(
            _row(course, perhaps.full_name, None) | {Column.BIRTH: perhaps.birth_year}
            for perhaps in known[1:]
        ),
    ]


def _rows_with_mistakes(course: Course) -> list[_Cells]:
    whole = _row(course, "Vương Văn Tập", "namtruoc8@people.example")
    return [
        whole | {Column.LAST_DAY: "31/02/2022"},
        whole | {Column.NAME: "Kiều Thị Sổ", Column.HOURS: "tám"},
        whole | {Column.NAME: "Thái Văn Tay", Column.COMPLETED: "Rồi", Column.EMAIL: "khong-co"},
    ]


def _row(course: Course, name: str, email: str | None) -> _Cells:
    return {
        Column.NAME: name,
        Column.EMAIL: email,
        Column.BIRTH: None,
        Column.COURSE: course.code,
        Column.LAST_DAY: "15/09/2023",
        Column.HOURS: 8,
        Column.COMPLETED: "Có",
        Column.AUDIENCE: "Cá nhân",
    }


def _hand_in(
    name: str, rows: Sequence[_Cells], source: str, accounts: DemoAccounts, *, now: datetime
) -> None:
    by = accounts.coordinator.id
    file = receive(BytesIO(_sheet(rows, now)), name=name)
    batch = hand_in(HandedIn(file, source, {}, len(rows)), by=by, now=now)
    look_over(batch.id, now=now)


def _sheet(rows: Sequence[_Cells], now: datetime) -> bytes:
    from xlsxwriter import Workbook

    whole = BytesIO()
    with Workbook(whole, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": now.replace(tzinfo=None)})
        sheet = book.add_worksheet("Danh sách")
        for place, column in enumerate(rows[0]):
            sheet.write_string(0, place, ABOUT[column].heading)
            for number, cells in enumerate(rows, start=1):
                sheet.write(number, place, cells[column])
    return whole.getvalue()
