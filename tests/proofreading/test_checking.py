"""The texts that come with the house, and whether what is wrong with texts is told."""

import shutil

import pytest

from club.content import CONTENT
from club.proofreading.checking import faults_in
from club.proofreading.pieces import Language, pieces
from tests.support.work import work_within

CASE, TOOL = "cases/winners-vina.md", "tools/5s.md"
ARTICLE = "articles/doc-mot-dien-hinh.md"
PLAN = "documents/ke-hoach-thuan-an-2021.yaml"
LONG = "một " * 1500

#: In a file, the words that others take the place of, and what is told of it.
DAMAGE = [
    # Spelling, in every kind of file and in both languages.
    (TOOL, "Tuần đầu tiên", "Tuần đầu tiêng\u0301", "is in no list of Vietnamese words"),
    (TOOL, "**What it is.**", "**Whatt it is.**", "Whatt is in no list of English words"),
    (CASE, "## Kết quả", "## Kêt quả", "Kêt is in no list of Vietnamese words"),
    ("courses.yaml", "Sản xuất tinh gọn", "Sản suất tinh gọn", "sản suất is in no list of"),
    (PLAN, "Make productivity", "Make productvity", "productvity is in no list of English"),
    (PLAN, "I. MỤC TIÊU", "I. MỤC TIẾUC", "TIẾUC is in no list of Vietnamese words"),
    # Numbers.
    ("cases/nhua-tan-phu.md", "en: +6.2%", "en: +6,2%", ": 6,2 has the decimal sign of another"),
    ("cases/vi-da-bangladesh.md", "38,19%", "38.19%", "38.19 has the decimal sign of another"),
    # Links.
    (TOOL, "](/knowledge/", "](/knowledge/nowhere-", "leads nowhere"),
    (PLAN, "/plan/#T25-1", "/plan/#T26-1", ": /plan/#T26-1 leads nowhere"),
    (PLAN, '"/membership/"', '"/club/"', "/club/ leads nowhere"),
    (PLAN, "documents/cong-van-462-2021", "documents/cong-van-1", "cong-van-1 leads nowhere"),
    # Sources.
    ("cases/may-10.md", "sources:\n", "sources: []\nwas:\n", "sources: names at least one"),
    ("tools/tpm.md", "sources:\n", "sources: []\nwas:\n", "sources: names at least one"),
    ("tools/smed.md", "30 phút còn 10 phút", "31 phút còn 10 phút", "31 stands in no case"),
    (
        ARTICLE, "## Ai đo, đo cách nào", "## Ai đo, đo cách nào\n\nNgành may tăng 31% mỗi năm.",
        "a figure without source, case or “giả định”",
    ),
    # Length.
    (
        "tools/kaizen.md", "## Tóm tắt một trang", f"{LONG}\n\n## Tóm tắt một trang",
        "the text takes 1",
    ),
    (PLAN, "IV. TỔ CHỨC", f"IV. {LONG} TỔ CHỨC", "the page from IV on takes 1"),
    # Shape: what the sync refuses is told here, too.
    ("tools/twi.md", "kind: tool", "kind: tool\ncolour: red", ":3: colour: is not a key"),
]  # fmt: skip


@pytest.mark.slow
def test_nothing_is_to_be_marked_in_the_texts_that_come_with_the_house(context):
    with work_within(20):
        assert [str(fault) for fault in faults_in(CONTENT)] == []


@pytest.mark.slow
def test_what_is_wrong_is_told_with_its_place(context, tmp_path):
    shutil.copytree(CONTENT, tmp_path, dirs_exist_ok=True)
    for path, old, new, _told in DAMAGE:
        text = (tmp_path / path).read_text(encoding="utf-8")
        assert old in text, (path, old)
        (tmp_path / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [str(fault) for fault in faults_in(tmp_path)]
    untold = [
        (path, told)
        for path, _old, _new, told in DAMAGE
        if not any(fault.startswith(path) and told in fault for fault in found)
    ]
    assert untold == []
    assert {fault.split(":")[0] for fault in found} == {path for path, *_ in DAMAGE}


@pytest.mark.slow
def test_figures_that_are_called_assumed_need_no_source(context, tmp_path):
    shutil.copytree(CONTENT, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / ARTICLE).read_text(encoding="utf-8")
    said = (
        "## Ai đo, đo cách nào\n\nVí dụ tính, số giả định:\n\n- tăng 31% mỗi năm\n- tức 3 tỷ đồng"
    )
    (tmp_path / ARTICLE).write_text(text.replace("## Ai đo, đo cách nào", said), encoding="utf-8")
    assert faults_in(tmp_path) == []


def test_every_text_of_every_file_is_read():
    read = list(pieces(CONTENT))
    files = {one.relative_to(CONTENT).as_posix() for one in CONTENT.rglob("*") if one.is_file()}
    assert {piece.path for piece in read} == files
    assert {piece.language for piece in read if piece.path == TOOL} == set(Language)
    plan = " ".join(piece.words for piece in read if piece.path == PLAN)
    assert "Tối thiểu 2 doanh nghiệp nhỏ và vừa" in plan
    assert "By 2030, contribute to" in plan
