"""The columns of a list of earlier years: what they are called, and what may stand in them."""

from enum import StrEnum

from club.courses.models import Funding, RunForm
from club.files.sheets.columns import About, Columns
from club.people.models import AudienceKind, JobGroup, Sex


class Column(StrEnum):
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    BIRTH = "birth"
    SEX = "sex"
    JOB = "job"
    COURSE = "course"
    RUN = "run"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    DAYS = "days"
    HOURS = "hours"
    ATTENDED = "attended"
    COMPLETED = "completed"
    AUDIENCE = "audience"
    ORGANISATION = "organisation"
    TAX_CODE = "tax_code"
    WARD = "ward"
    FORM = "form"
    FUNDING = "funding"


#: Vietnamese: these words stand in a file that officials fill in.
ABOUT: dict[Column, About] = {
    Column.NAME: About(
        "Họ và tên", "Họ tên đầy đủ, viết hoa thường có dấu.",
        ("ho ten", "ten hoc vien", "hoc vien", "full name", "name"), is_needed=True, width=28),
    Column.EMAIL: About(
        "Thư điện tử", "Địa chỉ của riêng người học. Mỗi người cần ít nhất một trong ba: thư điện "
        "tử, số điện thoại, năm sinh.", ("email", "dia chi email", "e-mail", "mail"), width=28),
    Column.PHONE: About(
        "Số điện thoại", "10 chữ số, ví dụ 0901 234 567. Để dạng văn bản để không mất số 0 đầu.",
        ("dien thoai", "sdt", "so dt", "di dong", "phone", "mobile"), width=16),
    Column.BIRTH: About(
        "Năm sinh", "Bốn chữ số, ví dụ 1990; ngày sinh cũng được, hệ thống chỉ giữ năm.",
        ("ngay sinh", "ngay thang nam sinh", "birth year", "date of birth"), width=12),
    Column.SEX: About("Giới tính", "Nam hoặc Nữ; để trống nếu không ghi.", ("sex", "gender")),
    Column.JOB: About(
        "Nhóm công việc", "Chọn trong danh sách; để trống nếu không rõ.", ("job group",), width=24),
    Column.COURSE: About(
        "Mã khóa học", "Mã trong danh mục khóa học; xem trang Danh mục.",
        ("khoa hoc", "ma khoa", "course", "course code"), is_needed=True),
    Column.RUN: About(
        "Lớp", "Chỉ cần khi hai lớp của một khóa học trùng ngày: ghi A, B, hoặc tên lớp.",
        ("ten lop", "class")),
    Column.FIRST_DAY: About(
        "Ngày bắt đầu", "Ngày/tháng/năm. Để trống nếu lớp học gọn trong ngày kết thúc.",
        ("tu ngay", "ngay khai giang", "first day", "from"), width=14),
    Column.LAST_DAY: About(
        "Ngày kết thúc", "Ngày cuối của lớp; số liệu tính lượt vào ngày này.",
        ("den ngay", "ngay be giang", "last day", "to"), is_needed=True, width=14),
    Column.DAYS: About(
        "Số ngày học", "Số ngày thực học; bắt buộc khi lớp kéo dài hơn một ngày.",
        ("so ngay", "days")),
    Column.HOURS: About(
        "Số giờ của lớp", "Tổng số giờ theo kế hoạch, ví dụ 16 hoặc 7,5.",
        ("so gio", "gio ke hoach", "hours"), is_needed=True),
    Column.ATTENDED: About(
        "Số giờ dự", "Để trống nếu người này dự đủ.", ("gio du", "hours attended")),
    Column.COMPLETED: About(
        "Hoàn thành", "Có hoặc Không.", ("ket qua", "completed"), is_needed=True),
    Column.AUDIENCE: About(
        "Nhóm người học", "Chọn trong danh sách.",
        ("doi tuong", "nhom", "audience"), is_needed=True, width=20),
    Column.ORGANISATION: About(
        "Tổ chức", "Tên nơi người này đi học thay mặt, như vào ngày ấy.",
        ("don vi", "cong ty", "co quan", "noi cong tac", "organisation"), width=32),
    Column.TAX_CODE: About(
        "Mã số thuế", "Giúp tìm đúng tổ chức; để dạng văn bản.", ("mst", "tax code"), width=16),
    Column.WARD: About(
        "Phường/xã", "Tên đơn vị hành chính như vào ngày ấy (trước 01/7/2025 là tên cũ).",
        ("phuong", "xa", "dia ban", "ward"), width=22),
    Column.FORM: About("Hình thức", "Chọn trong danh sách; để trống là trực tiếp.", ("form",)),
    Column.FUNDING: About(
        "Nguồn kinh phí", "Chọn trong danh sách; để trống là không ghi.",
        ("kinh phi", "funding"), width=24),
}  # fmt: skip

#: What may be chosen, as the file says it.
SEXES = {"Nam": Sex.MALE, "Nữ": Sex.FEMALE}
JOBS = {
    "Công nhân, tổ trưởng": JobGroup.WORKERS,
    "Quản lý, kỹ sư": JobGroup.MANAGERS,
    "Văn phòng, kế toán": JobGroup.OFFICE,
    "Cán bộ, công chức": JobGroup.OFFICIALS,
}
YES_OR_NO = {"Có": True, "Không": False}
AUDIENCES = {
    "Cơ quan nhà nước": AudienceKind.STATE_AGENCY,
    "Doanh nghiệp": AudienceKind.ENTERPRISE,
    "Tổ chức khác": AudienceKind.OTHER_ORGANISATION,
    "Cá nhân": AudienceKind.INDIVIDUAL,
}
FORMS = {
    "Trực tiếp": RunForm.IN_PERSON,
    "Trực tuyến": RunForm.ONLINE,
    "Kết hợp": RunForm.BLENDED,
    "Tại doanh nghiệp": RunForm.IN_COMPANY,
}
FUNDINGS = {
    "Ngân sách khoa học và công nghệ": Funding.SCIENCE_BUDGET,
    "Doanh nghiệp chi trả": Funding.ENTERPRISE,
    "Nguồn khác": Funding.OTHER,
}


COLUMNS = Columns(ABOUT)
