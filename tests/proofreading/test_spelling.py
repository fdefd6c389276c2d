import pytest

from club.proofreading.pieces import Language
from club.proofreading.spelling import misspelt
from club.proofreading.syllables import is_syllable

WELL_FORMED = """
a y ý ở yêu yên xưởng nghiêng nghề ngành kỹ kẻ cả quả quyết quốc quý quỹ quỳnh gì giá giếng
giữ gìn hòa hóa hoàn thủy thuyền khuya khuỷu khỏe tuần tuyến đường rượu chuyển ghế
mười lý tỷ sách hộp việc loãng xoáy thuở quen huênh
"""
ILL_FORMED = """
nghành kông cên ghà ngiêng hoà thuỷ hoach sach hôp viêt xưỏng đưòng khoà qúa qủa giửả lean
takt iêu quôcs nhàa thưởngg tuyêń lẩt mậck cac b byt
"""


@pytest.mark.parametrize("word", WELL_FORMED.split())
def test_what_is_vietnamese_passes(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ILL_FORMED.split())
def test_what_cannot_be_vietnamese_is_told(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Xưởng đo năng suất mỗi tuần.", []),
        ("Xưởng đo năng suât mỗi tuần.", ["suât"]),
        ("Mỗi ngừi một việc, khuếnh đại.", ["ngừi", "khuếnh"]),
        ("Tự động hoá", ["hoá"]),
        ("Tự động hóa, thủy sản", []),
        ("Năng xuất và hiệu  xuất", ["năng xuất", "hiệu xuất"]),
        ("Công ty Winners Vina làm Lean; ISO 9001 (TCVN).", []),
        ("công ty winners", ["winners"]),
        ("Xem [bài](/knowledge/abcxyz), `takkt` và tapchi.vn", []),
        ("Takt và takt", []),
        ("Nhịp with line", ["with"]),
    ],
)
def test_vietnamese_is_held_against_the_list(text, marked):
    assert misspelt(text, Language.VIETNAMESE) == marked


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The firm’s people measured productivity.", []),
        ("They mesured the workers’ time.", ["mesured"]),
        ("Phú Thọ hospital in Bình Dương", []),
        ("the phú hospital", ["phú"]),
        ("TFP’s share of a kaizen", []),
    ],
)
def test_english_is_held_against_its_own(text, marked):
    assert misspelt(text, Language.ENGLISH) == marked


def test_names_and_titles_may_be_in_either():
    assert misspelt("Moving towards năng suất xanh bestt", Language.EITHER) == ["bestt"]
