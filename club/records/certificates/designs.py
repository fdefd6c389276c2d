"""What coordinators word and draw of a certificate: its heading, sentences, signer and pictures."""

import base64
import struct
from dataclasses import dataclass
from enum import StrEnum

from club.files.models import StoredFile
from club.files.storage import storage
from club.records.certificates.models import CertificateDesign, DesignLanguage

#: In bytes; a picture is printed small.
LARGEST_PICTURE = 300_000
_MOST_PIXELS = 3000
_PNG = b"\x89PNG\r\n\x1a\n"


class PictureRefusal(StrEnum):
    NOT_PNG = "The picture must be a PNG file of at most 300 kB, with at most 3000 pixels a side."


@dataclass(frozen=True)
class Wording:
    """What a design says, as the form and the table hold it; English may be empty."""

    language: DesignLanguage = DesignLanguage.BOTH
    title: str = "Giấy chứng nhận hoàn thành"
    title_en: str | None = "Certificate of completion"
    opening: str = "Chứng nhận ông/bà"
    opening_en: str | None = "This is to certify that"
    sentence: str = "đã hoàn thành khóa học"
    sentence_en: str | None = "has completed the course"
    signer_name: str | None = None
    signer_title: str | None = None
    signer_title_en: str | None = None
    #: Where there are scores: see ``scores``.
    prints_scores: bool = False


@dataclass(frozen=True)
class Design:
    """All that printing needs of a design. Pictures are SVG texts, empty where there is none."""

    wording: Wording = Wording()
    logo: str = ""
    signature: str = ""


def design_of(kept: CertificateDesign | None) -> Design:
    """A kept version; the club's own words where nobody has kept one yet.

    Raises ``StorageError``.
    """
    if kept is None:
        return Design()
    return Design(
        wording_of(kept), logo=picture_of(kept.logo), signature=picture_of(kept.signature)
    )


def wording_of(kept: CertificateDesign | None) -> Wording:
    if kept is None:
        return Wording()
    return Wording(**{name: getattr(kept, name) for name in Wording.__dataclass_fields__})


def picture_of(file: StoredFile | None) -> str:
    return drawn(b"".join(storage().pieces(file.key))) if file else ""


def drawn(png: bytes) -> str:
    """A PNG as an SVG text: what is handed to the template holds only text."""
    width, height = struct.unpack(">II", png[16:24])
    inside = base64.b64encode(png).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}"'
        f' xlink:href="data:image/png;base64,{inside}"/></svg>'
    )


def refusal_of_picture(beginning: bytes, *, size: int) -> PictureRefusal | None:
    """``beginning``: the first 24 bytes, which say how large a PNG is."""
    if size > LARGEST_PICTURE or len(beginning) < 24 or not beginning.startswith(_PNG):
        return PictureRefusal.NOT_PNG
    sides = struct.unpack(">II", beginning[16:24])
    return None if all(0 < side <= _MOST_PIXELS for side in sides) else PictureRefusal.NOT_PNG
