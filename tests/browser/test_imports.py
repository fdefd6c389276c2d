"""A coordinator brings in a list of an earlier year and takes it back, on a phone."""

import pytest

from tests.browser import steps
from tests.browser.visitor import PHONE
from tests.records.earlier_kit import a_list, a_row

pytestmark = pytest.mark.browser


def handed_in(who, content, name="Danh sách 2023.xlsx"):
    who.opens("/office/imports")
    who.page.set_input_files("input[type=file]", {
        "name": name, "mimeType": "application/octet-stream", "buffer": content,
    })  # fmt: skip
    who.page.get_by_label("Nguồn danh sách").fill("Danh sách trình diễn")
    who.page.get_by_role("button", name="Kiểm tra danh sách").click()


def test_a_list_is_looked_over_brought_in_and_undone(visitor):
    who = visitor(screen=PHONE)
    steps.signs_in(who, "dieuphoi@club.example")

    faulty = a_list([a_row(course="5S"), a_row(course="5S", last_day="31/02/2023")])
    handed_in(who, faulty, name="Danh_sach_hoc_vien_cac_lop_nam_2023_ban_cuoi.xlsx")
    who.page.get_by_role("heading", name="1 chỗ cần sửa trong tệp").wait_for(timeout=60_000)
    who.inspects()

    handed_in(who, a_list([a_row(course="5S"), a_row(course="5S")]))
    # The page asks by itself until the worker is done.
    confirm = who.page.get_by_role("button", name="Nhập 2 dòng")
    confirm.wait_for(timeout=60_000)
    who.inspects()
    confirm.click()
    brought = who.page.get_by_role("heading", name="Các lớp đã nhập")
    brought.wait_for(timeout=60_000)
    who.inspects()
    who.page.get_by_label("Lý do").fill("Danh sách trình diễn")
    who.page.get_by_role("button", name="Hoàn tác lần nhập").click()
    who.page.get_by_text("Đã hoàn tác. Kết quả").wait_for()
    assert who.complaints == []
