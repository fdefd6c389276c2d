"""Pictures come out upright, in sensible widths and without what the camera wrote into them."""

from io import BytesIO

import pytest
from PIL import Image

from club.files.accepting import FileRefusal
from club.files.pictures import LARGEST, PictureRefusal, read_picture
from club.refusal import RefusedError
from tests.support.pictures import a_claimed_size, a_photo_on_its_side, a_picture
from tests.support.work import work_within

pytestmark = pytest.mark.slow


def read(data):
    return read_picture(BytesIO(data))


def refusal(data):
    with pytest.raises(RefusedError) as refused:
        read(data)
    assert refused.value.field == "file"
    return refused.value.refusal


def drawn(version):
    return Image.open(BytesIO(version.content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_comes_out_in_the_widths_that_pages_need(kind):
    found = read(a_picture(2000, 1000, kind=kind))
    sides = [(480, 240), (960, 480), (1600, 800)]
    assert [(one.width, one.height) for one in found.versions] == sides
    assert [drawn(one).size for one in found.versions] == sides
    assert {drawn(one).format for one in found.versions} == {"WEBP"}


@pytest.mark.parametrize(
    ("sides", "kept"),
    [
        ((300, 200), [(300, 200)]),
        ((480, 480), [(480, 480)]),
        ((700, 350), [(480, 240), (700, 350)]),
        ((1000, 8000), [(300, 2400)]),
        ((9000, 1), [(480, 1), (960, 1), (1600, 1)]),
    ],
)
def test_nothing_is_made_larger_than_it_was(sides, kept):
    found = read(a_picture(*sides))
    assert [(one.width, one.height) for one in found.versions] == kept


def test_a_photo_stands_upright_and_says_nothing_of_where_it_was_taken():
    sent = a_photo_on_its_side()
    assert b"Exif" in sent
    (kept,) = read(sent).versions
    assert (kept.width, kept.height) == (48, 64)
    picture = drawn(kept)
    assert picture.getexif() == {}
    assert not {b"EXIF", b"XMP ", b"ICCP"} & {kept.content[at : at + 4] for at in range(60)}
    red, _green, blue = picture.convert("RGB").getpixel((24, 8))
    assert (red > 200, blue < 60) == (True, True)


def test_what_is_transparent_is_white():
    (kept,) = read(a_picture(kind="PNG", mode="RGBA", colour=(0, 0, 0, 0))).versions
    assert drawn(kept).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16"])
def test_drawings_of_every_kind_of_colours_are_taken(mode):
    assert read(a_picture(kind="PNG", mode=mode, colour=0)).versions


def test_the_code_follows_from_what_was_sent():
    one, other = a_picture(colour="red"), a_picture(colour="blue")
    assert read(one).code == read(one).code != read(other).code
    assert len(read(one).code) == 32


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", FileRefusal.EMPTY),
        (b"%PDF-1.4\n%%EOF", PictureRefusal.UNKNOWN),
        (b"GIF89a" + b"\0" * 50, PictureRefusal.UNKNOWN),
        (b"chu thuong", PictureRefusal.UNKNOWN),
        (b"<svg onload=window.__x=1>", PictureRefusal.DRAWING),
        (b'<?xml version="1.0"?><svg xmlns="x"><script>1</script></svg>', PictureRefusal.DRAWING),
        (a_picture()[:300], FileRefusal.DAMAGED),
        (a_picture(kind="PNG")[:60], FileRefusal.DAMAGED),
        (b"\xff\xd8\xff\xe0" + b"\0" * 400, FileRefusal.DAMAGED),
        (a_claimed_size(64, 48), FileRefusal.DAMAGED),
        (a_picture() + b"<script>window.__x=1</script>", PictureRefusal.HIDES),
        (a_picture(comment=b"<html ><body>"), PictureRefusal.HIDES),
        (a_picture(comment=b"%PDF-1.7"), PictureRefusal.HIDES),
        (a_picture() + b"PK\x05\x06" + b"\0" * 18, PictureRefusal.HIDES),
        (a_picture(kind="PNG") + b"more behind it", PictureRefusal.HIDES),
        (a_picture(kind="WEBP") + b"more behind it", PictureRefusal.HIDES),
        (a_claimed_size(30_000, 30_000), PictureRefusal.TOO_MANY_PIXELS),
        (a_claimed_size(13_000, 10), PictureRefusal.TOO_MANY_PIXELS),
        (a_claimed_size(6_000, 6_000), PictureRefusal.TOO_MANY_PIXELS),
        (a_claimed_size(65_000, 65_000), PictureRefusal.TOO_MANY_PIXELS),
    ],
)
def test_what_is_not_taken_says_why(data, why):
    with work_within(1):
        assert refusal(data) is why


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_pictures_are_not_taken(kind):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    moving = BytesIO()
    frames[0].save(moving, kind, save_all=True, append_images=frames[1:], duration=100)
    assert refusal(moving.getvalue()) is PictureRefusal.MOVING


def test_a_file_that_is_too_large_is_not_opened():
    assert refusal(a_picture() + b"\0" * LARGEST) is PictureRefusal.TOO_LARGE


def test_what_a_phone_puts_behind_a_photo_is_left_behind():
    (kept,) = read(a_picture() + b"another film" * 100).versions
    assert b"another film" not in kept.content
