"""Pictures as cameras and drawing programs make them, and as attackers do."""

import struct
import zlib
from io import BytesIO

from PIL import Image

#: Where it was taken, as a phone writes it.
_GPS, _LATITUDE, _ORIENTATION = 0x8825, 2, 0x0112


def a_picture(width=64, height=48, *, kind="JPEG", colour="teal", mode="RGB", **given):
    drawn = BytesIO()
    Image.new(mode, (width, height), colour).save(drawn, kind, **given)
    return drawn.getvalue()


def a_photo_on_its_side(width=64, height=48):
    """Taken upright by a phone: stored lying, its left half red, with the place in it."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    facts = Image.Exif()
    facts[_ORIENTATION] = 6
    facts[0x010F] = "Hãng điện thoại"
    facts.get_ifd(_GPS)[_LATITUDE] = (10.0, 54.0, 19.0)
    drawn = BytesIO()
    picture.save(drawn, "JPEG", exif=facts, quality=95)
    return drawn.getvalue()


def a_claimed_size(width, height):
    """A PNG of a few bytes that says it unpacks to so many pixels."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")
