"""How Vietnamese text is stored, searched and sorted."""

import random
import unicodedata

import pytest

from club.vietnamese import folded, name_sort_key, nfc, slug, text_sort_key, tidy_line


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Năng suất", "nang suat"),
        ("ĐÀO TẠO", "dao tao"),
        ("Đường Lê Thị Trung", "duong le thi trung"),
        (unicodedata.normalize("NFD", "Thuận Giao"), "thuan giao"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("Ðào", "dao"),  # the Icelandic letter, which old keyboards typed
        ("  5S\t &  Kaizen ", "5s & kaizen"),
    ],
)
def test_search_folds_every_mark_and_both_spellings(written, wanted):
    assert folded(written) == wanted


def test_addresses_are_folded_too():
    assert slug("Đo lường năng suất (NSLĐ, TFP) – cơ bản") == "do-luong-nang-suat-nsld-tfp-co-ban"


def test_names_are_sorted_by_given_name_in_the_order_of_the_alphabet_and_the_tones():
    wanted = [
        "Nguyễn Văn An",
        "Trần Thị An",
        "Lê Ánh",
        "Lê Ân",
        "Võ Bình",
        "Đặng Cường",
        "Lê Dung",
        "Lê Dũng",
        "Đỗ Đức",
        "Bùi Minh Hoa",
        "Bùi Minh Hòa",
        "Bùi Minh Hoà",
        "Lý Oanh",
        "Lý Ơn",
        "Phan Uyên",
        "Đặng Ước",
        "Đinh Y",
    ]
    mixed = random.Random(1).sample(wanted, len(wanted))
    assert sorted(sorted(mixed), key=name_sort_key) == sorted(
        wanted, key=lambda name: (wanted.index(name.replace("Hoà", "Hòa")), name)
    )


def test_a_letter_decides_before_a_tone():
    words = ["má", "ma", "mai", "mà", "mạ", "mã", "mả", "măng", "mang"]
    assert sorted(words, key=text_sort_key) == [
        "ma", "mà", "mả", "mã", "má", "mạ", "mai", "mang", "măng",
    ]  # fmt: skip


def test_what_is_stored_is_nfc_without_what_cannot_be_seen():
    assert nfc(unicodedata.normalize("NFD", "Lái Thiêu")) == "Lái Thiêu"
    assert nfc("An\u202egnaoH\u200b\x07") == "AngnaoH"
    assert nfc("Dòng một\nDòng hai") == "Dòng một\nDòng hai"


def test_a_line_is_one_line():
    assert tidy_line("  Lê \n\t Thị\u200b Hạnh ") == "Lê Thị Hạnh"
