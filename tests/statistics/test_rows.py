"""From every figure to the rows behind it: as many of them, of as many people."""

import csv
import io
import re
from datetime import date, timedelta
from html import unescape
from itertools import combinations

import pytest
import time_machine
from python_calamine import CalamineWorkbook

from club.accounts.models import RoleName
from club.people.models import AudienceKind, Sex
from club.statistics.dimensions import Dimension
from tests.statistics.test_figures import a_record
from tests.support.demo import TODAY, load_small_demo
from tests.support.factories import (
    NOW,
    a_course,
    a_person,
    a_run,
    a_topic,
    a_unit,
    an_account,
    an_organisation,
)
from tests.support.pages import words

YEAR = "from=2026-01-01&to=2026-12-31"
ROWS = "/statistics/participations"


@pytest.fixture(autouse=True)
def at_that_time():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def official(sign_in):
    return sign_in(an_account(RoleName.OFFICIAL))


def some_records():
    ward, topic = a_unit(), a_topic()
    course = a_course(topic=topic)
    firm = an_organisation(name="Công ty Gỗ", sector="wood", ward_id=ward.id)
    for n in range(4):
        person = a_person(full_name=f"Nguyễn Văn {'ABCD'[n]}")
        for day in (date(2026, 1, 14), date(2026, 1, 15))[: n + 1]:
            a_record(
                a_run(course=course), person, day=day, unit_id=ward.id if n else None,
                audience=list(AudienceKind)[n % 2], sex=list(Sex)[n % 3],
                organisation_id=firm.id, organisation_name=firm.name,
                sector="wood" if n > 1 else None,
                attended_minutes=240 - 30 * n, completed=n != 2,
                topic_key=topic.key, course_code=course.code,
            )  # fmt: skip


def rows_of(reader, address):
    """The rows behind a figure: turns, people, hours and completions, added up again."""
    text = reader.get(address.replace(f"{ROWS}?", f"{ROWS}.csv?")).data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    return (
        len(rows),
        len({row["person"] for row in rows}),
        sum(float(row["hours"]) for row in rows),
        sum(int(row["completed"]) for row in rows),
    )


def every_cell_has_its_rows(reader, question):
    tables = [[d.value] for d in Dimension] + [list(pair) for pair in combinations(Dimension, 2)]
    seen = {}
    for by in ([], *tables):
        answer = reader.get(f"/statistics/trainees.json?{question}&by={','.join(by)}").json
        for cell in (answer["total"], *answer["rows"]):
            figures = cell["turns"], cell["people"], cell["hours"], cell["completed"]
            address = cell["rows_at"].removeprefix("http://localhost")
            if address not in seen:
                seen[address] = rows_of(reader, address)
            turns, people, hours, completed = seen[address]
            assert (turns, people, completed) == (cell["turns"], cell["people"], cell["completed"])
            # Each row is rounded by less than half a hundredth.
            assert hours == pytest.approx(figures[2], abs=0.005 * (turns + 1)), address
    return seen


@pytest.mark.parametrize(
    "question",
    ["period=2026&cut=report", "period=2026&cut=calendar", "from=2025-12-20&to=2026-01-14"],
)
def test_every_cell_of_every_table_has_exactly_its_rows(official, question):
    some_records()
    assert len(every_cell_has_its_rows(official, question)) > 20


@pytest.mark.slow
def test_every_cell_of_the_demo_club_has_exactly_its_rows(sign_in):
    with time_machine.travel(TODAY, tick=False):
        load_small_demo()
        official = sign_in(an_account(RoleName.OFFICIAL))
        for question in ("period=2026&cut=report", "from=2025-11-20&to=2026-02-20"):
            assert len(every_cell_has_its_rows(official, question)) > 100


FIGURE = re.compile(rf'<a href="({re.escape(ROWS)}\?[^"]+)"(?: aria-label="([^"]*)")?>([^<]+)</a>')


