import pytest

from club.db import db
from club.search.models import FoundKind
from club.search.operations import forget, index_document
from club.search.queries import find, refs_found, suggested
from club.search.schema import create_index, drop_index
from tests.support.factories import NOW


def known(ref, title, body="", *, kind=FoundKind.CASE, language="vi", **given):
    index_document(
        kind=kind,
        ref=ref,
        language=language,
        title=title,
        body=body,
        url=f"/{ref}",
        now=NOW,
        **given,
    )


def found(typed, **given):
    return [one.ref for one in find(typed, language="vi", **given).results]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("nang suat", "Năng suất lao động"),
        ("dao tao", "Đào tạo tại chỗ"),
        ("DAO TAO", "Đào tạo tại chỗ"),
        ("đào tạo", "Đào tạo tại chỗ"),
        ("hoà", "Phường Bình Hòa"),
        ("hòa", "Phường Bình Hoà"),
        ("na\u0306ng sua\u0302\u0301t", "Năng suất lao động"),
        ("năng su", "Năng suất lao động năng su"),
        ("nang suấ", "Năng suất lao động"),
        ("ISO 9001", "TCVN ISO-9001:2015"),
        ("iso9001", "Chứng nhận ISO9001"),
        ("5s", "5S: mỗi vật một chỗ"),
        ("10,27", "Tỷ lệ hỏng 10,27%"),
        ("may nam ha", "Công ty May Nam Hà"),
    ],
)
def test_what_is_typed_finds_the_title(typed, title):
    known("other", "Chẳng liên quan gì", "cũng không")
    known("wanted", title)
    assert found(typed) == ["wanted"]


def test_every_word_must_be_there():
    known("both", "Năng suất", "xưởng may")
    known("one", "Năng suất", "xưởng gỗ")
    assert found("nang suat may") == ["both"]


def test_the_last_word_may_be_unfinished_and_the_others_where_nothing_else_is_found():
    known("case", "Chuyền may tinh gọn")
    assert found("chuyen tinh gon") == ["case"]
    assert found("tinh chuy") == ["case"]
    assert found("chuy tinh") == ["case"]
    known("whole", "Chuy tinh")
    assert found("chuy tinh") == ["whole"]


def test_two_letters_are_a_whole_word():
    known("case", "Sàng lọc")
    assert found("sa") == []
    assert found("san") == ["case"]


def test_titles_come_before_texts_that_repeat_the_word():
    known("text", "Một xưởng gỗ", "kaizen " * 40)
    known("title", "Kaizen là gì", "Từng bước nhỏ, mỗi ngày. " * 30)
    assert found("kaizen") == ["title", "text"]


def test_typed_accents_come_first_even_before_titles_without_them():
    known("may-title", "May mặc ở Bình Dương", "quần áo")
    known("machine-text", "Bảo trì", "máy dừng ít hơn")
    known("machine-title", "Máy dừng ít hơn", "bảo trì")
    assert found("máy") == ["machine-title", "machine-text", "may-title"]


def test_without_accents_titles_decide():
    known("text", "Bảo trì", "may may may may")
    known("machine", "Máy dừng ít hơn", "bảo trì")
    known("garment", "May mặc", "quần áo")
    assert found("may") == ["garment", "machine", "text"]


def test_words_side_by_side_come_first():
    known("apart", "Bài một", "tạo ra thay đổi rồi mới đào giếng, nói chuyện, ăn cơm")
    known("together", "Bài hai", "kế hoạch đào tạo công nhân, nói chuyện, ăn cơm tối nay")
    assert found("dao tao") == ["together", "apart"]


def test_boost_decides_among_equals():
    known("plain", "Kaizen")
    known("promoted", "Kaizen", boost=1.5)
    assert found("kaizen") == ["promoted", "plain"]


def test_kinds_are_counted_and_chosen():
    known("course:LEAN", "Lean", kind=FoundKind.COURSE)
    known("case:a", "Lean ở xưởng may")
    known("case:b", "Lean ở xưởng gỗ")
    findings = find("lean", language="vi", kinds=[FoundKind.CASE])
    assert {one.ref for one in findings.results} == {"case:a", "case:b"}
    assert findings.counts == {FoundKind.COURSE: 1, FoundKind.CASE: 2}
    assert findings.total == 2


