"""A writer puts a picture, a table, a note and a callout into a text on a phone, and readers see them."""

import pytest
from playwright.sync_api import expect

from club.db import db
from club.knowledge.editing.operations import reviewing
from club.knowledge.importing import sync_knowledge
from tests.browser import steps
from tests.browser.visitor import DESK, PHONE
from tests.knowledge.conftest import content  # noqa: F401
from tests.knowledge.editing.kit import an_editor, drafts
from tests.support.factories import NOW
from tests.support.pictures import a_photo_on_its_side, a_picture

pytestmark = pytest.mark.browser

PASSWORD = "secret-2026"
WIDE = """Bảng: Giờ dừng máy mỗi ca, theo chuyền

| Chuyền | Hỏng khuôn | Chờ vật tư | Đổi mã hàng | Vệ sinh máy | Tổng cộng |
|---|--:|--:|--:|--:|--:|
| Chuyền may số 1 | 12 | 30 | 45 | 10 | 97 |

> [!Cảnh báo]
> Đừng vội.

Đo lại mỗi ca[^1].

[^1]: Đo một tuần.
"""


@pytest.fixture(autouse=True)
def library(at, content):  # noqa: F811
    content.write("tools/5s.md", "Chữ cũ.")
    sync_knowledge(content.path, now=NOW)


def adds_pictures(writer):
    writer.presses("Lưu rồi thêm hoặc mô tả ảnh")
    writer.sees("Ảnh của bản nháp")
    writer.page.locator("#file").set_input_files(
        [
            {"name": "ke.jpg", "mimeType": "image/jpeg", "buffer": a_photo_on_its_side(1300, 900)},
            {"name": "so-do.png", "mimeType": "image/png", "buffer": a_picture(kind="PNG")},
        ]
    )
    writer.presses("Thêm")
    writer.sees("Ảnh của bản nháp")
    row = writer.page.locator(".picture-row").first
    row.get_by_label("Trong ảnh có gì").fill("Kệ dụng cụ có dán nhãn")
    row.get_by_label("Chú thích dưới ảnh").fill("Kệ ở tổ 2")
    row.get_by_role("button", name="Lưu lời của ảnh").click()
    writer.sees("Ảnh của bản nháp")
    writer.follows("Quay lại bài")


def inserts_the_first(writer):
    writer.page.locator(".ready-pictures summary").click()
    body = writer.page.locator("#body")
    body.evaluate("field => field.setSelectionRange(0, 0)")
    writer.page.get_by_role("button", name="Chèn vào bài Kệ dụng cụ").click()
    assert body.input_value().startswith("![Kệ dụng cụ có dán nhãn](/knowledge/pictures/")
    assert "\n\nBảng: Giờ dừng máy" in body.input_value()
    writer.page.locator("details:has(#note) > summary").click()
    writer.page.locator("#note").fill("Thêm ảnh và bảng")
    writer.presses("Lưu và xem trước")


def previews(writer):
    writer.sees("Một bài")
    shown = writer.page.locator(".text-picture img")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", value=True)
    assert shown.evaluate("img => img.naturalHeight > img.naturalWidth")
    table = writer.page.locator(".table-scroll")
    assert table.evaluate("box => box.scrollWidth > box.clientWidth")
    writer.follows("Viết tiếp")


def test_what_is_inserted_on_a_phone_is_read_on_a_phone(at, window):
    writer, reader = window("writer", PHONE), window("reader", PHONE)
    steps.signs_in(writer, an_editor().email, PASSWORD)
    writer.opens("/office/knowledge/texts/5s")
    writer.presses("Sửa bài này")
    writer.page.locator("#body").fill(WIDE)
    adds_pictures(writer)
    inserts_the_first(writer)
    previews(writer)
    writer.presses("Gửi duyệt")
    writer.sees("Một bài")
    db.session.rollback()
    reviewing.publish(drafts()[0].id, by=an_editor("Lê Văn Duyệt").id, now=NOW)
    for screen in (PHONE, DESK):
        reader.page.set_viewport_size({"width": screen[0], "height": screen[1]})
        reader.opens("/knowledge/5s")
        reader.sees("Một bài")
    expect(reader.page.locator("caption")).to_have_text("Giờ dừng máy mỗi ca, theo chuyền")
    expect(reader.page.locator("figcaption")).to_have_text("Kệ ở tổ 2")
    assert "\n".join(said for who in (writer, reader) for said in who.complaints) == ""
