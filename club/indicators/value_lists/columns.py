"""The columns of a list of published values: what they are called, and what may stand in them."""

from enum import StrEnum

from club.files.sheets.cells import Choices
from club.files.sheets.columns import About, Columns
from club.indicators.models import ObservationStatus


class Column(StrEnum):
    SERIES = "series"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    VALUE = "value"
    STATUS = "status"
    SOURCE = "source"
    TAKEN_ON = "taken_on"
    NOTE = "note"
    REASON = "reason"


#: Vietnamese: these words stand in a file that officials fill in.
COLUMNS = Columns(
    {
        Column.SERIES: About(
            "Chuỗi số liệu", "Chép nguyên văn từ trang Danh mục; mã của chuỗi cũng được.",
            ("chuoi", "ma chuoi", "series"), is_needed=True, width=48),
        Column.FIRST_DAY: About(
            "Ngày đầu kỳ", "Ngày/tháng/năm. Ghi riêng năm, ví dụ 2024, là từ 01/01 năm ấy.",
            ("tu ngay", "ky", "nam", "first day", "year"), is_needed=True),
        Column.LAST_DAY: About(
            "Ngày cuối kỳ", "Ngày/tháng/năm, hoặc riêng năm. Ngày đầu kỳ ghi riêng năm thì có "
            "thể để trống: kỳ là cả năm ấy.", ("den ngay", "last day")),
        Column.VALUE: About(
            "Giá trị", "Một con số, ví dụ 6,15. Đơn vị là đơn vị của chỉ tiêu.", ("value",),
            is_needed=True, width=12),
        Column.STATUS: About(
            "Tình trạng", "Chọn trong danh sách; để trống nếu nguồn không nói.", ("status",),
            width=20),
        Column.SOURCE: About(
            "Nguồn", "Địa chỉ trang, hoặc tên tài liệu và số trang. Không có nguồn thì không "
            "phải số liệu.", ("source",), is_needed=True, width=48),
        Column.TAKEN_ON: About(
            "Ngày tra cứu", "Ngày đọc thấy giá trị ở nguồn. Để trống là hôm nay.",
            ("ngay doc", "read on")),
        Column.NOTE: About("Ghi chú", "Điều người đọc số liệu cần biết thêm.", ("note",), width=32),
        Column.REASON: About(
            "Lý do thay", "Chỉ cần khi kỳ ấy đã có giá trị khác; giá trị cũ vẫn lưu.",
            ("ly do", "reason"), width=32),
    }
)  # fmt: skip
STATUS_WORDS = {
    "Ước tính": ObservationStatus.PROVISIONAL,
    "Chính thức": ObservationStatus.FINAL,
    "Đã điều chỉnh": ObservationStatus.REVISED,
    "Nguồn không nói": ObservationStatus.NOT_STATED,
}
STATUSES = Choices(STATUS_WORDS)
