import io
import struct
import zipfile
import zlib

import pytest

from club.files.accepting import (
    FileRefusal,
    type_of,
    type_of_document,
    type_on_paper,
    type_to_read,
)
from club.refusal import RefusedError
from tests.materials.kit import PDF, an_office_file

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + b"\0" * 17
GIF = b"GIF89a" + b"\0" * 40


def short(value):
    """Names tests: contents are made anew for each run, and workers compare the names."""
    return value if isinstance(value, str) else "content"


def kind(content, name="x"):
    return type_of(io.BytesIO(content), name=name).media_type


def refusal(content, name="x"):
    with pytest.raises(RefusedError) as refused:
        type_of(io.BytesIO(content), name=name)
    assert refused.value.field == "file"
    return refused.value.refusal


def a_zip(*entries):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        for name, content in entries:
            package.writestr(name, content)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 40, "image/webp"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 40, "video/mp4"),
        (b"ID3\x04" + b"\0" * 40, "audio/mpeg"),
        ("Xin chào.\n".encode(), "text/plain; charset=utf-8"),
        (b"\xef\xbb\xbf" + "Họ tên".encode(), "text/plain; charset=utf-8"),
        (an_office_file(WORD), WORD),
        (an_office_file(EXCEL), EXCEL),
        (an_office_file(SLIDES), SLIDES),
        (
            a_zip(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "x")),
            "application/vnd.oasis.opendocument.text",
        ),
    ],
    ids=short,
)
def test_what_it_is_follows_from_the_content(content, media_type):
    assert kind(content, "ten-gi-cung-duoc.exe") == media_type


def test_only_text_asks_its_name_whether_it_is_a_table():
    assert kind(b"a,b\n1,2\n", "bang.CSV") == "text/csv; charset=utf-8"
    assert kind(PDF, "bang.csv") == "application/pdf"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", FileRefusal.EMPTY),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>', FileRefusal.MARKUP),
        (b"<script>window.__x=1</script>", FileRefusal.MARKUP),
        (b"Lan <ScRiPt>window.__x=1</sCrIpT>", FileRefusal.MARKUP),
        (b'\xef\xbb\xbf<?xml version="1.0"?><html/>', FileRefusal.MARKUP),
        (b"x" * (1 << 20) + b"<script>", FileRefusal.MARKUP),
        (b"x" * ((1 << 20) - 3) + b"<script>", FileRefusal.MARKUP),
        (b"#!/bin/sh\nrm -rf .", FileRefusal.MARKUP),
        (GIF + b"<script>window.__x=1</script>", FileRefusal.UNKNOWN),
        (b"MZ" + b"\0" * 200, FileRefusal.UNKNOWN),
        (b"\x7fELF" + b"\0" * 200, FileRefusal.UNKNOWN),
        ("Xin chào".encode("utf-16"), FileRefusal.UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2048, FileRefusal.OLD_OFFICE),
        (b"%PDF-1.4\n<html><script>1</script></html>\n%%EOF", FileRefusal.DAMAGED),
        (PDF[: len(PDF) // 2], FileRefusal.DAMAGED),
        (a_zip(("readme.txt", "x")), FileRefusal.UNKNOWN),
        (an_office_file(WORD)[:60], FileRefusal.DAMAGED),
        (an_office_file("application/x-unknown"), FileRefusal.UNKNOWN),
        (an_office_file(EXCEL, extra=["../../outside/pwned.txt"]), FileRefusal.DAMAGED),
        (an_office_file(WORD, extra=["word/vbaProject.bin"]), FileRefusal.MACROS),
        (an_office_file(EXCEL, extra=["xl/macrosheets/sheet1.xml"]), FileRefusal.MACROS),
        (
            an_office_file(WORD, types='<a ContentType="application/x.macroEnabled.main+xml"/>'),
            FileRefusal.MACROS,
        ),
        (
            a_zip(("mimetype", "application/vnd.oasis.opendocument.text"), ("Basic/a.xml", "x")),
            FileRefusal.MACROS,
        ),
    ],
    ids=short,
)
def test_what_is_not_taken_says_why(content, why):
    assert refusal(content, "tai-lieu.pdf") is why


def test_only_pdf_files_and_pictures_show_a_sheet_of_paper():
    def on_paper(content):
        return type_on_paper(io.BytesIO(content), name="ban-quet.pdf").media_type

    assert (on_paper(PDF), on_paper(PNG)) == ("application/pdf", "image/png")
    for other in (an_office_file(EXCEL), b"xin ch\xc3\xa0o", b"<html>", b"MZ" + b"\0" * 200):
        with pytest.raises(RefusedError) as refused:
            on_paper(other)
        assert (refused.value.refusal, refused.value.field) == (FileRefusal.NOT_ON_PAPER, "file")
    with pytest.raises(RefusedError) as refused:
        on_paper(PDF[: len(PDF) // 2])
    assert refused.value.refusal is FileRefusal.DAMAGED


def test_a_package_that_claims_a_huge_list_of_contents_is_not_opened():
    bad = bytearray(an_office_file(WORD))
    at = bad.rfind(b"PK\x05\x06")
    bad[at + 12 : at + 16] = (50 << 20).to_bytes(4, "little")
    assert refusal(bytes(bad)) is FileRefusal.DAMAGED


def test_a_list_of_types_that_unpacks_to_gigabytes_is_read_in_part_only():
    squeezed = io.BytesIO()
    with zipfile.ZipFile(squeezed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b"\0" * (64 << 20))
    assert len(squeezed.getvalue()) < 1 << 20
    assert refusal(squeezed.getvalue()) is FileRefusal.UNKNOWN


def test_a_picture_is_never_unpacked():
    """30,000 times 30,000 points would be 900 MB; only its first bytes are looked at."""
    flood = zlib.compress(b"\0" * (20 << 20))
    content = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0) + flood  # fmt: skip
    assert kind(content) == "image/png"


MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + b"\0" * 400


def kind_by(type_of, content):
    """What it is, or why it is not taken."""
    try:
        return type_of(io.BytesIO(content), name="tep.txt").endings[0]
    except RefusedError as refused:
        return refused.refusal


def test_a_document_is_a_paper_or_what_an_office_program_wrote():
    kinds = [kind_by(type_of_document, one) for one in (PDF, PNG, an_office_file(EXCEL))]
    assert kinds == ["pdf", "png", "xlsx"]
    for other in (MP3, b"xin ch\xc3\xa0o", b"<html>", b"MZ" + b"\0" * 200):
        assert kind_by(type_of_document, other) is FileRefusal.NOT_A_DOCUMENT
    assert kind_by(type_of_document, b"") is FileRefusal.EMPTY


def test_sound_is_nothing_to_read():
    assert kind_by(type_to_read, b"xin ch\xc3\xa0o") == "txt"
    assert kind_by(type_to_read, an_office_file(EXCEL)) == "xlsx"
    assert kind_by(type_to_read, MP3) is FileRefusal.NOT_TO_READ