@pytest.mark.parametrize("by", ["", "audience,month", "result"])
def test_every_figure_of_the_page_leads_to_its_rows(official, by):
    some_records()
    page = official.get(f"/statistics/trainees?{YEAR}&by={by}").text
    cells = re.findall(r'<td class="cell-num[^"]*">(.*?)</td>', page, re.DOTALL)
    assert [c for c in cells if "cell-zero" not in c and "<a " not in c] == []
    labelled = [found for found in FIGURE.findall(page) if found[1]]
    assert len(labelled) > 5
    for address, label, text in labelled:
        turns, people, hours, completed = rows_of(official, unescape(address))
        kind = next(k for k in ("lượt hoàn thành", "lượt", "người", "giờ") if k in label)
        meant = {"lượt": turns, "người": people, "giờ": hours, "lượt hoàn thành": completed}[kind]
        assert float(text.replace(",", ".")) == pytest.approx(meant, abs=0.06), label


def test_the_list_names_who_was_counted_and_leads_to_the_class(sign_in):
    some_records()
    asked = f"{ROWS}?{YEAR}&month=2026-01&sector=none"
    page = sign_in(an_account(RoleName.OFFICIAL)).get(asked)
    assert re.findall(r"Nguyễn Văn \w</th>", page.text) == [
        "Nguyễn Văn A</th>", "Nguyễn Văn B</th>", "Nguyễn Văn B</th>",
    ]  # fmt: skip
    assert "3 Số dòng của danh sách" in words(page)
    assert len(re.findall(r'href="/office/runs/[^"]+/records"', page.text)) == 3
    assert "/teaching/runs/" not in page.text
    kept = sign_in(an_account(RoleName.COORDINATOR)).get(asked).text
    assert len(re.findall(r'href="/teaching/runs/[^"]+/attendance"', kept)) == 3


