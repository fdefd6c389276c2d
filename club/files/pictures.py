"""Pictures as people send them, made fit for pages: upright, in sensible widths, and with nothing
left of where, when and with what they were taken.

What is stored is drawn anew from the pixels: of the file that was sent nothing is kept.
"""

import hashlib
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import IO, TYPE_CHECKING

from club.files.accepting import MIB, FileRefusal
from club.refusal import RefusedError

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 20 * MIB
MEDIA_TYPE = "image/webp"
#: A phone, a text's column, and the same on a screen of twice as many pixels.
WIDTHS = (480, 960, 1600)
_TALLEST = 2400
_LONGEST_SIDE = 12_000
#: A JPEG is unpacked at a fraction of its size already, the others only as a whole.
_MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
_TAKEN = {"image/jpeg", "image/png", "image/webp"}
_MARKUP = re.compile(
    rb"<(?:script[\s>]|html[\s>]|iframe\s|\?php\s|!doctype\s|svg\s+xmlns)", re.IGNORECASE
)
_DRAWING = re.compile(rb"<svg[\s/>]", re.IGNORECASE)
_PDF_BEGINS = 1024
_ZIP_ENDS = 66_000
_PNG_END = b"IEND\xaeB`\x82"
_QUALITY = 80


class PictureRefusal(StrEnum):
    UNKNOWN = "Pictures are taken as JPEG, PNG or WebP. Save this one in one of these forms."
    DRAWING = "SVG drawings are not taken, because they can hold programs. Save the drawing as PNG."
    TOO_LARGE = "A picture may have at most 20 MB. Make it smaller and choose it again."
    TOO_MANY_PIXELS = (
        "This picture has too many pixels to be unpacked. Make it smaller, for example 4,000 pixels"
        " wide, and choose it again."
    )
    MOVING = "Moving pictures are not taken. Choose a single picture of it."
    HIDES = (
        "Something else is hidden in this picture: program text or another file. Open it, save it"
        " anew and choose it again."
    )


@dataclass(frozen=True)
class Version:
    """The picture in one of its widths, as WebP."""

    width: int
    height: int
    content: bytes


@dataclass(frozen=True)
class ReadPicture:
    """``code``: the same for the same file, whoever sends it."""

    code: str
    #: The widest last.
    versions: list[Version]


def widths_of(width: int) -> list[int]:
    """In which widths a picture is kept that is so wide at most."""
    return [*(one for one in WIDTHS if one < width), width]


def height_at(width: int, *, of: tuple[int, int]) -> int:
    """How high a picture with the sides ``of`` is at that width."""
    return max(1, round(of[1] * width / of[0]))


def code_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def read_picture(content: IO[bytes]) -> ReadPicture:
    """Raises ``RefusedError`` with a ``PictureRefusal`` or ``FileRefusal`` (field ``file``)."""
    size = content.seek(0, 2)
    if size == 0:
        raise _refused(FileRefusal.EMPTY)
    if size > LARGEST:
        raise _refused(PictureRefusal.TOO_LARGE)
    content.seek(0)
    data = content.read()
    _refuse_others(data)
    return ReadPicture(code_of(data), list(_versions(_upright(data))))


def _refused(refusal: PictureRefusal | FileRefusal) -> RefusedError:
    return RefusedError(refusal, field="file")


def _refuse_others(data: bytes) -> None:
    """What is no picture, or a picture and something else at the same time."""
    import filetype

    kind = filetype.guess(data[:8192])
    if kind and kind.mime == "image/apng":
        raise _refused(PictureRefusal.MOVING)
    if kind is None or kind.mime not in _TAKEN:
        is_drawing = _DRAWING.search(data[:8192]) is not None
        raise _refused(PictureRefusal.DRAWING if is_drawing else PictureRefusal.UNKNOWN)
    if (
        _MARKUP.search(data)
        or b"%PDF-" in data[:_PDF_BEGINS]
        or b"PK\x05\x06" in data[-_ZIP_ENDS:]
        or len(data) > _end_of(data, kind.mime) + 1
    ):
        raise _refused(PictureRefusal.HIDES)


def _end_of(data: bytes, media_type: str) -> int:
    """Where the picture ends. Behind a JPEG phones put more of their own: it is left behind."""
    if media_type == "image/png":
        at = data.find(_PNG_END)
        return at + len(_PNG_END) if at > 0 else len(data)
    if media_type == "image/webp":
        return int.from_bytes(data[4:8], "little") + 8
    return len(data)


def _upright(data: bytes) -> "Image":
    """The first picture of the file, unpacked, turned and at most as large as it is ever shown."""
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as found:
            _refuse_size(found)
            if found.format in {"JPEG", "MPO"}:
                found.draft("RGB", (WIDTHS[-1], _TALLEST))
            turned = ImageOps.exif_transpose(found)
            plain = _on_white(turned)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _refused(PictureRefusal.TOO_MANY_PIXELS) from bomb
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, TypeError) as damage:
        raise _refused(FileRefusal.DAMAGED) from damage
    plain.thumbnail((WIDTHS[-1], _TALLEST), Image.Resampling.LANCZOS)
    return plain


def _refuse_size(found: "Image") -> None:
    if max(found.size) > _LONGEST_SIDE or found.width * found.height > _MOST_PIXELS.get(
        found.format or "", 0
    ):
        raise _refused(PictureRefusal.TOO_MANY_PIXELS)
    if found.format == "WEBP" and getattr(found, "is_animated", False):
        raise _refused(PictureRefusal.MOVING)


def _on_white(picture: "Image") -> "Image":
    """Its colours alone: what is transparent would not be seen on a dark page."""
    from PIL import Image

    clear = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    plain = Image.new("RGB", clear.size, "white")
    plain.paste(clear, mask=clear if clear.mode == "RGBA" else None)
    return plain


def _versions(picture: "Image") -> Iterator[Version]:
    from PIL import Image

    for width in widths_of(picture.width):
        height = height_at(width, of=picture.size)
        drawn = BytesIO()
        picture.resize((width, height), Image.Resampling.LANCZOS).save(
            drawn, "WEBP", quality=_QUALITY
        )
        yield Version(width, height, drawn.getvalue())
