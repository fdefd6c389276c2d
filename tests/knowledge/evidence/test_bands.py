"""Sizes, years and places as sources write them, and what lists make of them."""

import pytest

from club.knowledge.evidence.bands import (
    SizeBand,
    Years,
    begun_in,
    places_of,
    size_band,
    years_of,
)


@pytest.mark.parametrize(
    ("size", "band"),
    [
        ("30 người", SizeBand.TO_100),
        ("100 lao động", SizeBand.TO_100),
        ("101 lao động", SizeBand.TO_200),
        ("Hơn 100 công nhân", SizeBand.TO_200),
        ("Gần 200 người lao động", SizeBand.TO_200),
        ("250 lao động; 10.000 tấn mỗi năm", SizeBand.TO_1000),
        ("Khoảng 300 lao động; hơn 20 năm", SizeBand.TO_1000),
        ("120–180 nhân viên", SizeBand.TO_200),
        ("1.000 lao động", SizeBand.TO_1000),
        ("Hơn 1.000 lao động; thành lập năm 2006", SizeBand.OVER_1000),
        ("Trên 2.500 lao động", SizeBand.OVER_1000),
        ("20 nhà máy, 14.000 lao động (toàn công ty)", SizeBand.OVER_1000),
        ("Doanh nghiệp nhỏ và vừa; học vấn người lao động thấp hơn", SizeBand.SMALL_OR_MEDIUM),
        ("Cơ sở nhỏ, một trạm làm việc", SizeBand.SMALL_OR_MEDIUM),
        ("Doanh nghiệp siêu nhỏ", SizeBand.SMALL_OR_MEDIUM),
        ("Doanh nghiệp vừa", SizeBand.SMALL_OR_MEDIUM),
    ],
)
def test_a_stated_size_has_a_band(size, band):
    assert size_band(size) is band


@pytest.mark.parametrize(
    "size",
    [
        None,
        "",
        "742 người bệnh trong mẫu đo",
        "109 công nhân ở 9 công đoạn",
        "80 lao động ở khâu được nêu, trước khi đổi",
        "6 trạm, 4 người vận hành",
        "15 thành viên tham gia",
        "Khoảng 4.000 lượt khám mỗi ngày",
        "Tiền than gần 3,4 tỷ đồng, tiền điện 426 triệu đồng (2009)",
        "Thành lập năm 2006",
        "Khoảng 200 hộ",
        "80–300 lao động",
    ],
)
def test_what_is_not_the_number_of_a_firm_s_people_is_unknown(size):
    assert size_band(size) is SizeBand.UNKNOWN


@pytest.mark.parametrize(
    ("year", "years"),
    [
        ("2018", Years(2018, 2018)),
        ("2013 – 2017", Years(2013, 2017)),
        ("≈ 2020", Years(2020, 2020)),
        ("2008 –", Years(2008, 2008)),
        ("1998 – 2001", Years(1998, 2001)),
        (None, None),
        ("20180", None),
    ],
)
def test_years_are_those_that_are_named(year, years):
    assert years_of(year) == years


@pytest.mark.parametrize(
    ("asked", "meets"),
    [
        (Years(None, None), True),
        (Years(2017, None), True),
        (Years(2018, None), False),
        (Years(None, 2013), True),
        (Years(None, 2012), False),
        (Years(2014, 2015), True),
    ],
)
def test_years_meet_where_they_have_one_in_common(asked, meets):
    assert Years(2013, 2017).meets(asked) is meets
    assert asked.meets(Years(2013, 2017)) is meets


def test_each_part_of_a_place_is_a_place():
    assert places_of("Hóc Môn, TP.HCM", "VN") == {
        "vn": "",
        "hoc-mon": "Hóc Môn",
        "tp-hcm": "TP.HCM",
    }


def test_abroad_counts_the_country_and_what_nobody_names_is_unknown():
    assert places_of("Kota Kinabalu, Sabah", "MY") == {"my": ""}
    assert places_of(None, "VN") == {"vn": "", "unknown": ""}
    assert places_of(None, "ZZ") == {"unknown": ""}


@pytest.mark.parametrize(
    ("year", "begun"),
    [
        ("2003 –", "2003"),
        ("≈ 2003 –", "≈ 2003"),
        ("2003", None),
        ("2013 – 2017", None),
        ("", None),
        (None, None),
    ],
)
def test_of_years_without_an_end_the_first_is_known(year, begun):
    assert begun_in(year) == begun
