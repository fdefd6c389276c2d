import re
from datetime import date
from html import unescape
from xml.etree import ElementTree as ET

import pytest
import time_machine

from club.accounts.models import RoleName
from club.people.models import AudienceKind
from club.periods import Cut, named_period
from club.statistics.classes import closed_classes, seats_of
from club.statistics.dimensions import Dimension
from club.statistics.figures import trainee_counts
from tests.certification.figures.kit import a_level_of, at, on_the_way
from tests.pilots.kit import a_project, measured
from tests.statistics.test_figures import a_record
from tests.support.factories import NOW, a_person, a_run, a_unit, an_account
from tests.support.inspector import complaints
from tests.support.queries import counting_queries

HERE = "/office/dashboard"
YEAR = "year=2026&cut=calendar"


@pytest.fixture(autouse=True)
def at_that_time():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def official(sign_in):
    return sign_in(an_account(RoleName.OFFICIAL))


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def table_of(page, chart):
    """Name of each line of a chart's table, and its figures."""
    figure = page.text.split(f'id="{chart}"')[1].split("</figure>")[0]
    body = figure.split("<tbody>")[1].split("</tbody>")[0]
    rows = [re.sub(r"<[^>]+>", "|", row).split("|") for row in body.split("</tr>")]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    return {row[0]: row[1:] for row in cells if row}


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (RoleName.MEMBER, 403),
        (RoleName.TRAINER, 403),
        (RoleName.REPORTING_OFFICER, 403),
        (RoleName.OFFICIAL, 200),
        (RoleName.COORDINATOR, 200),
    ],
)
def test_officials_and_coordinators_open_it(sign_in, role, status):
    assert sign_in(an_account(role)).get(HERE).status_code == status


def test_every_figure_is_that_of_the_trainee_counts(official):
    ward, run = a_unit(), a_run()
    for n, audience in enumerate([AudienceKind.ENTERPRISE] * 3 + [AudienceKind.INDIVIDUAL]):
        a_record(run, a_person(), audience=audience, day=date(2026, 1 + n % 2, 9), unit_id=ward.id)
    a_record(a_run(), a_person(), audience=AudienceKind.ENTERPRISE, day=date(2025, 2, 1))
    page = official.get(f"{HERE}?{YEAR}&lang=en")
    counts = trainee_counts(named_period("2026", Cut.CALENDAR), by=[Dimension.AUDIENCE], as_of=NOW)
    assert counts.total.turns == 4
    assert table_of(page, "audience") == {
        "Enterprise": ["3", "3", "1", "75%"],
        "Individual": ["1", "1", "0", "25%"],
    }
    assert table_of(page, "unit")[ward.name_en or ward.name] == ["4", "4", "0", "100%"]
    months = table_of(page, "steps")
    assert (months["01/2026"], months["02/2026"]) == (["2", "0", "2"], ["2", "1", "2"])
    assert table_of(page, "years")["2026"] == ["4", "4", "16"]
    assert "A year before: 1, so 3 more." in text_of(page)
    assert complaints(page.text) == []


def test_seats_count_who_came_and_who_stayed_away():
    run = a_run(seats=5)
    for minutes in (240, 60, 0):
        a_record(run, a_person(), attended_minutes=minutes, counts=minutes > 100, completed=False)
    a_record(a_run(seats=9, is_earlier=True), a_person())
    a_record(a_run(seats=7), a_person(), day=date(2025, 12, 31))
    seats = seats_of(closed_classes(named_period("2026", Cut.CALENDAR)))
    assert (seats.classes, seats.offered, seats.taken, seats.came) == (1, 5, 3, 2)
    assert seats.stayed_away == 1


def test_pilot_projects_stand_there_with_what_they_measured(official):
    measured(a_project("Giảm thời gian chờ"), name="Thời gian chờ", unit="phút")
    a_project("Dự án chưa đo")
    page = text_of(official.get(f"{HERE}?{YEAR}&lang=en"))
    assert re.search(r"Giảm thời gian chờ .* Thời gian chờ: from .* phút", page)
    assert "nothing measured yet" in page
    assert "Giảm thời gian chờ" not in text_of(official.get(f"{HERE}?year=2024"))


def test_a_period_that_cannot_be_read_shows_the_present_year_and_says_why(official):
    page = official.get(f"{HERE}?from=2026-03-01&to=2026-02-01&lang=en")
    assert page.status_code == 422
    assert "The first day is after the last one." in page.text
    assert official.get(f"{HERE}?year=1999&lang=en").status_code == 422


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-03-10&to=2026-03-10",
        "from=2016-01-01&to=2026-12-31",
        "from=0001-01-01&to=0001-02-01",
        "from=9999-01-01&to=9999-12-31",
        "period=2024-02&cut=calendar",
        "period=2027&cut=report",
        "year=2026&part=Q2&cut=report",
    ],
)
def test_any_period_can_be_shown(official, query):
    page = official.get(f"{HERE}?{query}")
    assert page.status_code == 200
    assert complaints(page.text) == []


