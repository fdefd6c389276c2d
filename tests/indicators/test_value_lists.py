"""Many published values at once, from a spreadsheet: looked over, then all of them or none."""

import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook
from sqlalchemy import func, select
from xlsxwriter import Workbook

from club.accounts.models import RoleName
from club.db import db
from club.files.sheets.measuring import MOST_ROWS
from club.files.sheets.opening import open_sheet
from club.indicators.models import Indicator, Observation, ObservationSeries
from club.indicators.value_lists.columns import COLUMNS, Column
from club.indicators.value_lists.reading import KnownSeries, SeriesNames, read
from tests.plan.kit import with_plan
from tests.support.factories import NOW, an_account

PAGE = "/office/plan/values/list"
SERIES = "vn_growth_yearly"
DAY = date(2026, 3, 3)
NAMES = SeriesNames([KnownSeries(1, SERIES, "Tốc độ tăng - Việt Nam: từng năm")])


@pytest.fixture
def official(context, sign_in):
    with_plan(now=NOW)
    with time_machine.travel(NOW, tick=False):
        yield sign_in(an_account(RoleName.OFFICIAL))


def a_row(**cells):
    return {
        Column.SERIES: SERIES,
        Column.FIRST_DAY: 2025,
        Column.VALUE: 6.1,
        Column.STATUS: "Ước tính",
        Column.SOURCE: "Thông cáo demo, trang 3",
    } | {Column(name): cell for name, cell in cells.items()}


def a_list(*rows, heads=None):
    columns = [c for c in Column if any(c in row for row in rows)]
    whole = BytesIO()
    with Workbook(whole, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, heads or [COLUMNS.about[c].heading for c in columns])
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                if isinstance(cell := row.get(column), str) and cell.startswith("="):
                    sheet.write_formula(number, place, cell, value=1)
                elif isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                else:
                    sheet.write(number, place, cell)
    return whole.getvalue()


def read_list(*rows):
    sheet = open_sheet(BytesIO(a_list(*rows)), name="a.xlsx")
    return read(sheet, NAMES, today=DAY)


def looked_over(browser, *rows):
    """The answer, and what its form carries."""
    given = {"file": (BytesIO(a_list(*rows)), "Số liệu 2025.xlsx")}
    answer = browser.post(PAGE, data=given, content_type="multipart/form-data")
    carried = dict(re.findall(r'name="(ticket|seal)"[^>]*value="([^"]+)"', answer.text))
    return answer, carried


def standing(key=SERIES):
    query = select(Observation).join(Observation.series).filter_by(key=key)
    rows = db.session.scalars(query.where(Observation.replaced_at.is_(None)))
    return {one.period: str(one.value.normalize()) for one in rows}


def how_many():
    return db.session.scalar(select(func.count(Observation.id)))


def test_nothing_is_written_before_it_was_seen_and_confirmed(official, client):
    before = how_many()
    answer, carried = looked_over(official, a_row(), a_row(first_day="2024", value="7,09"))
    assert (answer.status_code, how_many()) == (200, before)
    assert "Thông cáo demo, trang 3" in answer.text
    assert official.post(PAGE, data=carried | {"reason": "Niên giám 2025"}).status_code == 302
    assert (standing()["2025"], standing()["2024"]) == ("6.1", "7.09")
    assert "Thông cáo demo, trang 3" in client.get("/plan/").text


def test_what_takes_the_place_of_another_value_needs_a_reason_and_keeps_that_one(official):
    _, carried = looked_over(official, a_row(first_day=2024, value=5.99))
    earlier = standing()["2024"]
    bare = official.post(PAGE, data=carried)
    assert (bare.status_code, standing()["2024"]) == (422, earlier)
    assert "Một số giá trị thay cho giá trị đang có" in bare.text
    again = dict(re.findall(r'name="(ticket|seal)"[^>]*value="([^"]+)"', bare.text))
    assert official.post(PAGE, data=again | {"reason": "Niên giám 2025"}).status_code == 302
    assert standing()["2024"] == "5.99"
    replaced = db.session.scalars(
        select(Observation).where(Observation.replacement_reason == "Niên giám 2025")
    ).one()
    assert str(replaced.value.normalize()) == earlier


def test_a_reason_in_the_row_goes_before_the_one_for_all(official):
    rows = a_row(first_day=2024, value=5.99, reason="Riêng"), a_row(first_day=2023, value=3.9)
    _, carried = looked_over(official, *rows)
    official.post(PAGE, data=carried | {"reason": "Chung"})
    given = select(Observation.as_of, Observation.replacement_reason).where(
        Observation.replaced_at.is_not(None)
    )
    assert {day.year: why for day, why in db.session.execute(given)} == {
        2024: "Riêng",
        2023: "Chung",
    }


