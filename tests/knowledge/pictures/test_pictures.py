"""Pictures in texts: sent to a draft, described, inserted, and shown from the publication on."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from club.accounts.models import RoleName
from club.db import db
from club.files.content_error import ContentError
from club.files.models import StoredFile
from club.files.pictures import PictureRefusal
from club.knowledge.editing.operations import drafting, looking_after, reviewing
from club.knowledge.importing import sync_knowledge
from club.knowledge.pictures.keeping import forget_unused
from club.knowledge.pictures.models import DraftPicture, Picture
from club.knowledge.pictures.rules import MOST_AT_ONCE, MOST_OF_A_DRAFT
from club.knowledge.rendering import render
from tests.knowledge.editing.kit import (
    a_trainer,
    an_editor,
    article,
    at,
    draft,
    drafts,
    handed_in,
    revisions,
)
from tests.support.factories import NOW, a_person, an_account
from tests.support.forms import as_it_stands
from tests.support.pictures import a_claimed_size, a_photo_on_its_side, a_picture

MONTH_LATER = NOW + timedelta(days=31)


@pytest.fixture(autouse=True)
def _on_that_morning():
    with at(NOW):
        yield


@pytest.fixture
def published(content):
    content.write("tools/5s.md", "Chữ cũ.")
    sync_knowledge(content.path, now=NOW)
    return content


def begun(client, slug="5s"):
    return client.post(f"/office/knowledge/texts/{slug}/change").location


def send(client, address, *files):
    given = [(BytesIO(data), name) for name, data in files]
    return client.post(f"{address}/pictures", data={"file": given})


def only_picture():
    return db.session.scalars(select(Picture)).one()


def a_ready_picture(client, address, data=None, **words):
    """One picture, described; returns the text that shows it."""
    send(client, address, ("anh.jpg", data or a_picture(1200, 900)))
    code = only_picture().code
    words = {"alt": "Kệ dụng cụ có dán nhãn"} | words
    answer = client.post(f"{address}/pictures/{code}", data=words)
    assert answer.status_code == 302
    page = client.get(f"{address}/pictures").text
    return (
        page.partition('id="paste-1"')[2]
        .partition('value="')[2]
        .partition('"')[0]
        .replace("&#34;", '"')
    )


def stored_files():
    return db.session.scalar(select(func.count()).select_from(StoredFile))


def test_pictures_are_sent_described_inserted_and_shown_after_publication(
    client, sign_in, published
):
    writer, reviewer = an_editor(), an_editor("Lê Văn Duyệt")
    desk = sign_in(writer)
    address = begun(desk)
    line = a_ready_picture(
        desk,
        address,
        a_photo_on_its_side(1200, 900),
        caption="Kệ sau khi sắp xếp.",
        credit="Tổ May 2",
    )
    picture = only_picture()
    assert (picture.width, picture.height) == (900, 1200)
    path = f"/knowledge/pictures/{picture.code}-900x1200.webp"
    assert line == f'![Kệ dụng cụ có dán nhãn]({path} "Kệ sau khi sắp xếp. Ảnh: Tổ May 2")'
    typed = as_it_stands(desk.get(address).text, address) | {
        "body": f"Trước.\n\n{line}",
        "note": "Thêm ảnh",
    }
    assert desk.post(address, data=typed | {"then": "hand_in"}).status_code == 302

    assert client.get(path).status_code == 404
    assert client.get("/knowledge/pictures/" + f"{picture.code}-480x640.webp").status_code == 404
    own = desk.get(path)
    assert own.headers["Cache-Control"] == "private, no-cache"
    assert path in desk.get(f"{address}/preview").text

    reviewing.publish(drafts()[0].id, by=reviewer.id, now=NOW)
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "image/webp"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Image.open(BytesIO(answer.data)).getexif() == {}
    page = client.get("/knowledge/5s").text
    assert f'<figure class="text-picture"><img src="{path}"' in page
    assert f"/knowledge/pictures/{picture.code}-480x640.webp 480w, {path} 900w" in page
    assert 'width="900" height="1200" alt="Kệ dụng cụ có dán nhãn" loading="lazy"' in page
    assert "<figcaption>Kệ sau khi sắp xếp. Ảnh: Tổ May 2</figcaption>" in page
    assert client.get(f"/knowledge/pictures/{picture.code}-481x640.webp").status_code == 404


def test_several_come_at_once_and_one_that_is_not_fit_does_not_cost_the_others(sign_in, published):
    client = sign_in(an_editor())
    address = begun(client)
    answer = send(
        client,
        address,
        ("một.jpg", a_picture(colour="red")),
        ("bẫy.png", a_claimed_size(30_000, 30_000)),
        ("hình.svg", b"<svg xmlns='x'/>"),
        ("hai.webp", a_picture(kind="WEBP")),
    )
    assert answer.status_code == 422
    assert "bẫy.png: Ảnh này có quá nhiều điểm ảnh" in answer.text
    assert "hình.svg: Không nhận hình vẽ SVG" in answer.text
    assert answer.text.count('class="picture-row"') == 2
    assert PictureRefusal.DRAWING.value not in answer.text


def test_the_same_picture_is_kept_once_whoever_sends_it(sign_in, published):
    published.write("tools/lean.md")
    sync_knowledge(published.path, now=NOW)
    one, other = sign_in(an_editor()), sign_in(an_editor("Lê Văn Hai"))
    for client, slug in ((one, "5s"), (other, "lean")):
        address = begun(client, slug)
        send(client, address, ("a.jpg", a_picture()), ("b.jpg", a_picture()))
    assert only_picture().width == 64
    assert db.session.scalar(select(func.count()).select_from(DraftPicture)) == 2


def test_nothing_can_be_inserted_before_somebody_says_what_is_to_be_seen(sign_in, published):
    client = sign_in(an_editor())
    address = begun(client)
    send(client, address, ("a.jpg", a_picture()))
    code = only_picture().code
    assert "Chữ để dán" not in client.get(f"{address}/pictures").text
    answer = client.post(
        f"{address}/pictures/{code}", data={"alt": " ", "caption": "Chú thích dài"}
    )
    assert answer.status_code == 422
    assert "Cho biết trong ảnh có gì" in answer.text
    assert 'value="Chú thích dài"' in answer.text
    assert 'data-insert="![' not in client.get(address).text
    client.post(f"{address}/pictures/{code}", data={"alt": 'Bảng [5S] "mới"'})
    page = client.get(address).text
    assert 'data-insert="![' in page
    text = "![" + page.partition('data-insert="![')[2].partition('"')[0].replace("&#34;", '"')
    assert 'alt="Bảng [5S] &quot;mới&quot;"' in render(text, title="").html


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("![x](https://noi-khac.example/a.png)", "Trong bài có ảnh lấy từ nơi khác"),
        ("![x](data:image/png;base64,AAAA)", "Trong bài có ảnh lấy từ nơi khác"),
        ("![x](/knowledge/pictures/" + "0" * 32 + "-9x9.webp)", "mà trang web không có"),
        ("![]({own})", "Ghi giữa hai dấu ngoặc"),
    ],
)
def test_a_text_shows_described_pictures_of_the_site_alone(sign_in, published, body, why):
    client = sign_in(an_editor())
    address = begun(client)
    a_ready_picture(client, address)
    body = body.replace("{own}", str(only_picture().address))
    typed = as_it_stands(client.get(address).text, address) | {"body": body, "note": "Ảnh"}
    answer = client.post(address, data=typed | {"then": "hand_in"})
    assert answer.status_code == 422
    assert why in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/a.webp",
        "//evil.example/knowledge/pictures/" + "0" * 32 + "-9x9.webp",
        "/knowledge/pictures/../../etc-9x9.webp",
        "/knowledge/pictures/" + "0" * 32 + "-9x9.webp?x=1",
        "/knowledge/pictures/" + "0" * 32 + "-9x99999.webp",
    ],
)
def test_no_other_address_is_ever_drawn(address):
    html = render(f'![lời]({address} "x")', title="").html
    assert html == "<p>lời</p>"


def test_a_picture_within_a_line_stays_in_it_and_hostile_words_stay_words():
    own = "/knowledge/pictures/" + "0" * 32 + "-9x9.webp"
    html = render(f'Xem ![a"><script>1</script>]({own} "x\\" onerror=1") đây', title="").html
    assert html.startswith("<p>Xem <img ")
    assert "<script" not in html
    assert "onerror" not in html


def test_trainers_see_and_change_only_what_lies_ready_for_their_own_drafts(
    client, sign_in, published
):
    mine, theirs = sign_in(a_trainer()), sign_in(a_trainer("Phạm Thị Khác"))
    address = begun(mine)
    a_ready_picture(mine, address)
    picture = only_picture()
    assert mine.get(str(picture.address)).status_code == 200
    assert theirs.get(str(picture.address)).status_code == 404
    member = sign_in(an_account(RoleName.MEMBER, person=a_person()))
    assert member.get(str(picture.address)).status_code == 404
    assert theirs.get(f"{address}/pictures").status_code == 404
    assert send(theirs, address, ("a.jpg", a_picture())).status_code == 404
    assert theirs.post(f"{address}/pictures/{picture.code}/removal").status_code == 404
    assert send(client, address, ("a.jpg", a_picture())).status_code in {302, 401}


def test_an_old_revision_keeps_its_pictures_and_a_withdrawn_text_shows_none(
    client, sign_in, published
):
    desk, reviewer = sign_in(an_editor()), an_editor("Lê Văn Duyệt")
    line = a_ready_picture(desk, address := begun(desk))
    desk.post(f"{address}/discarding")
    path = str(only_picture().address)
    first = handed_in("5s", an_editor("Vũ Viết"), body=line)
    reviewing.publish(first.id, by=reviewer.id, now=NOW)
    second = handed_in("5s", an_editor("Vũ Viết Lại"), body="Không ảnh.")
    reviewing.publish(second.id, by=reviewer.id, now=NOW)
    assert [one.number for one in revisions("5s")] == [1, 2, 3]
    forget_unused(now=MONTH_LATER, stopped=lambda: False)
    assert path in client.get("/knowledge/5s/revisions/2").text
    assert client.get(path).status_code == 200
    looking_after.retire("5s", by=reviewer.id, now=NOW)
    assert client.get(path).status_code == 404
    assert desk.get(path).status_code == 200


def test_a_draft_that_is_looked_over_takes_no_pictures_and_says_so_first(sign_in, published):
    found = handed_in("5s", an_editor("Vũ Viết"), body="Chữ mới.")
    client, address = sign_in(an_editor()), f"/office/knowledge/drafts/{found.public_id}/pictures"
    words = "Chỉ thêm ảnh khi bản nháp đang được viết."
    page = client.get(address).text
    assert words in page
    assert 'type="file"' not in page
    assert "Thêm ảnh ở trên" not in page
    sent = client.post(address, data={"file": (BytesIO(a_picture()), "a.png")})
    assert sent.status_code == 422


def test_what_nobody_uses_is_forgotten_after_a_month(sign_in, published):
    client = sign_in(an_editor())
    address = begun(client)
    line = a_ready_picture(client, address)
    before = stored_files()
    assert forget_unused(now=MONTH_LATER, stopped=lambda: False) == 0  # an open draft lists it
    found = draft(address.rsplit("/", 1)[1])
    drafting.save(
        found.id, found.facts | {"body": line}, note="Ảnh", seen=1, by=found.author_id, now=NOW
    )
    client.post(f"{address}/pictures/{only_picture().code}/removal")
    assert forget_unused(now=MONTH_LATER, stopped=lambda: False) == 0  # its text names it
    client.post(f"{address}/discarding")
    assert forget_unused(now=NOW + timedelta(days=29), stopped=lambda: False) == 0
    assert forget_unused(now=MONTH_LATER, stopped=lambda: False) == 1
    assert db.session.scalars(select(Picture)).all() == []
    assert stored_files() == before - 3


def test_a_draft_that_waits_for_its_review_takes_no_pictures(sign_in, published):
    client = sign_in(an_editor())
    address = begun(client)
    typed = as_it_stands(client.get(address).text, address) | {"note": "Sửa", "body": "Mới."}
    client.post(address, data=typed | {"then": "hand_in"})
    answer = send(client, address, ("a.jpg", a_picture()))
    assert answer.status_code == 422
    assert "Rút bản nháp về" in answer.text
    assert db.session.scalars(select(Picture)).all() == []


def test_how_many_come_is_limited(sign_in, published):
    client = sign_in(an_editor())
    address = begun(client)
    assert send(client, address, *[("a.jpg", a_picture())] * (MOST_AT_ONCE + 1)).status_code == 422
    assert client.post(f"{address}/pictures", data={}).status_code == 422
    found = drafts()[0]
    for number in range(MOST_OF_A_DRAFT):
        picture = Picture(code=f"{number:032x}", width=1, height=1, added_at=NOW)
        db.session.add(picture)
        db.session.flush()
        db.session.add(DraftPicture(draft_id=found.id, picture_id=picture.id, added_at=NOW))
    db.session.commit()
    assert "đã có 60 ảnh" in send(client, address, ("a.jpg", a_picture())).text


def test_the_list_costs_the_same_whatever_its_length(sign_in, published, count_queries):
    client = sign_in(an_editor())
    address = begun(client)
    costs = []
    for number in range(4):
        send(client, address, ("a.jpg", a_picture(20 + number, 20)))
        with count_queries() as seen:
            client.get(f"{address}/pictures")
        costs.append(len(seen))
    assert costs[0] == costs[3]


def test_pictures_beside_a_file_come_with_it(client, content):
    folder = content.path / "tools/5s"
    folder.mkdir()
    (folder / "ke.jpg").write_bytes(a_picture(700, 350))
    content.write("tools/5s.md", 'Xem:\n\n![Kệ](5s/ke.jpg "Kệ mới")', english="![Shelf](5s/ke.jpg)")
    assert sync_knowledge(content.path, now=NOW).added
    path = f"/knowledge/pictures/{only_picture().code}-700x350.webp"
    assert article("5s").body == f'Xem:\n\n![Kệ]({path} "Kệ mới")'
    assert client.get(path).status_code == 200
    again = sync_knowledge(content.path, now=NOW)
    assert (again.added, again.changed) == (0, 0)
    (folder / "ke.jpg").write_bytes(a_picture(700, 350, colour="red"))
    assert sync_knowledge(content.path, now=NOW).changed == 1
    assert len(revisions("5s")) == 2
    assert client.get(path).status_code == 200
    assert path not in client.get("/knowledge/5s").text


@pytest.mark.parametrize(
    ("line", "data", "why"),
    [
        ("![Kệ](thieu.jpg)", None, "thieu.jpg: there is no such picture"),
        ("![Kệ](../../ngoai.jpg)", None, "../../ngoai.jpg: there is no such picture"),
        ("![Kệ](ke.jpg)", b"<svg/>", "ke.jpg: " + PictureRefusal.DRAWING.value),
        ("![](ke.jpg)", a_picture(), "does not say in the brackets"),
    ],
)
def test_a_file_whose_picture_is_not_fit_is_named_with_its_line(content, line, data, why):
    (content.path.parent / "ngoai.jpg").write_bytes(a_picture())
    if data:
        (content.path / "tools/ke.jpg").write_bytes(data)
    content.write("tools/5s.md", f"Một.\n\n{line}")
    with pytest.raises(ContentError) as wrong:
        sync_knowledge(content.path, now=NOW)
    assert "tools/5s.md" in str(wrong.value)
    assert why in str(wrong.value)
    assert db.session.scalars(select(Picture)).all() == []
