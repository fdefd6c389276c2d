"""Files of a report: the same bytes each time, typed, and in the layout of offices."""

import csv
import io
import json
import re
from collections import defaultdict
from datetime import UTC, datetime

import docx
import pytest
import time_machine
from openpyxl import load_workbook
from pypdf import PdfReader

from club.db import transaction
from club.people.models import Person
from club.periods import Cut
from club.statistics.reports import operations
from club.statistics.reports.operations import Letterhead
from club.units.models import Unit
from tests.statistics import recount
from tests.statistics.reports.kit import (
    LATER,
    NOW,
    a_closed_run,
    a_draft,
    an_official,
    facts,
    frozen,
)
from tests.support.demo import TODAY, load_small_demo
from tests.support.factories import a_person, a_unit

ENDINGS = ("json", "csv", "xlsx", "docx", "pdf")
LETTERHEAD = Letterhead(
    superior="Ủy ban nhân dân thành phố",
    issuer="Phòng Kinh tế",
    symbol="BC-PKT",
    place="Thuận An",
    signs_for="KT. Trưởng phòng",
    signer_title="Phó Trưởng phòng",
    signer_name="Người Ký Thử",
    recipients="- Sở Khoa học và Công nghệ;\n- Lưu: VT.",
)


@pytest.fixture
def report():
    """A frozen report with words and letterhead."""
    ward = a_unit(name="Phường Cũ")
    a_closed_run(a_person(ward_id=ward.id), a_person(), partly=[a_person()])
    operations.change_letterhead(LETTERHEAD, by=None, now=NOW)
    version = a_draft(by=an_official().id)
    texts = {"situation": "Đủ lớp theo kế hoạch.", "proposals": "Thêm kinh phí."}
    operations.edit(
        version.id,
        texts=texts,
        document_number="12",
        revision=1,
        by=version.steps[0].by_id,
        now=NOW,
    )
    frozen(version)
    return version


@pytest.fixture
def files_of(sign_in):
    def fetched(version, *endings):
        official = sign_in(an_official())
        address = f"/office/reports/{version.report.public_id}/{version.number}"
        answers = [official.get(f"{address}.{ending}") for ending in endings]
        assert [answer.status_code for answer in answers] == [200] * len(endings)
        return [answer.data for answer in answers]

    return fetched


def test_each_file_is_the_same_whatever_changes_later(report, files_of):
    with time_machine.travel(LATER, tick=False):
        before = files_of(report, *ENDINGS)
    with transaction() as session:
        session.query(Unit).update({"name": "Phường Mới"})
        session.query(Person).update({"full_name": "Tên Mới"})
    operations.change_letterhead(Letterhead(issuer="Cơ quan khác"), by=None, now=LATER)
    a_closed_run(a_person(), now=LATER)
    with time_machine.travel(datetime(2027, 1, 2, 3, tzinfo=UTC), tick=False):
        assert files_of(report, *ENDINGS) == before


