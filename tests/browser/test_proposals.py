"""A member proposes a case, the club publishes it, and a stranger finds it; two people write at once."""

import pytest
from playwright.sync_api import expect

from club.db import db
from club.knowledge.editing.operations import drafting
from club.knowledge.importing import sync_knowledge
from tests.browser import steps
from tests.browser.test_keyboard import enters, tabs_to
from tests.browser.visitor import DESK, PHONE
from tests.knowledge.agreements.kit import agreed
from tests.knowledge.conftest import content  # noqa: F401
from tests.knowledge.editing.kit import a_trainer, an_editor, drafts, handed_in
from tests.knowledge.proposals import kit
from tests.knowledge.questions.kit import a_member
from tests.support.factories import NOW, an_employment, an_organisation

pytestmark = pytest.mark.browser

PASSWORD = "secret-2026"
PROBLEM = "Tìm một cuộn vải mất mười phút, ca nào cũng phải chờ."
DONE = "Kẻ ô trên sàn, dán nhãn hai mặt, mỗi ô một mã hàng."
LONG_NAME = "Công ty trách nhiệm hữu hạn một thành viên may xuất khẩu Thuận An Bình Dương Demo"


@pytest.fixture(autouse=True)
def library(at, content):  # noqa: F811
    content.write("tools/5s.md", "Sàng lọc, sắp xếp.")
    content.write("cases/may-demo.md", "Chữ cũ của bài.")
    sync_knowledge(content.path, now=NOW)


@pytest.fixture
def signed_in(window):
    def open_for(account, name, screen=PHONE):
        who = window(name, screen)
        who.provokes = {409, 422}
        steps.signs_in(who, account.email, PASSWORD)
        return who

    return open_for


@pytest.fixture
def member(at):
    account = a_member("Nguyễn Thị Hồng Nhung Tường Vi")
    an_employment(account.person, an_organisation(name=LONG_NAME, sector="garment"))
    return account


def complaints(*windows):
    return "\n".join(said for who in windows for said in who.complaints)


def tells_everything(who):
    who.opens("/me/proposals")
    who.sees("Điển hình tôi đề xuất")
    who.presses("Đề xuất một điển hình")
    who.sees("Vấn đề")
    expect(who.field("Ở doanh nghiệp hoặc cơ quan nào")).to_have_value(LONG_NAME)
    who.presses("Lưu và tiếp tục")
    who.page.locator(".error-summary").wait_for()
    who.inspects()
    who.page.locator("#title_vi").fill("Xếp lại kho phụ liệu")
    who.page.locator("#told_problem").fill(PROBLEM)
    who.presses("Lưu và tiếp tục")
    who.sees("Việc đã làm")
    who.page.locator("#told_done").fill(DONE)
    who.presses("Quay lại")
    who.sees("Vấn đề")
    who.presses("Lưu và tiếp tục")
    who.sees("Việc đã làm")
    expect(who.page.locator("#told_done")).to_have_value(DONE)
    who.presses("Lưu và tiếp tục")
    who.sees("Số liệu")
    who.page.locator("#measures-0-metric_vi").fill("Thời gian tìm một cuộn")
    who.page.locator("#measures-0-unit_vi").fill("phút")
    who.page.locator("#measures-0-before").fill("10")
    who.page.locator("#measures-0-after").fill("2,5")
    who.presses("Lưu và tiếp tục")
    who.sees("Xếp lại kho phụ liệu")


def completes(who):
    """What members are not asked for, in the form of editors."""
    who.opens("/office/knowledge/")
    who.sees("Bài của thư viện")
    who.follows("Xếp lại kho phụ liệu")
    who.sees("Xếp lại kho phụ liệu")
    who.presses("Nhận viết tiếp")
    page = who.page
    page.locator("#title_en").fill("The trim store in order")
    page.locator("#summary_vi").fill("Tìm vải nhanh hơn bốn lần.")
    page.locator("#summary_en").fill("Cloth is found four times as fast.")
    page.locator("#measures > summary").click()
    page.locator("#measures-0-metric_en").fill("Time to find a roll")
    page.locator("#measures-0-unit_en").fill("minutes")
    page.locator("#measures-0-about").select_option("lead_time")
    page.locator("#strength").select_option("A")
    page.locator("#checking > summary").click()
    page.locator("#note").fill("Bài mới")
    who.inspects()
    who.presses("Gửi duyệt")
    page.locator(".flashes").wait_for()
    who.inspects()


def test_a_member_proposes_the_club_publishes_and_a_stranger_finds_it(window, signed_in, member):
    author, trainer = signed_in(member, "member"), signed_in(a_trainer(), "trainer")
    editor, stranger = signed_in(an_editor(), "editor", DESK), window("stranger", PHONE)
    tells_everything(author)
    author.page.locator("#named").check()
    author.presses("Gửi đi duyệt")
    expect(author.page.locator("main .chip").first).to_contain_text("Chờ duyệt")
    author.inspects()
    completes(trainer)
    db.session.rollback()  # what it read was read before
    agreed(drafts()[0], an_editor())
    editor.opens("/office/knowledge/")
    editor.follows("Xếp lại kho phụ liệu")
    editor.sees("Xếp lại kho phụ liệu")
    editor.presses("Đăng")
    editor.sees("Xếp lại kho phụ liệu")
    stranger.opens("/search?q=kho+phu+lieu")
    stranger.follows("Xếp lại kho phụ liệu")
    stranger.sees("Xếp lại kho phụ liệu")
    expect(stranger.page.locator("main")).to_contain_text("Nguyễn Thị Hồng Nhung Tường Vi")
    author.opens("/me/proposals")
    expect(author.page.locator("main")).to_contain_text("Đã đăng")
    author.inspects()
    assert complaints(author, trainer, editor, stranger) == ""


