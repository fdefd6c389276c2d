import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy.exc import IntegrityError

from club.accounts.models import RoleName
from club.db import db
from club.plan.budget import queries
from club.plan.budget.models import BudgetEntry, MoneySource
from club.plan.budget.operations import Place, enter_amounts
from club.plan.budget.rules import (
    MOST,
    Amounts,
    BudgetRefusal,
    refusal_of_amount,
    refusal_to_enter,
    sum_of,
    years_of,
)
from club.plan.items.queries import item_by_key
from club.refusal import RefusedError
from tests.plan.kit import with_lines
from tests.support.factories import NOW, an_account
from tests.support.inspector import complaints

SCIENCE = MoneySource.SCIENCE_BUDGET
NEW = "/office/plan/budget/new"
ONE = "/office/plan/budget/II.2-2/2025/science_budget"


@pytest.fixture(autouse=True)
def lines(context):
    with_lines(now=NOW)


@pytest.fixture
def official(sign_in):
    return sign_in(an_account(RoleName.OFFICIAL))


def enter(line="II.2-2", year=2025, source=SCIENCE, planned=None, spent=None, **how):
    given = {"seen": None, "reason": None, "by": None, "now": NOW} | how
    return enter_amounts(Place(line, year, source), Amounts(planned, spent), **given)


def refused(**given):
    with pytest.raises(RefusedError) as refusal:
        enter(**given)
    return refusal.value.refusal, refusal.value.field


def typed(**given):
    return {
        "line": "II.2-2",
        "year": "2025",
        "source": "science_budget",
        "planned": "25.000.000",
        "spent": "",
        "reason": "",
    } | given


def test_an_official_enters_amounts_and_the_public_sees_sums(official, client):
    assert official.post(NEW, data=typed()).status_code == 302
    more = typed(line="II.1-1", source="enterprise", planned="5.000.000", spent="4.999.999")
    official.post(NEW, data=more)
    sums = queries.sums()
    assert sums.by_year == {2025: Amounts(30_000_000, 4_999_999)}
    assert sums.by_source[SCIENCE] == Amounts(25_000_000, None)
    assert sums.total == Amounts(30_000_000, 4_999_999)
    page = client.get("/plan/budget/").text
    assert "30.000.000" in page
    assert "II.2-2" not in page


def test_a_correction_needs_a_reason_and_keeps_what_was_there(official):
    enter(planned=25_000_000)
    bare = official.post(NEW, data=typed(planned="26.000.000"))
    assert bare.status_code == 422
    assert "Đã có số tiền. Ghi lý do thay bằng số khác." in bare.text
    assert 'value="26.000.000"' in bare.text
    whole = {"planned": "26.000.000", "spent": "1", "reason": "Điều chỉnh", "seen": "1"}
    assert official.post(ONE, data=whole).status_code == 302
    item = item_by_key("II.2-2")
    found = queries.versions_of(item.id, 2025, SCIENCE)
    assert [(one.version, one.planned, one.spent, one.reason) for one in found] == [
        (2, 26_000_000, 1, "Điều chỉnh"),
        (1, 25_000_000, None, None),
    ]
    page = official.get(ONE).text
    assert "25.000.000" in page
    assert "Điều chỉnh" in page


def test_nobody_overwrites_what_they_have_not_seen(official):
    enter(planned=1)
    enter(planned=2, reason="Trước")
    late = {"planned": "3", "spent": "", "reason": "Sau", "seen": "1"}
    answer = official.post(ONE, data=late)
    assert answer.status_code == 409
    assert "Trong lúc đó đã có người nhập số khác." in answer.text
    assert queries.sums().total.planned == 2
    # The page that says so shows the other amounts, and knows that they have been seen.
    assert 'name="seen" type="hidden" value="2"' in answer.text
    assert official.post(ONE, data=late | {"seen": "2"}).status_code == 302
    assert queries.sums().total.planned == 3


def test_amounts_of_nothing_take_out_what_is_there(official):
    enter(planned=7)
    gone = {"planned": "", "spent": "", "reason": "Nhập nhầm dòng", "seen": "1"}
    assert official.post(ONE, data=gone).status_code == 302
    assert queries.standing_entries() == []
    assert queries.sums().total == Amounts(None, None)
    assert "Nhập nhầm dòng" in official.get(ONE).text
    enter(planned=8, reason="Đúng dòng này")
    assert queries.sums().total.planned == 8


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"planned": "", "spent": ""}, "Ghi số dự kiến, số đã chi, hoặc cả hai."),
        ({"planned": "-5"}, "Số tiền không thể nhỏ hơn 0."),
        ({"planned": "1,5"}, "Ghi số đồng nguyên, không có phần lẻ."),
        ({"planned": "9" * 16}, "lớn hơn ngân sách"),
        ({"planned": "hai tỷ"}, "Ghi một con số"),
        ({"year": "2020"}, "Chọn một mục trong danh sách."),
        ({"year": "2030", "spent": "1"}, "Năm chưa bắt đầu thì chưa thể chi gì."),
        ({"line": "NN-1"}, "Chọn một mục trong danh sách."),
        ({"line": ""}, "Chọn dòng mà kinh phí dành cho."),
        ({"source": "loan"}, "Chọn một mục trong danh sách."),
        ({"reason": "á" * 1001}, "1.001"),
    ],
)
def test_bad_input_is_refused_and_loses_nothing(official, given, words):
    answer = official.post(NEW, data=typed() | given)
    assert answer.status_code == 422
    assert words in answer.text
    assert queries.standing_entries() == []
    kept = (typed() | given)["planned"]
    assert f'value="{kept}"' in answer.text


