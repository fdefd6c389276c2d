"""The template of a list of earlier years: typed columns, explanations, and what may be chosen."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from club.courses.models import Course
from club.files.sheets.measuring import MOST_ROWS
from club.records.earlier.columns import (
    ABOUT,
    AUDIENCES,
    FORMS,
    FUNDINGS,
    JOBS,
    SEXES,
    YES_OR_NO,
    Column,
)
from club.units.models import Unit

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_DAYS = {Column.FIRST_DAY, Column.LAST_DAY}
_NUMBERS = {Column.BIRTH, Column.DAYS, Column.HOURS, Column.ATTENDED}
#: Longer lists than a cell's own list may be: they stand on the third sheet.
_CHOICES = {
    Column.SEX: list(SEXES),
    Column.JOB: list(JOBS),
    Column.COMPLETED: list(YES_OR_NO),
    Column.AUDIENCE: list(AUDIENCES),
    Column.FORM: list(FORMS),
    Column.FUNDING: list(FUNDINGS),
}
_LISTS = "Danh mục"
_SAME_CLASS = (
    "Các dòng cùng mã khóa học, cùng ngày, cùng cột Lớp là một lớp; các dòng ấy phải ghi giống "
    "nhau ở cột số giờ, số ngày, hình thức và nguồn kinh phí."
)


def template(courses: Iterable[Course], wards: Iterable[Unit]) -> bytes:
    """An empty list to fill in. Nothing in it runs."""
    from xlsxwriter import Workbook

    lists = [
        ("Mã khóa học", [[course.code, course.title] for course in courses]),
        *(
            (ABOUT[column].heading, [[word] for word in words])
            for column, words in _CHOICES.items()
        ),
        ("Phường/xã", [[ward.name, _time_of(ward)] for ward in wards]),
    ]
    whole = BytesIO()
    with Workbook(whole, {"in_memory": True, "strings_to_formulas": False}) as book:
        _list_sheet(book, [row[0] for row in lists[0][1]])
        _explanations(book)
        _allowed(book, lists)
    return whole.getvalue()


def _list_sheet(book: "Workbook", codes: Sequence[str]) -> None:
    sheet = book.add_worksheet("Danh sách")
    head = book.add_format({"bold": True, "bg_color": "#dfeeee", "bottom": 1, "text_wrap": True})
    needed = book.add_format(
        {"bold": True, "bg_color": "#0b5c61", "font_color": "white", "bottom": 1, "text_wrap": True}
    )
    formats = {
        kind: book.add_format({"num_format": kind}) for kind in ("@", "dd/mm/yyyy", "General")
    }
    for place, (column, about) in enumerate(ABOUT.items()):
        sheet.set_column(place, place, about.width, formats[_kind(column)])
        sheet.write_string(0, place, about.heading, needed if about.is_needed else head)
        rule = _rule(column, len(codes))
        if rule:
            sheet.data_validation(1, place, MOST_ROWS, place, rule)
    sheet.freeze_panes(1, 1)


def _kind(column: Column) -> str:
    if column in _DAYS:
        return "dd/mm/yyyy"
    return "General" if column in _NUMBERS else "@"


def _rule(column: Column, courses: int) -> dict[str, Any] | None:
    if column is Column.COURSE and courses:
        return {"validate": "list", "source": f"='{_LISTS}'!$A$2:$A${courses + 1}"}
    if column in _CHOICES:
        place = chr(ord("C") + list(_CHOICES).index(column))
        last = len(_CHOICES[column]) + 1
        return {"validate": "list", "source": f"='{_LISTS}'!${place}$2:${place}${last}"}
    return None


def _explanations(book: "Workbook") -> None:
    sheet = book.add_worksheet("Hướng dẫn")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 90, wrapped)
    lines = [
        ("Cột", "Bắt buộc", "Cách ghi"),
        *((a.heading, "Có" if a.is_needed else "", a.explanation) for a in ABOUT.values()),
        ("", "", "Mỗi dòng là một người trong một lớp. Người học hai lớp thì ghi hai dòng."),
        ("", "", _SAME_CLASS),
        ("", "", "Cột bắt buộc có thể bỏ khi khai chung cho cả tệp lúc tải lên."),
        ("", "", f"Mỗi tệp tối đa {MOST_ROWS} dòng. Không dùng công thức."),
    ]  # fmt: skip
    for row, line in enumerate(lines):
        for place, text in enumerate(line):
            sheet.write_string(row, place, text, bold if row == 0 or place == 0 else None)


def _allowed(book: "Workbook", lists: Sequence[tuple[str, list[list[str]]]]) -> None:
    sheet = book.add_worksheet(_LISTS)
    bold = book.add_format({"bold": True})
    place = 0
    for heading, rows in lists:
        sheet.write_string(0, place, heading, bold)
        for row, cells in enumerate(rows, start=1):
            for offset, text in enumerate(cells):
                sheet.write_string(row, place + offset, text)
        wide = max((len(cells) for cells in rows), default=1)
        sheet.set_column(place, place + wide - 1, 24)
        place += wide


def _time_of(ward: Unit) -> str:
    """From when until when it existed, where a source says so."""
    begins = f"từ {ward.valid_from:%d/%m/%Y}" if ward.valid_from else ""
    ends = f"đến {ward.valid_to:%d/%m/%Y}" if ward.valid_to else ""
    return " ".join(part for part in (begins, ends) if part)