def test_the_same_list_again_changes_nothing(official):
    _, carried = looked_over(official, a_row())
    official.post(PAGE, data=carried)
    before = how_many()
    answer, _ = looked_over(official, a_row())
    assert "Mọi giá trị trong danh sách đều đã có." in answer.text
    late = official.post(PAGE, data=carried)
    assert (late.status_code, how_many()) == (409, before)


def test_what_was_entered_meanwhile_is_shown_before_anything_is_written(official, sign_in):
    _, carried = looked_over(official, a_row())
    other = sign_in(an_account(RoleName.COORDINATOR))
    other.post(
        "/office/plan/values/new",
        data={"series": SERIES, "period_from": "2025-01-01", "as_of": "2025-12-31", "value": "6,3",
              "status": "final", "source": "Khác", "taken_on": "2026-03-02"},
    )  # fmt: skip
    answer = official.post(PAGE, data=carried | {"reason": "Bản mới"})
    assert (answer.status_code, standing()["2025"]) == (409, "6.3")
    assert "Trong lúc đó đã có người nhập số liệu." in answer.text
    again = dict(re.findall(r'name="(ticket|seal)"[^>]*value="([^"]+)"', answer.text))
    assert official.post(PAGE, data=again | {"reason": "Bản mới"}).status_code == 302
    assert standing()["2025"] == "6.1"


def test_one_wrong_row_keeps_all_out_and_every_mistake_is_said(official):
    before = how_many()
    answer, carried = looked_over(
        official, a_row(), a_row(series="Không có", value="sáu"), a_row(first_day=2022, source="")
    )
    assert (answer.status_code, how_many()) == (422, before)
    for words in ("Không có chuỗi số liệu này", "Ghi một con số, ví dụ 6,15", "Dòng 3", "Dòng 4"):
        assert words in answer.text
    assert "seal" not in carried


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"series": ""}, Column.SERIES, "Fill this cell"),
        ({"series": "chuỗi lạ"}, Column.SERIES, "no such series"),
        ({"value": ""}, Column.VALUE, "Fill this cell"),
        ({"value": "nan"}, Column.VALUE, "Write a number"),
        ({"value": "1e5"}, Column.VALUE, "Write a number"),
        ({"value": "6,12345"}, Column.VALUE, "at most %(most)s decimals"),
        ({"value": 1e9}, Column.VALUE, "larger than anything"),
        ({"value": "=1+5"}, Column.VALUE, "holds a formula"),
        ({"first_day": ""}, Column.FIRST_DAY, "Fill this cell"),
        ({"first_day": "30/02/2025"}, Column.FIRST_DAY, "day/month/year"),
        ({"first_day": "0000"}, Column.FIRST_DAY, "too far back"),
        ({"first_day": 2027}, Column.LAST_DAY, "not over yet"),
        ({"first_day": "01/01/2025"}, Column.LAST_DAY, "last day of the period too"),
        ({"last_day": 2024}, Column.LAST_DAY, "before the first"),
        ({"last_day": "04/03/2026"}, Column.LAST_DAY, "not over yet"),
        ({"status": "Chắc vậy"}, Column.STATUS, "list of allowed values"),
        ({"source": " "}, Column.SOURCE, "Fill this cell"),
        ({"source": "x" * 1001}, Column.SOURCE, "Shorten this"),
        ({"taken_on": "04/03/2026"}, Column.TAKEN_ON, "cannot lie after today"),
        ({"reason": "x" * 301}, Column.REASON, "Shorten this"),
    ],
)
def test_what_is_wrong_in_a_cell(cells, column, words):
    lines, mistakes = read_list(a_row(**cells))
    assert lines == []
    assert [(one.row, one.column) for one in mistakes] == [(2, column)]
    assert words in mistakes[0].refusal


def test_a_value_for_one_period_stands_in_one_row_only():
    lines, mistakes = read_list(a_row(), a_row(first_day="01/01/2025", last_day="31/12/2025"))
    assert lines == []
    assert [(one.row, one.values) for one in mistakes] == [(3, {"other": 2})]


@pytest.mark.parametrize(
    ("cells", "period"),
    [
        ({"first_day": 2025}, (date(2025, 1, 1), date(2025, 12, 31))),
        ({"first_day": "2021", "last_day": 2025.0}, (date(2021, 1, 1), date(2025, 12, 31))),
        ({"first_day": date(2024, 2, 29), "last_day": "29/02/2024"}, (date(2024, 2, 29),) * 2),
        ({"first_day": "01/07/2025", "last_day": "2025-12-31"}, (date(2025, 7, 1), date(2025, 12, 31))),
    ],
)  # fmt: skip
def test_periods_are_years_or_days(cells, period):
    (line,), mistakes = read_list(a_row(**cells))
    assert mistakes == []
    assert (line.facts.period_from, line.facts.as_of) == period