def test_the_word_file_has_the_layout_of_an_office(report, files_of):
    document = docx.Document(io.BytesIO(files_of(report, "docx")[0]))
    (page,) = document.sections
    assert [round(x.mm) for x in (page.page_width, page.page_height)] == [210, 297]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(x.mm) for x in margins] == [20, 20, 30, 20]
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header._element.xml
    assert 'w:ascii="Times New Roman"' in document.styles.element.xml
    head = document.tables[0]
    left, right = (cell.text.split("\n") for cell in head.rows[0].cells)
    assert [line for line in left if line] == [
        "ỦY BAN NHÂN DÂN THÀNH PHỐ", "PHÒNG KINH TẾ", "Số: 12/BC-PKT",
    ]  # fmt: skip
    assert [line for line in right if line] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Thuận An, ngày 05 tháng 4 năm 2026",
    ]
    words = [p.text for p in document.paragraphs if p.text]
    assert words[:4] == [
        "BÁO CÁO", "Kết quả đào tạo", "I. TÌNH HÌNH CHUNG", "Đủ lớp theo kế hoạch.",
    ]  # fmt: skip
    assert "Thêm kinh phí./." in words
    # What has no words has no head, and leaves no gap in the numbers.
    assert [line for line in words if re.match(r"[IV]+\. ", line)] == [
        "I. TÌNH HÌNH CHUNG", "II. KẾT QUẢ THỰC HIỆN", "III. KIẾN NGHỊ, ĐỀ XUẤT",
    ]  # fmt: skip
    assert len(document.inline_shapes) == 1
    foot = next(t for t in document.tables if "Nơi nhận:" in t.rows[0].cells[0].text)
    signed = [line for line in foot.rows[0].cells[1].text.split("\n") if line]
    assert signed == ["KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "Người Ký Thử"]
    assert foot.rows[0].cells[0].text.split("\n")[1:] == LETTERHEAD.recipients.split("\n")


@pytest.mark.parametrize("title", ["Báo cáo kết quả đào tạo", "BÁO CÁO  Kết quả đào tạo"])
def test_a_title_does_not_say_once_more_that_it_is_a_report(files_of, title):
    with time_machine.travel(NOW, tick=False):
        (word,) = files_of(a_draft(facts(title=title)), "docx")
    words = [p.text for p in docx.Document(io.BytesIO(word)).paragraphs if p.text]
    assert words[:2] == ["BÁO CÁO (DỰ THẢO)", "Kết quả đào tạo"]


def test_the_word_file_and_the_pdf_say_the_figures_of_the_report(report, files_of):
    kept, word, pdf = files_of(report, "json", "docx", "pdf")
    document = docx.Document(io.BytesIO(word))
    said = {
        tuple(cell.text for cell in row.cells) for table in document.tables for row in table.rows
    }
    in_pdf = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    for table in json.loads(kept)["tables"]:
        for row in table["rows"]:
            figures = (
                row["turns"],
                row["people"],
                f"{row['hours']:g}".replace(".", ","),
                row["completed"],
            )
            assert (*row["names"]["vi"], *map(str, figures)) in said
    assert "Độc lập - Tự do - Hạnh phúc" in in_pdf
    assert "3 lượt người, 3 người" in " ".join(in_pdf.split())


def test_a_draft_says_that_it_is_one(files_of):
    with time_machine.travel(NOW, tick=False):
        (word,) = files_of(a_draft(), "docx")
    document = docx.Document(io.BytesIO(word))
    assert next(p.text for p in document.paragraphs if p.text) == "BÁO CÁO (DỰ THẢO)"
    assert "ngày … tháng … năm …" in document.tables[0].rows[0].cells[1].text
    assert "I. KẾT QUẢ THỰC HIỆN" in [p.text for p in document.paragraphs]


def test_the_workbook_has_a_typed_table_on_each_sheet(report, files_of):
    book = load_workbook(io.BytesIO(files_of(report, "xlsx")[0]))
    assert book.sheetnames[0] == "Tổng cộng"
    assert book.sheetnames[-1] == "Định nghĩa và nguồn"
    assert all(len(sheet.tables) == 1 for sheet in book if sheet.max_row > 1)
    rows = book["Các dòng của số liệu"]
    heads = [cell.value for cell in rows[1]]
    first = dict(zip(heads, rows[2], strict=True))
    assert first["day"].is_date
    assert (first["minutes"].data_type, first["minutes"].value) == ("n", 240)


def recounted(rows, by, cut):
    turns = [
        recount.Turn(
            row["person"], datetime.fromisoformat(row["day"]).date(), int(row["minutes"]),
            row["completed"] in (True, "True"), {k: v or None for k, v in row.items()},
        )
        for row in rows
    ]  # fmt: skip
    return recount.figures(turns, by=by, cut=cut)


@pytest.mark.slow
def test_every_figure_of_the_demo_club_follows_from_the_exported_rows(sign_in):
    """Counted again by other code, from the file of rows and from the JSON."""
    with time_machine.travel(TODAY, tick=False):
        load_small_demo()
        for cut in ("report", "calendar"):
            version = a_draft(facts(name="2026", cut=Cut(cut)), now=TODAY)
            address = f"/office/reports/{version.report.public_id}/1"
            official = sign_in(an_official())
            content = official.get(f"{address}.json").json
            text = official.get(f"{address}/rows.csv").data.decode("utf-8-sig")
            exported = list(csv.DictReader(io.StringIO(text)))
            assert content["total"]["turns"] == len(exported) > 0
            figures = defaultdict(dict)
            for line in csv.reader(
                io.StringIO(official.get(f"{address}.csv").data.decode("utf-8-sig"))
            ):
                figures[line[0]][line[1]] = line[3:]
            for table in content["tables"]:
                expected = recounted(exported, table["by"], cut)
                assert expected == recounted(content["rows"], table["by"], cut)
                said = {
                    tuple(row["keys"]): (
                        row["turns"],
                        row["people"],
                        row["hours"],
                        row["completed"],
                    )
                    for row in table["rows"]
                    if row["turns"]
                }
                assert said == expected
                in_file = figures[",".join(table["by"])]
                assert in_file == {
                    ",".join(key or "" for key in row["keys"]): [
                        str(row[name]) for name in ("turns", "people", "hours", "completed")
                    ]
                    for row in table["rows"]
                }
