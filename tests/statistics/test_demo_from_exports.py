"""Every figure of the demo club's dashboard, experts, pilot firms and targets, counted again from
the files that the site hands out, by code that shares nothing with it.
"""

import csv
import io
import re
from collections import Counter, defaultdict

import pytest
import time_machine
from openpyxl import load_workbook

from club.accounts.models import RoleName
from tests.statistics.reports.kit import a_draft, facts
from tests.support.demo import TODAY, load_small_demo
from tests.support.factories import an_account

pytestmark = pytest.mark.slow

YEARS = ("2025", "2026")


@pytest.fixture
def official(sign_in):
    with time_machine.travel(TODAY, tick=False):
        load_small_demo()
        yield sign_in(an_account(RoleName.OFFICIAL))


@pytest.fixture
def coordinator(official, sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def lines(reader, address):
    answer = reader.get(address)
    assert answer.status_code == 200, address
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def numbers_in_table(page, chart, *, people_in=1):
    """Turns and people of each line of a chart's table, in any order."""
    figure = page.split(f'id="{chart}"')[1].split("</figure>")[0]
    body = figure.split("<tbody>")[1].split("</tbody>")[0]
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in body.split("</tr>")]
    cells = [[text_of(cell) for cell in row] for row in rows if row]
    return Counter((number(row[0]), number(row[people_in])) for row in cells if number(row[0]))


def number(text):
    found = re.match(r"[\d.]+", text)
    return int(found[0].replace(".", "")) if found else 0


def counted(rows, key):
    """Turns and people of each value, as numbers alone."""
    groups = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row["person"])
    return Counter((len(found), len(set(found))) for found in groups.values())


def test_the_dashboard_follows_from_the_rows(official, coordinator):
    for year in YEARS:
        rows = lines(coordinator, f"/statistics/participations.csv?period={year}&cut=calendar")
        page = official.get(f"/office/dashboard?year={year}&cut=calendar").text
        assert rows
        for chart in ("audience", "topic", "unit", "sector"):
            assert numbers_in_table(page, chart) == counted(rows, lambda row, by=chart: row[by])
        months = numbers_in_table(page, "steps", people_in=2)
        assert months == counted(rows, lambda row: row["day"][:7])


def test_the_workbook_says_the_same_rows_as_the_page(official, coordinator):
    for by in ("audience", "topic", "sector", "unit", "sex", "funding"):
        query = f"period=2026&cut=calendar&by={by}"
        book = load_workbook(
            io.BytesIO(official.get(f"/statistics/trainees.xlsx?{query}").data), read_only=True
        )
        told = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
        rows = lines(coordinator, "/statistics/participations.csv?period=2026&cut=calendar")
        figures = counted(rows, lambda row, by=by: row[by])
        in_book = Counter(tuple(cell for cell in row if isinstance(cell, int))[:2] for row in told)
        assert not figures - in_book, by


def beside(official):
    version = a_draft(facts(name="2026"), now=TODAY)
    content = official.get(f"/office/reports/{version.report.public_id}/1.json").json
    return {part["part"]: part for part in content["beside"]["parts"]}


def test_experts_follow_from_the_certificates(official):
    """A person is told by the name in the list of experts; reports tell holders by codes."""
    experts = lines(official, "/office/certification/figures/experts.csv")
    told = official.get("/office/certification/figures.json").json["experts"]
    assert experts
    assert told["people"] == len({row["person"] for row in experts})
    assert told["certificates"] == len(experts)
    reported = beside(official)["experts"]
    counting = [row for row in reported["rows"] if row["standing"]["key"] == "counts"]
    assert reported["totals"]["people"] == told["people"] == len({r["holder"] for r in counting})
    assert Counter(row["scheme"] for row in counting) == Counter(row["scheme"] for row in experts)
    assert {line["key"]: line["certificates"] for line in reported["lines"] if line["certificates"]
            and line["by"] == "standing"} == Counter(
        row["standing"]["key"] for row in reported["rows"]
    )  # fmt: skip


def test_pilot_firms_follow_from_the_projects(official):
    """By the plan's words: small and medium-sized firms, and nothing given up before the day."""
    reported = beside(official)["pilots"]
    counting = [
        row
        for row in reported["rows"]
        if row["size"]["key"] in ("micro", "small", "medium")
        and row["outcome"]["key"] != "abandoned"
    ]
    assert counting
    assert reported["totals"] == {
        "firms": len({row["firm"] for row in counting}),
        "projects": len(counting),
    }


def test_targets_follow_from_experts_pilots_and_members(official, client):
    parts = beside(official)
    targets = {row["code"]: row for row in parts["targets"]["rows"]}
    expected = {
        "T25-4": parts["pilots"]["totals"]["firms"],
        "T30-4": parts["pilots"]["totals"]["firms"],
        "T25-6": parts["experts"]["totals"]["people"],
        "T25-5": 1,
    }
    assert {code: targets[code]["value"] for code in expected} == expected
    for row in targets.values():
        if row["kind"] == "contributory":
            assert row["value"] is None
        elif row["wanted"] is not None and row["value"] >= row["wanted"]:
            assert (row["missing"], row["progress"]["key"]) == (0, "reached")
        elif row["wanted"] is not None:
            assert row["missing"] == row["wanted"] - row["value"]
    page = text_of(client.get("/plan/").text)
    for code in ("T25-4", "T25-6"):
        wanted = f"{int(targets[code]['value'])} trên {int(targets[code]['wanted'])}"
        assert wanted in page, code