def test_an_operation_refuses_what_no_form_checked():
    assert refused(line="NN-1", planned=1) == (BudgetRefusal.NOTHING_TO_DO, "line")
    assert refused(year=2020, planned=1) == (BudgetRefusal.YEAR_OUTSIDE, "year")
    assert refused(year=2031, planned=1) == (BudgetRefusal.YEAR_OUTSIDE, "year")
    assert refused() == (BudgetRefusal.NOTHING_GIVEN, "planned")
    assert refused(planned=1, seen=1) == (BudgetRefusal.CHANGED_MEANWHILE, None)
    enter(planned=1)
    assert refused(planned=1, reason="Lại") == (BudgetRefusal.SAME_AGAIN, "planned")


@pytest.mark.parametrize(
    "wrong",
    [
        {"planned": -1},
        {"spent": -1},
        {"planned": None, "spent": None},
        {"version": 2, "reason": None},
        {"version": 1, "reason": "Không cần"},
        {"version": 0},
    ],
)
def test_the_database_refuses_what_must_never_be(wrong):
    facts = {"year": 2025, "source": SCIENCE, "version": 1, "planned": 1, "entered_at": NOW}
    db.session.add(BudgetEntry(item_id=item_by_key("II.2-2").id, **(facts | wrong)))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_files_hold_exact_amounts(official):
    most = MOST - 1
    enter(planned=most, spent=0)
    rows = list(
        csv.DictReader(io.StringIO(official.get("/office/plan/budget.csv").text.lstrip("\ufeff")))
    )
    assert [(row["line"], row["planned_vnd"], row["spent_vnd"]) for row in rows] == [
        ("II.2-2", str(most), "0")
    ]
    book = CalamineWorkbook.from_filelike(io.BytesIO(official.get("/office/plan/budget.xlsx").data))
    first = book.get_sheet_by_index(0).to_python()[1]
    assert [int(first[3]), int(first[4])] == [most, 0]
    assert first[5] == (NOW + timedelta(hours=7)).date()


@pytest.mark.parametrize(
    ("role", "status"),
    [(RoleName.MEMBER, 403), (RoleName.REPORTING_OFFICER, 403), (RoleName.COORDINATOR, 200)],
)
def test_amounts_of_lines_are_for_coordinators_and_officials(sign_in, role, status):
    enter(planned=1)
    browser = sign_in(an_account(role))
    for address in ("/office/plan/budget/", NEW, ONE, "/office/plan/budget.csv"):
        assert browser.get(address).status_code == status, address


@pytest.mark.parametrize(
    "address", ["II.2-2/2024/science_budget", "II.9-9/2025/science_budget", "II.2-2/2025/loan"]
)
def test_what_has_no_amounts_is_not_found(official, address):
    enter(planned=1)
    assert official.get(f"/office/plan/budget/{address}").status_code == 404
    assert official.post(f"/office/plan/budget/{address}", data={}).status_code == 404


def test_the_pages_are_well_made(app, official, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    for empty in (True, False):
        if not empty:
            enter(planned=1, spent=2)
        for address in ("/plan/budget/", "/office/plan/budget/", NEW, *([] if empty else [ONE])):
            for language in ("vi", "en"):
                answer = official.get(f"{address}?lang={language}")
                assert (address, complaints(answer.text)) == (address, [])


def test_the_desk_takes_as_many_statements_with_many_amounts(official, count_queries):
    enter(planned=1)
    official.get("/office/plan/budget/")
    with count_queries() as one:
        official.get("/office/plan/budget/")
    for year in range(2021, 2027):
        enter(line="II.1-1", year=year, planned=year, spent=1)
    with count_queries() as many:
        official.get("/office/plan/budget/")
    assert len(many) == len(one)


def test_the_years_are_those_of_the_plan():
    document = item_by_key("II.2-2").document
    assert list(years_of(document.dated, document.until_year)) == list(range(2021, 2031))
    assert list(years_of(None, 2030)) == []


def test_pure_verdicts():
    assert refusal_of_amount(Decimal(MOST - 1)) is None
    assert refusal_of_amount(Decimal(MOST)) is BudgetRefusal.TOO_LARGE
    assert refusal_of_amount(Decimal("5.0")) is None
    nothing_left = Amounts(None, None)
    again = refusal_to_enter(nothing_left, nothing_left, year=2025, this_year=2026, reason="Vì sao")
    assert again == (BudgetRefusal.NOTHING_GIVEN, "planned")
    planned_ahead = Amounts(5, 0)
    assert refusal_to_enter(planned_ahead, None, year=2030, this_year=2026, reason=None) is None


amounts = st.builds(
    Amounts, st.none() | st.integers(0, MOST - 1), st.none() | st.integers(0, MOST - 1)
)


@given(st.lists(amounts), st.lists(amounts))
def test_sums_of_parts_are_the_sum_of_the_whole(one, other):
    assert sum_of([sum_of(one), sum_of(other)]) == sum_of([*one, *other])


@given(st.lists(amounts))
def test_a_sum_says_nothing_only_where_nobody_said_anything(rows):
    found = sum_of(rows)
    assert (found.planned is None) is all(row.planned is None for row in rows)
    assert (found.spent or 0) == sum(row.spent or 0 for row in rows)