def test_two_who_write_on_one_text_lose_neither_text(signed_in):
    one, two = (signed_in(an_editor(name), name, DESK) for name in ("Lê Thị Một", "Phạm Thị Hai"))
    one.opens("/office/knowledge/texts/5s")
    one.presses("Sửa bài này")
    one.page.locator("#body").wait_for()
    address = one.page.url
    two.opens(address)
    one.page.locator("#body").fill("Câu của người thứ nhất.")
    one.presses("Lưu")
    one.page.locator(".flashes").wait_for()
    two.page.locator("#body").fill("Câu của người thứ hai.")
    expect(two.page.locator("[data-autosave-state]")).to_contain_text(
        "đã lưu bản nháp này", timeout=15_000
    )
    two.presses("Lưu")
    two.page.locator(".compared").first.wait_for()
    two.inspects()
    expect(two.page.locator("del").first).to_contain_text("nhất")
    expect(two.page.locator("#body")).to_have_value("Câu của người thứ hai.")
    two.presses("Lưu")
    two.page.locator(".flashes").wait_for()
    one.opens(address)
    expect(one.page.locator("#body")).to_have_value("Câu của người thứ hai.")
    expect(one.page.locator(".copied-text").first).to_have_text("Câu của người thứ nhất.")
    one.inspects()
    assert complaints(one, two) == ""


def test_what_was_typed_is_there_after_the_page_was_closed(signed_in, member):
    author = signed_in(member, "member")
    draft = kit.begun(member)
    address = f"/me/proposals/{draft.public_id}/problem"
    author.opens(address)
    author.page.locator("#told_problem").fill(PROBLEM)
    author.page.close(run_before_unload=False)
    author.page = author.context.new_page()
    author.page.wait_for_timeout(500)
    author.opens(address)
    expect(author.page.locator("#told_problem")).to_have_value(PROBLEM)
    author.page.locator("#told_problem").fill(f"{PROBLEM} Mỗi ngày.")
    expect(author.page.locator("[data-autosave-state]")).to_contain_text(
        "Đã tự lưu", timeout=15_000
    )
    author.page.reload()
    expect(author.page.locator("#told_problem")).to_have_value(f"{PROBLEM} Mỗi ngày.")
    assert complaints(author) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_is_wrong_with_pages_of_writing_proposing_and_reviewing(
    signed_in, member, screen, scheme
):
    editor_account = an_editor("Lê Thị Điều Phối Viên Có Tên Dài")
    waits = handed_in("5s", a_trainer(), body="Chữ mới.\n\n| a | b |\n|---|--:|\n| x | 1 |")
    change = drafting.begin_change("may-demo", by=editor_account.id, now=NOW)
    told, sent = kit.told(member), kit.handed_in(member)
    gone = kit.told(member)
    drafting.discard(gone.id, by=member.id, now=NOW)
    text = kit.published(a_member())
    office = [f"/office/knowledge/drafts/{one.public_id}" for one in (waits, change, sent)]
    author, editor = (
        signed_in(member, "member", screen),
        signed_in(editor_account, "editor", screen),
    )
    seen = {
        author: [
            "/me/proposals", *(f"/me/proposals/{one.public_id}" for one in (told, sent, gone)),
            *(f"/me/proposals/{told.public_id}/{part}" for part in ("problem", "done", "measures")),
            f"/me/proposals/{told.public_id}/measures?more=1",
        ],
        editor: [
            "/office/knowledge/", *office, *(f"{address}/preview" for address in office),
            f"{office[0]}/changes", "/office/knowledge/texts/5s",
            f"/knowledge/{text.slug}", f"/knowledge/{text.slug}/revisions",
            f"/knowledge/{text.slug}/revisions/1",
            f"/knowledge/{text.slug}/revisions/compare?one=1&other=1",
        ],
    }  # fmt: skip
    for who, addresses in seen.items():
        who.page.emulate_media(color_scheme=scheme)
        for address in addresses:
            assert who.page.goto(address).status == 200, address
            who.page.evaluate(
                "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
            )
            who.inspects()
    assert complaints(author, editor) == ""


def writes_in(who, **texts):
    """By Tab from one field to the next, in the order of the page."""
    for name, text in texts.items():
        tabs_to(who, who.page.locator(f"#{name}"))
        enters(who, text)


def goes_on(who, heading, button="Lưu và tiếp tục"):
    tabs_to(who, who.button(button))
    who.page.keyboard.press("Enter")
    who.sees(heading)


def test_the_keyboard_alone_leads_through_the_form(signed_in, member):
    author = signed_in(member, "member")
    author.opens("/me/proposals")
    goes_on(author, "Vấn đề", "Đề xuất một điển hình")
    writes_in(author, title_vi="Xếp lại kho phụ liệu", told_problem=PROBLEM)
    goes_on(author, "Việc đã làm")
    writes_in(author, told_done=DONE)
    tabs_to(author, author.page.locator(".more-fields > summary").first)
    author.page.keyboard.press("Enter")
    writes_in(author, year="2026")
    goes_on(author, "Số liệu")
    row = {"metric_vi": "Giờ tìm", "before": "10", "after": "2"}
    writes_in(author, **{f"measures-0-{name}": text for name, text in row.items()})
    goes_on(author, "Xếp lại kho phụ liệu")
    tabs_to(author, author.page.locator("#named"))
    author.page.keyboard.press("Space")
    goes_on(author, "Xếp lại kho phụ liệu", "Gửi đi duyệt")
    expect(author.page.locator("main .chip").first).to_contain_text("Chờ duyệt")
    db.session.rollback()
    (draft,) = drafts()
    assert (draft.names_proposer, draft.facts["year"]) == (True, "2026")
    assert complaints(author) == ""
