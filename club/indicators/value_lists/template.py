"""The template of a list of published values."""

from club.files.sheets.template import Allowed
from club.files.sheets.template import template as template_of
from club.indicators.value_lists.columns import COLUMNS, STATUS_WORDS, Column
from club.indicators.value_lists.reading import SeriesNames

_DAYS = {Column.TAKEN_ON}
#: A year is a number there, a day is a day.
_NUMBERS = {Column.FIRST_DAY, Column.LAST_DAY, Column.VALUE}
_NOTES = (
    "Mỗi dòng là một giá trị đã công bố. Giá trị tính theo cách khác thuộc một chuỗi khác.",
    "Dòng giống hệt giá trị đang có thì bỏ qua; gửi lại cả danh sách không sao.",
)


def template(names: SeriesNames) -> bytes:
    allowed = [
        Allowed("Chuỗi số liệu", [[one.words, one.key] for one in names.series], Column.SERIES),
        Allowed("Tình trạng", [[word] for word in STATUS_WORDS], Column.STATUS),
    ]
    return template_of(COLUMNS, allowed, days=_DAYS, numbers=_NUMBERS, notes=_NOTES)
