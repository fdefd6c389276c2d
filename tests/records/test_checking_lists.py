"""Organisations check several codes at once."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
import time_machine
import xlsxwriter

from club.records.certificates import codes
from club.records.certificates.lists import MOST, codes_in, codes_of_sheet
from club.records.certificates.operations import revoke_certificate, suspend_certificate
from club.records.operations import close_run
from tests.records.kit import a_taught_run, certificates, on_the_list, present
from tests.support.factories import NOW, a_person
from tests.support.work import work_within

LATER = NOW + timedelta(days=2)


@pytest.fixture(autouse=True)
def _two_days_later():
    with time_machine.travel(LATER, tick=False):
        yield


def issued(count):
    run = a_taught_run()
    for number in range(count):
        present(run, on_the_list(run, a_person(full_name=f"Nguyễn Thị Dung{number}")))
    close_run(run.id, by=None, now=NOW)
    return certificates()[-count:]


def asked(client, text, to="/verify/list"):
    return client.post(to, data={"codes": text})


def test_each_code_is_answered_in_its_order(client):
    good, bad, paused = issued(3)
    revoke_certificate(bad.id, reason="Nhầm người", by=None, now=LATER)
    suspend_certificate(paused.id, reason="Đang xác minh", by=None, now=LATER)
    unknown, slip = codes.new_code(), "7K3M9QXR2VHD5T"
    typed = [bad.code, codes.written(good.code).lower(), paused.code, unknown, slip]
    page = asked(client, "\n".join(typed)).text
    assert "1/5 giấy hợp lệ" in page
    at = [page.index(words) for words in (bad.number, good.number, paused.number, unknown, slip)]
    assert at == sorted(at)
    for words in ("Nhầm người", "Đang xác minh", "Gõ nhầm", "Không có giấy"):
        assert words in page
    assert "Dung0" not in page


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A1\nB2\r\nC3", ["A1", "B2", "C3"]),
        ("A1\tB2;C3, D4|E5", ["A1", "B2", "C3", "D4", "E5"]),
        ("http://localhost/verify/A1 B2", ["A1", "B2"]),
        ("  \n--\n", []),
        ("An 7K3M-9QXR-2VHD-5T", ["An", "7K3M-9QXR-2VHD-5T"]),
        ("7K3M 9QXR 2VHD 5T\nkhông có giấy", ["7K3M 9QXR 2VHD 5T", "không có giấy"]),
    ],
)
def test_what_was_pasted_is_taken_apart(text, found):
    assert codes_in(text) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Dán ít nhất một mã, hoặc chọn tệp có mã."),
        ("\n".join(map(str, range(MOST + 1))), "ở đây có 301 mã"),
    ],
)
@pytest.mark.parametrize("to", ["/verify/list", "/verify/list/table"])
def test_too_few_or_too_many_are_refused_and_kept(client, text, words, to):
    answer = asked(client, text, to)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert text[-9:] in answer.text


def test_the_same_as_a_table(client):
    (it,) = issued(1)
    answer = asked(client, f"{it.code} =1+1+A", "/verify/list/table")
    assert answer.mimetype == "text/csv"
    heads, first, second = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert len(heads) == len(first) == len(second)
    assert first[:4] == [codes.written(it.code), "Còn giá trị", it.number, "Nguyễn Thị D."]
    assert second[0] == "'=1+1+A"


def test_since_when_one_does_not_hold_is_said_on_the_page_and_in_the_table(client):
    (it,) = issued(1)
    revoke_certificate(it.id, reason="Nhầm người học", by=None, now=NOW)
    assert "Từ 03/03/2026." in asked(client, it.code).text
    answer = asked(client, it.code, "/verify/list/table")
    _heads, line = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert line[6:] == ["", "2026-03-03", "Nhầm người học", ""]


def a_sheet(*rows):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return made.getvalue()


def handed_in(client, content, name="danh-sach.xlsx"):
    return client.post("/verify/list", data={"codes": "", "file": (io.BytesIO(content), name)})


def test_codes_are_found_anywhere_in_a_sheet(client):
    one, two = issued(2)
    link = f"http://localhost/verify/{two.code}"
    sheet = a_sheet(["Họ tên", "Mã"], ["An", codes.written(one.code)], ["Bình", link, 2026])
    page = handed_in(client, sheet).text
    assert "2/2 giấy hợp lệ" in page
    assert (one.number in page, two.number in page) == (True, True)
    assert f"{codes.written(one.code)}\n{two.code}</textarea>" in page


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("begins", ["", "\ufeff"])
def test_codes_of_a_csv_file_are_found_like_those_of_a_sheet(client, between, begins):
    one, two = issued(2)
    rows = [["Họ tên", "Mã"], ['"An, cũ; mới"', codes.written(one.code)], ["Bình", two.code]]
    rows += [["Chi", "mất giấy"]]
    text = begins + "\r\n".join(between.join(row) for row in rows)
    page = handed_in(client, text.encode(), "danh-sach.csv").text
    assert "2/3 giấy hợp lệ" in page
    assert f"{codes.written(one.code)}\n{two.code}\nmất giấy</textarea>" in page


def test_the_table_that_was_downloaded_can_be_handed_in_again(client):
    (it,) = issued(1)
    table = asked(client, it.code, to="/verify/list/table").data
    assert "1/1 giấy hợp lệ" in handed_in(client, table, "kiem-tra.csv").text


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("Mã\n".encode("utf-16"), "không phải tệp Excel"),
        (b"x" * 200_000, "không phải tệp Excel"),
        (b"A1\n" * 10_002, "hơn 10.000 dòng"),
    ],
)
def test_a_csv_file_that_is_no_list_says_why(client, content, why):
    answer = handed_in(client, content, "danh-sach.csv")
    assert (answer.status_code, why in answer.text) == (422, True)


def test_a_mistyped_code_without_a_digit_is_no_head_of_a_column():
    good = "7K3M-9QXR-2VHD-5T"
    rows = [["CERTIFICATECODES"], ["certificate-codes"], ["BCDF-GHJK-MNPQ-R"], [good]]
    assert codes_of_sheet(rows) == ["BCDF-GHJK-MNPQ-R", good]


def test_mistyped_codes_of_a_sheet_are_listed_and_not_left_out(client):
    some = [codes.written(it.code) for it in issued(3)]
    short, lost = some[2][:-1], "mất giấy; xem sau"
    rows = [["Danh sách 2026"], ["Họ tên", "Mã giấy"], ["An", short], ["Bình", some[0]]]
    rows += [["Chi", "7K3M-9QXR-2VHD-5T"], ["Dung", some[1]], ["Em", lost], ["Giang", 12345]]
    page = handed_in(client, a_sheet(*rows)).text
    assert "2/6 giấy hợp lệ" in page
    assert page.count("Gõ nhầm") == 4
    typed = [short, some[0], "7K3M-9QXR-2VHD-5T", some[1], "mất giấy xem sau", "12345"]
    assert "\n".join(typed) + "</textarea>" in page
    for text in ("An", "Mã giấy", "Danh sách 2026"):
        assert f"\n{text}\n" not in page.partition("</textarea>")[0].rpartition("<textarea")[2]


def test_mistyped_codes_of_a_sheet_stand_in_the_table_too(client):
    (it,) = issued(1)
    sheet = a_sheet(["Mã"], [it.code], ["7K3M-9QXR-2VHD-5T"], ["không rõ"])
    given = {"codes": "", "file": (io.BytesIO(sheet), "danh-sach.xlsx")}
    answer = client.post("/verify/list/table", data=given)
    _heads, *lines = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert [line[1] for line in lines] == ["Còn giá trị", "Gõ nhầm", "Gõ nhầm"]
    page = asked(client, f"{it.code}\n7K3M-9QXR-2VHD-5T\nkhông rõ").text
    assert "1/3 giấy hợp lệ" in page


def test_a_code_in_groups_of_a_cell_is_read(client):
    (it,) = issued(1)
    grouped = codes.written(it.code).replace("-", " ")
    assert "1/1 giấy hợp lệ" in handed_in(client, a_sheet(["Mã"], [grouped])).text


def test_a_sheet_of_mistyped_codes_alone_is_told(client):
    page = handed_in(client, a_sheet(["Mã"], ["7K3M-9QXR-2VHD-5T"])).text
    assert "0/1 giấy hợp lệ" in page


def test_one_code_without_heads_is_a_list(client):
    (it,) = issued(1)
    assert "1/1 giấy hợp lệ" in handed_in(client, a_sheet([it.code])).text


def test_what_stands_twice_is_asked_once(client):
    (it,) = issued(1)
    twice = f"{it.code} {codes.written(it.code).lower()}"
    assert "1/1 giấy hợp lệ" in asked(client, twice).text


def test_the_same_codes_in_field_and_file_are_counted_once(client):
    some = [codes.new_code() for _ in range(MOST)]
    sheet = io.BytesIO(a_sheet(*[[code] for code in some]))
    given = {"codes": "\n".join(some), "file": (sheet, "danh-sach.xlsx")}
    assert client.post("/verify/list", data=given).status_code == 200


def test_a_cell_far_away_is_refused_in_words_for_who_checks_codes(client):
    words = handed_in(client, a_sheet(["A1"], *[[]] * 20_000, ["B2"])).text
    assert "Có ô nằm rất xa danh sách" in words
    assert "tệp mẫu" not in words


def a_changed_sheet(change):
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_sheet(["A1"], ["B2"]))) as before,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for entry in before.infolist():
            part = before.read(entry)
            is_sheet = entry.filename == "xl/worksheets/sheet1.xml"
            after.writestr(entry, change(part) if is_sheet else part)
    return changed.getvalue()


@pytest.mark.parametrize(
    "place",
    [b"r='XFD1000000'", b'x=">" r="XFD1000000"', b'r = "XFD1000000"', b'r="&#88;FD1000000"'],
)
def test_a_far_cell_is_found_however_it_is_written(client, place):
    content = a_changed_sheet(lambda sheet: sheet.replace(b'r="A2"', place))
    answer = handed_in(client, content)
    assert (answer.status_code, "Có ô nằm rất xa danh sách" in answer.text) == (422, True)


@pytest.mark.parametrize("begun", [b"<c ", b"<row ", b'<c r="A1" ', b"<c>"])
def test_a_sheet_of_things_begun_and_not_ended_costs_no_time(client, begun):
    content = a_changed_sheet(
        lambda sheet: sheet.replace(b"<sheetData>", b"<sheetData>" + begun * 5000 + b"x" * 900_000)
    )
    with work_within(5):
        assert handed_in(client, content).status_code == 422


@pytest.mark.parametrize("content", [b"", b"MZ", b"PK\x03\x04" + b"0" * 99, b"Ma,So\n1,2\n"])
def test_what_is_no_sheet_is_refused(client, content):
    assert handed_in(client, content).status_code == 422


def test_a_sheet_without_codes_is_refused(client):
    assert handed_in(client, a_sheet(["Họ tên"], ["An"])).status_code == 422


def test_a_long_list_costs_the_same_queries(client, count_queries):
    many = [certificate.code for certificate in issued(20)]

    def queries_for(some):
        with count_queries() as seen:
            assert asked(client, " ".join(some)).status_code == 200
        return len(seen)

    assert queries_for(many[:1]) == queries_for(many) <= 5


def test_guessing_by_lists_is_slowed_down(app, client, monkeypatch):
    monkeypatch.setitem(app.extensions, "club.limits", True)
    answers = [asked(client, "ABC").status_code for _ in range(21)]
    assert (answers[0], answers[-1]) == (200, 429)
