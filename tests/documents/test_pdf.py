from datetime import UTC, datetime
from io import BytesIO

import pytest
import segno
from pypdf import PdfReader

from club.documents import pdf as documents
from club.documents.pdf import PdfError, pdf

WHEN = datetime(2026, 9, 25, tzinfo=UTC)
TEMPLATE = "records/certificate.typ"


def data(**given):
    return {
        "title": "Giấy chứng nhận hoàn thành",
        "number": "CN-2026-000123",
        "code": "7K3M-9QXR-2VHD-5T",
        "issuer": "Câu lạc bộ Cải tiến Năng suất",
        "issuer-en": "Productivity Improvement Club",
        "holder": "Nguyễn Thị Thùy Dương",
        "course": "Đo lường năng suất",
        "course-en": "Measuring productivity",
        "dates": "17/09/2026",
        "hours": "7,5 giờ",
        "issued-on": "25/09/2026",
        "run": "DL-2026-03",
        "verify-at": "localhost/verify",
        "not-expert": "Đây không phải là chứng nhận chuyên gia.",
        "not-expert-en": "It is not an expert certification.",
        "qr": segno.make("http://localhost/verify/x").svg_inline(),
        "qr-alt": "Mã QR",
        "both": True,
        "title-en": "Certificate of completion",
        "opening": "Chứng nhận ông/bà",
        "opening-en": "This is to certify that",
        "sentence": "đã hoàn thành khóa học",
        "sentence-en": "has completed the course",
        "result": "Hoàn thành",
        "result-en": "completed",
        "scores": "",
        "scores-en": "",
        "signed-on": "Ngày 25 tháng 9 năm 2026",
        "valid-until": "Không thời hạn",
        "valid-until-en": "no end",
        "signer": "",
        "signer-title": "",
        "signer-title-en": "",
        "signature": "",
        "signature-alt": "Chữ ký",
        "logo": "",
        "electronic": "Bản điện tử được ký số.",
        "electronic-en": "The electronic file is digitally signed.",
        "sample": False,
        "sample-word": "MẪU",
    } | given


def text_of(made):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


def test_it_is_a_tagged_pdf_a_of_one_page():
    reader = PdfReader(BytesIO(pdf(TEMPLATE, data(), made_at=WHEN)))
    assert len(reader.pages) == 1
    assert reader.root_object["/MarkInfo"]["/Marked"].value is True
    assert reader.root_object["/Lang"] == "vi-VN"
    assert b"<pdfaid:part>2</pdfaid:part>" in reader.root_object["/Metadata"].get_data()


def test_the_same_data_give_the_same_bytes():
    assert pdf(TEMPLATE, data(), made_at=WHEN) == pdf(TEMPLATE, data(), made_at=WHEN)


@pytest.mark.parametrize(
    "words", ['#panic("no")', "$x^2$ *bold* _it_", '"; #import "/etc/passwd"', "\\ [ ] < > @x"]
)
def test_what_people_typed_is_printed_and_never_run(words):
    assert words in text_of(pdf(TEMPLATE, data(course=words), made_at=WHEN))


def test_the_longest_name_and_title_stay_on_one_page():
    long = data(holder="Nguyễn Hữu Phước " * 11, course="Cải tiến năng suất " * 10)
    assert len(PdfReader(BytesIO(pdf(TEMPLATE, long, made_at=WHEN))).pages) == 1


def test_a_letter_that_no_font_has_does_not_stop_the_rest():
    made = pdf(TEMPLATE, data(holder="Nguyễn Văn 李"), made_at=WHEN)
    assert "Nguyễn Văn" in text_of(made)


def test_a_missing_field_is_an_error():
    with pytest.raises(PdfError, match="dictionary does not contain key"):
        pdf(TEMPLATE, {"number": "CN-2026-000001"}, made_at=WHEN)


def test_a_missing_font_is_an_error(monkeypatch, tmp_path):
    (tmp_path / "x.typ").write_text('#set text(font: "No Such Font")\nx')
    monkeypatch.setattr(documents, "TEMPLATES", tmp_path)
    monkeypatch.setattr(documents, "_STANDARDS", [])
    with pytest.raises(PdfError, match="unknown font family"):
        pdf("x.typ", {}, made_at=WHEN)
