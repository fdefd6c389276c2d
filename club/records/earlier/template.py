"""The template of a list of earlier years."""

from collections.abc import Iterable

from club.courses.models import Course
from club.files.sheets.template import Allowed
from club.files.sheets.template import template as template_of
from club.records.earlier.columns import (
    ABOUT,
    AUDIENCES,
    COLUMNS,
    FORMS,
    FUNDINGS,
    JOBS,
    SEXES,
    YES_OR_NO,
    Column,
)
from club.units.models import Unit

_DAYS = {Column.FIRST_DAY, Column.LAST_DAY}
_NUMBERS = {Column.BIRTH, Column.DAYS, Column.HOURS, Column.ATTENDED}
_CHOICES = {
    Column.SEX: list(SEXES),
    Column.JOB: list(JOBS),
    Column.COMPLETED: list(YES_OR_NO),
    Column.AUDIENCE: list(AUDIENCES),
    Column.FORM: list(FORMS),
    Column.FUNDING: list(FUNDINGS),
}
_NOTES = (
    "Mỗi dòng là một người trong một lớp. Người học hai lớp thì ghi hai dòng.",
    (
        "Các dòng cùng mã khóa học, cùng ngày, cùng cột Lớp là một lớp; các dòng ấy phải ghi "
        "giống nhau ở cột số giờ, số ngày, hình thức và nguồn kinh phí."
    ),
    "Cột bắt buộc có thể bỏ khi khai chung cho cả tệp lúc tải lên.",
)


def template(courses: Iterable[Course], wards: Iterable[Unit]) -> bytes:
    codes = [[course.code, course.title] for course in courses]
    allowed = [
        Allowed("Mã khóa học", codes, Column.COURSE),
        *(
            Allowed(ABOUT[column].heading, [[word] for word in words], column)
            for column, words in _CHOICES.items()
        ),
        Allowed[Column]("Phường/xã", [[ward.name, _time_of(ward)] for ward in wards]),
    ]
    return template_of(COLUMNS, allowed, days=_DAYS, numbers=_NUMBERS, notes=_NOTES)


def _time_of(ward: Unit) -> str:
    """From when until when it existed, where a source says so."""
    begins = f"từ {ward.valid_from:%d/%m/%Y}" if ward.valid_from else ""
    ends = f"đến {ward.valid_to:%d/%m/%Y}" if ward.valid_to else ""
    return " ".join(part for part in (begins, ends) if part)
