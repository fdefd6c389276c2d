"""Which files are taken. The content decides; a name only tells a table from other plain text.

What is taken is still nobody's to trust: it is never opened on the server, and sent as an
attachment only (``club.files.serving``).
"""

import codecs
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from club.refusal import RefusedError

MIB = 1 << 20
LARGEST = 100 * MIB


class FileRefusal(StrEnum):
    NOTHING_CHOSEN = "Choose the file first."
    EMPTY = "This file is empty. Choose another one."
    TOO_LARGE = (
        "A file may have at most 100 MB. Make it smaller, or put it elsewhere and publish a link."
    )
    UNKNOWN = (
        "Files of this kind are not taken. Use PDF, Word (.docx), Excel (.xlsx), PowerPoint"
        " (.pptx), OpenDocument, PNG, JPEG, WebP, MP4, MP3, plain text or CSV."
    )
    OLD_OFFICE = (
        "This is an old Office file, or one with a password. Save it as .docx, .xlsx or .pptx"
        " without a password."
    )
    MACROS = "This file holds macros, which can do harm. Save it without them, as .docx or .xlsx."
    DAMAGED = "This file is damaged or not complete. Open it, save it anew and choose it again."
    NOT_ON_PAPER = "Choose the scan as a PDF file, or a photo of the paper as PNG, JPEG or WebP."
    NOT_A_DOCUMENT = (
        "Choose a PDF file, a picture (PNG, JPEG, WebP) or an office document (.docx, .xlsx, .pptx"
        " or OpenDocument)."
    )
    NOT_TO_READ = (
        "Files of this kind are not taken here. Use a PDF, an office document, a picture, plain"
        " text or CSV."
    )
    MARKUP = "Web pages and program text are not taken. Save the page as PDF."


@dataclass(frozen=True)
class FileType:
    media_type: str
    #: The first is given to files whose name has none of them.
    endings: tuple[str, ...]


PDF = FileType("application/pdf", ("pdf",))
TEXT = FileType("text/plain; charset=utf-8", ("txt", "md"))
CSV = FileType("text/csv; charset=utf-8", ("csv",))
#: What the library calls it, and what it is here.
_BY_MAGIC = {
    "image/png": FileType("image/png", ("png",)),
    "image/jpeg": FileType("image/jpeg", ("jpg", "jpeg")),
    "image/webp": FileType("image/webp", ("webp",)),
    "video/mp4": FileType("video/mp4", ("mp4",)),
    "audio/mpeg": FileType("audio/mpeg", ("mp3",)),
}
#: What shows a sheet of paper.
_ON_PAPER = {PDF.media_type, "image/png", "image/jpeg", "image/webp"}
_OOXML = "application/vnd.openxmlformats-officedocument."
_OFFICE = {
    f"{_OOXML}wordprocessingml.document": FileType(f"{_OOXML}wordprocessingml.document", ("docx",)),
    f"{_OOXML}spreadsheetml.sheet": FileType(f"{_OOXML}spreadsheetml.sheet", ("xlsx",)),
    f"{_OOXML}presentationml.presentation": FileType(
        f"{_OOXML}presentationml.presentation", ("pptx",)
    ),
    f"{_OOXML}presentationml.slideshow": FileType(f"{_OOXML}presentationml.slideshow", ("ppsx",)),
}
_ODF = "application/vnd.oasis.opendocument."
_OPEN_DOCUMENT = {
    f"{_ODF}text": FileType(f"{_ODF}text", ("odt",)),
    f"{_ODF}spreadsheet": FileType(f"{_ODF}spreadsheet", ("ods",)),
    f"{_ODF}presentation": FileType(f"{_ODF}presentation", ("odp",)),
}
_DOCUMENTS = _ON_PAPER | set(_OFFICE) | set(_OPEN_DOCUMENT)
_TO_READ = _DOCUMENTS | {TEXT.media_type, CSV.media_type}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 8192
#: A list of contents that is longer than this belongs to no honest document.
_LONGEST_LIST = 4 * MIB
#: What ``zipfile`` raises for a damaged package, or one packed in a way that it does not know.
ZIP_DAMAGE = (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError)
_MAIN_PART = re.compile(rb'ContentType="([^"]+)\.main\+xml"')
_RUNS = re.compile(r"vbaProject|/macrosheets/|/activeX/|^Basic/|^Scripts/", re.IGNORECASE)
_LEADS_OUT = re.compile(r"^/|(^|[/\\])\.\.([/\\]|$)")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
#: Text that a browser, opening it from a disk, would take for a page.
_MARKUP = re.compile(
    r"<(?:!doctype|\?xml|html|head|body|script|svg|iframe|meta|style|img|form|math)\b|^#!",
    re.IGNORECASE,
)