@pytest.mark.parametrize(
    ("cell", "value"),
    [(6.1, "6.1"), ("6,15", "6.15"), ("1.184,5", "1184.5"), ("-2,5", "-2.5"), (0, "0"),
     (0.1 + 0.2, "0.3"), ("7.09", "7.09"), ("12%", "12")],
)  # fmt: skip
def test_numbers_are_read_as_people_and_spreadsheets_write_them(cell, value):
    (line,), _ = read_list(a_row(value=cell))
    assert str(line.facts.value.normalize()) == value


def test_series_are_named_by_their_words_or_their_key():
    for named in (SERIES, "toc do tang - viet nam: TỪNG NĂM"):
        (line,), _ = read_list(a_row(series=named))
        assert line.series.key == SERIES


def test_the_template_is_read_once_it_is_filled_in(official):
    book = load_workbook(BytesIO(official.get(f"{PAGE}/template.xlsx").data))
    assert book.sheetnames == ["Danh sách", "Hướng dẫn", "Danh mục"]
    keys = [row[1].value for row in book["Danh mục"].iter_rows(min_row=2)]
    assert SERIES in keys
    words = book["Danh mục"].cell(row=2 + keys.index(SERIES), column=1).value
    sheet = book["Danh sách"]
    for place, cell in enumerate((words, 2025, None, 6.1, "Ước tính", "Thông cáo"), start=1):
        sheet.cell(row=2, column=place).value = cell
    filled = BytesIO()
    book.save(filled)
    filled.seek(0)
    answer = official.post(
        PAGE, data={"file": (filled, "a.xlsx")}, content_type="multipart/form-data"
    )
    assert answer.status_code == 200
    assert words in answer.text
    offered = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in sheet.data_validations.dataValidation
    }
    assert offered.keys() == {"A2", "E2"}


def test_counted_indicators_are_not_offered(official):
    book = load_workbook(BytesIO(official.get(f"{PAGE}/template.xlsx").data))
    offered = {row[1].value for row in book["Danh mục"].iter_rows(min_row=2)} - {None}
    counted = select(ObservationSeries.key).join(ObservationSeries.indicator)
    assert offered.isdisjoint(
        db.session.scalars(counted.where(Indicator.counted_from.is_not(None)))
    )
    assert len(offered) == db.session.scalar(
        select(func.count(ObservationSeries.id))
        .join(ObservationSeries.indicator)
        .where(Indicator.counted_from.is_(None))
    )


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", 422), (b"PK\x03\x04 no zip", 422), (b"a,b\n1,2", 422)],
)
def test_what_is_no_list_is_refused(official, content, status):
    answer = official.post(
        PAGE, data={"file": (BytesIO(content), "a.xlsx")}, content_type="multipart/form-data"
    )
    assert answer.status_code == status
    assert "form-error" in answer.text


def test_a_list_without_the_needed_columns_says_which(official):
    whole = a_list(a_row(), heads=["Chuỗi số liệu", "Kỳ", "Con số", "Tình trạng", "Nguồn"])
    answer = official.post(
        PAGE, data={"file": (BytesIO(whole), "a.xlsx")}, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert "Giá trị" in answer.text


def test_a_file_of_somebody_else_is_not_brought_in(official, sign_in):
    _, carried = looked_over(official, a_row())
    other = sign_in(an_account(RoleName.OFFICIAL))
    answer = other.post(PAGE, data=carried)
    assert (answer.status_code, "2025" in standing()) == (422, False)


def test_a_long_list_is_looked_over_and_brought_in(official, count_queries):
    rows = [
        a_row(first_day=f"{day:02}/{month:02}/{year}", last_day=f"{day:02}/{month:02}/{year}")
        for year in range(2000, 2001) for month in range(1, 11) for day in range(1, 21)
    ]  # fmt: skip
    with count_queries() as seen:
        answer, carried = looked_over(official, *rows)
    assert (answer.status_code, len(seen) < 20) == (200, True)
    assert len(rows) < MOST_ROWS
    before = how_many()
    official.post(PAGE, data=carried)
    assert how_many() == before + len(rows)


@pytest.mark.parametrize("role", [None, RoleName.TRAINER, RoleName.ASSESSOR])
def test_only_the_office_brings_values_in(official, client, sign_in, role):
    browser = sign_in(an_account(role)) if role else client
    assert browser.get(PAGE).status_code == (403 if role else 302)
    assert looked_over(browser, a_row())[0].status_code == (403 if role else 401)
