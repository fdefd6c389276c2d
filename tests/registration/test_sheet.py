"""Lists of people as they are pasted and typed."""

import pytest

from club.accounts.rules import AccountRefusal
from club.people.rules.names import NameProblem
from club.people.rules.phones import PhoneProblem
from club.registration.nominations.rules.sheet import (
    LONGEST_LINE,
    MOST_PEOPLE,
    Row,
    SheetRefusal,
    read_sheet,
)
from tests.support.work import work_within

AN = Row(1, "Nguyễn Văn An", "an@congty.vn", "+84901234567", "Tổ trưởng")


def mistakes(text):
    return [(one.number, one.problem) for one in read_sheet(text).mistakes]


def read(text):
    sheet = read_sheet(text)
    assert sheet.mistakes == []
    return sheet.rows


@pytest.mark.parametrize(
    "line",
    [
        "Nguyễn Văn An\tan@congty.vn\t0901234567\tTổ trưởng",
        "Nguyễn Văn An;an@congty.vn;0901 234 567;Tổ trưởng",
        "Nguyễn Văn An, AN@congty.vn, 0901.234.567, Tổ trưởng",
        "1\tNguyễn Văn An\t12/03/1990\t\tan@congty.vn\t0901234567\tTổ trưởng",
        "an@congty.vn\tNguyễn Văn An\t901234567\tTổ trưởng",
        "1. Nguyễn Văn An <an@congty.vn> 0901 234 567, Tổ trưởng",
        '"Nguyễn  Văn An"\t"an@congty.vn"\t"0901234567"\t"Tổ trưởng"',
    ],
    ids=["tabs", "semicolons", "commas", "numbered", "mixed", "one-cell", "quoted"],
)
def test_a_line_without_heads_is_read_by_its_looks(line):
    assert read(line) == [AN]


def test_heads_say_what_the_columns_hold():
    text = (
        "STT\tE-mail\tHọ và tên\tNgày sinh\tSố điện thoại\tChức vụ\n"
        "1\tan@congty.vn\tNguyễn Văn An\t12031990\t0901234567\tTổ trưởng\n"
        "2\tbich@congty.vn\tTrần Thị Bích\t\t\t\n"
    )
    assert read(text) == [
        Row(2, "Nguyễn Văn An", "an@congty.vn", "+84901234567", "Tổ trưởng"),
        Row(3, "Trần Thị Bích", "bich@congty.vn"),
    ]


def test_a_name_in_two_columns_is_one_name():
    rows = read("Họ đệm;Tên;SĐT\nNguyễn Văn;An;0901234567")
    assert [row.full_name for row in rows] == ["Nguyễn Văn An"]


def test_names_written_in_another_form_are_stored_in_one():
    (row,) = read("Nguye\u0302\u0303n Va\u0306n An\tan@congty.vn")
    assert row.full_name == "Nguyễn Văn An"


def test_all_mistakes_come_at_once_with_the_rows_of_the_spreadsheet():
    text = (
        "Họ tên\tEmail\tSĐT\n"
        "Nguyễn Văn An\tan@congty.vn\t\n"
        "\n"
        "\tb@congty.vn\t\n"
        "Lê Cẩm\tcam@congty\t090123\n"
        "Đỗ Dũng\t\t\n"
        "nguyen van an\tan@congty.vn\t\n"
        "Võ Em\tan@congty.vn\t\n"
    )
    assert mistakes(text) == [
        (4, NameProblem.MISSING),
        (5, AccountRefusal.EMAIL_FORM),
        (5, PhoneProblem.WRONG_LENGTH),
        (6, SheetRefusal.NO_CONTACT),
        (7, SheetRefusal.SAME_PERSON),
        (8, SheetRefusal.SAME_ADDRESS),
    ]


def test_heads_without_a_needed_column_are_the_one_mistake():
    assert mistakes("STT\tSĐT\n1\t0901234567") == [(1, SheetRefusal.NO_NAME_COLUMN)]
    assert mistakes("Họ tên\tChức vụ\nAn\tTổ trưởng") == [(1, SheetRefusal.NO_CONTACT_COLUMN)]


def test_as_many_people_as_one_list_takes():
    lines = [f"Nguyễn Văn An\tan{n}@congty.vn" for n in range(MOST_PEOPLE + 1)]
    assert len(read("\n".join(lines[:-1]))) == MOST_PEOPLE
    assert mistakes("\n".join(lines)) == [(None, SheetRefusal.TOO_MANY)]


@pytest.mark.parametrize(
    "line",
    [
        "Nguyễn Văn An, an@congty.vn, Đỗ Dũng, dung@congty.vn",
        "Nguyễn Văn An, an@congty.vn Đỗ Dũng, dung@congty.vn",
        "Nguyễn Văn An an@congty.vn <dung@congty.vn>",
    ],
)
def test_a_second_person_in_a_row_is_not_dropped_in_silence(line):
    assert mistakes(line) == [(1, SheetRefusal.TWO_ADDRESSES)]


def test_one_address_written_twice_is_one():
    (row,) = read("Nguyễn Văn An\tan@congty.vn\t<an@congty.vn>")
    assert (row.full_name, row.email) == ("Nguyễn Văn An", "an@congty.vn")


def test_nothing_typed_is_nobody():
    assert read(" \n\t\t\n,,") == []


@pytest.mark.parametrize("length", [LONGEST_LINE + 1, 900_000])
def test_a_row_beyond_all_measure_is_named_beside_the_other_mistakes(length):
    text = f"{'x' * length}\tan@congty.vn\nNguyễn Văn An\tan@congty.vn\nĐỗ Dũng"
    assert mistakes(text) == [(1, SheetRefusal.LONG_LINE), (3, SheetRefusal.NO_CONTACT)]


@pytest.mark.slow
def test_a_list_of_long_words_is_read_in_no_time():
    text = "\n".join(["x" * (LONGEST_LINE - 5) + " @"] * MOST_PEOPLE)
    with work_within(10):
        assert len(mistakes(text)) == 2 * MOST_PEOPLE