def test_what_too_many_have_is_counted_only_so_far(monkeypatch, count_queries):
    monkeypatch.setattr("club.search.engines.COUNTED", 4)
    monkeypatch.setattr("club.search.queries.COUNTED", 4)
    for number in range(6):
        known(f"case:{number}", "Kaizen")
    known("course:kaizen", "Kaizen", kind=FoundKind.COURSE)
    with count_queries() as seen:
        findings = find("kaizen", language="vi", else_in="en")
    assert len(findings.results) == 7
    assert (findings.total, findings.are_counted) == (4, False)
    assert len(seen) <= 6
    # A kind that was not among the counted ones is found all the same.
    of_kind = find("kaizen", language="vi", else_in="en", kinds=[FoundKind.COURSE])
    assert [one.ref for one in of_kind.results] == ["course:kaizen"]
    assert of_kind.total == 1


def test_one_language_full_of_a_word_does_not_hide_the_other(monkeypatch):
    monkeypatch.setattr("club.search.engines.COUNTED", 4)
    monkeypatch.setattr("club.search.queries.COUNTED", 4)
    for number in range(6):
        known(f"case:{number}", "Kaizen", language="en")
    known("case:7", "Kaizen")
    assert [one.ref for one in find("kaizen", language="vi", else_in="en").results] == ["case:7"]


def test_languages_are_kept_apart():
    known("case:a", "Sản xuất tinh gọn")
    known("case:a", "Lean production", language="en")
    assert found("lean") == []
    assert [r.ref for r in find("lean", language="en").results] == ["case:a"]


def test_results_come_in_pages():
    for number in range(5):
        known(f"case:{number}", "Kaizen")
    pages = [found("kaizen", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert sorted(ref for page in pages for ref in page) == [f"case:{n}" for n in range(5)]
    assert find("kaizen", language="vi", limit=2).total == 5


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "y",
        "%",
        '"',
        "'",
        "* OR *",
        "NEAR(",
        "title:",
        "a AND",
        ":*",
        "\\",
        "&|!<->",
        "\x00",
    ],
)
def test_nothing_typed_becomes_syntax(typed):
    known("case:a", "Kaizen", "từng bước nhỏ")
    assert find(typed, language="vi").results == []


@pytest.mark.parametrize(
    "typed", ['kaizen"', "kaizen' --", "(kaizen)", "kaizen:*", "kaizen & !", "+kaizen"]
)
def test_signs_around_words_do_not_matter(typed):
    known("case:a", "Kaizen")
    assert found(typed) == ["case:a"]


def test_operators_are_words():
    known("case:a", "lean and kaizen")
    known("case:b", "lean kaizen")
    assert found("lean AND kaizen") == ["case:a"]


def test_a_very_long_question_is_cut():
    known("case:a", "Kaizen")
    assert found("kaizen " * 3000) == ["case:a"]


def test_found_words_are_marked_and_the_rest_escaped():
    known("case:a", "Năng suất <b>", "Xưởng <script> & năng suất lao động")
    one = find("nang suat", language="vi").results[0]
    assert one.title == "<mark>Năng</mark> <mark>suất</mark> &lt;b&gt;"
    assert one.extract == (
        "Xưởng &lt;script&gt; &amp; <mark>năng</mark> <mark>suất</mark> lao động"
    )


def test_typed_accents_mark_only_these_words():
    known("case:a", "Chuyền may", "Máy may chuyển sang chuyền khác ở BÌNH HÒA")
    one = find("chuyền may", language="vi").results[0]
    assert one.extract == ("Máy <mark>may</mark> chuyển sang <mark>chuyền</mark> khác ở BÌNH HÒA")
    two = find("chuyền hoà", language="vi").results[0]
    assert "<mark>chuyền</mark> khác" in two.extract
    assert "<mark>HÒA</mark>" in find("hoà", language="vi").results[0].extract


def test_the_extract_is_cut_around_the_words():
    known("case:a", "Bài", "mở đầu dài dòng " * 40 + "đào tạo công nhân " + "kết thúc " * 60)
    one = find("dao tao", language="vi").results[0]
    assert one.extract.startswith("… ")
    assert one.extract.endswith(" …")
    assert "<mark>đào</mark> <mark>tạo</mark> công nhân" in one.extract
    assert len(one.extract) < 320


