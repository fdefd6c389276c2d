import unicodedata

import pytest

from club.files.names import content_disposition, download_name

PDF = ("pdf",)


@pytest.mark.parametrize(
    ("given", "saved_as"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\app.py", "app.py.pdf"),
        ("/etc/passwd", "passwd.pdf"),
        ("....//....//x", "x.pdf"),
        ("%2e%2e%2fx", "%2e%2e%2fx.pdf"),
        ("a\u202egnp.exe", "agnp.exe.pdf"),
        ("Tài liệu buổi 1 – bản cuối (2).pdf", "Tài liệu buổi 1 – bản cuối (2).pdf"),
        (unicodedata.normalize("NFD", "Tài liệu.pdf"), "Tài liệu.pdf"),
        ("con.txt", "_con.txt.pdf"),
        ("nul", "_nul.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("a;b.pdf", "a;b.pdf"),
        ("a\"b'c.pdf", "a b'c.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie x=1.pdf"),
        ("<img src=x onerror=window.__x=1>.pdf", "img src=x onerror=window.__x=1.pdf"),
        ("-rf.pdf", "rf.pdf"),
        (" .pdf", "pdf.pdf"),
        ("a.pdf.", "a.pdf"),
        ("a.PDF", "a.pdf"),
        ("a.pdf%00.html", "a.pdf%00.html.pdf"),
        ("u08.pdf.html", "u08.pdf.html.pdf"),
        ("báo cáo\u200b.pdf", "báo cáo.pdf"),
        ("", "tài liệu.pdf"),
        ("...", "tài liệu.pdf"),
    ],
)
def test_a_name_is_made_harmless_and_keeps_its_words(given, saved_as):
    assert download_name(given, endings=PDF) == saved_as


@pytest.mark.parametrize("given", ["a" * 300 + ".pdf", "ế" * 120 + ".pdf"])
def test_a_long_name_still_fits_into_a_file_system(given):
    name = download_name(given, endings=PDF)
    assert len(name.encode()) <= 200
    assert name.endswith(f"{given[0]}.pdf")


def test_a_file_is_never_called_something_that_it_is_not():
    assert download_name("bang.csv", endings=("csv",)) == "bang.csv"
    assert download_name("anh.jpeg", endings=("jpg", "jpeg")) == "anh.jpeg"
    assert download_name("virus.exe", endings=("txt", "md")) == "virus.exe.txt"


def test_browsers_get_vietnamese_and_old_programs_its_letters():
    assert content_disposition("Đề cương “5S”.pdf") == (
        'attachment; filename="de cuong 5s .pdf"; '
        "filename*=UTF-8''%C4%90%E1%BB%81%20c%C6%B0%C6%A1ng%20%E2%80%9C5S%E2%80%9D.pdf"
    )
    assert "\n" not in content_disposition(download_name("a\r\nX: y", endings=PDF))
