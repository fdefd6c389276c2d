"""A trainer publishes a file and a new version of it; those who may read it fetch them."""

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n"
TITLE = "Phiếu bài tập nhóm"


def a_pdf(*, more=b"", name="Phiếu bài tập – buổi 1.pdf"):
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF + more + b"\n%%EOF"}


def test_a_trainer_publishes_and_a_visitor_downloads(visitor):
    trainer = visitor("trainer", PHONE)
    trainer.provokes = {401, 422}
    steps.signs_in(trainer, "giangvien@club.example")
    trainer.opens("/teaching/")
    trainer.page.locator('main a[href$="/materials"]').first.click()
    trainer.page.wait_for_url("**/materials")
    trainer.inspects()
    code = trainer.page.url.split("/")[-2]
    publishes(trainer)
    trainer.inspects()
    trainer.follows(TITLE)
    trainer.sees(TITLE)
    replaces(trainer)
    downloads(visitor("visitor"), code)
    trainer.page.reload()
    expect(trainer.page.locator("main table")).to_contain_text("Thêm câu hỏi 4")
    assert trainer.complaints == []


def publishes(trainer):
    """First something that is not taken, then after a session that ended, with nothing lost."""
    trainer.follows("Đăng tệp")
    trainer.sees("Đăng tệp")
    trainer.field("Tên (không bắt buộc)").fill(TITLE)
    trainer.field("Mọi người").check()
    page = {"name": "trang.html", "mimeType": "text/html", "buffer": b"<script>1</script>"}
    trainer.field("Tệp").set_input_files(page)
    trainer.presses("Đăng tài liệu")
    expect(trainer.page.locator("[data-upload-error]")).to_contain_text("Lưu trang thành PDF.")
    trainer.inspects()
    trainer.field("Tệp").set_input_files(a_pdf())
    trainer.context.clear_cookies(name="session")
    trainer.presses("Đăng tài liệu")
    expect(trainer.page.locator("[data-upload-error]")).to_contain_text("Đăng nhập ở thẻ khác")
    signs_in_beside(trainer)
    trainer.presses("Đăng tài liệu")
    trainer.page.wait_for_url("**/materials")
    expect(trainer.page.locator(".flashes")).to_contain_text("Đã đăng tài liệu.")


def signs_in_beside(trainer):
    first, trainer.page = trainer.page, trainer.context.new_page()
    steps.signs_in(trainer, "giangvien@club.example")
    trainer.page.close()
    trainer.page = first


def replaces(trainer):
    trainer.follows("Bản mới")
    trainer.sees(f"Bản mới của “{TITLE}”")
    trainer.field("Tệp").set_input_files(a_pdf(more=b"hai"))
    trainer.field("Điểm mới (không bắt buộc)").fill("Thêm câu hỏi 4")
    trainer.presses("Đăng bản mới")
    trainer.page.wait_for_url("**/materials/*-*")
    expect(trainer.page.locator(".flashes")).to_contain_text("Đã đăng bản mới")
    trainer.inspects()


def downloads(who, code):
    who.opens(f"/runs/{code}")
    expect(who.page.locator("#materials")).to_contain_text("Bản 2: Thêm câu hỏi 4")
    who.inspects()
    with who.page.expect_download() as download:
        who.follows(TITLE)
    assert download.value.suggested_filename == "Phiếu bài tập – buổi 1.pdf"
    assert b"hai" in download.value.path().read_bytes()
    assert who.complaints == []