def test_the_part_of_the_year_is_that_of_the_form(official):
    page = text_of(official.get(f"{HERE}?year=2026&part=Q2&cut=report&lang=en"))
    assert "Counted from 15/03/2026 to 14/06/2026." in page


def test_a_chart_is_handed_out_as_a_picture_of_its_own(official):
    a_record(a_run(), a_person(), sector="C<10>")
    answer = official.get(f"{HERE}/sector.svg?{YEAR}&lang=en")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="sector-20260101-20261231.svg"'
    )
    drawn = ET.fromstring(answer.text)
    words = " ".join(drawn.itertext())
    assert "C<10>" in words
    assert "By sector" in words
    assert "Counted from 01/01/2026 to 31/12/2026." in words
    assert "style" not in answer.text


def test_a_picture_of_no_period_is_refused_with_advice_and_one_of_nothing_is_not_there(official):
    assert official.get(f"{HERE}/unit.svg?period=x").status_code == 422
    assert official.get(f"{HERE}/x.svg").status_code == 404


def test_the_number_of_statements_does_not_grow_with_the_rows(official):
    def statements():
        with counting_queries() as seen:
            assert official.get(f"{HERE}?{YEAR}").status_code == 200
        return len(seen)

    a_record(a_run(), a_person())
    measured(a_project())
    few = statements()
    for n in range(12):
        a_record(a_run(), a_person(), sector=f"s{n}", unit_id=a_unit().id)
    for n in range(3):
        measured(a_project(f"Dự án {n}"))
    assert statements() == few


def test_the_tallies_are_read_once_for_each_period_that_is_counted(official):
    """The period, the year before as far as it has come and as a whole, and all since 2021."""
    with counting_queries() as seen:
        official.get(f"{HERE}?{YEAR}")
    assert sum("FROM run_tally" in statement for statement in seen) == 4


def test_a_doubt_about_the_figures_stands_there_with_its_bounds_and_who_can_mend_it(official):
    a_record(a_run(), a_person())
    page = official.get(f"{HERE}?{YEAR}&lang=en")
    doubts = text_of(page).split("What may be wrong with these figures")[-1]
    assert "Turns without a ward 1 up to 1 turn in another line; totals stay" in doubts
    assert "The coordinator: what was so when a class was closed stays" in doubts
    assert 'href="/statistics/trainees?period=2026&amp;cut=calendar#quality"' in page.text
    assert 'id="quality"' in official.get("/statistics/trainees?period=2026&cut=calendar").text


def test_figures_without_a_doubt_say_nothing_of_it(official):
    assert 'id="quality"' not in official.get(f"{HERE}?{YEAR}").text


@pytest.mark.parametrize(
    "query",
    [
        YEAR,
        "year=2026&cut=report",
        "from=2026-01-20&to=2026-03-05",
        "from=2020-05-01&to=2026-03-05",
    ],
)
def test_every_figure_of_trainees_leads_to_as_many_turns(official, query):
    ward, run = a_unit(), a_run()
    for n, audience in enumerate([AudienceKind.ENTERPRISE, AudienceKind.INDIVIDUAL] * 4):
        day = date(2026 - n % 2, 1 + n // 3, 9 + n)
        a_record(run if n else a_run(), a_person(), audience=audience, day=day, unit_id=ward.id)
    a_record(a_run(), a_person(), day=date(2020, 6, 1))
    page = official.get(f"{HERE}?{query}&lang=en")
    cells = r'href="(/statistics/participations[^"]*)" aria-label="(\d+), (?:Turns|A year before)'
    led = set(re.findall(cells, page.text))
    assert len(led) > 5
    for address, turns in led:
        rows = text_of(official.get(f"{unescape(address)}&lang=en"))
        assert f"Turns {turns} Lines of this list" in rows, address


def test_the_marks_of_a_picture_lead_there_as_well_but_not_in_the_file(official):
    a_record(a_run(), a_person(), sector="C10")
    page = official.get(f"{HERE}?{YEAR}")
    address = "/statistics/participations?period=2026&amp;cut=calendar&amp;sector=C10"
    assert f'<a href="{address}" tabindex="-1">' in page.text
    assert "<a" not in official.get(f"{HERE}/sector.svg?{YEAR}").text


def test_candidacies_lead_to_those_that_came_as_far(official):
    level = a_level_of()
    for _ in range(2):
        on_the_way(level, [at(2026, 2, 3)])
    page = official.get(f"{HERE}?{YEAR}&lang=en")
    cells = r'href="(/office/certification/figures/candidacies[^"]*)" aria-label="(\d+), Cand'
    led = set(re.findall(cells, page.text))
    assert {number for _address, number in led} == {"2"}
    for address, _number in led:
        assert "2 candidacies" in text_of(official.get(f"{unescape(address)}&lang=en"))
