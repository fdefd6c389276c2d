"""Administrative documents as Word and PDF files, whatever they say."""

import io
from datetime import UTC, date, datetime

import docx
import pytest
from pypdf import PdfReader

from club.documents.administrative import (
    AdministrativeDocument,
    Annex,
    Block,
    Heading,
    Paragraph,
    Table,
    administrative_pdf,
    word_shares,
)
from club.documents.administrative_docx import administrative_docx

MADE = datetime(2026, 4, 5, 8, tzinfo=UTC)
LONG = "Các lớp diễn ra theo lịch đã công bố. " * 8


def document(blocks: list[Block]) -> AdministrativeDocument:
    return AdministrativeDocument(
        superior="", issuer="Câu lạc bộ", number="12/BC-CLB", place="Thuận An",
        day=date(2026, 4, 5), kind="Báo cáo", subject="Kết quả đào tạo", blocks=blocks,
        signs_for="", signer_title="Chủ nhiệm", signer_name="Nguyễn Demo An",
        recipients=["Cơ quan quản lý;", "Lưu: VT."],
    )  # fmt: skip


@pytest.mark.parametrize("paragraphs", range(6, 14))
def test_who_signs_never_stands_alone_on_a_page(paragraphs):
    blocks = [Heading("I. Tình hình"), *[Paragraph(LONG)] * paragraphs, Paragraph("Hết lời./.")]
    made = administrative_pdf(document([*blocks, Annex("Phụ lục")]), made_at=MADE)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
    [signed] = [page for page in pages if "Nguyễn Demo An" in page]
    assert "Hết lời./." in signed


def test_the_last_words_and_who_signs_are_kept_together_in_word():
    blocks = [Paragraph("Một."), Paragraph("Hai./."), Annex("Phụ lục"), Paragraph("Ba.")]
    made = docx.Document(io.BytesIO(administrative_docx(document(blocks), made_at=MADE)))
    kept = {p.text: bool(p.paragraph_format.keep_with_next) for p in made.paragraphs if p.text}
    assert (kept["Một."], kept["Hai./."], kept["Ba."]) == (False, True, False)
    texts = [p.text for p in made.paragraphs]
    between = made.paragraphs[texts.index("Hai./.") + 1]
    assert between.text == ""
    assert between.paragraph_format.keep_with_next


def test_a_document_without_words_is_made_all_the_same():
    for blocks in ([], [Heading("I. Tình hình")], [Annex("Phụ lục")]):
        assert administrative_docx(document(blocks), made_at=MADE)[:2] == b"PK"
        assert administrative_pdf(document(blocks), made_at=MADE)[:4] == b"%PDF"


def test_a_column_of_sentences_is_wider_than_one_of_words():
    table = Table("Chỉ tiêu", ["Chỉ tiêu", "Tình trạng", "Đạt"], [["a" * 100, "Đạt mốc", "1"]], 2)
    first, second = word_shares(table)
    assert first + second == pytest.approx(1)
    assert 2 * second < first < 3 * second
    alike = Table("Nhóm", ["Nhóm", "Chủ đề", "Lượt"], [["b" * 20, "c" * 20, "1"]], 2)
    assert word_shares(alike) == [0.5, 0.5]