def test_a_changed_document_is_found_by_its_new_words_only():
    known("case:a", "Cũ kỹ")
    known("case:a", "Mới tinh")
    assert found("cu ky") == []
    assert found("moi tinh") == ["case:a"]


def test_a_forgotten_thing_is_not_found():
    known("case:a", "Kaizen")
    known("case:a", "Kaizen", language="en")
    forget("case:a")
    assert found("kaizen") == []
    assert find("kaizen", language="en").total == 0


def test_names_of_found_things():
    known("course:LEAN", "Sản xuất tinh gọn", kind=FoundKind.COURSE)
    known("case:a", "Tinh gọn ở xưởng may")
    assert refs_found("tinh gon", language="vi", kind=FoundKind.CASE) == ["case:a"]
    assert refs_found("y", language="vi", kind=FoundKind.CASE) == []


def test_a_search_asks_the_database_a_fixed_number_of_times(count_queries):
    for number in range(20):
        known(f"case:{number}", "Kaizen", "từng bước nhỏ")
    with count_queries() as seen:
        assert len(find("kaizen", language="vi").results) == 20
    assert len(seen) <= 5


def test_official_documents_are_found_by_their_number():
    known("document:plan", "Kế hoạch 1258/KH-UBND", kind=FoundKind.DOCUMENT)
    known("case:a", "Kế hoạch sản xuất")
    findings = find("1258/KH-UBND", language="vi")
    assert [one.ref for one in findings.results] == ["document:plan"]
    assert findings.counts == {FoundKind.DOCUMENT: 1}


def test_an_index_made_anew_finds_what_is_there():
    known("case:a", "Kaizen")
    with db.engine.begin() as connection:
        drop_index(connection)
        create_index(connection)
    assert found("kaizen") == ["case:a"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("group", "LeGroup rút thời gian thay khuôn"),
        ("natex", "Nhà máy sợi Vinatex"),
        ("NATEX", "Nhà máy sợi Vinatex"),
        ("sợi natex", "Nhà máy sợi Vinatex"),
        ("kaiz lien tuc", "Kaizen: cải tiến liên tục"),
        ("tiế kiệ năn lượ", "Tiết kiệm năng lượng"),
        ("kaiz vinat", "Kaizen ở Vinatex"),
    ],
)
def test_a_part_of_a_word_finds_the_title(typed, title):
    known("other", "Chẳng liên quan gì", "cũng không")
    known("wanted", title)
    assert found(typed) == ["wanted"]


def test_parts_of_words_come_behind_whole_words_wherever_these_stand():
    known("part", "LeGroup thay khuôn")
    known("whole", "Chuyện khác", "một group nhỏ")
    known("title", "Group nhỏ")
    assert found("group") == ["title", "whole", "part"]
    assert find("group", language="vi").counts == {FoundKind.CASE: 3}


def test_parts_of_words_are_not_looked_for_where_whole_words_fill_a_page():
    known("part", "LeGroup thay khuôn")
    for number in range(20):
        known(f"whole{number}", "Group nhỏ")
    assert "part" not in found("group", limit=40)
    assert find("group", language="vi").total == 20


def test_no_part_of_a_vietnamese_word_is_a_word():
    known("case", "Thành phẩm và nhanh tay")
    assert found("anh") == []
    assert found("ong") == []


def test_other_words_may_be_unfinished_only_where_whole_words_find_nothing():
    known("whole", "May nhà bè")
    known("begun", "Máy nhàn bè")
    assert found("nha be") == ["whole"]


def test_the_word_around_a_part_is_marked():
    known("case", "Sợi Vinatex", "Nhà máy của Vinatex.")
    (one,) = find("natex", language="vi").results
    assert one.title == "Sợi <mark>Vinatex</mark>"
    assert "<mark>Vinatex</mark>" in one.extract


def test_suggestions_and_lists_look_for_parts_of_words_too():
    known("case", "Sợi Vinatex")
    assert [one.ref for one in suggested("natex", language="vi")] == ["case"]
    assert refs_found("natex", language="vi", kind=FoundKind.CASE) == ["case"]


def test_looking_for_parts_of_words_takes_two_more_questions(count_queries):
    known("case", "Sợi Vinatex")
    with count_queries() as seen:
        assert found("natex") == ["case"]
    assert len(seen) <= 6