def type_of(content: IO[bytes], *, name: str) -> FileType:
    """What ``content`` is. Raises ``RefusedError`` with a ``FileRefusal`` where it is not taken.

    Reads little of it, whatever its size; leaves the place where it stands undefined.
    """
    import filetype

    content.seek(0)
    head = content.read(_HEAD)
    if not head:
        raise _refused(FileRefusal.EMPTY)
    if head.startswith(_OLD_OFFICE):
        raise _refused(FileRefusal.OLD_OFFICE)
    if head.startswith(b"PK\x03\x04"):
        return _package(content)
    if head.startswith(b"%PDF-"):
        return _pdf(content)
    known = filetype.guess(head)
    if known is not None:
        if known.mime not in _BY_MAGIC:
            raise _refused(FileRefusal.UNKNOWN)
        return _BY_MAGIC[known.mime]
    return _text(content, name)


def type_on_paper(content: IO[bytes], *, name: str) -> FileType:
    """The same where only the scan or photo of a sheet of paper will do."""
    return _type_among(_ON_PAPER, content, name, FileRefusal.NOT_ON_PAPER)


def type_of_document(content: IO[bytes], *, name: str) -> FileType:
    """The same where it is a paper or what an office program wrote."""
    return _type_among(_DOCUMENTS, content, name, FileRefusal.NOT_A_DOCUMENT)


def type_to_read(content: IO[bytes], *, name: str) -> FileType:
    """The same for what can be read on a page: no sound and no film."""
    return _type_among(_TO_READ, content, name, FileRefusal.NOT_TO_READ)


def _type_among(
    taken: Collection[str], content: IO[bytes], name: str, refusal: FileRefusal
) -> FileType:
    # How to keep a page or plain text helps nobody where none of them is taken.
    replaced = {FileRefusal.UNKNOWN}
    if TEXT.media_type not in taken:
        replaced.add(FileRefusal.MARKUP)
    try:
        found = type_of(content, name=name)
    except RefusedError as other:
        if other.refusal not in replaced:
            raise
        raise _refused(refusal) from other
    if found.media_type not in taken:
        raise _refused(refusal)
    return found


def _refused(refusal: FileRefusal) -> RefusedError:
    return RefusedError(refusal, field="file")


def _pdf(content: IO[bytes]) -> FileType:
    """Its end says where to begin: without that it is cut off, or only dressed as one."""
    tail = _tail(content, 2048)
    if b"startxref" not in tail or b"%%EOF" not in tail:
        raise _refused(FileRefusal.DAMAGED)
    return PDF


def _package(content: IO[bytes]) -> FileType:
    """A zip: only those that are documents of an office program, and hold no programs."""
    _refuse_long_list(content)
    try:
        with zipfile.ZipFile(content) as package:
            names = package.namelist()
            if any(_RUNS.search(name) for name in names):
                raise _refused(FileRefusal.MACROS)
            if any(_LEADS_OUT.search(name) for name in names):
                raise _refused(FileRefusal.DAMAGED)
            if "[Content_Types].xml" in names:
                return _ooxml(_beginning_of(package, "[Content_Types].xml", MIB))
            if "mimetype" in names:
                return _open_document(_beginning_of(package, "mimetype", 100))
    except ZIP_DAMAGE as damage:
        raise _refused(FileRefusal.DAMAGED) from damage
    raise _refused(FileRefusal.UNKNOWN)


def _refuse_long_list(content: IO[bytes]) -> None:
    """``zipfile`` reads the whole list of contents; a hostile one fills the memory."""
    tail = _tail(content, 65_557)
    at = tail.rfind(b"PK\x05\x06")
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    if at < 0 or size > _LONGEST_LIST:
        raise _refused(FileRefusal.DAMAGED)


def _ooxml(types: bytes) -> FileType:
    if b"macroenabled" in types.lower():
        raise _refused(FileRefusal.MACROS)
    for main in _MAIN_PART.findall(types):
        if main.decode("ascii", "replace") in _OFFICE:
            return _OFFICE[main.decode("ascii")]
    raise _refused(FileRefusal.UNKNOWN)


def _open_document(media_type: bytes) -> FileType:
    known = _OPEN_DOCUMENT.get(media_type.decode("ascii", "replace").strip())
    if known is None:
        raise _refused(FileRefusal.UNKNOWN)
    return known


def _beginning_of(package: zipfile.ZipFile, name: str, most: int) -> bytes:
    with package.open(name) as entry:
        return entry.read(most)


def _tail(content: IO[bytes], most: int) -> bytes:
    size = content.seek(0, 2)
    content.seek(max(0, size - most))
    return content.read(most)


def _text(content: IO[bytes], name: str) -> FileType:
    """UTF-8 all through, without control characters, and no page in disguise."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    content.seek(0)
    before = ""
    try:
        while piece := content.read(MIB):
            if _CONTROLS.search(piece):
                raise _refused(FileRefusal.UNKNOWN)
            text = decoder.decode(piece)
            if _MARKUP.search(before + text):
                raise _refused(FileRefusal.MARKUP)
            before = text[-20:]
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _refused(FileRefusal.UNKNOWN) from error
    return CSV if name.lower().rstrip().endswith(".csv") else TEXT