def test_a_long_list_is_cut_into_pages_that_keep_the_question(official):
    run = a_run()
    for n in range(101):
        a_record(run, a_person(full_name=f"Người {n:03}"), day=date(2026, 2, 1 + n // 50))
    a_record(run, a_person(), day=date(2026, 3, 1))
    page = official.get(f"{ROWS}?{YEAR}&month=2026-02")
    assert page.text.count('<th scope="row">') == 100
    assert "101" in words(page)
    following = re.search(r'rel="next"\s+href="([^"]+)"', page.text)[1]
    assert official.get(unescape(following)).text.count('<th scope="row">') == 1


def test_who_stands_in_an_opened_list_reads_of_it(sign_in):
    trained, other = an_account(), an_account()
    a_record(a_run(), trained.person, day=date(2026, 2, 3))
    a_record(a_run(), other.person, day=date(2026, 1, 3))
    own = sign_in(trained)
    assert "Danh sách người" not in own.get("/me/privacy/looks").text
    sign_in(an_account(RoleName.OFFICIAL)).get(f"{ROWS}?{YEAR}&month=2026-02")
    looks = own.get("/me/privacy/looks").text
    assert "Danh sách người: 02/2026" in looks
    assert "Giải trình số người được đào tạo" in looks
    assert "Danh sách người" not in sign_in(other).get("/me/privacy/looks").text


def test_a_list_of_nobody_is_no_look(official, sign_in):
    trained = an_account()
    a_record(a_run(), trained.person, day=date(2026, 2, 3))
    assert "Không có lượt nào" in official.get(f"{ROWS}?{YEAR}&topic=nothing").text
    assert "Danh sách người" not in sign_in(trained).get("/me/privacy/looks").text


@pytest.mark.parametrize(
    "role", [None, RoleName.MEMBER, RoleName.TRAINER, RoleName.REPORTING_OFFICER]
)
def test_who_may_not_read_rows_gets_figures_without_a_way_to_them(client, sign_in, role):
    for _ in range(6):
        a_record(a_run(), a_person())
    asking = sign_in(an_account(role)) if role else client
    assert asking.get(f"{ROWS}?{YEAR}").status_code in {302, 401, 403}
    assert ROWS not in asking.get(f"/statistics/trainees?{YEAR}").text
    assert "rows_at" not in asking.get(f"/statistics/trainees.json?{YEAR}&by=sex").text
    assert b"rows_at" not in asking.get(f"/statistics/trainees.csv?{YEAR}&by=sex").data


@pytest.mark.parametrize("selected", [f"{d}=none" for d in Dimension if d not in ("year", "quarter", "month", "audience", "sex", "funding", "result")] + ["month=2026-01", "audience=enterprise", "result=completed"])  # fmt: skip
def test_the_public_may_not_select(client, selected):
    for ending in ("", ".json", ".csv", ".xlsx"):
        answer = client.get(f"/statistics/trainees{ending}?period=2026&{selected}")
        assert answer.status_code == 422, ending


@pytest.mark.parametrize(
    "selected",
    ["audience=nobody", "sex=x", "funding=0", "result=perhaps", "month=2026", "month=2026-Q1",
     "quarter=2026-01", "year=2026-9M", "year=26", "month=none", "audience=none"],
)  # fmt: skip
def test_a_value_that_there_cannot_be_is_refused(official, selected):
    assert official.get(f"/statistics/trainees.json?{YEAR}&{selected}").status_code == 422
    assert official.get(f"{ROWS}.csv?{YEAR}&{selected}").status_code == 422
    page = official.get(f"{ROWS}?{YEAR}&{selected}")
    assert page.status_code == 422
    assert official.get(f"{ROWS}.csv?{YEAR}&{selected}").json["error"] in words(page)
    assert "/api/openapi.json" in words(page)


def test_a_cut_that_there_is_not_is_refused_in_the_readers_language(official):
    for address in (ROWS, f"{ROWS}.csv", "/statistics/trainees", "/statistics/trainees.json"):
        for more in ("period=2026", "from=2026-01-01&to=2026-03-31", ""):
            answer = official.get(f"{address}?cut=lunar&{more}&lang=vi")
            said = answer.json["error"] if answer.is_json else words(answer)
            assert (answer.status_code, "Ghi cách chốt kỳ là calendar" in said) == (422, True)
    assert "Write the cut as calendar or report." in words(official.get(f"{ROWS}?cut=x&lang=en"))


def test_tables_may_be_of_selected_turns(official):
    some_records()
    answer = official.get(f"/statistics/trainees.json?{YEAR}&audience=enterprise&by=sex").json
    whole = official.get(f"/statistics/trainees.json?{YEAR}&by=audience,sex").json
    expected = {
        row["sex"]: row["turns"] for row in whole["rows"] if row["audience"] == "enterprise"
    }
    assert {row["sex"]: row["turns"] for row in answer["rows"]} == expected
    assert answer["total"]["turns"] == sum(expected.values())


def test_files_lead_to_the_rows_as_they_were_when_the_file_was_made(official):
    some_records()
    as_csv = official.get(f"/statistics/trainees.csv?{YEAR}&by=audience").data.decode("utf-8-sig")
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(official.get(f"/statistics/trainees.xlsx?{YEAR}&by=audience").data)
    )
    heads, *lines = book.get_sheet_by_index(0).to_python()
    in_book = [dict(zip(heads, line, strict=True)) for line in lines]
    later = a_person(full_name="Sau Đó")
    a_record(
        a_run(), later, audience=AudienceKind.STATE_AGENCY, computed_at=NOW + timedelta(hours=1)
    )
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        for file in (list(csv.DictReader(io.StringIO(as_csv))), in_book):
            assert len(file) == 2
            for line in file:
                found = rows_of(official, line["rows_at"].removeprefix("http://localhost"))
                assert found[:2] == (int(line["turns"]), int(line["people"]))


@pytest.mark.parametrize("records", [1, 60])
def test_the_list_costs_the_same_however_long_it_is(official, count_queries, records):
    run = a_run()
    for _ in range(records):
        a_record(run, a_person())
    official.get(f"{ROWS}?{YEAR}")
    with count_queries() as seen:
        assert official.get(f"{ROWS}?{YEAR}").status_code == 200
    assert len(seen) <= 9
